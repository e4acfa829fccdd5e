"""Levels and ranks: arithmetic without the database. How criteria make a level: `cham_diem`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from .cham_diem.luat import LuatTieuChi

T = TypeVar("T")


class Muc(IntEnum):
    """Mức (level): one of the four of a scale, worst first; named as in 33-HD/TWĐTN-BTC."""

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


class KetQua(NamedTuple):
    """Kết quả of one criterion: a level, or points in a set of points; without either there is
    not enough to tell."""

    tieu_chi: "LuatTieuChi"
    muc: Muc | None
    tu: int | None = None
    mau: int | None = None
    diem: Decimal | None = None
    ghi_chu: str = ""

    @property
    def is_thieu(self) -> bool:
        return self.muc is None and self.diem is None


@dataclass(frozen=True)
class XepChung:
    """The level of a branch from all its criteria, and in a set of points the points."""

    muc: Muc | None
    cao_nhat: Muc
    """The best level still possible."""
    so_cao_nhat: int
    so_thieu: int
    so_tieu_chi: int
    tong: Decimal = Decimal(0)
    toi_da: Decimal = Decimal(0)


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
