"""A called meeting that does not take place leaves word of it."""

from chidoan.models import BuoiHuy, BuoiSinhHoat
from core.errors import RuleError


def leave_word(buoi: BuoiSinhHoat) -> None:
    """Keep what calendars and links say once the meeting's own row is gone; nothing for a draft
    to which nobody was called. Run it in the transaction that deletes the row."""
    if not buoi.is_hen:
        return
    names = ("chi_doan_id", "loai", "ngay", "bat_dau", "dia_diem", "version")
    BuoiHuy.objects.create(so=buoi.pk, **{name: getattr(buoi, name) for name in names})


def lock_buoi(pk: int) -> BuoiSinhHoat:
    """The meeting, locked; refused when somebody has thrown it away meanwhile."""
    rows = BuoiSinhHoat.objects.select_for_update(of=("self",)).select_related("chi_doan")
    buoi = rows.filter(pk=pk).first()
    if buoi is None:
        raise RuleError("Buổi sinh hoạt này vừa bị xóa hoặc hủy nên không ghi vào được nữa.")
    return buoi
