"""What the pages here share: the doors to a case."""

from django.contrib import messages
from django.shortcuts import redirect

from tochuc.audit import record
from tochuc.permissions import get_visible_or_404
from tudưong.models import HoSo
from tudưong.quy_trinh import BANG
from tudưong.quyen import check_one_of

HO_SO = HoSo.objects.select_related("doan_vien__chi_doan", "chi_doan", "don_vi")


def get_ho_so(request, pk) -> HoSo:
    return get_visible_or_404(HO_SO, request.user, pk=pk)


def get_ho_so_for(request, pk, loai) -> HoSo:
    """The case for a step: 404 when it is not visible, 403 without the right to the step."""
    ho_so = get_ho_so(request, pk)
    check_one_of(request.user, BANG[loai].quyen, ho_so.chi_doan)
    return ho_so


def out_of_step(request, ho_so, *loai):
    """On opening a form whose step is not open: back to the case, saying where it stands."""
    if request.method == "POST" or any(ho_so.trang_thai in BANG[one].tu for one in loai):
        return None
    messages.warning(request, f"Hồ sơ đang ở bước «{ho_so.get_trang_thai_display()}».")
    return redirect(ho_so)


def record_to_export(request, rows):
    """One audit line for each workbook about groups, places or tasks."""
    don_vi = request.user.phan_cong_chinh.don_vi
    record(by=request.user, hanh_dong="tu_duong.export", don_vi=don_vi, so_dong=rows)


def record_export(request, rows):
    """The same for a workbook with cases."""
    don_vi = request.user.phan_cong_chinh.don_vi
    record(by=request.user, hanh_dong="ho_so.export", don_vi=don_vi, so_dong=rows)
