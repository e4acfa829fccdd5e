"""When a branch has to meet: arithmetic without the database.

Source: 33-HD/TWĐTN-BTC 2019: at least once a month; once in three months for a branch whose
members are scattered or away, confirmed by the level above (`dac_thu`). A month (or quarter)
counts when the branch existed through all of it and it is over: nothing is expected before
the founding, before its members are on record here, after the end, or in the month in which
one of these falls.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from core.periods import KyBaoCao

TRONG_NAM = 12


class CoNhipHop(Protocol):
    """What the arithmetic needs to know of a branch."""

    dac_thu: bool
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
    held = [unit for unit in due if any(day in unit for day in thang_da_hop)]
    return NhipHop(len(held), len(due))


def phai_hop_trong_thang(chi_doan: CoNhipHop, thang: KyBaoCao) -> bool:
    """Whether a meeting is due by the end of that month, over or not."""
    unit = _unit(chi_doan, thang)
    return unit is not None and _is_due(chi_doan, unit, unit.end)


def so_thang_khong_hop(chi_doan: CoNhipHop, thang_da_hop: Collection[date], as_of: date) -> int:
    """Months in a row without an expected meeting, back from `as_of`, at most a year.

    A missed quarter of a dispersed branch is three months. A meeting in the running month
    (quarter) ends the row.
    """
    unit = KyBaoCao.quarter_of(as_of) if chi_doan.dac_thu else KyBaoCao.month_of(as_of)
    missed = 0
    while missed < TRONG_NAM and not any(day in unit for day in thang_da_hop):
        if _is_due(chi_doan, unit, as_of):
            missed += len(unit.months)
        elif unit.end <= as_of:
            break  # the branch, or its book, did not exist through all of it
        unit = unit.previous
    return missed


def _unit(chi_doan: CoNhipHop, thang: KyBaoCao) -> KyBaoCao | None:
    """The month itself; for a dispersed branch the quarter that ends with it, or nothing."""
    if not chi_doan.dac_thu:
        return thang
    return KyBaoCao.quarter_of(thang.start) if thang.thang % 3 == 0 else None


def _is_due(chi_doan: CoNhipHop, unit: KyBaoCao, as_of: date) -> bool:
    begun = (day for day in (chi_doan.thanh_lap, chi_doan.so_lieu_tu) if day)
    return (
        unit.end <= as_of
        and all(day <= unit.start for day in begun)
        and (chi_doan.ket_thuc is None or unit.end <= chi_doan.ket_thuc)
    )
