"""The list of secretaries and deputies, and the reason before what is political in it."""

from functools import partial

from django.shortcuts import redirect
from django.urls import reverse

from chidoan.can_bo.filters import CanBoFilter
from chidoan.can_bo.queries import CAN_BO, nguoi_cua
from chidoan.can_bo.tables import can_bo_table
from chidoan.queries import ngay_xem
from chidoan.views.so import record_download
from core.listing import Preset, list_page
from core.periods import read_day
from core.text.display import ngay as show_day
from doanvien.rieng_tu import xem
from doanvien.tai_ve import quyen_cua
from tochuc.chon_ban_do import chon_cua_danh_sach, kept
from tochuc.permissions import Quyen, require_quyen

DANH_SACH = "can_bo_dang"
PRESETS = (
    Preset("Bí thư", "chuc_danh=bi_thu"),
    Preset("Đang đi làm xa", "di_xa=co"),
    Preset("Chưa có người phụ trách", "phu_trach=khong"),
)


@require_quyen(Quyen.XEM_CAN_BO)
def can_bo_list(request):
    user = request.user
    day = ngay_xem(user, read_day(request.GET.get("ngay")))
    is_open = xem.is_list_open(request, DANH_SACH) and user.has_quyen(Quyen.XEM_NHAY_CAM)
    rows = (
        CAN_BO.permitted_to(user, quyen_cua(request, Quyen.XEM_CAN_BO))
        .dang_chuc(day)
        .trong_list(day, user)
    )
    asked = request.GET.get("ngay")
    chosen = chon_cua_danh_sach(request, Quyen.XEM_CAN_BO, day)
    return list_page(
        request,
        queryset=rows,
        filterset=partial(CanBoFilter, ngay=day),
        table=can_bo_table(day, doc_dang=user if is_open else None),
        title="Cán bộ chi đoàn",
        noun="đồng chí",
        presets=PRESETS,
        template="chidoan/can_bo/list.html",
        on_download=record_download("can_bo.export"),
        extra={
            "day": day,
            "kept": ([("ngay", show_day(read_day(asked)))] if asked else []) + kept(chosen),
            "ban_do": chosen,
            "may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN),
            "may_reveal": user.has_quyen(Quyen.XEM_NHAY_CAM) and not is_open,
        },
    )


@require_quyen(Quyen.XEM_NHAY_CAM)
def can_bo_dang(request):
    """Who is in the Party stands on the list for a while once a reason was given."""
    back = reverse("chidoan:can_bo_list")
    ly_do, page = xem.require_ly_do(
        request,
        title="Xem cột Đảng trong danh sách cán bộ?",
        text="Người xem, giờ xem và lý do được ghi lại; đồng chí có tên có quyền biết.",
        verb="Xem danh sách",
        back=back,
    )
    if page is not None:
        return page
    day = ngay_xem(request.user)
    rows = CAN_BO.permitted_to(request.user, Quyen.XEM_NHAY_CAM).dang_chuc(day)
    people = nguoi_cua(rows.select_related("doan_vien__chi_doan"))
    xem.mo_danh_sach(request, DANH_SACH, people, ly_do)
    return redirect(back)
