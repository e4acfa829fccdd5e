"""Ratings over the years: both scales side by side, never converted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from doanvien.models import XepLoai
from doanvien.models.dot_xep_loai import TEN_MUC_NGAN

M = XepLoai.Muc
THANG_MOI = tuple(TEN_MUC_NGAN.items())
THANG_CU = (
    (M.CU_XUAT_SAC, "Xuất sắc"),
    (M.CU_KHA, "Khá"),
    (M.CU_TRUNG_BINH, "Trung bình"),
    (M.CU_YEU, "Yếu kém"),
)


@dataclass(frozen=True)
class NamXepLoai:
    """One year: members by level, each in the scale of its year."""

    nam: int
    so: dict[str, int]

    @property
    def moi(self) -> list[int | None]:
        return self._cells(THANG_MOI)

    @property
    def cu(self) -> list[int | None]:
        return self._cells(THANG_CU)

    @property
    def tong(self) -> int:
        return sum(self.so.values())

    def _cells(self, scale) -> list[int | None]:
        """A year that did not use the scale has empty cells, not noughts."""
        is_used = any(muc in self.so for muc, _ in scale)
        return [self.so.get(muc, 0) if is_used else None for muc, _ in scale]


@dataclass(frozen=True)
class BangCacNam:
    """The table over all years, newest first."""

    nam: tuple[NamXepLoai, ...]

    @property
    def co_thang_cu(self) -> bool:
        return any(muc in row.so for row in self.nam for muc, _ in THANG_CU)

    @property
    def ten_cot(self) -> list[str]:
        """Column names of the workbook."""
        old = [f"Thang trước 2019: {name}" for _, name in THANG_CU] if self.co_thang_cu else []
        return ["Năm", *[f"Từ 2019: {name}" for _, name in THANG_MOI], *old, "Tổng số"]

    def hang(self) -> list[list]:
        """Rows of the workbook."""
        return [
            [row.nam, *row.moi, *(row.cu if self.co_thang_cu else []), row.tong] for row in self.nam
        ]


def bang_cac_nam(rows: Iterable[tuple[int, str, int]]) -> BangCacNam:
    """From (year, level, members)."""
    years: dict[int, dict[str, int]] = defaultdict(dict)
    for nam, muc, so in rows:
        years[nam][muc] = so
    return BangCacNam(tuple(NamXepLoai(nam, years[nam]) for nam in sorted(years, reverse=True)))
