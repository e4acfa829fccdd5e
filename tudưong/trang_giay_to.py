"""The checklist of a case as shown: each paper's state in words, by urgency, and how to see it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse

from core.text.display import NBSP, ngay
from tochuc.permissions import Quyen

from .models import GiayTo, HoSo
from .queries import SO_PHIEU, giay_to_cua

Loai = GiayTo.Loai
_XET_SAU = timedelta(days=90)  # when nobody has said by when the Party cell will decide
IN_DUOC = {
    Loai.NQ_CHI_DOAN: "4_1-knd",
    Loai.NQ_BCH: "4-knd",
    Loai.TRICH_NGANG: "trich-ngang",
    Loai.PHIEU_QUY: "phieu-quy",
}
"""Papers that print from the register, by the name in their address."""
_BAN_HANH = (Loai.NQ_CHI_DOAN, Loai.NQ_BCH, Loai.TRICH_NGANG)
"""Those of them that carry a number of a register."""


@dataclass(frozen=True)
class DongGiayTo:
    """A line of the checklist as shown: its state in words, its address to print."""

    giay_to: GiayTo
    family: str
    icon: str
    chu: str
    thu_tu: int
    in_url: str = ""
    ban_hanh_url: str = ""

    @property
    def is_gap(self) -> bool:
        return self.family == "bad"


def papers(ho_so: HoSo, day: date, *, user=None) -> list[DongGiayTo]:
    """The checklist: what runs out too soon first, then incomplete, complete, missing.

    For `user` each line also says where to issue the paper, if it prints from here, has no
    number yet, and is this person's to sign. One query.
    """
    rows = [_paper(ho_so, row, day) for row in giay_to_cua(ho_so)]
    if user is not None:
        rows = [replace(row, ban_hanh_url=_issue_url(ho_so, row, user)) for row in rows]
    return sorted(rows, key=lambda row: (row.thu_tu, row.giay_to.thu_tu))


def paper_counts(rows: list[DongGiayTo]) -> tuple[int, int, int]:
    """How many are there, of how many, and how many run out too soon."""
    there = sum(row.thu_tu in (0, 2) for row in rows)
    return there, len(rows), sum(row.is_gap for row in rows)


def _paper(ho_so: HoSo, row: GiayTo, day: date) -> DongGiayTo:
    url = _print_url(ho_so, row)
    if row.is_co:
        return _there(ho_so, row, day, url)
    if row.loai == Loai.PHIEU_QUY and url:
        text = f"{min(row.so_phieu, SO_PHIEU)}{NBSP}phiếu từ hệ thống"
        return DongGiayTo(row, "ok", "circle-check", text, 2, url)
    if row.loai == Loai.TRICH_NGANG and url:
        return _unissued(row, url)
    if row.tinh_trang == GiayTo.TinhTrang.CHO:
        text = row.ghi_chu or row.get_tinh_trang_display()
        return DongGiayTo(row, "warn", "triangle-alert", text, 1, url)
    return DongGiayTo(row, "neutral", "circle-dashed", row.ghi_chu or _chua_co(row.loai), 3, url)


def _there(ho_so: HoSo, row: GiayTo, day: date, url: str) -> DongGiayTo:
    """A paper at hand: run out, running out before the decision, without a number, or in order."""
    den = row.hieu_luc_den
    if den and den < day:
        return DongGiayTo(row, "bad", "circle-alert", f"Đã hết hạn {ngay(den)}", 0, url)
    if den and ho_so.is_dang_mo and den < (ho_so.du_kien or day + _XET_SAU):
        return DongGiayTo(row, "bad", "circle-alert", "Hết hạn trước ngày xét", 0, url)
    if ho_so.is_dang_mo and row.loai in _BAN_HANH and not row.so:
        return _unissued(row, url)
    signed = row.tinh_trang == GiayTo.TinhTrang.DA_KY and row.ngay
    text = f"Đã ký {ngay(row.ngay)}" if signed else row.get_tinh_trang_display()
    return DongGiayTo(row, "ok", "circle-check", text, 2, url)


def _unissued(row: GiayTo, url: str) -> DongGiayTo:
    """What the register can print but nobody has given a number: not signed yet."""
    return DongGiayTo(row, "warn", "triangle-alert", "Chờ ban hành", 1, url)


def _chua_co(loai: str) -> str:
    if loai == Loai.PHIEU_QUY:
        return "Chưa có quý nào được đánh giá"
    return "Lập khi có nghị quyết" if loai == Loai.TRICH_NGANG else "Chưa nhận"


def _print_url(ho_so: HoSo, row: GiayTo) -> str:
    can_print = {
        Loai.NQ_CHI_DOAN: row.is_co,
        Loai.NQ_BCH: ho_so.ngay_gioi_thieu,
        Loai.TRICH_NGANG: ho_so.ngay_gioi_thieu,
        Loai.PHIEU_QUY: row.so_phieu,
    }
    if not can_print.get(row.loai):
        return ""
    return reverse("tuduong:ho_so_giay", args=[ho_so.pk, IN_DUOC[row.loai]])


def _issue_url(ho_so: HoSo, row: DongGiayTo, user) -> str:
    if not row.in_url or row.giay_to.loai not in _BAN_HANH or row.giay_to.van_ban_id:
        return ""
    rights = [Quyen.KY_HO_SO]
    if row.giay_to.loai == Loai.NQ_CHI_DOAN:
        rights.append(Quyen.DE_NGHI_HO_SO)
    if not any(user.may(quyen, ho_so.chi_doan) for quyen in rights):
        return ""
    return reverse("tuduong:ho_so_issue", args=[ho_so.pk, IN_DUOC[row.giay_to.loai]])
