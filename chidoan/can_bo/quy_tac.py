"""Allowances of a quarter and the words of a rating: arithmetic without the database.

What a cadre is paid is decided by the province's people's council and differs from place to
place: amount and basis are recorded, only the adding up is done here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from core.periods import KyBaoCao
from doanvien.models import XepLoai

NAM_DOI_THANG = 2019
"""From this year on the four levels of 33-HD/TWĐTN-BTC; earlier years keep the old scale."""
THANG, NGAY_CONG = "thang", "ngay_cong"
DA_NOP = "da_nop"


class CoTien(Protocol):
    """What the sum needs to know of an allowance."""

    kieu: str
    so_tien: int
    so_ngay: int | None
    tu_ngay: date
    den_ngay: date | None


@dataclass(frozen=True)
class PhaiChi:
    """What one allowance comes to in a period: so many months or days of work, so much money."""

    so: int = 0
    tien: int = 0


def phai_chi(row: CoTien, ky: KyBaoCao, den: date | None = None) -> PhaiChi:
    """What an allowance comes to in `ky`, of a running one up to `den`.

    A month counts where the allowance runs on its last day, so that a month in which the
    office changes hands is counted once. Days of work count where their span ends.
    """
    last = min(ky.end, den) if den else ky.end
    if row.kieu == NGAY_CONG:
        is_inside = row.den_ngay is not None and ky.start <= row.den_ngay <= last
        return PhaiChi(row.so_ngay, row.so_ngay * row.so_tien) if is_inside else PhaiChi()
    months = sum(_runs(row, month.end) for month in ky.months if month.end <= last)
    return PhaiChi(months, months * row.so_tien)


def tong_chi(rows: Iterable[CoTien], ky: KyBaoCao, den: date | None = None) -> int:
    return sum(phai_chi(row, ky, den).tien for row in rows)


def cac_muc(nam: int) -> list[tuple[str, str]]:
    """The levels of a year, in the words of its scale."""
    is_old = nam < NAM_DOI_THANG
    return [
        (muc.value, muc.label.removesuffix(" (thang trước 2019)"))
        for muc in XepLoai.Muc
        if muc.value.startswith("cu_") == is_old
    ]


def _runs(row: CoTien, day: date) -> bool:
    return row.tu_ngay <= day and (row.den_ngay is None or row.den_ngay >= day)
