"""The workbook that the national software reads: sheet DSDV, and its code lists in hidden DATA.

The layout is that of its own export (domain: titles in rows 2 and 3, header in rows 5 and 6, the
birth date under Nam or Nữ, citizen id and phone as text). DATA keeps each list with the number
that the software gives it. Memory stays flat however many people there are.
"""

from collections.abc import Callable, Iterable
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.xlsx import TEXT_FORMAT, write_cell
from doanvien.models import DoanVien
from doanvien.nhap import code_lists
from doanvien.nhap.columns import LABELS

DuocDoc = Callable[[DoanVien], bool] | None
COLUMNS = tuple(name for name in LABELS if name != "doi_tuong")
"""The order of the software's export; without "đối tượng", for which it gives no codes."""
CAN_QUYEN = (
    "dan_toc",
    "ton_giao",
    "cccd",
    "cccd_ngay_cap",
    "cccd_noi_cap",
    "ngay_vao_dang",
    "ky_luat",
)
"""Filled only for who reads them and has said why."""
GHI_CHU_CHE = "Bản đã che: không có dân tộc, tôn giáo, số CCCD, ngày vào Đảng, kỷ luật."
FIRST_ROW, HEADER = 7, 5
WIDTHS = {"stt": 6, "ho_ten": 26, "que_quan": 32, "thuong_tru": 32, "chi_doan": 28}


def _coded(found: dict[int, str]) -> list[tuple[str, Any]]:
    return [(label, code) for code, label in found.items()]


def _plain(labels: Iterable[str]) -> list[tuple[str, Any]]:
    return [(label, None) for label in labels]


LISTS: dict[str, list[tuple[str, Any]]] = {
    "dan_toc": _coded(code_lists.DAN_TOC),
    "ton_giao": _coded(code_lists.TON_GIAO),
    "van_hoa": _plain(code_lists.TRINH_DO_VAN_HOA),
    "chuyen_mon": _plain(code_lists.TRINH_DO_CHUYEN_MON),
    "ly_luan": _plain(code_lists.TRINH_DO_LLCT),
    "tin_hoc": _plain(code_lists.TIN_HOC),
    "ngoai_ngu": _plain(code_lists.NGOAI_NGU),
    "nghe_nghiep": _plain(code_lists.NGHE_NGHIEP),
    "chuc_vu": _coded(code_lists.CHUC_VU),
    "hoi": _plain(code_lists.HOI),
}
"""Column → its list with the software's numbers; DATA holds label and number side by side."""


def write(
    file: IO[bytes], *, don_vi: str, people: Iterable[DoanVien], duoc_doc: DuocDoc, tong: int
) -> None:
    """Write the workbook; `tong` sizes the drop-downs.

    `duoc_doc` tells of whom the sensitive columns are filled; None: of nobody, which is said.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("DSDV")
    _format(sheet, tong)
    for row in _head(sheet, don_vi, day_du=duoc_doc is not None):
        sheet.append(row)
    for number, doan_vien in enumerate(people, start=1):
        values = _values(number, doan_vien, day_du=bool(duoc_doc and duoc_doc(doan_vien)))
        sheet.append([write_cell(sheet, values.get(name)) for name in COLUMNS])
    _lists(book)
    book.save(file)


def _format(sheet, tong: int) -> None:
    for index, name in enumerate(COLUMNS, start=1):
        column = sheet.column_dimensions[get_column_letter(index)]
        column.width = WIDTHS.get(name, 16)
        if name in ("cccd", "dien_thoai", "so_the", "ma_dinh_danh"):
            column.number_format = TEXT_FORMAT
    last = FIRST_ROW + max(tong, 1) + 200
    for position, (name, entries) in enumerate(LISTS.items()):
        letter, data = (
            get_column_letter(COLUMNS.index(name) + 1),
            get_column_letter(2 * position + 1),
        )
        source = f"DATA!${data}$1:${data}${len(entries)}"
        choice = DataValidation(type="list", formula1=source, allow_blank=True)
        choice.add(f"{letter}{FIRST_ROW}:{letter}{last}")
        sheet.data_validations.append(choice)
    born = COLUMNS.index("ngay_sinh_nam") + 1
    for index in range(1, len(COLUMNS) + 1):
        letter = get_column_letter(index)
        if index == born:
            sheet.merged_cells.add(f"{letter}{HEADER}:{get_column_letter(born + 1)}{HEADER}")
        elif index != born + 1:
            sheet.merged_cells.add(f"{letter}{HEADER}:{letter}{HEADER + 1}")


def _head(sheet, don_vi: str, *, day_du: bool) -> list[list]:
    labels = {name: LABELS[name][0] for name in COLUMNS}
    labels |= {"ngay_sinh_nam": "Ngày sinh", "ngay_sinh_nu": None}
    second = {"ngay_sinh_nam": "Nam", "ngay_sinh_nu": "Nữ"}
    return [
        [],
        [don_vi.upper()],
        [_styled(sheet, "DANH SÁCH ĐOÀN VIÊN", Font(bold=True, size=14))],
        [] if day_du else [GHI_CHU_CHE],
        [_styled(sheet, labels[name], Font(bold=True)) for name in COLUMNS],
        [second.get(name) for name in COLUMNS],
    ]


def _styled(sheet, value, font: Font) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    cell.font = font
    return cell


def _values(number: int, doan_vien: DoanVien, *, day_du: bool) -> dict[str, Any]:
    """One person by column; an unknown gender stands under Nam, for the layout has no third."""
    names = [name for name in COLUMNS if hasattr(DoanVien, name) and name != "cccd"]
    found = {name: getattr(doan_vien, name) or None for name in names if name not in READ_APART}
    born = "ngay_sinh_nu" if doan_vien.gioi_tinh == DoanVien.GioiTinh.NU else "ngay_sinh_nam"
    found |= {
        "stt": number,
        born: doan_vien.ngay_sinh,
        "cccd": doan_vien.cccd if day_du else None,
        "danh_du": "x" if doan_vien.danh_du else None,
        "xep_loai": _latest(doan_vien.xep_loai.all()),
        "ren_luyen": _latest(doan_vien.ren_luyen.all()),
        "chi_doan": doan_vien.chi_doan.ten_day_du,
    }
    return found if day_du else {k: v for k, v in found.items() if k not in CAN_QUYEN}


READ_APART = ("chi_doan", "danh_du", "xep_loai", "ren_luyen")


def _latest(rows) -> str | None:
    """The words of the newest year that has a result."""
    found = [row for row in rows if row.muc]
    return max(found, key=lambda row: row.nam).get_muc_display() if found else None


def _lists(book) -> None:
    """The hidden sheet: for each list a column of labels and one of the software's numbers."""
    sheet = book.create_sheet("DATA")
    sheet.sheet_state = "hidden"
    for line in range(max(len(entries) for entries in LISTS.values())):
        cells: list[Any] = []
        for entries in LISTS.values():
            cells += entries[line] if line < len(entries) else (None, None)
        sheet.append(cells)
