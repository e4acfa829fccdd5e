"""One pass over a sheet's elements: its rows and cells as plain values, and nothing else.

A list has a hundred thousand cells, so the pass is our own: openpyxl keeps styles, shared texts
and dates, but would build an element and an object for each cell, and keeps quiet about hidden
rows and about rows and cells that stand out of order.
"""

from collections.abc import Callable
from functools import cache
from typing import IO
from xml.parsers import expat

from openpyxl.formula.translate import Translator
from openpyxl.utils import column_index_from_string
from openpyxl.xml.constants import SHEET_MAIN_NS

from .limits import Refused

LAST_ROW = 1_048_576
ROW, CELL, VALUE, FORMULA, INLINE, RUN, TEXT = (
    f"{SHEET_MAIN_NS} {name}" for name in ("row", "c", "v", "f", "is", "r", "t")
)
INCLUSION = "http://www.w3.org/2001/XInclude "
FALSE_AND_TRUE = ("FALSE", "TRUE")

RawCell = tuple[int, str, str, str, str]
"""Column from 0, type, style, value or text, formula ("" for none, else with its sign)."""


class SheetScan:
    """Hands each row that has cells to `take(number, hidden, cells)`.

    ValueError if rows or cells are out of order.
    """

    def __init__(self, take: Callable[[int, bool, list[RawCell]], None]):
        self.take = take
        self.row, self.place = 0, (0, "")
        self.hidden = False
        self.cells: list[RawCell] = []
        self.column = -1
        self.attributes: dict[str, str] = {}
        self.path: list[str] = []
        self.value: str | None = None
        self.formula: str | None = None
        self.text: list[str] | None = None
        self.inline: list[str] = []
        self.shared: dict[str, Translator] = {}
        self.formula_attributes: dict[str, str] = {}

    def read(self, part: IO[bytes]) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.ParseFile(part)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == CELL:
            self.start_cell(attributes)
        elif name == ROW:
            self.start_row(attributes)
        elif name.startswith(INCLUSION):
            raise Refused("Tệp chèn nội dung từ nơi khác. Chép danh sách sang tệp mới.")
        elif self.path:
            self.start_inside(name, attributes)

    def start_row(self, attributes: dict[str, str]) -> None:
        row = int(attributes.get("r", self.row + 1))
        if not self.row < row <= LAST_ROW:
            raise ValueError("rows out of order")
        self.row, self.place, self.column = row, (0, ""), -1
        self.hidden = attributes.get("hidden") in {"1", "true"}
        self.cells = []

    def start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self.column += 1
        else:
            order = (len(place), place)
            if order <= self.place:
                raise ValueError("cells out of order")
            self.place = order
            self.column = _column(place.rstrip("0123456789"))
        self.attributes, self.path = attributes, [CELL]
        self.value = self.formula = None
        self.inline = []

    def start_inside(self, name: str, attributes: dict[str, str]) -> None:
        """What belongs to a cell: its value, its formula, the runs of its own text."""
        parent = self.path[-1]
        self.path.append(name)
        if parent == CELL and name in (VALUE, FORMULA):
            self.text = []
            if name == FORMULA:
                self.formula_attributes = attributes
        elif name == TEXT and (self.path[1:] in ([INLINE, TEXT], [INLINE, RUN, TEXT])):
            self.text = []

    def characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def end(self, name: str) -> None:
        if name == ROW:
            if self.cells:
                self.take(self.row, self.hidden, self.cells)
        elif self.path:
            self.path.pop()
            if name == CELL:
                self.end_cell()
            elif self.text is not None:
                self.end_text(name, "".join(self.text))
                self.text = None

    def end_text(self, name: str, text: str) -> None:
        if name == VALUE:
            self.value = text
        elif name == FORMULA:
            self.formula = self.whole_formula(f"={text}")
        else:
            self.inline.append(text)

    def end_cell(self) -> None:
        kind = self.attributes.get("t", "n")
        value = "".join(self.inline) if kind == "inlineStr" else self.value
        if value or self.formula:
            style = self.attributes.get("s", "0")
            self.cells.append((self.column, kind, style, value or "", self.formula or ""))

    def whole_formula(self, text: str) -> str:
        """The formula of this very cell; one shared by several is moved to where it stands."""
        if self.formula_attributes.get("t") != "shared":
            return text
        number = self.formula_attributes.get("si", "")
        if number in self.shared:
            return self.shared[number].translate_formula(self.attributes.get("r"))
        if text != "=":
            self.shared[number] = Translator(text, self.attributes.get("r"))
        return text


@cache
def _column(letters: str) -> int:
    return column_index_from_string(letters) - 1
