"""One meeting, locked for the transaction that writes it."""

from chidoan.models import BuoiSinhHoat
from core.errors import RuleError


def find_locked(pk: int) -> BuoiSinhHoat | None:
    """The meeting, or nothing when somebody has thrown it away meanwhile."""
    rows = BuoiSinhHoat.objects.select_for_update(of=("self",)).select_related("chi_doan")
    return rows.filter(pk=pk).first()


def lock_buoi(pk: int) -> BuoiSinhHoat:
    """The meeting; refused when somebody has thrown it away meanwhile."""
    buoi = find_locked(pk)
    if buoi is None:
        raise RuleError("Buổi sinh hoạt này vừa bị xóa hoặc hủy nên không ghi vào được nữa.")
    return buoi
