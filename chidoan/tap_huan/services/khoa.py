"""The lock that every change of a class takes, and who may change it."""

from django.core.exceptions import PermissionDenied

from chidoan.models import HocVien, LopTapHuan
from chidoan.tap_huan.giay_to import noi_cap_giay
from chidoan.tap_huan.quy_tac import con_cho
from core.errors import RuleError
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may

TO_CHUC = Quyen.TO_CHUC_BOI_DUONG


def may_to_chuc(user, don_vi: DonVi) -> bool:
    """Whether the person runs classes of that very unit; nobody does so for a unit below."""
    return user.may_at(TO_CHUC, don_vi)


def may_cap_giay(user, lop: LopTapHuan) -> bool:
    """Whether the person certifies who passed: at the unit of the class, or at the one that
    answers for it since it ended."""
    return may_to_chuc(user, noi_cap_giay(lop).don_vi)


def check_cap_giay(lop: LopTapHuan, by) -> None:
    if by is not None and not may_cap_giay(by, lop):
        raise PermissionDenied(who_may(TO_CHUC))


def lock_lop(lop: LopTapHuan) -> LopTapHuan:
    rows = LopTapHuan.objects.select_for_update(of=("self",)).co_don_vi()
    return rows.get(pk=lop.pk)


def lock_to_chuc(lop: LopTapHuan, by) -> LopTapHuan:
    """The class, locked for who runs it; refused once it is over or cancelled."""
    current = lock_lop(lop)
    check_to_chuc(current.don_vi, by)
    check_con_sua(current)
    return current


def check_to_chuc(don_vi: DonVi, by) -> None:
    if by is not None and not may_to_chuc(by, don_vi):
        raise PermissionDenied(who_may(TO_CHUC))


def check_con_sua(lop: LopTapHuan) -> None:
    if lop.is_xong:
        raise RuleError("Lớp đã kết thúc, không sửa được nữa. Cần sửa thì mở lại lớp.")
    if lop.is_khoa:
        raise RuleError("Lớp đã hủy, không sửa được nữa.")


def fill_places(lop: LopTapHuan) -> list[HocVien]:
    """Who waits moves up while there are places, in the order of signing up."""
    left = con_cho(lop.so_cho, lop.hoc_vien.dang_ky().count())
    waiting = lop.hoc_vien.cho_xep().order_by("dang_ky_luc", "pk")
    moved = list(waiting if left is None else waiting[:left])
    for row in moved:
        row.trang_thai = HocVien.TrangThai.DANG_KY
    HocVien.objects.bulk_update(moved, ["trang_thai"])
    return moved
