"""Applications: the list, one case, and the form of the application."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.listing import list_page
from core.periods import KyBaoCao, today
from doanvien.forms import chi_doan_to_edit
from doanvien.ket_nap import services, trang
from doanvien.ket_nap.filters import KetNapFilter, KhongHoSoFilter
from doanvien.ket_nap.forms import NHAY_CAM, ChonChiDoanForm, DonForm
from doanvien.ket_nap.queries import khong_ho_so, tim_trung, xet_mot
from doanvien.ket_nap.tables import KET_NAP_TABLE, KHONG_HO_SO_TABLE, trang_thai_ket_nap
from doanvien.models import BuocKetNap, KetNap
from tochuc.audit import record
from tochuc.permissions import Quyen, require_quyen, who_may

from .chung import CASES, get_case
from .mot_cong_mot import read_nam

T = KetNap.TrangThai


@require_quyen(Quyen.XEM_DOAN_VIEN)
def ket_nap_list(request):
    user = request.user
    is_download = request.GET.get("export") == "xlsx"
    quyen = Quyen.XUAT_DOAN_VIEN if is_download else Quyen.XEM_DOAN_VIEN
    if not user.has_quyen(quyen):
        raise PermissionDenied(who_may(quyen))
    return list_page(
        request,
        queryset=CASES.permitted_to(user, quyen),
        filterset=KetNapFilter,
        table=KET_NAP_TABLE,
        title="Kết nạp đoàn viên",
        noun="đơn",
        template="doanvien/ket_nap/list.html",
        on_download=_record_download,
        extra={} if is_download else _around(user),
    )


@require_quyen(Quyen.XEM_DOAN_VIEN)
def ket_nap_khong_ho_so(request):
    """Admissions of a year that nobody applied for on record: not to run after numbers."""
    nam = read_nam(request)
    rows = khong_ho_so(KyBaoCao(nam)).visible_to(request.user)
    if request.GET.get("export") == "xlsx" and not request.user.has_quyen(Quyen.XUAT_DOAN_VIEN):
        raise PermissionDenied(who_may(Quyen.XUAT_DOAN_VIEN))
    return list_page(
        request,
        queryset=rows,
        filterset=KhongHoSoFilter,
        table=KHONG_HO_SO_TABLE,
        title=f"Kết nạp năm {nam} chưa có hồ sơ",
        noun="đồng chí",
        template="doanvien/ket_nap/khong_ho_so.html",
        on_download=_record_download,
        extra={"nam": nam, "truoc": nam - 1, "sau": nam + 1 if nam < today().year else 0},
    )


@require_quyen(Quyen.XEM_DOAN_VIEN)
def ket_nap_detail(request, pk):
    user, ket_nap = request.user, get_case(request, pk)
    buoc = list(BuocKetNap.objects.cua(ket_nap))
    dieu_kien = [] if ket_nap.is_chuan_y else xet_mot(ket_nap, trang.xem_ngay(ket_nap, today()))
    list_url = reverse("doanvien:ket_nap_list")
    context = {
        "title": ket_nap.ho_ten,
        "back": list_url,
        "crumbs": [("Kết nạp đoàn viên", list_url), (ket_nap.ho_ten, "")],
        "ket_nap": ket_nap,
        "tuoi": ket_nap.tuoi(today()),
        "state": trang_thai_ket_nap(ket_nap),
        "stages": trang.stages(ket_nap, buoc),
        "can_lam": trang.can_lam(ket_nap, buoc, dieu_kien, user),
        "dieu_kien": trang.checklist(ket_nap, dieu_kien, user),
        "viec_khac": trang.viec_khac(ket_nap, user),
        "lich_su": trang.timeline(buoc),
        "facts": trang.facts(ket_nap, user),
        "may_edit": services.may_edit(ket_nap, user),
        "may_see_paper": ket_nap.is_cho_chuan_y or ket_nap.is_chuan_y,
        "trung": tim_trung(ket_nap) if ket_nap.is_o_chi_doan else None,
    }
    return TemplateResponse(request, "doanvien/ket_nap/detail.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def ket_nap_create(request):
    """For who has several branches the branch is chosen first, so that its members are offered."""
    chon = ChonChiDoanForm(request.GET if "chi_doan" in request.GET else None, user=request.user)
    branches = list(chi_doan_to_edit(request.user)[:2])
    if chon.is_valid():
        chi_doan = chon.cleaned_data["chi_doan"]
    elif len(branches) == 1:
        chi_doan = branches[0]
    else:
        context = {"title": "Nhận đơn xin vào Đoàn", "form": chon, "back": _list_url()}
        return TemplateResponse(request, "doanvien/ket_nap/chon_chi_doan.html", context)
    form = DonForm(
        request.POST or None,
        chi_doan=chi_doan,
        readable=NHAY_CAM,
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_ket_nap(ket_nap=form.build(), by=request.user),
        done=lambda row: f"Đã nhận đơn của {row}. Việc tiếp theo: chi đoàn biểu quyết.",
        back=lambda row: row.get_absolute_url(),
        back_url=_list_url(),
        title="Nhận đơn xin vào Đoàn",
        subtitle=str(chi_doan),
        verb="Nhận đơn",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def ket_nap_edit(request, pk):
    ket_nap = get_case(request, pk)
    if not services.may_edit(ket_nap, request.user):
        raise PermissionDenied(
            "Đơn do chi đoàn sửa trước khi gửi phường, Đoàn phường sửa trước khi chuẩn y."
        )
    form = DonForm(request.POST or None, instance=ket_nap, chi_doan=ket_nap.chi_doan, readable=())

    def save(data):
        version = data["version"] or 0
        return services.update_ket_nap(
            ket_nap=ket_nap, version=version, changes=form.changes(), by=request.user
        )

    return run_form(
        request,
        form=form,
        save=save,
        done="Đã lưu đơn.",
        back=ket_nap.get_absolute_url(),
        title=f"Sửa đơn: {ket_nap}",
        subtitle=str(ket_nap.chi_doan),
        verb="Lưu",
    )


def _around(user) -> dict:
    """Beside the list: what may be done, and how many admissions of the year lack a case."""
    nam = today().year
    return {
        "may_create": user.has_quyen(Quyen.SUA_DOAN_VIEN),
        "may_decide": user.has_quyen(Quyen.DUYET_DOAN_VIEN),
        "may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        "dem": [
            (label, dem.get(value, 0), f"?trang_thai={value}")
            for dem in [KetNap.objects.visible_to(user).dem_trang_thai()]
            for value, label in T.choices
            if value in (T.DON, T.CHO_CHUAN_Y, T.CHUAN_Y, T.DA_KET_NAP)
        ],
        "nam": nam,
        "so_khong_ho_so": khong_ho_so(KyBaoCao(nam)).visible_to(user).count(),
    }


def _list_url() -> str:
    return reverse("doanvien:ket_nap_list")


def _record_download(request, rows):
    record(
        by=request.user,
        hanh_dong="ket_nap.export",
        don_vi=request.user.don_vi,
        so_dong=rows,
    )
