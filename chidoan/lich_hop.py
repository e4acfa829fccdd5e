"""When a branch has to meet: arithmetic without the database.

Source: 33-HD/TWĐTN-BTC 2019: at least once a month; once in three months for a branch whose
members are scattered or away, confirmed by the level above. How often is a dated property of
the branch (`NhipSinhHoat`), read month by month:

* a month has the cadence in force on its first day, so a change within it begins with the next;
* a quarter is one unit when all three of its months are three-monthly; three-monthly months of
  a quarter that also has others ask for no meeting of their own;
* a month that a freed span touches asks for none, nor does the quarter it lies in; so does a
  month in which members came or went because units were merged or split (`SAP_XEP`), which the
  register knows by itself.

A unit counts when the branch existed through all of it and it is over: nothing is expected
before the founding, before its members are on record here, after the end, or in the month in
which one of these falls.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from core.periods import KyBaoCao

TRONG_NAM = 12
XET_LAI = TRONG_NAM + 3
"""So many months one looks back: a year, and the whole quarters of it."""
HANG_THANG, BA_THANG, MIEN = "hang_thang", "ba_thang", "mien"
SAP_XEP = "sap_xep"
"""No cadence: a day on which a merge or split moved members in or out."""


@dataclass(frozen=True)
class KhoangNhip:
    """A span of days with one cadence; without an end it is still running."""

    kieu: str
    tu_ngay: date
    den_ngay: date | None = None

    def cham(self, tu: date, den: date) -> bool:
        """Whether it covers any day from `tu` to `den`."""
        return self.tu_ngay <= den and (self.den_ngay is None or tu <= self.den_ngay)


class CoNhipHop(Protocol):
    """What the arithmetic needs to know of a branch; days outside every span are monthly."""

    nhip: Sequence[KhoangNhip]
    thanh_lap: date | None
    so_lieu_tu: date | None
    ket_thuc: date | None


@dataclass(frozen=True)
class NhipHop:
    """Meetings held of those expected: months, or quarters of a dispersed branch."""

    da_hop: int = 0
    phai_hop: int = 0

    def __add__(self, other: "NhipHop") -> "NhipHop":
        return NhipHop(self.da_hop + other.da_hop, self.phai_hop + other.phai_hop)

    @property
    def phan_so(self) -> str:
        """ "9/11", nothing where no meeting was due."""
        return f"{self.da_hop}/{self.phai_hop}" if self.phai_hop else ""

    def __str__(self) -> str:
        return f"{self.da_hop} trên {self.phai_hop} buổi phải họp"


def nhip_ngay(chi_doan: CoNhipHop, day: date) -> str:
    """The cadence in force on a day."""
    spans = (span for span in chi_doan.nhip if span.kieu != SAP_XEP and span.cham(day, day))
    return next((span.kieu for span in spans), HANG_THANG)


def ky_cua(chi_doan: CoNhipHop, thang: KyBaoCao) -> KyBaoCao:
    """The unit that a month belongs to: its quarter where one meeting serves it, else itself."""
    if not chi_doan.nhip:
        return thang  # as nearly all are, and a ranking asks it for thousands
    quy = KyBaoCao.quarter_of(thang.start)
    return quy if _is_ba_thang(chi_doan, quy) else thang


def ky_phai_hop(chi_doan: CoNhipHop, ky: KyBaoCao, as_of: date) -> list[KyBaoCao]:
    """The months, or quarters of a dispersed branch, of `ky` in which a meeting was due.

    A quarter belongs to the period its last month lies in, so a year is the sum of its
    quarters and a quarter the sum of its months.
    """
    units = [_unit(chi_doan, month) for month in ky.months]
    return [unit for unit in units if unit and _is_due(chi_doan, unit, as_of)]


def so_phai_hop(chi_doan: CoNhipHop, ky: KyBaoCao, as_of: date) -> int:
    return len(ky_phai_hop(chi_doan, ky, as_of))


def nhip_hop(
    chi_doan: CoNhipHop, thang_da_hop: Collection[date], ky: KyBaoCao, as_of: date
) -> NhipHop:
    """How many of the expected meetings took place.

    `thang_da_hop`: first days of the months with a finished meeting; two meetings in one
    month fulfil that month once. For a dispersed branch give all months of the quarters
    that end in `ky`.
    """
    due = ky_phai_hop(chi_doan, ky, as_of)
    held = [unit for unit in due if _da_hop(unit, thang_da_hop)]
    return NhipHop(len(held), len(due))


def _da_hop(unit: KyBaoCao, thang_da_hop: Collection[date]) -> bool:
    later = unit.months[1:] if unit.quy else ()
    return unit.start in thang_da_hop or any(month.start in thang_da_hop for month in later)


def phai_hop_trong_thang(chi_doan: CoNhipHop, thang: KyBaoCao) -> bool:
    """Whether a meeting is due by the end of that month, over or not."""
    unit = _unit(chi_doan, thang)
    return unit is not None and _is_due(chi_doan, unit, unit.end)


def da_hop_trong(chi_doan: CoNhipHop, thang: KyBaoCao, held: Collection[tuple[int, date]]) -> bool:
    """Whether the month's unit has its meeting; `held`: (branch, first day of the month)."""
    return any((chi_doan.pk, part.start) in held for part in ky_cua(chi_doan, thang).months)


def so_thang_khong_hop(
    chi_doan: CoNhipHop,
    thang_da_hop: Collection[date],
    as_of: date,
    *,
    so_tu: date | None = None,
) -> int:
    """Months in a row without an expected meeting, back from `as_of`, at most a year.

    None before the month of `so_tu`: the ward kept no book of meetings until then.
    A missed quarter of a dispersed branch is three months; a freed month neither counts nor
    ends the row. A meeting in the running month (quarter) ends it.
    """
    missed = 0
    for unit in _lui(chi_doan, as_of):
        if missed >= TRONG_NAM or _da_hop(unit, thang_da_hop):
            break
        if so_tu and unit.start < so_tu.replace(day=1):
            break
        if _unit(chi_doan, unit.months[-1]) and _is_due(chi_doan, unit, as_of):
            missed += len(unit.months)
        elif unit.end <= as_of and not _ton_tai_suot(chi_doan, unit):
            break  # the branch, or its book, did not exist through all of it
    return missed


def _lui(chi_doan: CoNhipHop, as_of: date) -> Iterator[KyBaoCao]:
    """Units back from the running one, as far as one looks."""
    month, seen = KyBaoCao.month_of(as_of), 0
    while seen < XET_LAI:
        unit = ky_cua(chi_doan, month)
        yield unit
        seen += len(unit.months)
        month = unit.months[0].previous


def _unit(chi_doan: CoNhipHop, thang: KyBaoCao) -> KyBaoCao | None:
    """The month itself, the quarter that ends with it, or nothing."""
    if not chi_doan.nhip:
        return thang
    unit = ky_cua(chi_doan, thang)
    if unit != thang:
        return unit if unit.end == thang.end else None
    monthly = nhip_ngay(chi_doan, thang.start) == HANG_THANG
    return thang if monthly and not _is_mien(chi_doan, thang) else None


def _is_ba_thang(chi_doan: CoNhipHop, quy: KyBaoCao) -> bool:
    months = quy.months
    return all(nhip_ngay(chi_doan, month.start) == BA_THANG for month in months) and not _is_mien(
        chi_doan, quy
    )


def _is_mien(chi_doan: CoNhipHop, unit: KyBaoCao) -> bool:
    return any(
        span.kieu in (MIEN, SAP_XEP) and span.cham(unit.start, unit.end) for span in chi_doan.nhip
    )


def _is_due(chi_doan: CoNhipHop, unit: KyBaoCao, as_of: date) -> bool:
    return unit.end <= as_of and _ton_tai_suot(chi_doan, unit)


def _ton_tai_suot(chi_doan: CoNhipHop, unit: KyBaoCao) -> bool:
    return (
        (chi_doan.thanh_lap is None or chi_doan.thanh_lap <= unit.start)
        and (chi_doan.so_lieu_tu is None or chi_doan.so_lieu_tu <= unit.start)
        and (chi_doan.ket_thuc is None or unit.end <= chi_doan.ket_thuc)
    )
