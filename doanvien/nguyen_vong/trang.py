"""What the page of one hope or concern shows, as plain data for its template."""

from core.text.display import con_lai
from core.text.display import ngay as show_day
from doanvien.models import NguyenVong

T = NguyenVong.TrangThai
_STATES = {T.DA: ("done", "check"), T.KHONG: ("done", "minus"), T.DANG: ("now", "clock")}


def timeline(nguyen_vong: NguyenVong, buoc) -> list[dict]:
    """What was done, newest first, down to the day it was written down."""
    entries = [_entry(row) for row in buoc]
    entries.insert(
        0,
        {
            "title": "Ghi nhận",
            "lines": [str(nguyen_vong.ghi_boi)] if nguyen_vong.ghi_boi else [],
            "when": show_day(nguyen_vong.ngay),
            "state": "done",
            "icon": "message-square-text",
        },
    )
    return entries[::-1]


def facts(nguyen_vong: NguyenVong, day, *, edit_url: str) -> list[tuple]:
    """Where the matter lies, until when, and who reads it; `edit_url` where a due day is set."""
    han = show_day(nguyen_vong.han)
    if han and nguyen_vong.is_con_mo:
        han = f"{han} ({con_lai(nguyen_vong.han, day)})"
    nguoi = nguyen_vong.doan_vien
    return [
        ("Của ai", nguyen_vong.cua_ai, nguoi.get_absolute_url() if nguoi else ""),
        ("Chi đoàn", str(nguyen_vong.chi_doan)),
        ("Nơi giải quyết", nguyen_vong.get_noi_giai_quyet_display()),
        ("Hạn", han or "chưa đặt", "" if han else edit_url),
        (
            "Ai xem",
            "Bí thư chi đoàn, Đoàn phường, xã"
            if nguyen_vong.rieng
            else "Bí thư, Phó Bí thư chi đoàn, Đoàn phường, xã",
        ),
    ]


def _entry(buoc) -> dict:
    state, icon = _STATES.get(buoc.den_trang_thai, ("done", "send"))
    by = str(buoc.boi) if buoc.boi else ""
    lines = [f"{by}, ghi thay chi đoàn" if buoc.nhap_thay and by else by]
    is_state = bool(buoc.den_trang_thai)
    return {
        "title": buoc.get_den_trang_thai_display() if is_state else buoc.noi_dung,
        "lines": [*([buoc.noi_dung] if is_state else []), *filter(None, lines)],
        "when": show_day(buoc.ngay),
        "state": state,
        "icon": icon,
    }
