"""What the page of a case shows beside its papers: the road, the history, the vote, the letter."""

from datetime import date

from django.utils.html import format_html

from core.text.display import NBSP, ngay
from core.text.numbers import percent

from .giay_to.de_trong import ly_lich_trong
from .models import BuocHoSo, ChatVan, HoSo
from .models.ho_so import O_CAP_UY
from .models.ho_so import TrangThaiHoSo as T

Loai = BuocHoSo.Loai
_VE_LAI = {Loai.TRA_LAI, Loai.CAP_UY_BO_SUNG, Loai.KHONG_KET_NAP}
_CO_MAU = {
    Loai.DE_NGHI,
    Loai.KHONG_DE_NGHI,
    Loai.NGHI_QUYET,
    Loai.KHONG_THONG_QUA,
    Loai.KET_NAP,
    Loai.CHINH_THUC,
}
"""Steps whose paper has a form of a guidance."""
_KHONG_DAT = {Loai.KHONG_DE_NGHI, Loai.KHONG_THONG_QUA}


def last_of(buoc: list[BuocHoSo], *loai: str) -> BuocHoSo | None:
    return next((row for row in reversed(buoc) if row.loai in loai), None)


def record_gaps(ho_so: HoSo) -> list[str]:
    """What the member's record lacks and the papers leave dotted, while they are not sent."""
    if ho_so.ngay_gui or not ho_so.is_dang_mo:
        return []
    return ly_lich_trong(ho_so)


# ---- the road ------------------------------------------------------------------------------


def stages(ho_so: HoSo, buoc: list[BuocHoSo]) -> list[dict]:
    """The five cells of the road, oldest first."""
    buoc = _since_move(buoc)
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


def _since_move(buoc: list[BuocHoSo]) -> list[BuocHoSo]:
    """A case that went along with its member is voted on from the beginning."""
    moves = [number for number, row in enumerate(buoc, 1) if row.loai == Loai.CHUYEN]
    return buoc[moves[-1] :] if moves else buoc


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
    if ho_so.trang_thai in O_CAP_UY:
        return "wait"
    if ho_so.trang_thai == T.CAN_BO_SUNG:
        return "back"
    return "done" if ho_so.ngay_gui else "todo"


def _sent_note(ho_so: HoSo) -> str:
    waiting = " · chờ trả lời" if ho_so.trang_thai in O_CAP_UY else ""
    return f"{ngay(ho_so.ngay_gui)}{waiting}"


def _result(ho_so: HoSo, buoc: list[BuocHoSo]) -> tuple[str, str]:
    if ho_so.trang_thai == T.KET_NAP:
        return "done", f"kết nạp {ngay(ho_so.ngay_ket_nap)}"
    if ho_so.trang_thai == T.CHINH_THUC:
        return "done", f"chính thức {ngay(ho_so.ngay_chinh_thuc)}"
    if ho_so.trang_thai == T.KHONG_KET_NAP:
        return "back", f"{ngay(ho_so.ngay_buoc)} · chưa{NBSP}kết{NBSP}nạp"
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
    day = ngay(step.ngay_van_ban or step.ngay)
    if not step.so_van_ban:
        return day
    return format_html('{} · <span class="nowrap">{}</span>', day, step.so_van_ban)


# ---- history -------------------------------------------------------------------------------


def timeline(ho_so: HoSo, buoc: list[BuocHoSo], day: date) -> list[dict]:
    """Every step, newest first; above them what is waited for."""
    entries = [*_waiting(ho_so, day), *(_entry(row) for row in reversed(buoc))]
    if not buoc or ho_so.ngay_mo <= buoc[0].ngay:
        opened = {"title": "Mở hồ sơ", "lines": [ngay(ho_so.ngay_mo)], "state": "done"}
        entries.append({**opened, "icon": ""})
    return entries


def timeline_for_cap_uy(ho_so: HoSo, buoc: list[BuocHoSo], day: date) -> list[dict]:
    """What the Party committee reads: the votes the case stands on, and every step since it was
    sent. The Union's own returns and remarks on the way there stay inside."""
    sent = next((place for place, row in enumerate(buoc) if row.loai == Loai.GUI), 0)
    inside = buoc[:sent]
    stands = [last_of(inside, loai) for loai in (Loai.DE_NGHI, Loai.THAM_TRA, Loai.NGHI_QUYET)]
    return [
        *_waiting(ho_so, day),
        *(_entry(row) for row in reversed(buoc[sent:])),
        *(_entry(row, noi_bo=True) for row in reversed(stands) if row),
    ]


def _waiting(ho_so: HoSo, day: date) -> list[dict]:
    """What is waited for, above the steps."""
    if ho_so.trang_thai not in O_CAP_UY:
        return []
    days = (day - ho_so.ngay_buoc).days
    since = f"từ {ngay(ho_so.ngay_buoc)}"
    line = f"{days}{NBSP}ngày, tính {since}" if days else since
    entry = {"title": "Chờ cấp ủy trả lời", "lines": [line], "state": "wait", "icon": "hourglass"}
    return [entry]


def _entry(row: BuocHoSo, *, noi_bo: bool = False) -> dict:
    """`noi_bo`: a step inside the Union, told without the remarks made on it."""
    back = row.loai in _VE_LAI or row.loai in _KHONG_DAT
    who = str(row.boi) if row.boi else ""
    thay = " (nhập thay)" if row.nhap_thay else ""
    so = row.so_van_ban
    mau = f"mẫu theo {row.phien_ban_mau}" if row.loai in _CO_MAU and row.phien_ban_mau else ""
    words = (so, _tally_line(row), mau, row.ly_do, "" if noi_bo else row.y_kien)
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
