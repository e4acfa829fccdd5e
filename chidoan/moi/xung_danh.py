"""Saying who one is without an account: number of the card and day of birth, tries limited.

The answer never says which of the two was wrong, nor whether the branch knows the number.
"""

import re
from collections.abc import Sequence
from datetime import date

from chidoan.models import BuoiSinhHoat
from core.errors import RuleError
from doanvien.models import DoanVien
from tochuc.audit import dia_chi_hien_tai
from tochuc.auth import begin_try

from .mot_ma import danh_sach_chung

CHUA_KHOP = (
    "Số thẻ và ngày sinh chưa khớp với danh sách của buổi này. Đồng chí xem lại thẻ, "
    "hoặc báo bí thư chi đoàn."
)
MOI_THE, MOI_DIA_CHI, MOI_BUOI = 5, 20, 120
"""Wrong tries in a quarter of an hour: for one card, from one address, for one meeting."""


def xung_danh(
    rows: Sequence[BuoiSinhHoat], *, so_the: str, ngay_sinh: date
) -> tuple[BuoiSinhHoat, DoanVien]:
    """The member with this card, born on this day, and the meeting on whose roster he is; the
    first of `rows` is the one whose link or code was opened.

    Each try is counted before it is looked at; a right one is forgotten again.
    """
    key = chi_so_the(so_the)
    where = f"xưng danh {rows[0].pk}"
    tries = [
        begin_try(f"{where} từ {dia_chi_hien_tai.get()}", MOI_DIA_CHI),
        begin_try(f"{where} thẻ {key}", MOI_THE),
        begin_try(where, MOI_BUOI),
    ]
    people = danh_sach_chung(rows)
    found = [pair for pair in people if key and chi_so_the(pair[1].so_the) == key]
    found = [pair for pair in found if pair[1].ngay_sinh == ngay_sinh]
    if len(found) != 1:
        raise RuleError(CHUA_KHOP)
    for row in tries:
        row.delete()
    return found[0]


def chi_so_the(text: str) -> str:
    """A card's number or a code as it is compared: letters and digits alone."""
    return re.sub(r"[\W_]", "", text).upper()
