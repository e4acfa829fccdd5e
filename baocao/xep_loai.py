"""Levels, thresholds and ranks: arithmetic without the database.

A branch is as good as its weakest criterion. What is not known yet is not guessed: the level
stays open, unless something known already decides it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from math import ceil, floor
from typing import TypeVar

T = TypeVar("T")


class Muc(IntEnum):
    """Mức (level) of 33-HD/TWĐTN-BTC, worst first."""

    KHT = 0
    HT = 1
    HTT = 2
    HTXS = 3

    @property
    def ten(self) -> str:
        return _TEN[self]


_TEN = {
    Muc.KHT: "Không hoàn thành nhiệm vụ",
    Muc.HT: "Hoàn thành nhiệm vụ",
    Muc.HTT: "Hoàn thành tốt nhiệm vụ",
    Muc.HTXS: "Hoàn thành xuất sắc nhiệm vụ",
}


@dataclass(frozen=True)
class ThuocDo:
    """Thước đo (thresholds): the level that a rate reaches.

    `bac` holds (level, limit), best first. With `cang_cao` a rate reaches the level from its
    limit on, else up to its limit. What reaches none is KHT, so there is no gap.
    """

    bac: tuple[tuple[Muc, Fraction], ...]
    cang_cao: bool = True

    def muc(self, tu: int, mau: int) -> Muc | None:
        """The level of tu/mau; None without a base."""
        if mau <= 0:
            return None
        rate = Fraction(tu, mau)
        for level, limit in self.bac:
            if rate >= limit if self.cang_cao else rate <= limit:
                return level
        return Muc.KHT

    def con_thieu(self, tu: int, mau: int) -> tuple[Muc, int] | None:
        """The next better level, and how many more (or fewer) it takes; None at the top."""
        reached = self.muc(tu, mau)
        if reached is None:
            return None
        for level, limit in reversed(self.bac):
            if level > reached:
                needed = limit * mau
                return level, (ceil(needed) - tu if self.cang_cao else tu - floor(needed))
        return None


@dataclass(frozen=True)
class TieuChi:
    """Tiêu chí (criterion): computed by `thuoc_do`, else assessed with evidence.

    `mo_ta` says in words what each level asks for; a level that is not in it cannot be given.
    """

    ma: str
    ten: str
    mo_ta: tuple[tuple[Muc, str], ...]
    thuoc_do: ThuocDo | None = None
    goi_so: str = ""  # what the fraction counts, in words

    @property
    def is_tu_dong(self) -> bool:
        return self.thuoc_do is not None

    def yeu_cau(self, muc: Muc) -> str:
        """What the level asks for; "" when the criterion has no such level."""
        return dict(self.mo_ta).get(muc, "")


@dataclass(frozen=True)
class KetQua:
    """Kết quả of one criterion: `muc` None means that there is not enough to tell."""

    tieu_chi: TieuChi
    muc: Muc | None
    tu: int | None = None
    mau: int | None = None

    @property
    def is_cao_nhat(self) -> bool:
        return self.muc == Muc.HTXS


@dataclass(frozen=True)
class XepChung:
    """The level of a branch from all its criteria."""

    muc: Muc | None
    cao_nhat: Muc
    """The best level still possible."""
    so_cao_nhat: int
    so_thieu: int
    so_tieu_chi: int


def xep_chung(ket_qua: Sequence[KetQua]) -> XepChung:
    """The weakest criterion decides; an unknown one leaves the level open.

    One known "không hoàn thành" decides by itself, whatever the unknown ones will say.
    """
    known = [item.muc for item in ket_qua if item.muc is not None]
    best = min(known, default=Muc.HTXS)
    missing = len(ket_qua) - len(known)
    decided = best == Muc.KHT or not missing
    return XepChung(
        muc=best if decided and ket_qua else None,
        cao_nhat=best,
        so_cao_nhat=sum(1 for item in ket_qua if item.is_cao_nhat),
        so_thieu=missing,
        so_tieu_chi=len(ket_qua),
    )


def bac_xep(muc: Muc | None) -> int:
    """Where a level stands in the order: an open one above "không hoàn thành" alone."""
    if muc is None:
        return 1
    return muc + 1 if muc else 0


def xep_hang(rows: Iterable[T], khoa: Callable[[T], tuple]) -> list[tuple[int, T]]:
    """Rank by `khoa`, best first; equals share a rank and the next one skips: 1, 1, 3."""
    ordered = sorted(rows, key=khoa, reverse=True)
    ranked: list[tuple[int, T]] = []
    for place, row in enumerate(ordered, 1):
        tied = ranked and khoa(ranked[-1][1]) == khoa(row)
        ranked.append((ranked[-1][0] if tied else place, row))
    return ranked
