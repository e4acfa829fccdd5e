"""A called meeting that does not take place leaves word of it."""

from chidoan.models import BuoiHuy, BuoiSinhHoat


def leave_word(buoi: BuoiSinhHoat) -> None:
    """Keep what calendars and links say once the meeting's own row is gone; nothing for a draft
    to which nobody was called. Run it in the transaction that deletes the row."""
    if not buoi.is_hen:
        return
    names = ("chi_doan_id", "loai", "ngay", "bat_dau", "dia_diem", "version")
    BuoiHuy.objects.create(so=buoi.pk, **{name: getattr(buoi, name) for name in names})
