"""The inside of a workbook: rows of plain cells; nothing is computed or followed."""

import re
from contextlib import suppress
from datetime import datetime
from functools import cache, partial
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import from_excel, from_ISO8601, to_excel

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
from .scan import FALSE_AND_TRUE, RawCell, SheetScan

FIRST_OWN_FORMAT = 164
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
    rows = Rows(sheet)
    with sheet._get_source() as part, suppress(_Enough):  # noqa: SLF001 -- no other way to it
        SheetScan(rows.take).read(part)
    return {"name": sheet.title, "rows": rows.rows, "refused": rows.refused}


class _Enough(Exception):  # noqa: N818 -- not a fault
    """The rest of the sheet is not worth reading."""


class Rows:
    """Collects a sheet's rows until there are too many."""

    def __init__(self, sheet):
        self.rows: list[list] = []
        self.refused = ""
        self.characters = 0
        self.reader = CellReader(sheet)

    def take(self, number: int, hidden: bool, raw: list[RawCell]) -> None:
        cells = [[cell[0], *self.reader.read(cell)] for cell in raw]
        cells = [cell for cell in cells if cell[2].strip()]
        if not cells:
            return
        self.refused = too_large(number, cells[-1][0], len(self.rows))
        if self.refused:
            raise _Enough
        self.characters += sum(len(value) for _, _, value in cells)
        if self.characters > MAX_CHARACTERS:
            raise Refused("Tệp có quá nhiều chữ so với một danh sách đoàn viên. Tách tệp nhỏ hơn.")
        self.rows.append([number, hidden, cells])


def too_large(number: int, last_column: int, rows: int) -> str:
    if last_column >= MAX_COLUMNS:
        return (
            f"Danh sách có quá {MAX_COLUMNS} cột: dòng {number} có ô nằm ngoài. "
            "Xóa các ô thừa bên phải rồi chọn lại."
        )
    return TOO_MANY_MEMBERS if rows >= MAX_ROWS else ""


class CellReader:
    """Kind and value of each cell of one sheet."""

    def __init__(self, sheet):
        book = sheet.parent
        self.texts = sheet._shared_strings  # noqa: SLF001 -- openpyxl has read them
        self.epoch = book.epoch
        self.is_date = book._date_formats  # noqa: SLF001
        self.is_span = book._timedelta_formats  # noqa: SLF001
        self.formats = partial(_number_format, book)

    def read(self, cell: RawCell) -> tuple[str, str]:
        _, kind, style, value, formula = cell
        if formula:
            return "f", formula[:200]
        if kind == "n":
            return self.number(float(value), int(style))
        if kind == "s":
            return "s", _text(self.texts[int(value)])
        if kind == "b":
            return "e", FALSE_AND_TRUE[bool(int(value))]
        if kind == "e":
            return "e", value.upper()
        if kind == "d":
            return self.moment(from_ISO8601(value), int(style))
        return "s", _text(value)

    def number(self, number: float, style: int) -> tuple[str, str]:
        if style not in self.is_date or style in self.is_span:
            return "n", number_text(number)
        try:
            value = from_excel(number, self.epoch)
        except (OverflowError, ValueError):
            return "e", "#VALUE!"
        return self.moment(value, style)

    def moment(self, value, style: int) -> tuple[str, str]:
        shown = date_kind(self.formats(style))
        if shown and isinstance(value, datetime):
            return shown, value.date().isoformat()
        return "n", number_text(float(to_excel(value, self.epoch)))


def _number_format(book, style: int) -> str:
    number = book._cell_styles[style].numFmtId  # noqa: SLF001
    if number < FIRST_OWN_FORMAT:
        return BUILTIN_FORMATS.get(number, "General")
    return book._number_formats[number - FIRST_OWN_FORMAT]  # noqa: SLF001


def _text(text: str) -> str:
    if len(text) > MAX_CELL_CHARACTERS:
        raise Refused("Tệp có ô chứa quá nhiều chữ. Chép danh sách sang tệp mới rồi chọn lại.")
    return ESCAPED_CONTROL.sub(" ", text) if "_x00" in text else text


def number_text(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


@cache
def date_kind(number_format: str) -> str:
    """What a number format shows: a whole date, a part of one, or none."""
    shown = NOT_SHOWN.sub("", number_format.split(";")[0]).lower()
    if "y" not in shown and not ("d" in shown and "m" in shown):
        return ""
    return "d" if "d" in shown and "y" in shown else "p"
