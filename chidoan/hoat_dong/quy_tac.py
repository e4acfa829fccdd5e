"""What an activity is refused for. Each check raises a RuleError that names the field."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from chidoan.models import HoatDong
from core.errors import RuleError
from core.text import lowfirst
from core.text.display import ngay as show_ngay
from tochuc.models import DonVi

from .loai import doc_so, don_vi_tinh

TrangThai = HoatDong.TrangThai


def check_ngay(don_vi: DonVi, *, tu: date, den: date, trang_thai: str, homnay: date) -> None:
    """Refuse days that cannot be: out of order, still to come, outside the unit's life."""
    if den < tu:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    if tu > homnay:
        raise RuleError(
            f"Ngày {show_ngay(tu)} chưa đến. Hoạt động được ghi từ ngày bắt đầu.", field="tu_ngay"
        )
    if trang_thai == TrangThai.XONG and den > homnay:
        raise RuleError(
            f"Ngày kết thúc {show_ngay(den)} chưa đến. Chọn «Đang làm», hoặc sửa ngày.",
            field="den_ngay",
        )
    if don_vi.thanh_lap and tu < don_vi.thanh_lap:
        raise RuleError(f"{don_vi} thành lập ngày {show_ngay(don_vi.thanh_lap)}.", field="tu_ngay")
    if don_vi.ket_thuc and den > don_vi.ket_thuc:
        raise RuleError(
            f"{don_vi} kết thúc hoạt động ngày {show_ngay(don_vi.ket_thuc)}.", field="den_ngay"
        )


def check_so_luong(*, loai: str, so_luong: Decimal | None, trang_thai: str) -> None:
    """What a figure of the report adds up must be there once it is done, and be whole."""
    unit = don_vi_tinh(loai)
    if unit is None:
        return
    if so_luong is None:
        if trang_thai == TrangThai.XONG:
            raise RuleError(f"Ghi {lowfirst(unit.hoi)}.", field="so_luong")
        return
    if so_luong <= 0:
        raise RuleError(f"{unit.hoi} phải lớn hơn 0.", field="so_luong")
    if not unit.so_le and so_luong != so_luong.to_integral_value():
        raise RuleError(f"{unit.hoi} là số nguyên, không ghi lẻ.", field="so_luong")


def check_ket_qua(*, loai: str, trang_thai: str, ket_qua: str) -> None:
    """A finished work says what became of it; one that was given up says why."""
    if ket_qua:
        return
    if trang_thai == TrangThai.THOI:
        raise RuleError("Ghi một câu lý do thôi làm.", field="ket_qua")
    if trang_thai == TrangThai.XONG and loai == HoatDong.Loai.CONG_TRINH:
        raise RuleError("Ghi một câu kết quả của công trình.", field="ket_qua")


def check_tham_gia(
    tham_gia: Mapping[int, Decimal], *, roster: set[int], tu: date, den: date
) -> None:
    """Only members of those days take part, none for more days than there were."""
    if strange := len(set(tham_gia) - roster):
        raise RuleError(
            f"{strange} đồng chí được chọn không thuộc đơn vị trong những ngày này. "
            "Bấm «Lấy danh sách theo ngày đã ghi» rồi chọn lại.",
            field="tham_gia",
        )
    days = (den - tu).days + 1
    for ngay_cong in tham_gia.values():
        if ngay_cong <= 0:
            raise RuleError("Ngày công phải lớn hơn 0, ví dụ 0,5 hoặc 1.", field="tham_gia")
        if ngay_cong > days:
            raise RuleError(
                f"{doc_so(ngay_cong)} ngày công là nhiều hơn số ngày của hoạt động ({days} ngày).",
                field="tham_gia",
            )
