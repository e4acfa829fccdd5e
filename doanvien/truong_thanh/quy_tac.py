"""Who is due in a year, and what each outcome asks for. Charter of the Union, dated settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.errors import RuleError
from doanvien.models import XetTruongThanh
from doanvien.tuoi import years_before

KQ = XetTruongThanh.KetQua
KHOA_TUOI = ("tuoi_truong_thanh", "tuoi_o_lai_toi_da")


@dataclass(frozen=True)
class MocTruongThanh:
    """The ages in force: `tuoi` for leaving (30), `toi_da` for staying by own wish (35)."""

    nam: int
    tuoi: int
    toi_da: int

    @property
    def sinh_den(self) -> date:
        """Born on this day or earlier: reaches the age within the year, or has before."""
        return years_before(date(self.nam, 12, 31), self.tuoi)

    def o_lai_toi_da(self, ngay_sinh: date) -> date:
        """The last day somebody may stay to by own wish: the birthday of that age."""
        return years_before(ngay_sinh, -self.toi_da)


def moc_tu(quy_dinh: Mapping, nam: int) -> MocTruongThanh:
    """The ages of a year from settings that were read already."""
    return MocTruongThanh(nam, *(quy_dinh[ma] for ma in KHOA_TUOI))


@dataclass(frozen=True)
class KetQua:
    """What is chosen for one member."""

    ket_qua: str
    den_ngay: date | None = None
    chuc_vu: str = ""


def check_ket_qua(chon: KetQua, *, ngay_sinh: date, moc: MocTruongThanh, ngay: date) -> None:
    """Refuse what the charter does not allow; the field of the refusal names the row's box."""
    if moc.sinh_den < ngay_sinh:
        raise RuleError(f"Năm {moc.nam} chưa đủ {moc.tuoi} tuổi.", field="ket_qua")
    if chon.ket_qua not in KQ.values:
        raise RuleError("Chọn kết quả.", field="ket_qua")
    if chon.ket_qua == KQ.CAN_BO and not chon.chuc_vu.strip():
        raise RuleError("Ghi chức vụ đang giữ.", field="chuc_vu")
    if chon.ket_qua == KQ.CAN_BO and chon.den_ngay and chon.den_ngay < ngay:
        raise RuleError("Ngày hết nhiệm kỳ đã qua.", field="den_ngay")
    if chon.ket_qua == KQ.O_LAI:
        _check_o_lai(chon, ngay_sinh, moc, ngay)


def _check_o_lai(chon: KetQua, ngay_sinh: date, moc: MocTruongThanh, ngay: date) -> None:
    last = moc.o_lai_toi_da(ngay_sinh)
    if last <= ngay:
        raise RuleError(f"Đã đủ {moc.toi_da} tuổi, không ở lại được nữa.", field="ket_qua")
    if chon.den_ngay is None:
        raise RuleError(f"Ghi ngày ở lại đến, muộn nhất {last:%d/%m/%Y}.", field="den_ngay")
    if chon.den_ngay <= ngay:
        raise RuleError("Ngày ở lại đến phải sau ngày quyết định.", field="den_ngay")
    if chon.den_ngay > last:
        raise RuleError(
            f"Ở lại muộn nhất đến {last:%d/%m/%Y}, ngày đủ {moc.toi_da} tuổi.", field="den_ngay"
        )
