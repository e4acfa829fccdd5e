"""What the pages of a transfer share: the doors to one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from doanvien.chuyen.quy_trinh import BANG, KE_TIEP, holds_right, rule_of
from doanvien.models import BuocChuyen, ChuyenSinhHoat
from tochuc.permissions import get_visible_or_404, who_may


def get_chuyen(request, pk) -> ChuyenSinhHoat:
    return get_visible_or_404(ChuyenSinhHoat.objects.for_page(), request.user, pk=pk)


def get_chuyen_for(request, pk, loai) -> ChuyenSinhHoat:
    """The transfer for a step: 404 when it is not visible, 403 without the right to the step."""
    chuyen = get_chuyen(request, pk)
    if not holds_right(loai, chuyen, request.user):
        line = rule_of(loai, chuyen) or BANG[KE_TIEP.get(chuyen.trang_thai, BuocChuyen.Loai.RUT)]
        raise PermissionDenied(who_may(line.quyen))
    return chuyen


def out_of_step(request, chuyen, loai):
    """On opening a form whose step is not open: back to the transfer, saying where it stands."""
    line = rule_of(loai, chuyen)
    if request.method == "POST" or (line and chuyen.trang_thai in line.tu):
        return None
    messages.warning(request, f"Việc chuyển đang ở bước «{chuyen.get_trang_thai_display()}».")
    return redirect(chuyen)
