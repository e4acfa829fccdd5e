"""The inside of a workbook, read by openpyxl: rows of plain cells; nothing is computed or followed.

openpyxl keeps quiet about hidden rows, and about rows and cells that stand out of order, of which
it loses some; `RowScan` tells.
"""

import re
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import IO
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel
from openpyxl.xml.constants import SHEET_MAIN_NS

from .limits import (
    DAMAGED,
    MAX_CELL_CHARACTERS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    TOO_MANY_MEMBERS,
    Refused,
)

LAST_ROW = 1_048_576
ROW, CELL = f"{SHEET_MAIN_NS} row", f"{SHEET_MAIN_NS} c"
INCLUSION = "http://www.w3.org/2001/XInclude "
ESCAPED_CONTROL = re.compile(r"_x00[01][0-9A-F]_")
NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
"""Parts of a number format that show no digit: texts, colours, locales, padding."""


def read_sheets(content: bytes) -> list[dict]:
    """Every visible worksheet with its rows; hidden ones are not read."""
    book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    if len(book.sheetnames) > MAX_SHEETS:
        raise Refused("Tệp có quá nhiều trang tính. Chép danh sách sang tệp mới rồi chọn lại.")
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise Refused(DAMAGED)
    return [read_sheet(sheet) for sheet in visible]


def read_sheet(sheet) -> dict:
    """The rows that hold a value, as [number, hidden, [[column, kind, value], …]].

    Kinds: s text, n number, d date, p date without a day, f formula, e error or truth value.
    `refused` says why the rest of a sheet is not worth reading.
    """
    with sheet._get_source() as part:  # noqa: SLF001 -- openpyxl gives no other way to it
        hidden = RowScan(part).hidden
    rows, characters = [], 0
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = read_cells(row, sheet.parent.epoch)
        if not cells:
            continue
        refused = too_large(number, cells[-1][0], len(rows))
        if refused:
            return {"name": sheet.title, "rows": rows, "refused": refused}
        characters += sum(len(value) for _, _, value in cells)
        if characters > MAX_CHARACTERS:
            raise Refused("Tệp có quá nhiều chữ so với một danh sách đoàn viên. Tách tệp nhỏ hơn.")
        rows.append([number, number in hidden, cells])
    return {"name": sheet.title, "rows": rows, "refused": ""}


def too_large(number: int, last_column: int, rows: int) -> str:
    if last_column >= MAX_COLUMNS:
        return (
            f"Danh sách có quá {MAX_COLUMNS} cột: dòng {number} có ô nằm ngoài. "
            "Xóa các ô thừa bên phải rồi chọn lại."
        )
    return TOO_MANY_MEMBERS if rows >= MAX_ROWS else ""


def read_cells(row, epoch: datetime) -> list[list]:
    filled = ((column, cell) for column, cell in enumerate(row) if cell.value is not None)
    found = ([column, *read_cell(cell, epoch)] for column, cell in filled)
    return [cell for cell in found if cell[2].strip()]


def read_cell(cell, epoch: datetime) -> tuple[str, str]:
    """Kind and value of a cell that is not empty."""
    kind, value = cell.data_type, cell.value
    if kind == "d":
        shown = date_kind(cell.number_format)
        if shown and isinstance(value, datetime):
            return shown, value.date().isoformat()
        kind, value = "n", to_excel(value, epoch)
    if kind == "n":
        return kind, number_text(float(value))
    if kind in {"b", "e"}:
        return "e", str(value).upper()
    text = value if isinstance(value, str) else getattr(value, "text", "=")  # formula of a range
    if len(text) > MAX_CELL_CHARACTERS:
        raise Refused("Tệp có ô chứa quá nhiều chữ. Chép danh sách sang tệp mới rồi chọn lại.")
    return ("f", text[:200]) if kind == "f" else ("s", ESCAPED_CONTROL.sub(" ", text))


def number_text(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


@cache
def date_kind(number_format: str) -> str:
    """What a number format shows: a whole date, a part of one, or none."""
    shown = NOT_SHOWN.sub("", number_format.split(";")[0]).lower()
    if "y" not in shown and not ("d" in shown and "m" in shown):
        return ""
    return "d" if "d" in shown and "y" in shown else "p"


class RowScan:
    """Streams over a sheet's elements; ValueError if rows or cells are out of order."""

    def __init__(self, part: IO[bytes]):
        self.hidden = set()
        self.row, self.place = 0, (0, "")
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.ParseFile(part)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == CELL and "r" in attributes:
            place = (len(attributes["r"]), attributes["r"])
            if place <= self.place:
                raise ValueError("cells out of order")
            self.place = place
        elif name == ROW:
            row = int(attributes.get("r", self.row + 1))
            if not self.row < row <= LAST_ROW:
                raise ValueError("rows out of order")
            self.row, self.place = row, (0, "")
            if attributes.get("hidden") in {"1", "true"}:
                self.hidden.add(row)
        elif name.startswith(INCLUSION):
            raise Refused("Tệp chèn nội dung từ nơi khác. Chép danh sách sang tệp mới.")
