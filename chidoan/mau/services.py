"""Setting an agenda, and going back to the one from above."""

from django.db import transaction

from chidoan.models import MauSinhHoat
from core.text import clean
from tochuc.audit import record
from tochuc.models import DonVi


@transaction.atomic
def set_mau(*, don_vi: DonVi, loai: str, muc_san: str, muc_goi_y: str, by) -> MauSinhHoat:
    """Set what a kind of meeting opens with, for the unit and what is below it."""
    values = {"muc_san": _lines(muc_san), "muc_goi_y": _lines(muc_goi_y)}
    row, _ = MauSinhHoat.objects.update_or_create(don_vi=don_vi, loai=loai, defaults=values)
    record(by=by, hanh_dong="mau_sinh_hoat.set", target=row, loai=loai)
    return row


@transaction.atomic
def drop_mau(*, don_vi: DonVi, loai: str, by) -> None:
    """Take the unit's own agenda away; the one from above applies again."""
    row = MauSinhHoat.objects.filter(don_vi=don_vi, loai=loai).first()
    if row:
        record(by=by, hanh_dong="mau_sinh_hoat.drop", target=row, loai=loai)
        row.delete()


def _lines(text: str) -> str:
    return "\n".join(filter(None, (clean(line) for line in text.splitlines())))
