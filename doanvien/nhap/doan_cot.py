"""Guesses the columns of a list that is not in the national layout; people correct the guess."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from core.text import clean, fold

from .code_lists import DAN_TOC, TON_GIAO, find_label
from .columns import (
    FIELDS,
    LABELS,
    MOSTLY,
    SEARCHED_ROWS,
    Layout,
    are_given_names,
    column_letter,
    label_key,
)
from .workbook import Cell, Row, Sheet

NGAY_SINH, GIOI_TINH, TEN = "ngay_sinh", "gioi_tinh", "ten"
MUC_CHON = {
    "ho_ten": "Họ và tên",
    TEN: "Tên, khi họ đệm ở cột riêng",
    NGAY_SINH: "Ngày sinh",
    GIOI_TINH: "Giới tính",
    **{
        name: labels[0]
        for name, labels in LABELS.items()
        if name not in ("ho_ten", "doi_tuong", "ren_luyen", "xep_loai")
    },
}
"""What a column may be, in the words of the page; the national layout splits the birth date."""
HO_DEM = ("ho dem", "ho va dem", "ho va ten dem", "ho lot", "ho va chu lot", "ho chu lot")
TREN_TEN = ("ho va ten", "ho ten")
CACH_VIET = {
    "ho_ten": (
        "hoten",
        "ten doan vien",
        "ho va ten khai sinh",
        "ho dem va ten",
        "h ten",
        *HO_DEM,
        *(f"{tren} {duoi}" for tren in TREN_TEN for duoi in ("ho", *HO_DEM)),
    ),
    TEN: ("ten", *(f"{tren} ten" for tren in TREN_TEN)),
    NGAY_SINH: (
        "ngay sinh",
        "ngay thang nam sinh",
        "ngay/thang/nam sinh",
        "sinh ngay",
        "ns",
        "ntns",
        "nam sinh",
        "dob",
    ),
    GIOI_TINH: ("gioi tinh", "gt", "phai", "nam/nu", "gioi"),
    "cccd": ("cmnd", "so cmnd", "can cuoc", "so can cuoc", "can cuoc cong dan", "so dinh danh cn"),
    "ngay_vao_doan": ("vao doan", "ngay ket nap", "ngay vao doan tncs", "nam vao doan", "nvd"),
    "chi_doan": ("don vi sinh hoat", "cd", "to", "khu pho", "ap", "thon", "chi doan sinh hoat"),
    "dien_thoai": ("dt", "so dt", "dtdd", "dien thoai di dong", "di dong", "tel", "phone", "zalo"),
    "dan_toc": ("dt thieu so", "d toc", "dantoc"),
    "ton_giao": ("t giao", "tongiao"),
    "thuong_tru": ("dia chi", "ho khau", "ho khau thuong tru", "noi o", "cho o"),
    "que_quan": ("que", "nguyen quan"),
    "chuyen_mon": ("trinh do", "cm", "chuyen nganh"),
    "van_hoa": ("hoc van", "tdvh"),
    "ly_luan": ("tdllct", "trinh do chinh tri"),
    "so_the": ("so the", "the doan"),
    "so_nghi_quyet": ("so nq", "nghi quyet", "so qd"),
    "nghe_nghiep": ("nghe", "cong viec", "viec lam"),
    "chuc_vu": ("chuc danh", "cv"),
    "ngay_vao_dang": ("vao dang", "dang vien"),
    "stt": ("so", "no", "thu tu"),
}
"""Other ways in which offices write a label (folded), besides those of `columns.LABELS`."""
WORDS = {
    **{key: name for key, name in FIELDS.items() if name in MUC_CHON},
    **{label_key(word): name for name, words in CACH_VIET.items() for word in words},
}
NEEDED = ("ho_ten", NGAY_SINH, "dan_toc", "cccd", "ngay_vao_doan", "chi_doan")
SAMPLES = 3
SNIFFED = 30
DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


@dataclass(frozen=True)
class Cot:
    """Cột: one column of a foreign list with its label, first values and what it probably is."""

    so: int
    nhan: str
    vi_du: tuple[str, ...]
    doan: str = ""

    @property
    def chu(self) -> str:
        return column_letter(self.so)


@dataclass(frozen=True)
class BangLa:
    """Bảng lạ: a foreign table: where its header stands and how many rows it takes."""

    sheet: Sheet
    header: int
    so_dong_tieu_de: int
    cot: tuple[Cot, ...]

    @property
    def van_tay(self) -> str:
        """The same for the same labels in the same places, whatever the rows."""
        words = [f"{cot.so}:{label_key(cot.nhan)}" for cot in self.cot]
        return hashlib.sha256("\n".join(words).encode()).hexdigest()


def find_table(
    sheets: list[Sheet], *, is_branch: Callable[[str], object], so_dong: int | None = None
) -> BangLa | None:
    """The likeliest table of a workbook, its columns guessed; None when there is none."""
    found = [(score, sheet, row) for sheet in sheets for score, row in _headers(sheet)]
    if not found:
        return None
    _, sheet, header = max(found, key=lambda entry: entry[0])
    below = next((row for row in sheet.rows if row.number == header.number + 1), None)
    second = below if (so_dong or 1 + _is_second(header, below)) == 2 else None
    rows = [row for row in sheet.rows if row.number > header.number + (second is not None)]
    columns = _columns(header, second, rows)
    guessed = guess(columns, rows, is_branch=is_branch)
    return BangLa(sheet, header.number, 1 + (second is not None), tuple(guessed))


def _headers(sheet: Sheet):
    """Rows that may be a header, with how much speaks for them."""
    if sheet.refused:
        return
    for row in sheet.rows[:SEARCHED_ROWS]:
        texts = [cell for cell in row.cells.values() if cell.kind == "s" and len(cell.value) < 80]
        others = len(row.cells) - len(texts)
        known = sum(label_key(cell.value) in WORDS for cell in texts)
        if len(texts) >= 2 and row is not sheet.rows[-1]:
            yield 3 * known + len(texts) - 2 * others - row.number / 100, row


def _is_second(header: Row, below: Row | None) -> bool:
    """Whether the row below splits labels of the header: texts alone, nobody below a name."""
    if below is None or any(cell.kind != "s" for cell in below.cells.values()):
        return False
    keys = {label_key(cell.value) for cell in below.cells.values()}
    split = {"nam", "nu"} <= keys or len(below.cells) < len(header.cells) / 2
    names = [column for column, cell in header.cells.items() if _word(cell.value) == "ho_ten"]
    people = [column for column in names if _is_somebody(below.cell(column))]
    return split and not people


def _is_somebody(cell: Cell) -> bool:
    return bool(cell.value) and _word(cell.value) != "ho_ten" and label_key(cell.value) != "ho"


def _columns(header: Row, second: Row | None, rows: list[Row]) -> list[Cot]:
    used = {column for row in rows[:SNIFFED] for column in row.cells}
    named = set(header.cells) | (set(second.cells) if second else set())
    columns, above = [], ""
    for column in sorted(used | named):
        if column in header.cells:
            above = clean(header.cell(column).value)
        under = clean(second.cell(column).value) if second else ""
        top = clean(header.cell(column).value) or (above if under else "")
        shown = (row.cell(column).shown[:40] for row in rows if row.cell(column).value)
        samples = tuple(value for value, _ in zip(shown, range(SAMPLES), strict=False))
        columns.append(Cot(column, " ".join(filter(None, (top, under))), samples))
    return columns


def guess(columns: list[Cot], rows: list[Row], *, is_branch) -> list[Cot]:
    """Each column with its field: by its label, then by a near label, then by what it holds."""
    taken: dict[str, int] = {}
    for step in (_word, _near):
        for cot in columns:
            name = step(cot.nhan)
            if name and name not in taken and cot.so not in taken.values():
                taken[name] = cot.so
    _place_given_names(columns, rows, taken)
    for cot in columns:
        if cot.so not in taken.values():
            cells = [row.cell(cot.so) for row in rows if row.cell(cot.so).value][:SNIFFED]
            name = _held(cells, is_branch)
            if name and name not in taken and not (name == NGAY_SINH and _has_birth(taken)):
                taken[name] = cot.so
    fields = {column: name for name, column in taken.items()}
    return [Cot(cot.so, cot.nhan, cot.vi_du, fields.get(cot.so, "")) for cot in columns]


def _place_given_names(columns: list[Cot], rows: list[Row], taken: dict[str, int]) -> None:
    """A column "Tên" alone holds whole names; one without a label beside "Họ và tên" does not."""
    if TEN in taken:
        if "ho_ten" not in taken:
            taken["ho_ten"] = taken.pop(TEN)
    elif "ho_ten" in taken:
        beside = next((cot for cot in columns if cot.so == taken["ho_ten"] + 1), None)
        name = next(cot.nhan for cot in columns if cot.so == taken["ho_ten"])
        if beside and beside.nhan in ("", name):
            cells = [row.cell(beside.so) for row in rows][:SNIFFED]
            if are_given_names(cells):
                taken[TEN] = beside.so


def _has_birth(taken: dict[str, int]) -> bool:
    return "ngay_sinh_nam" in taken or "ngay_sinh_nu" in taken


def _word(label: str) -> str:
    return WORDS.get(label_key(label), "")


def _near(label: str) -> str:
    key = label_key(label)
    near = get_close_matches(key, WORDS, n=1, cutoff=0.85) if len(key) > 3 else []
    return WORDS[near[0]] if near else ""


def _held(cells: list[Cell], is_branch) -> str:
    """What the cells of a column without a telling label most probably are."""
    if len(cells) < 2:
        return ""
    tests: dict[str, Callable[[Cell], object]] = {
        "cccd": lambda cell: re.fullmatch(r"0?\d{11}", _digits(cell)),
        "dien_thoai": lambda cell: re.fullmatch(r"0\d{9}|[3-9]\d{8}", _digits(cell)),
        GIOI_TINH: lambda cell: fold(cell.value) in ("nam", "nu"),
        "dan_toc": lambda cell: find_label(cell.value, DAN_TOC.values()),
        "ton_giao": lambda cell: find_label(cell.value, TON_GIAO.values()),
        "chi_doan": lambda cell: is_branch(cell.value),
        NGAY_SINH: lambda cell: cell.kind == "d" or DATE.fullmatch(clean(cell.value)),
        "ho_ten": _is_name,
    }
    for name, test in tests.items():
        if sum(bool(test(cell)) for cell in cells) >= MOSTLY * len(cells):
            return name
    return ""


def _digits(cell: Cell) -> str:
    return re.sub(r"[ .'-]", "", cell.value) if cell.kind in ("s", "n") else ""


def _is_name(cell: Cell) -> bool:
    words = clean(cell.value).split()
    return 2 <= len(words) <= 6 and all(word[0].isupper() and word.isalpha() for word in words)


def layout_of(bang: BangLa, cot: dict[str, int], *, chi_doan: str = "") -> Layout:
    """The table as the rules read it, with the columns that were chosen.

    One birth column stands for both Nam and Nữ; `chi_doan` is the branch of the whole file.
    """
    columns = {name: (column,) for name, column in cot.items() if name not in (NGAY_SINH, TEN)}
    if TEN in cot:
        columns["ho_ten"] += (cot[TEN],)
    if NGAY_SINH in cot:
        columns |= dict.fromkeys(("ngay_sinh_nam", "ngay_sinh_nu"), (cot[NGAY_SINH],))
    unknown = [c.nhan for c in bang.cot if c.so not in cot.values() and c.nhan]
    last = bang.header + bang.so_dong_tieu_de - 1
    return Layout(bang.sheet, bang.header, last, columns, unknown, is_la=True, ca_tep=chi_doan)


def missing(cot: Iterable[str], *, chi_doan: str = "") -> list[str]:
    """Labels of needed columns that nobody chose; every row lacks them."""
    have = set(cot)
    if have & {"ngay_sinh_nam", "ngay_sinh_nu"}:
        have.add(NGAY_SINH)
    if chi_doan:
        have.add("chi_doan")
    return [MUC_CHON[name] for name in NEEDED if name not in have]
