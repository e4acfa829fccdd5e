"""Rules of dues without the database: which month is due where, and how a sum is split.

Each month of a person is due in exactly one branch: that of the first official period that
touches the month. Who moves in the middle of a month pays it where he comes from; the months
of admission and of leaving are due.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Doan:
    """One official period: the branch, its first day and its last (None while it runs)."""

    chi_doan: int
    tu: date
    den: date | None = None


def thang_cua(day: date) -> date:
    """The first day of the month, by which a month is named everywhere here."""
    return day.replace(day=1)


def thang_sau(thang: date, so: int = 1) -> date:
    index = thang.year * 12 + thang.month - 1 + so
    return date(index // 12, index % 12 + 1, 1)


def luong_trong(thang: date, huong_luong: bool, tu: date | None) -> bool:
    """Whether somebody had a salary in a month: as now from the month `tu` on, before not so."""
    return huong_luong if tu is None or thang >= tu else not huong_luong


def cac_thang(tu: date, den: date) -> Iterator[date]:
    """Every month from that of `tu` to that of `den`."""
    thang = thang_cua(tu)
    while thang <= den:
        yield thang
        thang = thang_sau(thang)


def noi_thu(periods: Iterable[Doan], tu: date, den: date) -> dict[date, int]:
    """Where each month from `tu` to `den` is due; a month without a period is due nowhere."""
    due: dict[date, int] = {}
    for period in sorted(periods, key=lambda period: period.tu):
        first, last = max(period.tu, tu), min(period.den or den, den)
        for thang in cac_thang(first, last):
            due.setdefault(thang, period.chi_doan)
    return due


@dataclass(frozen=True, slots=True)
class Chia:
    """A sum in two parts: what the unit keeps and what it hands to the level above."""

    co_so: int
    giu_lai: int
    trich_nop: int
    le: bool  # the sum does not divide: the odd đồng stays with the unit


def chia(co_so: int, tu: int, mau: int) -> Chia:
    """Split `co_so` đồng: `tu`/`mau` of it goes up, rounded down to whole đồng."""
    if co_so < 0 or not 0 <= tu <= mau or not mau:
        raise ValueError(f"cannot hand on {tu}/{mau} of {co_so}")
    trich_nop = co_so * tu // mau
    return Chia(co_so, co_so - trich_nop, trich_nop, bool(co_so * tu % mau))


def quyen_so(so: int, mot_quyen: int) -> int:
    """Which book of receipts the number stands in, when a book holds `mot_quyen` of them."""
    return (so - 1) // mot_quyen + 1


def doc_khoang(thang: Iterable[date]) -> str:
    """Months in words, runs joined: "tháng 1–3, 5/2026"."""
    runs: list[list[date]] = []
    for item in sorted(set(thang)):
        if runs and thang_sau(runs[-1][-1]) == item and runs[-1][0].year == item.year:
            runs[-1].append(item)
        else:
            runs.append([item])
    parts = []
    for index, run in enumerate(runs):
        text = f"{run[0].month}–{run[-1].month}" if len(run) > 1 else str(run[0].month)
        is_last = index + 1 == len(runs) or runs[index + 1][0].year != run[0].year
        parts.append(f"{text}/{run[0].year}" if is_last else text)
    return f"tháng {', '.join(parts)}" if parts else ""
