"""Sheets as papers have them: head, title, a ruled table with groups, ready to print on A4.

Cells are as safe as those of `core.xlsx`: a text is never a formula.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.xlsx import FORBIDDEN_IN_TITLE, write_cell

PHONG = "Times New Roman"
KE = Border(*[Side(style="thin")] * 4)
CAO_DUNG = 165
"""Points: room for some 28 characters upright, in two or three lines."""
RONG_MOT_TRANG, THU_NHO = 250, 70
"""So many characters are still read when they are made to fit the width of A4."""
SO, MOT_SO_LE = "#,##0", "#,##0.0"


@dataclass(frozen=True)
class Cot:
    """A column: its words, how wide in characters, whether it holds numbers, and whether its words
    stand upright, as they do over many narrow columns."""

    ten: str
    rong: float
    la_so: bool = False
    giua: bool = False
    dung: bool = False


@dataclass(frozen=True)
class Nhom:
    """A row over the full width that begins a group."""

    ten: str


@dataclass(frozen=True, kw_only=True)
class TrangTinh:
    """One sheet."""

    ten: str
    don_vi: Sequence[str]
    tieu_de: Sequence[str]
    cot: Sequence[Cot]
    dong: Sequence[Nhom | Sequence[Any]]
    ghi_chu: Sequence[str] = ()
    ngang: bool = False
    dam: frozenset[int] = frozenset()
    """Numbers of rows that stand out, as sums do."""


def write_trang_tinh(sheets: Iterable[TrangTinh]) -> bytes:
    """The bytes of a workbook of such sheets."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for declared in sheets:
        _write(workbook.create_sheet(declared.ten.translate(FORBIDDEN_IN_TITLE)[:31]), declared)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _write(sheet: Worksheet, declared: TrangTinh) -> None:
    width = len(declared.cot)
    for text in declared.don_vi:
        _line(sheet, text, width, Font(name=PHONG, size=12, bold=True))
    for number, text in enumerate(declared.tieu_de):
        font = Font(name=PHONG, size=12 if number else 14, bold=not number, italic=bool(number))
        _line(sheet, text, width, font, center=True)
    head = _next_row(sheet) + 1
    for column, item in enumerate(declared.cot, 1):
        sheet.column_dimensions[get_column_letter(column)].width = item.rong
        cell = _cell(sheet, head, column, item.ten, Font(name=PHONG, size=12, bold=True))
        cell.alignment = Alignment(
            horizontal="center",
            vertical="center",
            wrap_text=True,
            text_rotation=90 if item.dung else 0,
        )
    if any(item.dung for item in declared.cot):
        sheet.row_dimensions[head].height = CAO_DUNG
    for number, row in enumerate(declared.dong):
        _row(sheet, declared, row, bold=number in declared.dam)
    for text in declared.ghi_chu:
        _line(sheet, text, width, Font(name=PHONG, size=11, italic=True))
    _page(sheet, head, declared)


def _next_row(sheet: Worksheet) -> int:
    return sheet.max_row + 1 if sheet["A1"].value is not None or sheet.max_row > 1 else 1


def _line(sheet: Worksheet, text: str, width: int, font: Font, *, center: bool = False) -> None:
    row = _next_row(sheet)
    cell = _cell(sheet, row, 1, text, font, ruled=False)
    cell.alignment = Alignment(
        horizontal="center" if center else "left", vertical="center", wrap_text=True
    )
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    sheet.row_dimensions[row].height = 18 * (1 + len(text) // 110)


def _row(sheet: Worksheet, declared: TrangTinh, row, *, bold: bool) -> None:
    at = sheet.max_row + 1
    if isinstance(row, Nhom):
        for column in range(1, len(declared.cot) + 1):
            _cell(sheet, at, column, row.ten if column == 1 else None, Font(name=PHONG, bold=True))
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=len(declared.cot))
        return
    for column, (item, value) in enumerate(zip(declared.cot, row, strict=True), 1):
        cell = _cell(sheet, at, column, value, Font(name=PHONG, size=12, bold=bold))
        if item.la_so and not isinstance(value, str) and value is not None:
            cell.number_format = SO if value == int(value) else MOT_SO_LE
        side = "right" if item.la_so else "center" if item.giua else "left"
        cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)


def _cell(sheet: Worksheet, row: int, column: int, value: Any, font: Font, *, ruled: bool = True):
    safe = write_cell(sheet, value)
    cell = sheet.cell(row, column, safe.value)
    if isinstance(safe.value, str):
        cell.data_type = "s"
        cell.quotePrefix = safe.quotePrefix
    cell.font = font
    if ruled:
        cell.border = KE
    return cell


def _page(sheet: Worksheet, head: int, declared: TrangTinh) -> None:
    """A4, one page wide as long as that can be read; a wider sheet goes on beside, under the names
    of its rows."""
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if declared.ngang else "portrait"
    if sum(item.rong for item in declared.cot) <= RONG_MOT_TRANG:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    else:
        sheet.print_title_cols = "A:B"
        sheet.page_setup.scale = THU_NHO
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.79, 0.59, 0.79, 0.79
    sheet.oddFooter.center.text = "Trang &P/&N"
