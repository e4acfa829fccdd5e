"""Which branch needs help, and why: the rule without the database.

The order of help is a score; the reason is the rule's own sentence. Limits come from the
dated settings.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils.text import capfirst

from core.periods import KyBaoCao
from core.text.display import NBSP, ty_le
from tochuc.models import DonVi

XAU, CHU_Y, ON = "bad", "warn", "ok"


@dataclass(frozen=True, kw_only=True)
class Nguong:
    """Limits under (or over) which a branch needs help."""

    thang_khong_hop: int
    ty_le: tuple[int, int]  # attendance below this fraction
    nghi_quyet_qua_han: int
    doan_vien: int


@dataclass(frozen=True, kw_only=True)
class TinhHinh:
    """What is known of a branch on a day; attendance is that of the last three months."""

    so_doan_vien: int
    thang_khong_hop: int
    co_bi_thu: bool
    khuyet_tu: date | None = None
    du_hop: int = 0
    danh_sach: int = 0
    qua_han: int = 0


@dataclass(frozen=True)
class LyDo:
    """One reason: points, family and sentence, and which part of the branch's page shows it.

    A remark (`diem` 0) is said but does not make the branch one that needs help.
    """

    diem: int
    muc: str
    cau: str
    phan: str


@dataclass(frozen=True)
class CanGiup:
    """A branch with what speaks for helping it, the gravest reason first."""

    chi_doan: DonVi
    cac_ly_do: tuple[LyDo, ...] = field(default=())

    @property
    def diem(self) -> int:
        return sum(reason.diem for reason in self.cac_ly_do)

    @property
    def muc(self) -> str:
        if not self.diem:
            return ON
        return XAU if any(reason.muc == XAU for reason in self.cac_ly_do) else CHU_Y

    @property
    def ly_do(self) -> str:
        """All reasons in one line: "3 tháng liền không sinh hoạt; khuyết bí thư từ 02/09"."""
        text = "; ".join(reason.cau for reason in self.cac_ly_do)
        return capfirst(text)

    @property
    def url(self) -> str:
        """The rows behind the gravest reason."""
        part = self.cac_ly_do[0].phan if self.cac_ly_do else ""
        return f"{self.chi_doan.get_absolute_url()}{part}"


def tim_ly_do(tinh_hinh: TinhHinh, nguong: Nguong) -> tuple[LyDo, ...]:
    """Reasons for helping a branch, the gravest first."""
    found = [
        *_khong_hop(tinh_hinh, nguong),
        *_bi_thu(tinh_hinh),
        *_du_hop(tinh_hinh, nguong),
        *_nghi_quyet(tinh_hinh, nguong),
        *_doan_vien(tinh_hinh, nguong),
    ]
    return tuple(sorted(found, key=lambda reason: -reason.diem))


def _khong_hop(tinh_hinh, nguong):
    months = tinh_hinh.thang_khong_hop
    if months >= nguong.thang_khong_hop:
        yield LyDo(30 + 5 * months, XAU, f"{months} tháng liền không sinh hoạt", "#sinh-hoat")
    elif months:
        yield LyDo(0, CHU_Y, f"{months} tháng chưa sinh hoạt", "#sinh-hoat")


def _bi_thu(tinh_hinh):
    if not tinh_hinh.co_bi_thu:
        since = f" từ {tinh_hinh.khuyet_tu:%d/%m/%Y}" if tinh_hinh.khuyet_tu else ""
        yield LyDo(25, XAU, f"khuyết bí thư{since}", "#chuc-vu")


def _du_hop(tinh_hinh, nguong):
    tu, mau = nguong.ty_le
    if tinh_hinh.danh_sach and tinh_hinh.du_hop * mau < tinh_hinh.danh_sach * tu:
        rate = ty_le(tinh_hinh.du_hop, tinh_hinh.danh_sach)
        yield LyDo(20, XAU, f"dự họp 3{NBSP}tháng qua {rate}", "#sinh-hoat")


def _nghi_quyet(tinh_hinh, nguong):
    if tinh_hinh.qua_han:
        points = 10 + tinh_hinh.qua_han if tinh_hinh.qua_han >= nguong.nghi_quyet_qua_han else 0
        sentence = f"{tinh_hinh.qua_han} nghị quyết quá hạn"
        yield LyDo(min(points, 20), CHU_Y, sentence, "#nghi-quyet")


def _doan_vien(tinh_hinh, nguong):
    if tinh_hinh.so_doan_vien < nguong.doan_vien:
        sentence = (
            f"còn {tinh_hinh.so_doan_vien} đoàn viên (dưới {nguong.doan_vien}): "
            "cần phương án sắp xếp"
        )
        yield LyDo(15, CHU_Y, sentence, "#doan-vien")


def ba_thang_qua(day: date) -> list[KyBaoCao]:
    """The running month and the two before it, oldest first."""
    month = KyBaoCao.month_of(day)
    return [month.previous.previous, month.previous, month]
