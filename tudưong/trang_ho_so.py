"""What the page of a case shows: the road, what is due now, papers by urgency, history."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse

from core.text.display import NBSP, ngay
from core.text.numbers import percent
from tochuc.permissions import Quyen

from .danh_muc import TU_HE_THONG
from .models import BuocHoSo, ChatVan, GiayTo, HoSo
from .models.ho_so import TrangThaiHoSo as T

Loai = BuocHoSo.Loai
_XET_SAU = timedelta(days=90)  # when nobody has said by when the Party cell will decide
_VE_LAI = {Loai.TRA_LAI, Loai.CAP_UY_BO_SUNG, Loai.KHONG_KET_NAP}
_KHONG_DAT = {Loai.KHONG_DE_NGHI, Loai.KHONG_THONG_QUA}
IN_DUOC = {
    GiayTo.Loai.NQ_CHI_DOAN: "4_1-knd",
    GiayTo.Loai.NQ_BCH: "4-knd",
    GiayTo.Loai.TRICH_NGANG: "trich-ngang",
}
"""Papers that print from the register, by the name in their address."""


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


def last_of(buoc: list[BuocHoSo], *loai: str) -> BuocHoSo | None:
    return next((row for row in reversed(buoc) if row.loai in loai), None)


# ---- the road ------------------------------------------------------------------------------


def stages(ho_so: HoSo, buoc: list[BuocHoSo]) -> list[dict]:
    """The five cells of the road, oldest first."""
    vote = last_of(buoc, Loai.DE_NGHI, Loai.KHONG_DE_NGHI)
    review = last_of(buoc, Loai.THAM_TRA, Loai.TRA_LAI)
    resolution = last_of(buoc, Loai.NGHI_QUYET, Loai.KHONG_THONG_QUA)
    return [
        _stage("Chi đoàn biểu quyết", _chi_doan_state(ho_so, vote), _vote_note(vote)),
        _stage("Phường thẩm tra", _review_state(ho_so, review), _day_note(review)),
        _stage("Nghị quyết BCH", _bch_state(ho_so, resolution), _resolution_note(resolution)),
        _stage("Gửi cấp ủy", _sent_state(ho_so), _sent_note(ho_so)),
        _stage("Kết quả", *_result(ho_so, buoc)),
    ]


def _stage(name: str, state: str, note: str) -> dict:
    return {"name": name, "state": state, "note": note, "icon": ""}


def _chi_doan_state(ho_so: HoSo, vote: BuocHoSo | None) -> str:
    if ho_so.trang_thai == T.TRA_LAI:
        return "back"
    if ho_so.trang_thai == T.CHO_CHI_DOAN:
        return "now"
    if vote is None:
        return "done" if ho_so.ngay_gioi_thieu else "todo"
    return "back" if vote.loai in _KHONG_DAT else "done"


def _review_state(ho_so: HoSo, review: BuocHoSo | None) -> str:
    if ho_so.trang_thai == T.CHO_THAM_TRA:
        return "now"
    if review and review.loai == Loai.THAM_TRA:
        return "done"
    return "done" if ho_so.ngay_gioi_thieu else "todo"


def _bch_state(ho_so: HoSo, resolution: BuocHoSo | None) -> str:
    if ho_so.trang_thai == T.CHO_BCH:
        return "now"
    if resolution is None:
        return "todo"
    return "back" if resolution.loai in _KHONG_DAT else "done"


def _sent_state(ho_so: HoSo) -> str:
    if ho_so.trang_thai == T.CHO_GUI:
        return "now"
    if ho_so.trang_thai in (T.DA_GUI, T.CHAT_VAN):
        return "wait"
    if ho_so.trang_thai == T.CAN_BO_SUNG:
        return "back"
    return "done" if ho_so.ngay_gui else "todo"


def _sent_note(ho_so: HoSo) -> str:
    waiting = " · chờ trả lời" if ho_so.trang_thai in (T.DA_GUI, T.CHAT_VAN) else ""
    return f"{ngay(ho_so.ngay_gui)}{waiting}"


def _result(ho_so: HoSo, buoc: list[BuocHoSo]) -> tuple[str, str]:
    if ho_so.trang_thai == T.KET_NAP:
        return "done", f"kết nạp {ngay(ho_so.ngay_ket_nap)}"
    if ho_so.trang_thai == T.KHONG_KET_NAP:
        return "back", f"{ngay(ho_so.ngay_buoc)} · chưa kết nạp"
    if ho_so.trang_thai == T.DA_TRA_LOI:
        return "now", f"{ngay(ho_so.ngay_buoc)} · đã trả lời"
    if not ho_so.is_dang_mo:
        return "done" if ho_so.ngay_gui else "todo", ho_so.get_trang_thai_display().lower()
    return "todo", f"dự kiến {ho_so.du_kien:%m/%Y}" if ho_so.du_kien else ""


def _vote_note(vote: BuocHoSo | None) -> str:
    if vote is None:
        return ""
    if not vote.co_quyen:
        return ngay(vote.ngay)
    return f"{ngay(vote.ngay)} · {vote.tan_thanh}/{vote.co_quyen}{NBSP}phiếu"


def _day_note(step: BuocHoSo | None) -> str:
    return ngay(step.ngay) if step else ""


def _resolution_note(step: BuocHoSo | None) -> str:
    if step is None:
        return ""
    so = f" · {step.so_van_ban}" if step.so_van_ban else ""
    return f"{ngay(step.ngay_van_ban or step.ngay)}{so}"


# ---- history -------------------------------------------------------------------------------


def timeline(ho_so: HoSo, buoc: list[BuocHoSo], day: date) -> list[dict]:
    """Every step, newest first; above them what is waited for."""
    entries = [_entry(row) for row in reversed(buoc)]
    if ho_so.trang_thai in (T.DA_GUI, T.CHAT_VAN):
        days = f"{(day - ho_so.ngay_buoc).days}{NBSP}ngày, tính từ {ngay(ho_so.ngay_buoc)}"
        waiting = {"title": "Chờ cấp ủy trả lời", "lines": [days], "state": "wait"}
        entries.insert(0, {**waiting, "icon": "hourglass"})
    if not buoc or ho_so.ngay_mo <= buoc[0].ngay:
        opened = {"title": "Mở hồ sơ", "lines": [ngay(ho_so.ngay_mo)], "state": "done"}
        entries.append({**opened, "icon": ""})
    return entries


def _entry(row: BuocHoSo) -> dict:
    back = row.loai in _VE_LAI or row.loai in _KHONG_DAT
    who = str(row.boi) if row.boi else ""
    thay = " (nhập thay)" if row.nhap_thay else ""
    so = row.so_van_ban
    words = (so, _tally_line(row), row.ly_do, row.y_kien)
    return {
        "title": row.get_loai_display(),
        "lines": [
            " · ".join(part for part in (f"{who}{thay}", ngay(row.ngay)) if part),
            *(line for line in words if line),
        ],
        "state": "wait" if back else "done",
        "icon": "undo-2" if back else "",
    }


def _tally_line(row: BuocHoSo) -> str:
    if not row.co_quyen:
        return ""
    rate = percent(row.tan_thanh, row.co_quyen).replace(",0%", "%")
    return f"tán thành {row.tan_thanh}/{row.co_quyen} ({rate})"


# ---- papers --------------------------------------------------------------------------------


def papers(ho_so: HoSo, giay_to: list[GiayTo], day: date, *, user=None) -> list[DongGiayTo]:
    """The checklist: what runs out too soon first, then incomplete, complete, missing.

    For `user` each line also says where to issue the paper, if it prints from here, has no
    number yet, and is this person's to sign.
    """
    xet = ho_so.du_kien or day + _XET_SAU
    rows = [_paper(ho_so, row, day, xet) for row in giay_to]
    if user is not None:
        rows = [replace(row, ban_hanh_url=_issue_url(ho_so, row, user)) for row in rows]
    return sorted(rows, key=lambda row: (row.thu_tu, row.giay_to.thu_tu))


def paper_counts(rows: list[DongGiayTo]) -> tuple[int, int, int]:
    """How many are there, of how many, and how many run out too soon."""
    there = sum(row.thu_tu in (0, 2) for row in rows)
    return there, len(rows), sum(row.is_gap for row in rows)


def _paper(ho_so: HoSo, row: GiayTo, day: date, xet: date) -> DongGiayTo:
    url = _print_url(ho_so, row)
    den = row.hieu_luc_den
    if row.is_co and den and den < day:
        return DongGiayTo(row, "bad", "circle-alert", f"Đã hết hạn {ngay(den)}", 0, url)
    if row.is_co and den and ho_so.is_dang_mo and den < xet:
        return DongGiayTo(row, "bad", "circle-alert", "Hết hạn trước ngày xét", 0, url)
    if row.is_co:
        signed = row.tinh_trang == GiayTo.TinhTrang.DA_KY and row.ngay
        text = f"Đã ký {ngay(row.ngay)}" if signed else row.get_tinh_trang_display()
        return DongGiayTo(row, "ok", "circle-check", text, 2, url)
    if row.loai in TU_HE_THONG:
        return DongGiayTo(row, "ok", "circle-check", "Lấy từ hệ thống", 2, url)
    if row.tinh_trang == GiayTo.TinhTrang.CHO:
        text = row.ghi_chu or row.get_tinh_trang_display()
        return DongGiayTo(row, "warn", "triangle-alert", text, 1, url)
    return DongGiayTo(row, "neutral", "circle-dashed", row.ghi_chu or "Chưa nhận", 3, url)


def _print_url(ho_so: HoSo, row: GiayTo) -> str:
    name = IN_DUOC.get(row.loai)
    has_vote = {
        GiayTo.Loai.NQ_CHI_DOAN: row.is_co,
        GiayTo.Loai.NQ_BCH: ho_so.ngay_gioi_thieu,
        GiayTo.Loai.TRICH_NGANG: ho_so.ngay_gioi_thieu,
    }
    return reverse("tuduong:ho_so_giay", args=[ho_so.pk, name]) if has_vote.get(row.loai) else ""


def _issue_url(ho_so: HoSo, row: DongGiayTo, user) -> str:
    if not row.in_url or row.giay_to.van_ban_id:
        return ""
    rights = [Quyen.KY_HO_SO]
    if row.giay_to.loai == GiayTo.Loai.NQ_CHI_DOAN:
        rights.append(Quyen.DE_NGHI_HO_SO)
    if not any(user.may(quyen, ho_so.chi_doan) for quyen in rights):
        return ""
    return reverse("tuduong:ho_so_issue", args=[ho_so.pk, IN_DUOC[row.giay_to.loai]])


# ---- the committee's vote ------------------------------------------------------------------


def vote_of(buoc: list[BuocHoSo]) -> dict | None:
    """The committee's vote for the panel at the side."""
    row = last_of(buoc, Loai.NGHI_QUYET, Loai.KHONG_THONG_QUA)
    if row is None or not row.co_quyen:
        return None
    return {
        "buoc": row,
        "ty_le": percent(row.tan_thanh, row.co_quyen).replace(",0%", "%"),
        "phan": [row.tan_thanh, row.khong_tan_thanh + row.khong_hop_le],
    }


def open_letter(ho_so: HoSo) -> ChatVan | None:
    """The letter that is at issue, read only where the case stands at one."""
    if ho_so.trang_thai not in (T.CHAT_VAN, T.DA_TRA_LOI):
        return None
    return ho_so.chat_van.select_related("van_ban").defer("van_ban__tep").order_by("lan_thu").last()
