"""The inside of a workbook: only rows, values, formats of dates; nothing is computed or followed.

Each part is streamed through a parser target. A document type declaration or an inclusion is
refused in every part, so no entity is ever expanded.
"""

import posixpath
import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from .limits import MAX_CELL_CHARACTERS, MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, Refused

BUILTIN_DATES = {14, 15, 16, 22, *range(27, 37), *range(50, 59)}
BUILTIN_PARTIAL_DATES = {17}  # mmm-yy
RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CHUNK = 64 * 1024


class SheetEndsHere(Exception):  # noqa: N818 -- not a fault
    """The rest of the sheet is not worth reading; `refused` says why."""


class Target:
    """Receives the elements of one part, their namespaces taken off."""

    def start(self, tag, attributes):
        if tag.startswith("{http://www.w3.org/2001/XInclude}"):
            raise Refused("Tệp chèn nội dung từ nơi khác. Chép danh sách sang tệp mới.")
        self.on_start(tag.rpartition("}")[2], attributes)

    def end(self, tag):
        self.on_end(tag.rpartition("}")[2])

    def doctype(self, name, public_id, system_id):
        raise Refused("Tệp có khai báo kiểu tài liệu lạ (DTD). Chép danh sách sang tệp mới.")

    def on_start(self, name, attributes):
        """An element opens."""

    def on_end(self, name):
        """An element closes."""

    def close(self):
        return self


class Relations(Target):
    """Id → (kind, target) of a relationships part."""

    def __init__(self):
        self.found = {}

    def on_start(self, name, attributes):
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes["Id"]] = (kind, attributes["Target"])


class Book(Target):
    """The sheets in order as (name, relation id, hidden), and the date system."""

    def __init__(self):
        self.sheets = []
        self.epoch_1904 = False

    def on_start(self, name, attributes):
        if name == "sheet":
            relation = next(
                (value for key, value in attributes.items() if key.endswith("}id")),
                attributes.get(RELATIONSHIP_ID),
            )
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), relation, hidden))
        elif name == "workbookPr":
            self.epoch_1904 = attributes.get("date1904") in {"1", "true"}


class Styles(Target):
    """For each cell style "d" (a whole date), "p" (month or year only) or "" (no date)."""

    def __init__(self):
        self.codes = {}
        self.kinds = []
        self.in_cell_styles = False

    def on_start(self, name, attributes):
        if name == "numFmt":
            self.codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.in_cell_styles = True
        elif name == "xf" and self.in_cell_styles:
            self.kinds.append(self.kind(int(attributes.get("numFmtId", 0))))

    def on_end(self, name):
        if name == "cellXfs":
            self.in_cell_styles = False

    def kind(self, number: int) -> str:
        if number in self.codes:
            return date_kind(self.codes[number])
        if number in BUILTIN_PARTIAL_DATES:
            return "p"
        return "d" if number in BUILTIN_DATES else ""


class Texts(Target):
    """Collects the text of `v` and `t` elements, without phonetic guides."""

    def __init__(self):
        self.parts = None
        self.length = 0
        self.phonetic = False

    def on_start(self, name, attributes):
        if name == "rPh":
            self.phonetic = True
        elif name in {"t", "v", "f"} and not self.phonetic:
            self.parts, self.length = [], 0

    def on_end(self, name):
        if name == "rPh":
            self.phonetic = False

    def data(self, text):
        if self.parts is None:
            return
        self.length += len(text)
        if self.length > MAX_CELL_CHARACTERS:
            raise Refused("Tệp có ô chứa quá nhiều chữ. Chép danh sách sang tệp mới rồi chọn lại.")
        self.parts.append(text)

    def take(self) -> str:
        text = re.sub(r"_x00[01][0-9A-F]_", " ", "".join(self.parts or ()))
        self.parts = None
        return text


class SharedTexts(Texts):
    """The texts that cells point to."""

    def __init__(self):
        super().__init__()
        self.texts = []

    def on_start(self, name, attributes):
        super().on_start(name, attributes)
        if name == "si":
            self.texts.append("")

    def on_end(self, name):
        super().on_end(name)
        if name == "t" and self.parts is not None:
            self.texts[-1] += self.take()


class SheetRows(Texts):
    """Rows that hold a value: [number, hidden, [[column, kind, value], …]].

    Kinds: s text, n number, d date, p date without a day, f formula, e error or truth value.
    """

    def __init__(self, shared, styles, *, epoch_1904):
        super().__init__()
        self.shared, self.styles = shared, styles
        self.epoch = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
        self.rows = []
        self.refused = ""
        self.number = 0
        self.characters = 0
        self.ends = {
            "f": self.end_formula,
            "v": self.end_text,
            "t": self.end_text,
            "c": self.add_cell,
            "row": self.add_row,
        }

    def on_start(self, name, attributes):
        super().on_start(name, attributes)
        if name == "row":
            self.number = self.next_number(attributes)
            self.hidden = attributes.get("hidden") in {"1", "true"}
            self.cells, self.column = [], -1
        elif name == "c":
            self.column = column_index(attributes["r"]) if "r" in attributes else self.column + 1
            self.type = attributes.get("t", "n")
            self.style = int(attributes.get("s", 0))
            self.text, self.formula = None, None

    def on_end(self, name):
        super().on_end(name)
        if name in self.ends:
            self.ends[name]()

    def end_formula(self):
        self.formula = f"={self.take()}"

    def end_text(self):
        if self.parts is not None:
            self.text = (self.text or "") + self.take()

    def next_number(self, attributes) -> int:
        number = int(attributes.get("r", self.number + 1))
        if number <= self.number:
            raise ValueError("rows out of order: a row would be read twice or under a wrong number")
        return number

    def add_cell(self):
        cell = self.value()
        if cell is None or not cell[1].strip():
            return
        if self.column >= MAX_COLUMNS:
            self.refused = (
                f"Danh sách có quá {MAX_COLUMNS} cột: dòng {self.number} có ô nằm ngoài. "
                "Xóa các ô thừa bên phải rồi chọn lại."
            )
            raise SheetEndsHere
        self.characters += len(cell[1])
        if self.characters > MAX_CHARACTERS:
            raise Refused("Tệp có quá nhiều chữ so với một danh sách đoàn viên. Tách tệp nhỏ hơn.")
        self.cells.append([self.column, *cell])

    def add_row(self):
        if not self.cells:
            return
        if len(self.rows) >= MAX_ROWS:
            self.refused = (
                f"Danh sách có quá {MAX_ROWS:,} dòng. Tách thành nhiều tệp theo chi đoàn."
            ).replace(",", ".")
            raise SheetEndsHere
        self.rows.append([self.number, self.hidden, self.cells])

    def value(self) -> tuple[str, str] | None:
        if self.formula is not None:
            return "f", self.formula[:200]
        if self.text is None:
            return None
        if self.type == "s":
            return "s", self.shared[int(self.text)]
        if self.type in {"str", "inlineStr"}:
            return "s", self.text
        if self.type in {"b", "e"}:
            return "e", self.text
        if self.type == "d":
            return "d", datetime.fromisoformat(self.text).date().isoformat()
        return self.number_value(float(self.text))

    def number_value(self, number: float) -> tuple[str, str]:
        kind = self.styles[self.style] if self.style < len(self.styles) else ""
        if kind and 1 <= number < 2_958_466:  # up to the year 9999
            return kind, (self.epoch + timedelta(days=int(number))).isoformat()
        whole = number.is_integer() and abs(number) < 1e15
        return "n", str(int(number)) if whole else repr(number)


def read_sheets(package: ZipFile) -> list[dict]:
    """Every visible worksheet with its rows; hidden ones are not opened."""
    book = parse(package, "xl/workbook.xml", Book())
    relations = parse(package, "xl/_rels/workbook.xml.rels", Relations()).found
    visible = [(name, relations[rid]) for name, rid, hidden in book.sheets if not hidden]
    if len(book.sheets) > MAX_SHEETS:
        raise Refused("Tệp có quá nhiều trang tính. Chép danh sách sang tệp mới rồi chọn lại.")
    parts = {kind: part_name(target) for kind, target in relations.values()}
    shared = parse_optional(package, parts.get("sharedStrings"), SharedTexts()).texts
    styles = parse_optional(package, parts.get("styles"), Styles()).kinds
    return [
        read_sheet(package, name, part_name(target), (shared, styles, book.epoch_1904))
        for name, (kind, target) in visible
        if kind == "worksheet"
    ]


def read_sheet(package: ZipFile, name: str, part: str, settings) -> dict:
    shared, styles, epoch_1904 = settings
    sheet = SheetRows(shared, styles, epoch_1904=epoch_1904)
    with suppress(SheetEndsHere):
        parse(package, part, sheet)
    return {"name": name, "rows": sheet.rows, "refused": sheet.refused}


def parse(package: ZipFile, part: str, target):
    parser = ET.XMLParser(target=target)  # noqa: S314 -- the target refuses every declaration
    with package.open(part) as stream:
        while chunk := stream.read(CHUNK):
            parser.feed(chunk)
    return parser.close()


def parse_optional(package: ZipFile, part: str | None, target):
    return parse(package, part, target) if part in package.namelist() else target


def part_name(target: str) -> str:
    """A relation's target as a name in the package; it is looked up there and nowhere else."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def column_index(reference: str) -> int:
    """ "A1" → 0, "AF7" → 31."""
    index = 0
    for letter in reference.rstrip("0123456789"):
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def date_kind(code: str) -> str:
    """What a number format shows: a whole date, a part of one, or none."""
    code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", code.split(";")[0]).lower()
    if "y" not in code and not ("d" in code and "m" in code):
        return ""
    return "d" if "d" in code and "y" in code else "p"
