"""The workbook that the national software reads: sheet DSDV, and its code lists in hidden DATA.

The layout is that of its own export, to the letter: titles in rows 2 and 3, header in rows 5
and 6, the birth date under Nam or Nữ, days as dd/mm/yyyy text, citizen id and phone as text, and
drop-downs down to row 1000 at least. Memory stays flat however many people there are.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.text.display import ngay
from core.xlsx import TEXT_FORMAT, write_cell
from doanvien.models import DoanVien

from .danh_muc_quoc_gia import LISTS, nhan

DuocDoc = Callable[[DoanVien], bool] | None
COLUMNS = {
    "stt": ("STT", 6.2),
    "ho_ten": ("Họ và tên", 30.8),
    "ma_dinh_danh": ("Mã định danh đoàn viên", 14.8),
    "ngay_sinh_nam": ("Ngày sinh", 12),
    "ngay_sinh_nu": ("", 12),
    "dan_toc": ("Dân tộc", 8.8),
    "ton_giao": ("Tôn giáo", 10.4),
    "que_quan": ("Quê quán", 50.8),
    "thuong_tru": ("Địa chỉ thường trú", 50.6),
    "cccd": ("Số CMND/CCCD", 20),
    "cccd_ngay_cap": ("Ngày cấp", 12),
    "cccd_noi_cap": ("Nơi cấp", 17.8),
    "van_hoa": ("Trình độ văn hóa ", 24.2),
    "chuyen_mon": ("Trình độ chuyên môn", 22.2),
    "ly_luan": ("Trình độ LLCT", 22),
    "tin_hoc": ("Tin học", 33.2),
    "ngoai_ngu": ("Ngoại ngữ", 13.4),
    "ngay_vao_doan": ("Thời gian vào đoàn", 12),
    "so_nghi_quyet": ("Số Nghị quyết chuẩn y kết nạp đoàn viên", 17.2),
    "so_the": ("Số thẻ đoàn", 10.8),
    "ngay_vao_dang": ("Thời gian vào Đảng", 12),
    "nghe_nghiep": ("Nghề nghiệp hiện nay", 19.4),
    "doi_tuong": ("Đối tượng đoàn viên", 30.8),
    "ren_luyen": ("Rèn luyện đoàn viên", 19.6),
    "xep_loai": ("Đánh giá, xếp loại đoàn viên", 17.6),
    "khen_thuong": ("Khen thưởng", 13.2),
    "ky_luat": ("Kỷ luật", 15),
    "chuc_vu": ("Chức vụ trong chi đoàn", 19.4),
    "hoi": ("Hội", 29.4),
    "danh_du": ("Đoàn viên danh dự", 16.8),
    "email": ("Email liên hệ", 22.2),
    "dien_thoai": ("Điện thoại liên hệ", 17.6),
    "chi_doan": ("Đơn vị", 29.6),
}
"""Field → label and width, in the software's order; the blank behind "văn hóa" is its own."""
NAMES = tuple(COLUMNS)
AN = "danh_du"
"""The software hides this column; people find it filled nevertheless."""
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
SINH_HOAT_CHINH = "Sinh hoạt chính"
"""The software's kind of member ("đối tượng") for who belongs to the branch."""
HEADER, FIRST_ROW, LAST_ROW = 5, 7, 1000
FONT = "Times New Roman"
GREY = PatternFill("solid", fgColor="D9D9D9")
"""How the header of a column looks that the software fills by itself."""


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
    written = lru_cache(1_000)(nhan)
    for number, doan_vien in enumerate(people, start=1):
        values = _values(number, doan_vien, day_du=bool(duoc_doc and duoc_doc(doan_vien)))
        sheet.append([write_cell(sheet, _written(name, values, written)) for name in NAMES])
    _lists(book)
    book.save(file)


def _format(sheet, tong: int) -> None:
    sheet.freeze_panes = f"C{FIRST_ROW}"
    for name, (_, width) in COLUMNS.items():
        column = sheet.column_dimensions[_letter(name)]
        column.width, column.hidden = width, name == AN
        if name in ("cccd", "dien_thoai", "so_the", "ma_dinh_danh"):
            column.number_format = TEXT_FORMAT
    last = max(LAST_ROW, FIRST_ROW + tong)
    for position, (name, labels) in enumerate(LISTS.items()):
        data = get_column_letter(2 * position + 2)
        source = f"DATA!${data}$1:${data}${len(labels)}"
        choice = DataValidation(type="list", formula1=source, allow_blank=True)
        choice.add(f"{_letter(name)}{FIRST_ROW}:{_letter(name)}{last}")
        sheet.data_validations.append(choice)
    for name in NAMES:
        letter = _letter(name)
        if name == "ngay_sinh_nam":
            sheet.merged_cells.add(f"{letter}{HEADER}:{_letter('ngay_sinh_nu')}{HEADER}")
        elif name != "ngay_sinh_nu":
            sheet.merged_cells.add(f"{letter}{HEADER}:{letter}{HEADER + 1}")


def _letter(name: str) -> str:
    return get_column_letter(NAMES.index(name) + 1)


def _head(sheet, don_vi: str, *, day_du: bool) -> list[list]:
    second = {"ngay_sinh_nam": "Nam", "ngay_sinh_nu": "Nữ"}
    return [
        [],
        [_title(sheet, "DANH SÁCH ĐOÀN VIÊN")],
        [_title(sheet, don_vi.upper())],
        [] if day_du else [GHI_CHU_CHE],
        [_label(sheet, name, label) for name, (label, _) in COLUMNS.items()],
        [_label(sheet, name, second.get(name)) for name in NAMES],
    ]


def _title(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(name=FONT, size=11, bold=True)
    return cell


def _label(sheet, name: str, text: str | None) -> WriteOnlyCell:
    cell, thin = WriteOnlyCell(sheet, value=text or None), Side(style="thin")
    cell.font = Font(name=FONT, size=12, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    if name == "ma_dinh_danh":
        cell.fill = GREY
    return cell


def _values(number: int, doan_vien: DoanVien, *, day_du: bool) -> dict[str, Any]:
    """One person by column; an unknown gender stands under Nam, for the layout has no third."""
    found = {name: getattr(doan_vien, name) or None for name in AS_STORED}
    born = "ngay_sinh_nu" if doan_vien.gioi_tinh == DoanVien.GioiTinh.NU else "ngay_sinh_nam"
    found |= {
        "stt": number,
        born: doan_vien.ngay_sinh,
        "cccd": doan_vien.cccd if day_du else None,
        "doi_tuong": SINH_HOAT_CHINH if doan_vien.is_dang_sinh_hoat else None,
        "danh_du": "x" if doan_vien.danh_du else None,
        "xep_loai": _latest(doan_vien.xep_loai.all()),
        "ren_luyen": _latest(doan_vien.ren_luyen.all()),
        "chi_doan": doan_vien.chi_doan.ten_day_du,
    }
    return found if day_du else {k: v for k, v in found.items() if k not in CAN_QUYEN}


READ_APART = ("cccd", "doi_tuong", "danh_du", "xep_loai", "ren_luyen", "chi_doan")
AS_STORED = tuple(name for name in NAMES if hasattr(DoanVien, name) and name not in READ_APART)


def _latest(rows) -> str | None:
    """The words of the newest year that has a result."""
    found = [row for row in rows if row.muc]
    return max(found, key=lambda row: row.nam).get_muc_display() if found else None


def _written(name: str, values: dict[str, Any], written: Callable[[str, str], str]) -> Any:
    value = values.get(name)
    if isinstance(value, date):
        return ngay(value)
    return written(name, value) if value and name in LISTS else value


def _lists(book) -> None:
    """The hidden sheet: for each list a column of the software's numbers and one of labels."""
    sheet = book.create_sheet("DATA")
    sheet.sheet_state = "hidden"
    entries = [list(labels.items()) for labels in LISTS.values()]
    for line in range(max(len(found) for found in entries)):
        cells: list[Any] = []
        for found in entries:
            cells += found[line] if line < len(found) else (None, None)
        sheet.append(cells)
