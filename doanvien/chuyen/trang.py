"""What the page of one transfer shows, as plain data for its template."""

from datetime import date

from django.urls import reverse

from core.text.display import NBSP
from core.text.display import ngay as show_day
from doanvien.models import BuocChuyen, ChuyenSinhHoat
from doanvien.nhap_thay import is_nhap_thay
from tochuc.permissions import Quyen

from .quy_trinh import KE_TIEP, may_take, rule_of

T = ChuyenSinhHoat.TrangThai
Loai = BuocChuyen.Loai
_NUT = {
    Loai.PHUONG_DI: ("doanvien:chuyen_sign", "Ký giới thiệu", "pencil-line"),
    Loai.PHUONG_DEN: ("doanvien:chuyen_receive", "Giới thiệu về chi đoàn", "git-branch-plus"),
    Loai.XAC_NHAN: ("doanvien:chuyen_confirm", "Xác nhận tiếp nhận", "user-check"),
    Loai.NOI_KHAC: ("doanvien:chuyen_elsewhere", "Ghi xác nhận của nơi đến", "mail"),
    Loai.GUI_LAI: ("doanvien:chuyen_resend", "Gửi lại", "send"),
}


def action(name: str, label: str, icon: str, chuyen: ChuyenSinhHoat) -> dict:
    return {"url": reverse(name, args=[chuyen.pk]), "label": label, "icon": icon}


def next_action(chuyen: ChuyenSinhHoat, user) -> dict | None:
    """The one thing this person is to do now, if it is his."""
    loai = KE_TIEP.get(chuyen.trang_thai)
    if loai is None or not may_take(loai, chuyen, user):
        return None
    return action(*_NUT[loai], chuyen)


def other_actions(chuyen: ChuyenSinhHoat, user) -> list[dict]:
    found = []
    if may_take(Loai.TU_CHOI, chuyen, user):
        label = "Nơi đến không nhận" if chuyen.trang_thai == T.CHO_NOI_KHAC else "Từ chối"
        found.append(action("doanvien:chuyen_refuse", label, "undo-2", chuyen))
    if may_take(Loai.RUT, chuyen, user):
        found.append(action("doanvien:chuyen_withdraw", "Rút lại", "circle-x", chuyen))
    return found


def whose_turn(chuyen: ChuyenSinhHoat, user) -> str:
    """Over the sentence: one's own turn, another's, or a branch's for which one may act."""
    loai = KE_TIEP.get(chuyen.trang_thai)
    if loai is None or not may_take(loai, chuyen, user):
        return "Đang chờ"
    unit = getattr(chuyen, rule_of(loai, chuyen).ben)
    return (
        "Đang chờ chi đoàn, ghi thay được"
        if unit and is_nhap_thay(user, unit.pk)
        else "Việc của đồng chí"
    )


def waiting_for(chuyen: ChuyenSinhHoat) -> str:
    """Whose turn it is, as a sentence."""
    whose = {
        T.CHO_PHUONG_DI: f"{chuyen.phuong_di} xem và ký giấy giới thiệu.",
        T.CHO_PHUONG_DEN: f"{chuyen.phuong_den} tiếp nhận và chọn chi đoàn.",
        T.CHO_CHI_DOAN_DEN: f"{chuyen.chi_doan_den} xác nhận đã nhận đồng chí vào sinh hoạt.",
        T.CHO_NOI_KHAC: f"{chuyen.noi_den} gửi lại phần xác nhận tiếp nhận của giấy.",
        T.TU_CHOI: f"{chuyen.chi_doan_di} xem lý do, sửa rồi gửi lại, hoặc rút.",
    }
    return whose.get(chuyen.trang_thai, "")


# ---- the road ------------------------------------------------------------------------------


def stages(chuyen: ChuyenSinhHoat, buoc: list[BuocChuyen]) -> list[dict]:
    """The signatures in their order, each done, waited for or still to come."""
    if chuyen.chi_doan_di_id is None:
        return []
    return [_stage(name, loai, chuyen, buoc) for name, loai in _road(chuyen)]


def _road(chuyen: ChuyenSinhHoat) -> list[tuple[str, str]]:
    start = [("Chi đoàn đi", Loai.DE_NGHI), ("Đoàn cơ sở đi", Loai.PHUONG_DI)]
    if chuyen.is_ra_ngoai:
        return [*start, ("Nơi đến", Loai.NOI_KHAC)]
    if chuyen.is_noi_bo:
        return [*start, ("Chi đoàn đến", Loai.XAC_NHAN)]
    return [*start, ("Đoàn cơ sở đến", Loai.PHUONG_DEN), ("Chi đoàn đến", Loai.XAC_NHAN)]


def _stage(name: str, loai: str, chuyen: ChuyenSinhHoat, buoc: list[BuocChuyen]) -> dict:
    given, refused = _last(buoc, loai), _last(buoc, Loai.TU_CHOI)
    if chuyen.trang_thai == T.TU_CHOI and KE_TIEP.get(refused.tu_trang_thai) == loai:
        return {"name": name, "state": "back", "note": f"từ chối {show_day(refused.ngay)}"}
    if KE_TIEP.get(chuyen.trang_thai) == loai:
        return {"name": name, "state": "now", "note": f"từ {show_day(chuyen.ngay_buoc)}"}
    if given:
        return {"name": name, "state": "done", "note": show_day(given.ngay)}
    return {"name": name, "state": "todo", "note": ""}


def _last(buoc: list[BuocChuyen], loai: str) -> BuocChuyen | None:
    """The newest step of a kind that still stands: sending again makes earlier ones void."""
    for row in reversed(buoc):
        if row.loai == loai or (loai == Loai.DE_NGHI and row.loai == Loai.GUI_LAI):
            return row
        if row.loai == Loai.GUI_LAI:
            return None
    return None


# ---- history and facts ---------------------------------------------------------------------


def timeline(buoc: list[BuocChuyen]) -> list[dict]:
    """Every step, newest first."""
    return [_entry(row) for row in reversed(buoc)]


def _entry(row: BuocChuyen) -> dict:
    back = row.loai in (Loai.TU_CHOI, Loai.RUT)
    who = [str(row.don_vi) if row.don_vi else "", str(row.boi) if row.boi else ""]
    thay = f"nhập thay chi đoàn{NBSP}" if row.nhap_thay else ""
    lines = [" · ".join(part for part in (*who, thay.strip()) if part)]
    lines += [f"Số {row.so_van_ban}"] if row.so_van_ban else []
    lines += [f"Lý do: {row.ly_do}" if back else row.ly_do] if row.ly_do else []
    return {
        "title": row.get_loai_display(),
        "lines": lines,
        "when": show_day(row.ngay),
        "state": "wait" if back else "done",
        "icon": "undo-2" if back else "",
    }


def facts(chuyen: ChuyenSinhHoat, user) -> list[tuple]:
    """What the slip says; the rest of the record is opened by who has the person."""
    person = chuyen.doan_vien
    may_open = user.may(Quyen.XEM_DOAN_VIEN, person.chi_doan)
    rows = [
        ("Đồng chí", person.ho_ten, person.get_absolute_url() if may_open else ""),
        ("Ngày sinh", show_day(person.ngay_sinh)),
        ("Giới tính", person.get_gioi_tinh_display()),
        ("Quê quán", person.que_quan),
        ("Ngày vào Đoàn", show_day(person.ngay_vao_doan)),
        ("Số thẻ đoàn", person.so_the),
        ("Chức vụ", person.chuc_vu if chuyen.is_dang_mo else ""),
        ("Nơi đi", chuyen.ten_noi_di),
        ("Nơi đến", chuyen.ten_noi_den),
        ("Đến hết ngày", show_day(chuyen.den_ngay)),
        ("Lý do", chuyen.ly_do),
        ("Đoàn phí", _dues(chuyen)),
        ("Giấy giới thiệu", _paper(chuyen)),
        ("Nhận xét", chuyen.nhan_xet),
    ]
    return [row for row in rows if row[1]]


def _dues(chuyen: ChuyenSinhHoat) -> str:
    paid = f"đã đóng hết tháng {chuyen.dong_phi_den:%m/%Y}" if chuyen.dong_phi_den else ""
    owed = f"chưa đóng đủ: {chuyen.ly_do_no}" if chuyen.ly_do_no else ""
    return "; ".join(part for part in (paid, owed) if part)


def _paper(chuyen: ChuyenSinhHoat) -> str:
    if not chuyen.so_giay:
        return ""
    return f"{chuyen.so_giay}, {show_day(chuyen.ngay_giay)}"


def days_waiting(chuyen: ChuyenSinhHoat, day: date) -> int:
    return (day - chuyen.ngay_buoc).days if chuyen.is_dang_mo else 0
