"""Page formats of papers.md 1.1 and the widths that follow from them, in millimetres."""

from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import Cell, Column, GroupRow, TableBlock

_TOLERANCE_MM = 0.05


@dataclass(frozen=True, slots=True)
class Page:
    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    heading: tuple[float, float]
    """Left and right column of the heading block."""

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right


PAGES = {
    "A4": Page(210, 297, 20, 20, 20, 30, (78, 82)),
    "A4-ho-so": Page(210, 297, 20, 18, 20, 30, (78, 84)),
    "A4-landscape": Page(297, 210, 20, 15, 20, 20, (110, 152)),
    "A5-landscape": Page(210, 148, 12, 15, 12, 20, (85, 90)),
    "certificate": Page(297, 210, 12, 14, 12, 14, (120, 120)),
    "cover": Page(210, 297, 15, 15, 15, 25, (0, 0)),
}
NARROW_HEADING = (60, 100)
"""Columns of the heading when place and date need more than the right column."""


def text_width(page: str) -> float:
    """The width that tables on this page format must fill."""
    return PAGES[page].text_width


def column_widths(columns: Sequence[Column], available: float) -> list[float]:
    """Widths that fill the text exactly; a table that would not is a mistake in its declaration."""
    fixed = sum(column.mm or 0 for column in columns)
    open_columns = sum(column.mm is None for column in columns)
    rest = available - fixed
    if open_columns > 1 or rest < -_TOLERANCE_MM or (not open_columns and rest > _TOLERANCE_MM):
        raise ValueError(f"table columns take {fixed:g} mm of {available:g} mm")
    return [rest if column.mm is None else column.mm for column in columns]


def check_rows(table: TableBlock) -> None:
    """Every row has a cell for each column."""
    for number, row in enumerate(table.rows, start=1):
        if isinstance(row, GroupRow):
            continue
        spans = sum(cell.span if isinstance(cell, Cell) else 1 for cell in row)
        if spans != len(table.columns):
            raise ValueError(f"row {number} has {spans} cells for {len(table.columns)} columns")
