"""What the pages here share: the door to a case for a step."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from doanvien.ket_nap.quy_trinh import BANG
from doanvien.models import KetNap
from tochuc.permissions import get_visible_or_404, who_may

CASES = KetNap.objects.for_pages()


def get_case(request, pk) -> KetNap:
    return get_visible_or_404(CASES, request.user, pk=pk)


def get_case_for(request, pk, loai) -> KetNap:
    """The case for a step: 404 when it is not visible, 403 without the right to the step."""
    ket_nap = get_case(request, pk)
    if not request.user.may(BANG[loai].quyen, ket_nap.chi_doan):
        raise PermissionDenied(who_may(BANG[loai].quyen))
    return ket_nap


def out_of_step(request, ket_nap, loai):
    """On opening a form whose step is not open: back to the case, saying where it stands."""
    if request.method == "POST" or ket_nap.trang_thai in BANG[loai].tu:
        return None
    messages.warning(request, f"Đơn đang ở bước «{ket_nap.get_trang_thai_display()}».")
    return redirect(ket_nap)
