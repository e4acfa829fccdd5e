"""Reads the edited workbook: its header, its rows, each cell with the words to find it by."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.text import clean
from doanvien.nhap.columns import column_letter, label_key
from doanvien.nhap.values import Entry
from doanvien.nhap.workbook import Row, Sheet, WorkbookRefused, read_workbook

from .muc_sua import CHI_DOAN, DAU, MUC, THEO_NHAN, Muc

SEARCHED_ROWS = 20
NOT_OURS = (
    "Tệp này không phải tệp «Tải về để sửa»: không thấy cột dấu của dòng. "
    "Danh sách từ nơi khác thì dùng Nhập từ Excel."
)
_KEYS = {label_key(nhan): muc for nhan, muc in THEO_NHAN.items()}


@dataclass(frozen=True)
class Bang:
    """Bảng: the sheet that came back, with the place of each column."""

    sheet: Sheet
    header: int
    cot: dict[str, int]
    cot_dau: int
    cot_chi_doan: int | None
    la: list[str]

    @property
    def rows(self) -> Iterator[Row]:
        """Rows that say something about somebody."""
        named = [*self.cot.values(), self.cot_dau]
        for row in self.sheet.rows:
            if row.number > self.header and any(clean(row.cell(c).value) for c in named):
                yield row

    def entry(self, row: Row, muc: Muc) -> Entry:
        column = self.cot[muc.ten]
        return Entry(muc.nhan, f"{column_letter(column)}{row.number}", row.cell(column))

    def chi_doan(self, row: Row) -> Entry | None:
        if self.cot_chi_doan is None:
            return None
        column = self.cot_chi_doan
        return Entry(CHI_DOAN, f"{column_letter(column)}{row.number}", row.cell(column))

    def dau(self, row: Row) -> str:
        return clean(row.cell(self.cot_dau).value)


def read_bang(content: bytes) -> Bang:
    """The sheet with the marks; `WorkbookRefused` for a file that is not one of ours."""
    for sheet in read_workbook(content):
        for row in sheet.rows[:SEARCHED_ROWS]:
            keys = {column: label_key(cell.value) for column, cell in row.cells.items()}
            if label_key(DAU) in keys.values():
                if sheet.refused:
                    raise WorkbookRefused(sheet.refused)
                return _bang(sheet, row, keys)
    raise WorkbookRefused(NOT_OURS)


def _bang(sheet: Sheet, header: Row, keys: dict[int, str]) -> Bang:
    known = {label_key("STT"), label_key(CHI_DOAN), label_key(DAU), *_KEYS}
    cot = {_KEYS[key].ten: column for column, key in keys.items() if key in _KEYS}
    if len(cot) < sum(key in _KEYS for key in keys.values()):
        raise WorkbookRefused("Tệp có hai cột cùng tên. Giữ lại một cột rồi chọn lại.")
    where = {key: column for column, key in keys.items()}
    strange = [clean(header.cell(column).value) for column, key in keys.items() if key not in known]
    return Bang(
        sheet,
        header.number,
        {name: cot[name] for name in MUC if name in cot},
        where[label_key(DAU)],
        where.get(label_key(CHI_DOAN)),
        [label for label in strange if label],
    )
