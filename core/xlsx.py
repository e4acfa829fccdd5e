"""Workbooks that are safe to open and right for Vietnamese readers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import zip_longest
from typing import IO, Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .periods import today

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_FORMAT = "@"
NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")  # of which openpyxl lets XML fall over
MAX_TEXT = 32_767  # what one cell of Excel can hold
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
FORBIDDEN_IN_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True)
class Sheet:
    """One sheet: a row of labels, then the rows, read once.

    Columns named in `hidden` are kept out of sight; those in `text` stay text when somebody
    types into them, so that a phone number keeps its first zero. `widths`, in characters, are
    for a sheet whose rows are known beforehand; without them the labels decide.
    """

    name: str
    labels: list[str]
    rows: Iterable[list[Any]]
    hidden: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()


def xlsx_response(name: str, labels: list[str], rows: Iterable[list[Any]]) -> HttpResponse:
    return workbook_response(name, [Sheet(name, labels, rows)])


def workbook_response(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """A download; `name` is the ASCII stem of the file's name, the day follows it."""
    return HttpResponse(
        write_workbook(sheets),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}-{today():%Y%m%d}.xlsx"'},
    )


def file_response(content: bytes, name: str) -> HttpResponse:
    """A workbook that is ready, taken home under `name` and kept by no cache."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """The bytes of a workbook."""
    content = BytesIO()
    save_workbook(sheets, content)
    return content.getvalue()


def save_workbook(sheets: Iterable[Sheet], file: IO[bytes]) -> None:
    """Write a workbook; memory stays flat however many rows there are."""
    workbook = Workbook(write_only=True)
    for declared in sheets:
        sheet = workbook.create_sheet(declared.name.translate(FORBIDDEN_IN_TITLE)[:31])
        sheet.freeze_panes = "A2"
        for index, label in enumerate(declared.labels, start=1):
            column = sheet.column_dimensions[get_column_letter(index)]
            column.width = (
                min(declared.widths[index - 1] + 3, 80)
                if declared.widths
                else min(max(len(label) + 3, 12), 40)
            )
            column.hidden = label in declared.hidden
            if label in declared.text:
                column.number_format = TEXT_FORMAT
        texts = [label in declared.text for label in declared.labels]
        sheet.append([_label_cell(sheet, label) for label in declared.labels])
        for row in declared.rows:
            sheet.append(
                [
                    write_cell(sheet, value, as_text=as_text)
                    for value, as_text in zip_longest(row, texts, fillvalue=False)
                ]
            )
    workbook.save(file)


def _label_cell(sheet, label: str) -> WriteOnlyCell:
    cell = write_cell(sheet, label)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def write_cell(sheet, value: Any, *, as_text: bool = False) -> WriteOnlyCell:
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.make_naive(value)  # Excel has no time zones
    if isinstance(value, bool):
        value = "Có" if value else "Không"
    if not isinstance(value, int | float | Decimal | date | None):
        value = NO_CHARACTERS.sub("", ILLEGAL_CHARACTERS_RE.sub("", str(value)))[:MAX_TEXT]
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # a name that begins with "=" must not become a formula,
        if value.startswith(FORMULA_MARKS):
            cell.quotePrefix = True  # nor when it is edited later
        if as_text:
            cell.number_format = TEXT_FORMAT
    if isinstance(value, date):
        cell.number_format = "DD/MM/YYYY HH:MM" if isinstance(value, datetime) else "DD/MM/YYYY"
    return cell
