"""Finds the header of the national export in a sheet, wherever its columns were moved."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.text import clean, fold

from .workbook import Cell, Row, Sheet, WorkbookRefused

LABELS = {
    "stt": ("STT", "so tt", "tt", "so thu tu"),
    "ho_ten": ("Họ và tên", "ho ten", "ho va ten doan vien", "ho ten doan vien"),
    "ma_dinh_danh": ("Mã định danh đoàn viên", "ma dinh danh", "ma doan vien"),
    "ngay_sinh_nam": ("Ngày sinh Nam", "nam"),
    "ngay_sinh_nu": ("Ngày sinh Nữ", "nu"),
    "dan_toc": ("Dân tộc",),
    "ton_giao": ("Tôn giáo",),
    "que_quan": ("Quê quán",),
    "thuong_tru": ("Địa chỉ thường trú", "thuong tru", "noi thuong tru"),
    "cccd": ("Số CMND/CCCD", "so cccd", "cccd", "so cccd/cmnd", "cmnd/cccd", "so dinh danh"),
    "cccd_ngay_cap": ("Ngày cấp", "ngay cap cmnd/cccd", "ngay cap cccd"),
    "cccd_noi_cap": ("Nơi cấp", "noi cap cmnd/cccd", "noi cap cccd"),
    "van_hoa": ("Trình độ văn hóa", "van hoa", "trinh do hoc van"),
    "chuyen_mon": ("Trình độ chuyên môn", "chuyen mon"),
    "ly_luan": ("Trình độ LLCT", "llct", "ly luan chinh tri", "trinh do ly luan chinh tri"),
    "tin_hoc": ("Tin học", "trinh do tin hoc"),
    "ngoai_ngu": ("Ngoại ngữ", "trinh do ngoai ngu"),
    "ngay_vao_doan": ("Thời gian vào Đoàn", "ngay vao doan", "ngay ket nap doan"),
    "so_nghi_quyet": (
        "Số Nghị quyết chuẩn y",
        "so nghi quyet chuan y ket nap",
        "so nghi quyet chuan y ket nap doan vien",
    ),
    "so_the": ("Số thẻ đoàn", "so the doan vien"),
    "ngay_vao_dang": ("Thời gian vào Đảng", "ngay vao dang"),
    "nghe_nghiep": ("Nghề nghiệp hiện nay", "nghe nghiep"),
    "doi_tuong": ("Đối tượng đoàn viên", "doi tuong"),
    "ren_luyen": ("Rèn luyện đoàn viên", "ren luyen"),
    "xep_loai": ("Đánh giá, xếp loại đoàn viên", "xep loai doan vien", "xep loai"),
    "khen_thuong": ("Khen thưởng",),
    "ky_luat": ("Kỷ luật",),
    "chuc_vu": ("Chức vụ trong chi đoàn", "chuc vu"),
    "hoi": ("Hội",),
    "danh_du": ("Đoàn viên danh dự",),
    "email": ("Email", "e-mail", "email lien he", "thu dien tu"),
    "dien_thoai": ("Điện thoại liên hệ", "dien thoai", "so dien thoai", "sdt"),
    "chi_doan": ("Đơn vị", "chi doan", "ten chi doan"),
}
"""Field → the label of the national export, then other ways it is written (folded)."""

ROW_LABEL = "Dòng trong tệp gốc"
REASON_LABEL = "Vì sao, cách sửa"
"""Columns of our own list of rows to mend; they say nothing when it comes back."""

REQUIRED = (
    "stt",
    "ho_ten",
    "ngay_sinh_nam",
    "ngay_sinh_nu",
    "dan_toc",
    "cccd",
    "ngay_vao_doan",
    "chi_doan",
)
SEARCHED_ROWS = 40
KNOWN_ENOUGH = 5
MOSTLY = 0.7
"""A content that so many cells have is what their column holds."""
BIRTH_DATE = "ngay sinh"


def label_key(text: str) -> str:
    """A header as it is compared: folded, without stars, colons and remarks in brackets."""
    return " ".join(re.sub(r"\([^)]*\)|[*:.,]", " ", fold(text)).split())


OWN_COLUMNS = {label_key(ROW_LABEL), label_key(REASON_LABEL)}
FIELDS = {label_key(label): name for name, labels in LABELS.items() for label in labels}


def column_letter(index: int) -> str:
    """0 → "A", 31 → "AF"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True)
class Layout:
    """Where the list stands in a sheet: field → its columns, first and last header row.

    `is_la`: a foreign list, whose columns people have chosen; it need not number its rows, may
    lack columns, and `ca_tep` may name one branch for all of it.
    """

    sheet: Sheet
    first_row: int
    last_row: int
    columns: dict[str, tuple[int, ...]]
    unknown: list[str] = field(default_factory=list)
    is_la: bool = False
    ca_tep: str = ""

    @property
    def rows(self) -> Iterator[Row]:
        return (row for row in self.sheet.rows if row.number > self.last_row)

    @property
    def titles(self) -> list[str]:
        """The texts above the header."""
        above = (row for row in self.sheet.rows if row.number < self.first_row)
        return [clean(cell.value) for row in above for cell in row.cells.values()]

    def address(self, name: str, row: int) -> str:
        return f"{column_letter(self.columns[name][0])}{row}"

    @property
    def has_one_birth_column(self) -> bool:
        """A date alone; the gender, if it is known at all, stands in a column of its own."""
        born = [self.columns.get(name) for name in ("ngay_sinh_nam", "ngay_sinh_nu")]
        return self.is_la and born[0] == born[1]


class UnknownLayout(WorkbookRefused):
    """No list in the national layout: its columns may be chosen by hand."""


def find_layout(sheets: list[Sheet]) -> Layout:
    """The first visible sheet with the list's header; `WorkbookRefused` if there is none.

    A missing column that the rules need is named, and so is one that stands there twice.
    """
    for sheet in sheets:
        header = _header_row(sheet)
        if header is not None:
            return _layout(sheet, header)
    raise UnknownLayout(
        "Không tìm thấy dòng tiêu đề của danh sách (STT, Họ và tên, Ngày sinh, Dân tộc, …) "
        "ở trang tính nào đang hiện. "
        "Dùng danh sách xuất từ phần mềm quốc gia, hoặc chép sang tệp mẫu rồi chọn lại."
    )


def has_list(sheet: Sheet) -> bool:
    return _header_row(sheet) is not None


def _header_row(sheet: Sheet) -> Row | None:
    rows = sheet.rows[:SEARCHED_ROWS]
    best = max(rows, key=lambda row: len(_known(row)), default=None)
    if best is None or len(_known(best)) < KNOWN_ENOUGH or "ho_ten" not in _known(best):
        return None
    return best


def _known(row: Row) -> set[str]:
    return {FIELDS[key] for cell in row.cells.values() if (key := label_key(cell.value)) in FIELDS}


def _layout(sheet: Sheet, header: Row) -> Layout:
    if sheet.refused:
        raise WorkbookRefused(sheet.refused)
    below = _second_header(sheet, header)
    columns, unknown = {}, []
    for column, end in _spans(header):
        label = clean(header.cell(column).value)
        found = _fields(label, below, range(column, end))
        if "ho_ten" in found and len(found["ho_ten"]) == 1:
            found["ho_ten"] += _given_names(sheet, header, range(column + 1, end))
        if not found and label_key(label) not in OWN_COLUMNS:
            unknown.append(label)
        _add(columns, found)
    _check_required(columns, header.number)
    last_row = below.number if below else header.number
    last_row += _has_number_row(sheet, last_row + 1)
    return Layout(sheet, header.number, last_row, columns, unknown)


def _second_header(sheet: Sheet, header: Row) -> Row | None:
    """The row under the header, if it holds "Nam" and "Nữ"."""
    below = next((row for row in sheet.rows if row.number == header.number + 1), None)
    return below if below and {"ngay_sinh_nam", "ngay_sinh_nu"} <= _known(below) else None


def _spans(header: Row) -> Iterator[tuple[int, int]]:
    """Each labelled column with the column where the next label stands."""
    starts = sorted(column for column, cell in header.cells.items() if clean(cell.value))
    return zip(starts, [*starts[1:], starts[-1] + 3], strict=True)


def _fields(label: str, below: Row | None, span: range) -> dict[str, tuple[int, ...]]:
    key = label_key(label)
    under = {column: label_key(below.cell(column).value) for column in span} if below else {}
    under = {column: text for column, text in under.items() if text}
    if key == BIRTH_DATE:
        return {FIELDS[text]: (column,) for column, text in under.items() if text in FIELDS}
    if key not in FIELDS:
        return {}
    return {FIELDS[key]: tuple(under) or (span.start,)}


def _given_names(sheet: Sheet, header: Row, beside: range) -> tuple[int, ...]:
    """The column of given names, where one label stands over family names and them."""
    if not beside:
        return ()
    cells = [row.cell(beside.start) for row in sheet.rows if row.number > header.number]
    return (beside.start,) if are_given_names(cells) else ()


def are_given_names(cells: Iterable[Cell]) -> bool:
    """Whether nearly all that is written there are single words, as given names are."""
    words = [clean(cell.value) for cell in cells if cell.value]
    fitting = [word for word in words if word.isalpha() and word[0].isupper()]
    return len(words) > 1 and len(fitting) >= MOSTLY * len(words)


def _add(columns: dict, found: dict) -> None:
    for name in found:
        if name in columns:
            raise UnknownLayout(
                f"Tệp có hai cột «{LABELS[name][0]}». Giữ lại một cột rồi chọn lại."
            )
    columns.update(found)


def _check_required(columns: dict, row: int) -> None:
    missing = ", ".join(f"«{LABELS[name][0]}»" for name in REQUIRED if name not in columns)
    if missing:
        raise UnknownLayout(
            f"Dòng tiêu đề {row} thiếu cột {missing}. "
            "Thêm cột còn thiếu, hoặc chép danh sách sang tệp mẫu, rồi chọn lại."
        )


def _has_number_row(sheet: Sheet, number: int) -> bool:
    """Whether the columns are numbered under the header: 1, 2, 3 …"""
    row = next((row for row in sheet.rows if row.number == number), None)
    values = [row.cells[column].value.strip("()") for column in sorted(row.cells)] if row else []
    numbers = [int(value) for value in values if value.isdecimal()]
    return len(values) == len(numbers) >= KNOWN_ENOUGH and numbers == list(
        range(numbers[0], numbers[0] + len(numbers))
    )
