"""What a paper says: plain frozen values, from which PDF (and later Word) is made.

A paper is a short declaration of these blocks; nothing here knows of models, HTML or page
layout. `None` in a text is a datum nobody has entered: it prints as a dotted line.
A newline in a text is a line break.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

# ---- inside a line -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bold:
    text: str


@dataclass(frozen=True, slots=True)
class Italic:
    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """Small print, never bold: the day below the month of a column."""

    text: str


@dataclass(frozen=True, slots=True)
class Dots:
    """A dotted line to write on: `mm` long, or at the end of a line without `mm` to the margin."""

    mm: float | None = None


@dataclass(frozen=True, slots=True)
class CheckBox:
    """Ô đánh dấu: a square, crossed when `checked`."""

    checked: bool = False


@dataclass(frozen=True, slots=True)
class Leaves:
    """Tờ số: the leaves of that part of a booklet ("4–5"), or of all of it; filled in when it is
    laid out."""

    part: str = ""


Inline = str | Bold | Italic | Small | Dots | CheckBox | Leaves | None
Text = Inline | Sequence[Inline]
"""A string, one piece, or a sequence of pieces."""

# ---- blocks of the body --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `align` is justify, left or center. Justify gives way to left before dots."""

    text: Text
    align: str = "justify"
    indent: bool = True
    keep_with_next: bool = False
    keep_with_previous: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading inside the text.

    Level 1: bold capitals ("I. NỘI DUNG"), 2: bold, 3: bold italic, 4: regular.
    The number is part of the text.
    """

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Bullets:
    """One paragraph for each item, each with `sign` before it."""

    items: Sequence[Text]
    sign: str = "-"


@dataclass(frozen=True, slots=True)
class Fields:
    """Lines "label: value", indented; a missing value is a dotted line to the margin."""

    rows: Sequence[tuple[str, Text]]
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A table column of `mm` width; one column may leave it out and takes what remains.

    Neighbours with the same `group` stand under one common header.
    """

    title: Text
    mm: float | None = None
    align: str = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that differs from its column: over several columns, bold, or aligned otherwise."""

    text: Text
    span: int = 1
    align: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A bold row over all columns; it stays with the row after it."""

    text: str


Row = Sequence[Text | Cell] | GroupRow
"""A row of cells in the columns' order; in a table `None` is an empty cell, not dots."""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A ruled table over the full width of the text.

    `numbered` adds the row (1) (2) … under the header. `note` follows the table and never
    leaves its last rows. Names are never cut: choose widths for the longest word.
    `row_mm` makes every row so high at least (labels); without `headed` it has no header row.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    size_pt: float = 12
    numbered: bool = False
    note: Text = ""
    row_mm: float | None = None
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """A small line below a table, kept with it."""

    text: Text


@dataclass(frozen=True, slots=True)
class Picture:
    """Ảnh chụp giấy tờ: a JPEG as large as the page allows; `words` for who does not see it.

    The picture itself is no part of how a paper is written down (its repr); `sha256` is.
    """

    jpeg: bytes = field(repr=False)
    words: str
    sha256: str = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "sha256", hashlib.sha256(self.jpeg).hexdigest())


@dataclass(frozen=True, slots=True)
class Chart:
    """Biểu đồ: a drawing of `core.charts` with its title; `words` for who does not see it."""

    title: str
    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts side by side, kept on one page."""

    charts: Sequence[Chart]


@dataclass(frozen=True, slots=True)
class CutLine:
    """Đường cắt: a dashed line across the page, with the title of the part below it."""

    title: str = ""


@dataclass(frozen=True, slots=True)
class SlipHead:
    """Đầu phiếu (head of a receipt): issuer at the left, name and date, numbers at the right."""

    cap_tren: str
    co_quan: str
    ten: str
    ngay: str
    ben_phai: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Appendix:
    """Phụ lục: begins a new page of the same paper; `ten` in capitals, `kem_theo` in italics."""

    label: str
    ten: Text
    kem_theo: Text = ""


# ---- parts of a paper ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TheThuc:
    """The settings common to all papers of a unit (dated; papers.md section 3)."""

    co_chu: int = 14
    sao: str = "***"
    chuc_vu_dam: bool = True
    tieu_de_trai: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """Phần đầu văn bản: issuer at the left, "ĐOÀN TNCS HỒ CHÍ MINH" and date at the right.

    `so` is the full line ("Số: 07-NQ/ĐTN"), "" when the paper has none. `mau` is the label of
    an official form. `trich_yeu_cong_van` is the "V/v …" of a letter. `the_thuc` is how the
    issuer wants its papers: no part of what a paper says (its repr).
    """

    cap_tren: str
    co_quan: str
    dia_danh_ngay: Text
    so: Text = ""
    mau: str = ""
    trich_yeu_cong_van: str = ""
    tieu_de: str = "ĐOÀN TNCS HỒ CHÍ MINH"
    the_thuc: TheThuc | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class BookHeading:
    """Đầu trang sổ: the unit at the left, the book and its table at the right, the year below."""

    cap_tren: str
    don_vi: str
    so: str
    nam: str


@dataclass(frozen=True, slots=True)
class Title:
    """Tên loại in capitals and, below it, the trích yếu and a short line."""

    ten_loai: str
    trich_yeu: Text = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs: role lines in bold capitals, a small note, room, and the name.

    Without a name the line stays empty to be written on.
    """

    lines: Sequence[str]
    name: str = ""
    note: str = ""
    room_mm: float = 30


@dataclass(frozen=True, slots=True)
class Signatures:
    """One to three signers, left to right; `noi_nhan` stands left of a single signer."""

    signers: Sequence[Signer]
    noi_nhan: Sequence[Text] = ()


Block = (
    Para
    | Section
    | Bullets
    | Fields
    | TableBlock
    | Note
    | Picture
    | Charts
    | CutLine
    | SlipHead
    | Appendix
    | Title
    | Signatures
)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """Mã kiểm tra in the bottom margin; without `host` neither address nor QR is printed."""

    code: str
    host: str = ""
    qr: bool = True

    @property
    def address(self) -> str:
        return f"{self.host}/kiem-tra/{self.code}" if self.host else ""

    @property
    def words(self) -> str:
        return f"Mã kiểm tra: {self.code}"

    @property
    def picture(self) -> str:
        return "Mã QR để kiểm tra văn bản"


@dataclass(frozen=True, slots=True)
class LinkLine:
    """Dòng dẫn in the bottom margin of a sheet: what its QR leads to, and the address to type."""

    words: str
    host: str
    path: str
    picture: str
    qr: bool = True

    @property
    def address(self) -> str:
        return f"{self.host}{self.path}"


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    `page`: A4, A4-landscape, A5-landscape or A4-ho-so. `compact`: True sets 13 pt, False 14 pt,
    "auto" 13 pt only if that saves a nearly empty last page. `continues` marks a part that
    carries on the file before it: its first page shows the number and no QR. `appendix` is
    what comes after the signatures (begin it with an `Appendix` for a new page).
    `canh_bao` is a line about sensitive data in the bottom margin.
    """

    heading: Heading | BookHeading | None = None
    title: Title | None = None
    kinh_gui: Sequence[Text] = ()
    body: Sequence[Block] = ()
    signatures: Signatures | None = None
    appendix: Sequence[Block] = ()
    check: CheckLine | LinkLine | None = None
    page: str = "A4"
    compact: bool | str = "auto"
    continues: bool = False
    canh_bao: str = ""
    the_thuc: TheThuc = TheThuc()

    @property
    def cach_viet(self) -> TheThuc:
        """The issuer's own settings, which its heading carries, before those of the paper."""
        own = self.heading.the_thuc if isinstance(self.heading, Heading) else None
        return own or self.the_thuc


@dataclass(frozen=True, slots=True)
class Cover:
    """Bìa hồ sơ: issuer lines, title, fields and check code inside a double frame."""

    cap_tren: str
    co_quan: str
    ten: str
    ten_phu: str
    fields: Sequence[tuple[str, Text]]
    dia_danh_ngay: Text
    check: CheckLine | None = None
    canh_bao: str = "Có dữ liệu cá nhân – chỉ người có trách nhiệm được xem"
    tieu_de: str = "ĐOÀN TNCS HỒ CHÍ MINH"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Giấy chứng nhận: one landscape sheet in a double frame, for one person.

    `mo_dau` says who certifies, `nguoi` is the person in large letters, `cau` what is
    certified; `so` stands at the foot beside the check code, the day above the signature.
    """

    cap_tren: str
    co_quan: str
    so: Text
    ten: str
    ten_phu: str
    mo_dau: Text
    nguoi: str
    fields: Sequence[Text]
    cau: Text
    dia_danh_ngay: Text
    signer: Signer
    check: CheckLine | None = None
    tieu_de: str = "ĐOÀN TNCS HỒ CHÍ MINH"
