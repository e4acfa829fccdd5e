"""Lists of the register and their files: a file takes a right of its own."""

from django.core.exceptions import PermissionDenied

from tochuc.permissions import Quyen, who_may


def quyen_cua(request, xem: Quyen = Quyen.XEM_DOAN_VIEN) -> Quyen:
    """The right by which rows are read: `xem` to look, another with `?export=xlsx` to take
    them along."""
    is_download = request.GET.get("export") == "xlsx"
    quyen = Quyen.XUAT_DOAN_VIEN if is_download else xem
    if not request.user.has_quyen(quyen):
        raise PermissionDenied(who_may(quyen))
    return quyen
