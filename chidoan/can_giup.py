"""Which branch needs help, and why: the rule without the database.

The order of help is a score; the reason is the rule's own sentence. Limits and weights come from
the dated settings. Slight reasons alone (together under the lowest score) are said as remarks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse
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
    giam: int  # points by which attendance fell, three months against the three before
    doan_phi: int  # months in a row without dues
    ket_nap_tu_thang: int  # from this month on a year without admissions is said
    diem: Mapping[str, int]  # the weight of each reason, by its key in DIEM
    tu_diem: int  # under this score nobody is told that the branch needs help


DIEM: dict[str, str] = {
    "khong_hop": "can_giup_diem_khong_hop",
    "moi_thang": "can_giup_diem_moi_thang",
    "bi_thu": "can_giup_diem_bi_thu",
    "du_hop": "can_giup_diem_du_hop",
    "giam": "can_giup_diem_giam",
    "doan_vien": "can_giup_diem_doan_vien",
    "nghi_quyet": "can_giup_diem_nghi_quyet",
    "doan_phi": "can_giup_diem_doan_phi",
    "ket_nap": "can_giup_diem_ket_nap",
}
"""The setting that weighs each reason."""


@dataclass(frozen=True, kw_only=True)
class TinhHinh:
    """What is known of a branch on a day; attendance is that of the last three months, `truoc` of
    the three before. `co_so_hop`: its ward has begun a book of meetings. `phi_cham` are the months
    over since dues were last collected."""

    so_doan_vien: int
    thang_khong_hop: int
    co_bi_thu: bool
    co_so_hop: bool = True
    khuyet_tu: date | None = None
    du_hop: int = 0
    danh_sach: int = 0
    du_hop_truoc: int = 0
    danh_sach_truoc: int = 0
    qua_han: int = 0
    phi_cham: int = 0
    ket_nap: int = 0
    thang: int = 1  # the month one looks in


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
        if not self.cac_ly_do:
            return self.chi_doan.get_absolute_url()
        return self.url_cua(self.cac_ly_do[0])

    def url_cua(self, reason: LyDo) -> str:
        """The rows behind a reason: a list of their own, or a part of the branch's page."""
        page = _TRANG.get(reason.phan)
        if page:
            return page(self.chi_doan.pk)
        return f"{self.chi_doan.get_absolute_url()}{reason.phan}"

    @property
    def ly_do_mo(self) -> list[tuple[LyDo, str, str]]:
        """Each reason with its sentence as it stands alone and the address of its rows."""
        return [(one, capfirst(one.cau), self.url_cua(one)) for one in self.cac_ly_do]


_TRANG: dict[str, Callable[[int], str]] = {
    "#nghi-quyet": lambda pk: (
        f"{reverse('chidoan:nghi_quyet_list')}?tinh_trang=qua_han&don_vi={pk}"
    ),
    "#doan-phi": lambda pk: reverse("doanvien:doan_phi_don_vi", args=[pk]),
}
"""Reasons whose rows have a list of their own."""


def tim_ly_do(tinh_hinh: TinhHinh, nguong: Nguong) -> tuple[LyDo, ...]:
    """Reasons for helping a branch, the gravest first."""
    found = [
        *_khong_hop(tinh_hinh, nguong),
        *_bi_thu(tinh_hinh, nguong),
        *_du_hop(tinh_hinh, nguong),
        *_giam(tinh_hinh, nguong),
        *_nghi_quyet(tinh_hinh, nguong),
        *_doan_vien(tinh_hinh, nguong),
        *_doan_phi(tinh_hinh, nguong),
        *_ket_nap(tinh_hinh, nguong),
    ]
    if sum(reason.diem for reason in found) < nguong.tu_diem:
        found = [replace(reason, diem=0) for reason in found]
    return tuple(sorted(found, key=lambda reason: -reason.diem))


def _khong_hop(tinh_hinh: TinhHinh, nguong: Nguong):
    months = tinh_hinh.thang_khong_hop
    if months >= nguong.thang_khong_hop:
        points = nguong.diem["khong_hop"] + nguong.diem["moi_thang"] * months
        yield LyDo(points, XAU, f"{months} tháng liền không sinh hoạt", "#sinh-hoat")
    elif months:
        yield LyDo(0, CHU_Y, f"{months} tháng chưa sinh hoạt", "#sinh-hoat")
    elif not tinh_hinh.co_so_hop:
        yield LyDo(0, CHU_Y, "chưa ghi buổi sinh hoạt nào vào sổ", "#sinh-hoat")


def _bi_thu(tinh_hinh: TinhHinh, nguong: Nguong):
    if not tinh_hinh.co_bi_thu:
        since = f" từ {tinh_hinh.khuyet_tu:%d/%m/%Y}" if tinh_hinh.khuyet_tu else ""
        yield LyDo(nguong.diem["bi_thu"], XAU, f"khuyết bí thư{since}", "#chuc-vu")


def _du_hop(tinh_hinh: TinhHinh, nguong: Nguong):
    if _is_it(tinh_hinh, nguong):
        rate = ty_le(tinh_hinh.du_hop, tinh_hinh.danh_sach)
        sentence = f"dự họp 3{NBSP}tháng qua {rate}"
        yield LyDo(nguong.diem["du_hop"], XAU, sentence, "#sinh-hoat")


def _is_it(tinh_hinh: TinhHinh, nguong: Nguong) -> bool:
    tu, mau = nguong.ty_le
    return bool(tinh_hinh.danh_sach) and tinh_hinh.du_hop * mau < tinh_hinh.danh_sach * tu


def _giam(tinh_hinh: TinhHinh, nguong: Nguong):
    """Attendance that fell; of one that is low already that is said alone."""
    now, before = tinh_hinh.danh_sach, tinh_hinh.danh_sach_truoc
    if not now or not before or _is_it(tinh_hinh, nguong):
        return
    fell = 100 * (tinh_hinh.du_hop_truoc * now - tinh_hinh.du_hop * before)
    if fell >= nguong.giam * now * before:
        points = round(fell / (now * before))
        sentence = f"dự họp giảm {points} điểm so với 3{NBSP}tháng trước"
        yield LyDo(nguong.diem["giam"], CHU_Y, sentence, "#sinh-hoat")


def _nghi_quyet(tinh_hinh: TinhHinh, nguong: Nguong):
    if tinh_hinh.qua_han:
        is_many = tinh_hinh.qua_han >= nguong.nghi_quyet_qua_han
        points = nguong.diem["nghi_quyet"] + tinh_hinh.qua_han if is_many else 0
        sentence = f"{tinh_hinh.qua_han} nghị quyết quá hạn"
        yield LyDo(min(points, 2 * nguong.diem["nghi_quyet"]), CHU_Y, sentence, "#nghi-quyet")


def _doan_vien(tinh_hinh: TinhHinh, nguong: Nguong):
    if tinh_hinh.so_doan_vien < nguong.doan_vien:
        sentence = (
            f"còn {tinh_hinh.so_doan_vien} đoàn viên (dưới {nguong.doan_vien}): "
            "cần phương án sắp xếp"
        )
        yield LyDo(nguong.diem["doan_vien"], CHU_Y, sentence, "#doan-vien")


def _doan_phi(tinh_hinh: TinhHinh, nguong: Nguong):
    if tinh_hinh.phi_cham >= nguong.doan_phi:
        sentence = f"{tinh_hinh.phi_cham} tháng chưa thu đoàn phí"
        yield LyDo(nguong.diem["doan_phi"], CHU_Y, sentence, "#doan-phi")


def _ket_nap(tinh_hinh: TinhHinh, nguong: Nguong):
    if tinh_hinh.thang >= nguong.ket_nap_tu_thang and not tinh_hinh.ket_nap:
        yield LyDo(nguong.diem["ket_nap"], CHU_Y, "năm nay chưa kết nạp ai", "#doan-vien")


def ba_thang_qua(day: date) -> list[KyBaoCao]:
    """The running month and the two before it, oldest first."""
    month = KyBaoCao.month_of(day)
    return [month.previous.previous, month.previous, month]


def ba_thang_truoc(day: date) -> list[KyBaoCao]:
    """The three months before those."""
    return ba_thang_qua(ba_thang_qua(day)[0].previous.start)
