"""Rules of classes: their days, who gets a place, what must be there before a class is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import RuleError
from core.text.display import ngay as show

SO_NGAY_TOI_DA = 60
"""A class that goes on longer was typed wrongly."""
NGAY_BAO_TRUOC = 400
"""A class that is further ahead was typed wrongly too."""
SO_CHO_TOI_DA = 5000
NGAY_LAP_BUOI = 7
"""So many days get a session by themselves when a class is opened."""


def chuc_vu_o(chuc_vu: str, don_vi: str) -> str:
    """Office and unit in one line, what both say once: "Bí thư chi đoàn" at "Chi đoàn Khu vực 1"
    is "Bí thư Chi đoàn Khu vực 1"."""
    kind = " ".join(don_vi.split()[:2])
    if kind and chuc_vu.lower().endswith(f" {kind.lower()}"):
        return f"{chuc_vu[: -len(kind)]}{don_vi}"
    return ", ".join(part for part in (chuc_vu, don_vi) if part)


def check_ngay(tu: date, den: date, han: date | None, *, homnay: date | None = None) -> None:
    """A class begins within the next year or so and ends after that, within two months; one
    signs up before it is over."""
    if homnay and (tu - homnay).days > NGAY_BAO_TRUOC:
        raise RuleError(f"Ngày {show(tu)} còn quá xa. Xem lại năm.", field="tu_ngay")
    if den < tu:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    if den - tu > timedelta(days=SO_NGAY_TOI_DA):
        raise RuleError(
            f"Lớp kéo dài quá {SO_NGAY_TOI_DA} ngày. Xem lại ngày kết thúc.", field="den_ngay"
        )
    if han and han > den:
        raise RuleError(
            f"Hạn đăng ký {show(han)} sau ngày kết thúc lớp ({show(den)}).", field="han_dang_ky"
        )


def cac_ngay(tu: date, den: date) -> list[date]:
    """The days that get a session by themselves: each of a short class, the first of a long one."""
    so = (den - tu).days + 1
    return [tu + timedelta(days=index) for index in range(so)] if so <= NGAY_LAP_BUOI else [tu]


def con_cho(so_cho: int | None, so_co_ten: int) -> int | None:
    """How many places are left; None where there is no limit."""
    return None if so_cho is None else max(0, so_cho - so_co_ten)


def xep_cho(so_cho: int | None, so_co_ten: int, den: Sequence) -> tuple[list, list]:
    """Of those who come, in their order: who gets a place, and who waits."""
    left = con_cho(so_cho, so_co_ten)
    return (list(den), []) if left is None else (list(den[:left]), list(den[left:]))


@dataclass(frozen=True, kw_only=True)
class TinhHinhLop:
    """What a class has come to, as far as its end is concerned."""

    den_ngay: date
    so_buoi: int
    so_chua_diem_danh: int
    so_du: int
    so_chua_ket_qua: int


def check_ket_thuc(lop: TinhHinhLop, *, ngay: date, homnay: date) -> None:
    """A class is finished once it was held, every roll is taken and everybody has a result."""
    if ngay > homnay:
        raise RuleError(f"Ngày {show(ngay)} chưa đến.", field="ngay")
    if ngay < lop.den_ngay:
        raise RuleError(
            f"Lớp học đến {show(lop.den_ngay)}. Ngày kết thúc lớp phải từ ngày đó.", field="ngay"
        )
    if not lop.so_buoi:
        raise RuleError("Lớp chưa có buổi học nào. Thêm buổi và điểm danh trước.")
    if lop.so_chua_diem_danh:
        raise RuleError(f"Còn {lop.so_chua_diem_danh} buổi chưa điểm danh. Điểm danh trước.")
    if not lop.so_du:
        raise RuleError("Chưa có ai dự buổi nào. Nếu lớp không mở được thì hủy lớp, ghi lý do.")
    if lop.so_chua_ket_qua:
        raise RuleError(
            f"Còn {lop.so_chua_ket_qua} đồng chí đã dự mà chưa ghi đạt hay không đạt. "
            "Mở «Kết quả» ghi trước."
        )
