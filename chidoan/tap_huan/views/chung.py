from django.core.exceptions import PermissionDenied

from chidoan.models import BuoiTapHuan, HocVien, LopTapHuan
from chidoan.tap_huan.services.khoa import check_cap_giay, may_to_chuc
from tochuc.permissions import Quyen, get_visible_or_404, who_may

XEM, TO_CHUC = Quyen.XEM_CAN_BO, Quyen.TO_CHUC_BOI_DUONG


def lop_to_see(request, pk) -> LopTapHuan:
    return get_visible_or_404(LopTapHuan.objects.co_don_vi().with_so_nguoi(), request.user, pk=pk)


def lop_to_run(request, pk) -> LopTapHuan:
    """The class for who runs it: 403 for those of another unit who see it."""
    rows = LopTapHuan.objects.co_don_vi().with_so_nguoi()
    return get_visible_or_404(rows, request.user, quyen=TO_CHUC, pk=pk)


def buoi_to_run(request, pk) -> BuoiTapHuan:
    buoi = get_visible_or_404(BuoiTapHuan.objects.co_lop(), request.user, pk=pk)
    _check_runs(request, buoi.lop)
    return buoi


def hoc_vien_to_run(request, pk) -> HocVien:
    row = get_visible_or_404(HocVien.objects.cho_trang(), request.user, pk=pk)
    _check_runs(request, row.lop)
    return row


def hoc_vien_to_certify(request, pk) -> HocVien:
    row = get_visible_or_404(HocVien.objects.cho_trang(), request.user, pk=pk)
    check_cap_giay(row.lop, request.user)
    return row


def _check_runs(request, lop: LopTapHuan) -> None:
    if not may_to_chuc(request.user, lop.don_vi):
        raise PermissionDenied(who_may(TO_CHUC))
