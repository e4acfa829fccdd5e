"""The dues of a unit: of a branch by month and year, of the units above by what is below."""

import uuid
from urllib.parse import urlencode

from django.template.response import TemplateResponse
from django.urls import reverse

from core.periods import KyBaoCao, today
from doanvien.doan_phi import trang
from doanvien.doan_phi.bang import bang_don_vi, ky_hoi, ky_ke
from doanvien.doan_phi.tong_hop import tong_hop
from doanvien.doan_phi.trang import ban_do_thu
from doanvien.models import NopDoanPhi
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

XEM, THU = Quyen.XEM_DOAN_PHI, Quyen.THU_DOAN_PHI
DON_VI = DonVi.objects.select_related("so_thu_doan_phi")


@require_quyen(XEM)
def doan_phi(request):
    """The dues of the unit where one works."""
    roles = request.user.phan_cong_hom_nay
    own = next(role.don_vi_id for role in roles if XEM in role.quyen)
    return _page(request, get_visible_or_404(DON_VI, request.user, quyen=XEM, pk=own))


@require_quyen(XEM)
def doan_phi_don_vi(request, pk):
    return _page(request, get_visible_or_404(DON_VI, request.user, quyen=XEM, pk=pk))


def _page(request, don_vi):
    return _chi_doan(request, don_vi) if don_vi.is_chi_doan else _cap_tren(request, don_vi)


def _chi_doan(request, chi_doan):
    hom_nay = today()
    thang = trang.doc_thang_hoi(request.GET.get("thang"), chi_doan.ngay_so_lieu(hom_nay))
    page = trang.TrangChiDoan(chi_doan, thang, hom_nay)
    rows = page.dong_thang()
    thu = page.thu_thang()
    context = {
        "title": "Đoàn phí",
        "subtitle": str(chi_doan),
        "chi_doan": chi_doan,
        "page": page,
        "rows": rows,
        "thu": thu,
        "kpis": trang.kpis(page, thu),
        "hom_nay": trang.thu_hom_nay(page, rows),
        "ma_gui": uuid.uuid4(),
        "may_collect": request.user.may(THU, chi_doan) and page.thang <= page.thang_nay,
        "may_open": request.user.may(THU, chi_doan),
        "so_cu": list(DonVi.objects.da_nhap_vao(chi_doan)),
        "is_tu_tren": request.user.don_vi != chi_doan,
        **page.thang_ke(),
    }
    return TemplateResponse(request, "doanvien/doan_phi/chi_doan.html", context)


def _cap_tren(request, don_vi):
    hom_nay = today()
    day = don_vi.ngay_so_lieu(hom_nay)
    ky = ky_hoi(request.GET.get("ky"), don_vi, day)
    chosen = ban_do_thu(request, don_vi, ky)
    is_past = bool(chosen.ban_do)
    below, duong = _ben_duoi(don_vi, min(day, ky.end) if is_past else day, chosen.ban_do)
    found = tong_hop(don_vi, below, ky, hom_nay, duong)
    table = bang_don_vi(ky)
    may_receive = request.user.may_at(Quyen.NHAN_DOAN_PHI, don_vi)
    is_now = ky.start <= day <= ky.end  # what waits is told where the running period is
    waiting = NopDoanPhi.objects.cho_nhan_tai([don_vi]).for_list() if is_now else ()
    context = {
        "title": "Đoàn phí",
        "subtitle": f"{don_vi}, {ky}",
        "nhan": don_vi,
        "ky": ky,
        "ban_do": chosen,
        "kem": f"&{urlencode(chosen.tham_so)}" if is_past else "",
        "tong": found,
        "table": table,
        "headings": table.headings(""),
        "rows": list(table.page_rows(found.dong)),
        "cho_nhan": list(waiting),
        "chua_mo": sum(row.chua_mo for row in found.dong),
        "may_open": request.user.may(THU, don_vi),
        "may_receive": may_receive,
        "no_url": reverse("doanvien:doan_phi_no", args=[don_vi.pk]),
        "may_hand_on": may_receive and found.rieng.chua_nop,
        **ky_ke(ky, KyBaoCao.month_of(day), chosen.tham_so),
    }
    return TemplateResponse(request, "doanvien/doan_phi/don_vi.html", context)


def _ben_duoi(don_vi, day, ban_do) -> tuple[list[DonVi], dict[int, str] | None]:
    """The units right below, and the ways of the map: those of `day`, of them what the reader sees;
    on today's map also those that ended there, for what they have left open. One query."""
    if ban_do is None:
        rows = DON_VI.va_da_ket_thuc(don_vi, day).order_by("khoa_sap_xep")
        return sorted(rows, key=lambda unit: bool(unit.ket_thuc and unit.ket_thuc < day)), None
    rows = ban_do.with_duong(DON_VI.order_by("khoa_sap_xep"), "path", don_vi, "duong")
    units = list(rows.dang_hoat_dong(day))
    duong = {unit.pk: unit.duong for unit in units}
    goc = len(duong.get(don_vi.pk, "")) + DonVi.steplen
    return [unit for unit in units if len(unit.duong) == goc], duong
