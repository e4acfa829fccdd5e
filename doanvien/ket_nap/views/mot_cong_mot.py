"""Chủ trương "1+1": each member introduces one young person; who did, counted."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse

from core.periods import KyBaoCao, today
from core.xlsx import xlsx_response
from doanvien.ket_nap.queries import GioiThieuChiDoan, gioi_thieu_theo_chi_doan
from tochuc.audit import record
from tochuc.models import CapDonVi, DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

CAP_CO_SO = (CapDonVi.CO_SO, CapDonVi.CHI_DOAN)
COT = ("Chi đoàn", "Đoàn viên giới thiệu", "Người được kết nạp", "Ngày chuẩn y", "Số nghị quyết")


@require_quyen(Quyen.XEM_DOAN_VIEN)
def mot_cong_mot(request):
    don_vi, nam = _don_vi(request), read_nam(request)
    url = reverse("doanvien:mot_cong_mot")
    context = {
        "title": "Chủ trương “1+1”",
        "back": reverse("doanvien:ket_nap_list"),
        "don_vi": don_vi,
        "nam": nam,
        "nam_truoc": f"{url}?don_vi={don_vi.pk}&nam={nam - 1}",
        "nam_sau": f"{url}?don_vi={don_vi.pk}&nam={nam + 1}" if nam < today().year else "",
        "export_url": f"{url}?don_vi={don_vi.pk}&nam={nam}&export=xlsx",
    }
    if don_vi.cap not in CAP_CO_SO:
        wards = DonVi.objects.visible_to(request.user).under(don_vi).co_so()
        context["phuong"] = wards.dang_hoat_dong(today()).order_by("path")
        return TemplateResponse(request, "doanvien/ket_nap/mot_cong_mot.html", context)
    rows = gioi_thieu_theo_chi_doan(don_vi, KyBaoCao(nam))
    if request.GET.get("export") == "xlsx":
        return _workbook(request, don_vi, rows)
    context |= {
        "rows": rows,
        "tong_doan_vien": sum(row.so_doan_vien for row in rows),
        "tong_gioi_thieu": sum(row.so_nguoi_gioi_thieu for row in rows),
        "tong_ket_nap": sum(row.so_duoc_ket_nap for row in rows),
        "may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
    }
    return TemplateResponse(request, "doanvien/ket_nap/mot_cong_mot.html", context)


def read_nam(request) -> int:
    """The year that an address asks for; this year for nothing and for nonsense."""
    text = request.GET.get("nam", "")
    is_year = len(text) == 4 and text.isascii() and text.isdigit() and 1931 <= int(text) <= 2100
    return int(text) if is_year else today().year


def _don_vi(request) -> DonVi:
    """The unit asked for, among those whose members one sees; else one's own."""
    text = request.GET.get("don_vi", "")
    if text.isascii() and text.isdigit() and len(text) <= 18:
        units = DonVi.objects.permitted_to(request.user, Quyen.XEM_DOAN_VIEN)
        return get_visible_or_404(units, request.user, pk=text)
    return request.user.don_vi


def _workbook(request, don_vi: DonVi, rows: list[GioiThieuChiDoan]):
    if not request.user.may(Quyen.XUAT_DOAN_VIEN, don_vi):
        raise PermissionDenied(who_may(Quyen.XUAT_DOAN_VIEN))
    lines = list(_lines(rows))
    record(by=request.user, hanh_dong="ket_nap.export", don_vi=don_vi, so_dong=len(lines))
    return xlsx_response("mot-cong-mot", list(COT), lines)


def _lines(rows: list[GioiThieuChiDoan]):
    for row in rows:
        pairs = [(str(one.doan_vien), new) for one in row.nguoi for new in one.duoc_ket_nap]
        pairs += [(new.ket_nap.to_chuc_gioi_thieu if new.ket_nap else "", new) for new in row.khac]
        for who, new in pairs:
            so = new.doan_vien.so_nghi_quyet
            yield [str(row.chi_doan), who, str(new.doan_vien), new.ngay, so]
