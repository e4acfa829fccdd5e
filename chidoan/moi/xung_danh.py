"""Saying who one is without an account: number of the card and day of birth, tries limited.

The answer never says which of the two was wrong, nor whether the branch knows the number.
"""

import re
from datetime import date

from chidoan.models import BuoiSinhHoat
from chidoan.queries import danh_sach
from core.errors import RuleError
from doanvien.models import DoanVien
from tochuc.audit import dia_chi_hien_tai
from tochuc.auth import begin_try

from .queries import COT_DANH_SACH

CHUA_KHOP = (
    "Số thẻ và ngày sinh chưa khớp với danh sách của buổi này. Đồng chí xem lại thẻ, "
    "hoặc báo bí thư chi đoàn."
)
MOI_THE, MOI_DIA_CHI, MOI_BUOI = 5, 20, 120
"""Wrong tries in a quarter of an hour: for one card, from one address, for one meeting."""


def xung_danh(buoi: BuoiSinhHoat, *, so_the: str, ngay_sinh: date) -> DoanVien:
    """The member of the meeting's roster with this card, born on this day.

    Each try is counted before it is looked at; a right one is forgotten again.
    """
    key = chi_so_the(so_the)
    where = f"xưng danh {buoi.pk}"
    tries = [
        begin_try(f"{where} từ {dia_chi_hien_tai.get()}", MOI_DIA_CHI),
        begin_try(f"{where} thẻ {key}", MOI_THE),
        begin_try(where, MOI_BUOI),
    ]
    people = danh_sach(buoi.chi_doan_id, buoi.ngay).only(*COT_DANH_SACH)
    found = [row for row in people if key and chi_so_the(row.so_the) == key]
    found = [row for row in found if row.ngay_sinh == ngay_sinh]
    if len(found) != 1:
        raise RuleError(CHUA_KHOP)
    for row in tries:
        row.delete()
    return found[0]


def chi_so_the(text: str) -> str:
    """A card's number or a code as it is compared: letters and digits alone."""
    return re.sub(r"[\W_]", "", text).upper()
