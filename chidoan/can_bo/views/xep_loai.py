"""The yearly rating of cadres: who is rated, and recording one decision for many."""

from datetime import date

from django.urls import reverse

from chidoan.can_bo import services
from chidoan.can_bo.filters import XepLoaiFilter
from chidoan.can_bo.forms import XepLoaiForm
from chidoan.can_bo.queries import CAN_BO
from chidoan.can_bo.tables import XEP_LOAI_TABLE
from chidoan.chon import choose_unit
from chidoan.queries import ngay_xem
from chidoan.views.so import record_download
from core.form_page import run_form
from core.listing import Preset, list_page
from core.periods import read_year, today
from doanvien.tai_ve import quyen_cua
from tochuc.loc import named_unit
from tochuc.models import DonVi
from tochuc.permissions import Quyen, require_quyen

GHI = Quyen.QUAN_LY_CAN_BO


@require_quyen(Quyen.XEM_CAN_BO)
def xep_loai_can_bo_list(request):
    day = ngay_xem(request.user)
    nam = _nam(request, day)
    rows = CAN_BO.permitted_to(request.user, quyen_cua(request, Quyen.XEM_CAN_BO))
    rows = _nguoi(rows, nam, day)
    return list_page(
        request,
        queryset=rows.with_mo_duoc(request.user),
        filterset=XepLoaiFilter,
        table=XEP_LOAI_TABLE,
        title=f"Xếp loại cán bộ năm {nam}",
        noun="đồng chí",
        presets=(
            Preset("Chưa nộp kiểm điểm", f"nam={nam}&tinh_trang=chua"),
            Preset("Chờ xếp loại", f"nam={nam}&tinh_trang=cho"),
        ),
        template="chidoan/can_bo/xep_loai_list.html",
        on_download=record_download("xep_loai_can_bo.export"),
        extra={
            "nam": nam,
            "nam_sau": nam + 1 if nam < day.year else 0,
            "kept": [("nam", nam)],
            "may_write": request.user.has_quyen(GHI),
            "may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(GHI)
def xep_loai_can_bo_record(request):
    """Every secretary and deputy of the ward in one form."""
    don_vi = named_unit(request, GHI)
    if not don_vi.is_co_so:
        wards = DonVi.objects.under(don_vi).co_so().dang_hoat_dong(today())
        return choose_unit(
            request,
            wards,
            title="Xếp loại cán bộ",
            page="chidoan:xep_loai_can_bo_record",
            icon="user-check",
            key="don_vi",
        )
    day = don_vi.ngay_so_lieu(today())
    nam = _nam(request, day)
    rows = _nguoi(CAN_BO.under(don_vi), nam, day).co_trong_so()
    form = XepLoaiForm(request.POST or None, nam=nam, can_bo=rows)
    return run_form(
        request,
        form=form,
        save=lambda data: services.save_xep_loai(
            don_vi=don_vi,
            nam=nam,
            ket_qua=form.ket_qua,
            so_quyet_dinh=data["so_quyet_dinh"],
            ngay=data["ngay"],
            version=data["version"],
            by=request.user,
        ),
        done=lambda so: f"Đã ghi cho {so} đồng chí." if so else "Không có gì thay đổi.",
        back=f"{reverse('chidoan:xep_loai_can_bo_list')}?nam={nam}",
        template="chidoan/can_bo/xep_loai_form.html",
        title=f"Ghi xếp loại cán bộ năm {nam}",
        subtitle=str(don_vi),
        nam=nam,
        don_vi_ghi=don_vi,
        verb="Lưu xếp loại",
    )


def _nam(request, day: date) -> int:
    asked = request.POST.get("nam") or request.GET.get("nam")
    return min(read_year(asked), day.year) if asked else day.year


def _nguoi(rows, nam: int, day: date):
    """Who is rated for a year, with what is recorded."""
    last = _ngay(nam, day)
    return rows.dang_chuc(last).moi_nguoi_mot_lan(last).with_xep_loai(nam)


def _ngay(nam: int, day: date) -> date:
    """Rated is who is in office when the year ends, or today."""
    return min(date(nam, 12, 31), day)
