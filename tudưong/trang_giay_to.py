"""The checklist of a case as shown: each paper's state in words, by urgency, and how to see it."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from core.text.display import NBSP, ngay
from tochuc.permissions import Quyen

from .danh_muc import CUA_DOAN
from .giay_to.bang import BANG, THEO_DONG, LoaiGiay
from .models import BuocHoSo, GiayTo, HoSo
from .models.giay_to import XET_SAU
from .queries import SO_PHIEU, giay_to_cua

Loai = GiayTo.Loai


@dataclass(frozen=True)
class DongGiayTo:
    """A line of the checklist as shown: its state in words, its address to print."""

    giay_to: GiayTo
    family: str
    icon: str
    chu: str
    thu_tu: int
    in_url: str = ""
    word_url: str = ""
    soan_url: str = ""
    ban_hanh_url: str = ""
    anh_url: str = ""

    @property
    def ban(self) -> str:
        """Which version of the issued paper counts, when it is not the first."""
        van_ban = self.giay_to.van_ban
        return f"bản {van_ban.phien_ban}" if van_ban and van_ban.phien_ban > 1 else ""

    @property
    def is_gap(self) -> bool:
        return self.family == "bad"


def papers(ho_so: HoSo, day: date, *, user=None) -> list[DongGiayTo]:
    """The checklist: what runs out too soon first, then incomplete, complete, missing.

    For `user` each line also says where to have the paper as Word and where to issue it, if it
    prints from here, has no number yet, and is this person's to sign. One query.
    """
    rows = [_paper(ho_so, row, day) for row in giay_to_cua(ho_so)]
    if user is not None:
        rows = [_with_actions(ho_so, row, user) for row in rows]
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
    if den and ho_so.is_dang_mo and den < (ho_so.du_kien or day + XET_SAU):
        return DongGiayTo(row, "bad", "circle-alert", "Hết hạn trước ngày xét", 0, url)
    if ho_so.is_dang_mo and _is_issued_here(row.loai) and not row.so:
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


def _is_issued_here(loai: str) -> bool:
    return loai in THEO_DONG and bool(THEO_DONG[loai].ky)


def _print_url(ho_so: HoSo, row: GiayTo) -> str:
    loai = THEO_DONG.get(row.loai)
    if loai is None or not loai.co(ho_so, row):
        return ""
    return reverse("tuduong:ho_so_giay", args=[ho_so.pk, loai.ma])


def _photo_url(ho_so: HoSo, row: GiayTo, user) -> str:
    """Where its photos are, or where the first is added: of a paper that comes from outside."""
    from_outside = row.loai in CUA_DOAN and row.loai not in THEO_DONG
    may_add = ho_so.is_dang_mo and user.may(Quyen.LAP_HO_SO, ho_so.don_vi)
    if row.so_anh or (from_outside and may_add):
        return reverse("tuduong:minh_chung_giay_to", args=[row.pk])
    return ""


def _with_actions(ho_so: HoSo, row: DongGiayTo, user) -> DongGiayTo:
    row = replace(row, anh_url=_photo_url(ho_so, row.giay_to, user))
    if not row.in_url:
        return row
    loai = THEO_DONG[row.giay_to.loai]
    return replace(row, **_actions(ho_so, loai, user, is_open=_is_open(row.giay_to)))


def _is_open(row: GiayTo) -> bool:
    """Without a paper that stands."""
    return row.van_ban is None or row.van_ban.huy_luc is not None


def _actions(ho_so: HoSo, loai: LoaiGiay, user, *, is_open: bool) -> dict[str, str]:
    """What this person may do with a paper: write it, have it as Word, issue it."""
    soan = loai.soan and is_open and loai.may_write(ho_so, user)
    ban_hanh = is_open and loai.may_issue(ho_so, user)
    return {
        "word_url": reverse("tuduong:ho_so_giay_word", args=[ho_so.pk, loai.ma]),
        "soan_url": reverse(loai.soan, args=[ho_so.pk]) if soan else "",
        "ban_hanh_url": reverse("tuduong:ho_so_issue", args=[ho_so.pk, loai.ma])
        if ban_hanh
        else "",
    }


@dataclass(frozen=True)
class DongVanBan:
    """A paper about the case that is no line of its checklist, as shown."""

    ten: str
    so: str
    in_url: str
    word_url: str
    soan_url: str
    ban_hanh_url: str


def van_ban_khac(ho_so: HoSo, buoc: list[BuocHoSo], user) -> list[DongVanBan]:
    """The letter that the case was sent with, the remark on who was admitted; no query.

    `buoc` are the steps `with_cong_van`, the case has its remark selected with its paper.
    """
    found = []
    gui = [row for row in buoc if row.loai in (BuocHoSo.Loai.GUI, BuocHoSo.Loai.GUI_LAI)]
    if gui:
        found.append(_van_ban(ho_so, BANG["chuyen-ho-so"], gui[-1].cong_van, user))
    if ho_so.ngay_ket_nap:
        row = getattr(ho_so, "nhan_xet_du_bi", None)
        so = row.van_ban.so_ky_hieu if row and row.van_ban else ""
        found.append(_van_ban(ho_so, BANG["nhan-xet-du-bi"], so, user))
    return found


def _van_ban(ho_so: HoSo, loai: LoaiGiay, so: str | None, user) -> DongVanBan:
    return DongVanBan(
        ten=loai.ten,
        so=so or "",
        in_url=reverse("tuduong:ho_so_giay", args=[ho_so.pk, loai.ma]),
        **_actions(ho_so, loai, user, is_open=not so),
    )
