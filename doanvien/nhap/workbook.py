"""Reads an uploaded workbook through the limited process of `reader`."""

import json
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from core.apart import ApartError, TooMuchError, command_of, run_apart
from core.errors import RuleError
from core.text import clean

from .limits import DAMAGED, MAX_FILE_BYTES, SMALL_FILE_BYTES, WALL_SECONDS

READER = command_of("doanvien.nhap.reader")
TOO_SLOW = "Tệp quá nặng để đọc. Chép riêng danh sách sang tệp mới rồi chọn lại."


class WorkbookRefused(RuleError):  # noqa: N818 -- an answer, not a fault of the program
    """The file as a whole is not taken; the sentence says why and what to do."""


class Cell(NamedTuple):
    """A value as the sheet holds it; `kind` as in `sheets.read_sheet`, "" for an empty cell."""

    kind: str = ""
    value: str = ""

    @property
    def shown(self) -> str:
        """What stands in it, in short, as a person reads it; a formula shows as such."""
        is_date = self.kind in {"d", "p"}
        text = f"{date.fromisoformat(self.value):%d/%m/%Y}" if is_date else self.value
        return clean(text)[:80]


EMPTY = Cell()


class Row(NamedTuple):
    """A row that holds a value, numbered as in the sheet."""

    number: int
    hidden: bool
    cells: dict[int, Cell]

    def cell(self, column: int) -> Cell:
        return self.cells.get(column, EMPTY)


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: list[Row]
    refused: str = ""


def read_workbook(content: bytes, *, reader: tuple[str, ...] = READER) -> list[Sheet]:
    """The visible sheets of a workbook; `WorkbookRefused` for whatever is not a sane one."""
    if len(content) > MAX_FILE_BYTES:
        raise WorkbookRefused("Tệp nặng hơn 10 MB. Tách danh sách thành nhiều tệp nhỏ hơn.")
    answer = _run(reader, content)
    if "refused" in answer:
        raise WorkbookRefused(answer["refused"])
    return [
        Sheet(sheet["name"], [_row(*row) for row in sheet["rows"]], sheet["refused"])
        for sheet in answer["sheets"]
    ]


def count_rows(content: bytes) -> int:
    """About how many rows the list has; 0 for a short file, and for one that will be refused."""
    if not SMALL_FILE_BYTES < len(content) <= MAX_FILE_BYTES:
        return 0
    return _run((*READER, "--count"), content).get("rows", 0)


def _run(reader: tuple[str, ...], content: bytes) -> dict:
    try:
        return json.loads(run_apart(reader, content, seconds=WALL_SECONDS))
    except TooMuchError:
        return {"refused": TOO_SLOW}
    except (ApartError, ValueError):
        return {"refused": DAMAGED}


def _row(number: int, hidden: bool, cells: list) -> Row:
    return Row(number, hidden, {column: Cell(kind, value) for column, kind, value in cells})
