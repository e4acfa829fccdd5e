"""What the pages about personal data show, as plain data for their templates."""

from core.text.display import con_lai
from core.text.display import ngay as show_day
from doanvien.models import BuocYeuCau, YeuCauDuLieu

Loai, V = YeuCauDuLieu.Loai, BuocYeuCau.Viec
_ICONS = {V.NHAN: "mail", V.CUNG_CAP: "download", V.GIA_HAN: "clock", V.TU_CHOI: "circle-x"}
VIEC_PHAI_LAM = {
    Loai.XEM: "Tải bản dữ liệu, giao cho người yêu cầu, rồi ghi kết quả.",
    Loai.SUA: "Sửa lý lịch theo yêu cầu, rồi ghi kết quả đã sửa gì.",
    Loai.XOA: "Khi đồng chí đã thôi sinh hoạt và không còn việc dở, bấm Xóa dữ liệu.",
    Loai.RUT: "Ngừng việc xử lý mà đồng chí không đồng ý nữa, rồi ghi đã ngừng những gì.",
    Loai.PHAN_DOI: "Xem xét, trả lời bằng văn bản, rồi ghi kết quả.",
}
"""What each kind of request asks of the ward."""
XOA_DON = "Khi chi đoàn đã ghi rút đơn, bấm Xóa dữ liệu."


def phai_lam(yeu_cau: YeuCauDuLieu) -> str:
    is_xoa_don = yeu_cau.ket_nap_id and yeu_cau.loai == Loai.XOA
    return XOA_DON if is_xoa_don else VIEC_PHAI_LAM[yeu_cau.loai]


def timeline(buoc) -> list[dict]:
    """The steps, newest first."""
    return [
        {
            "title": row.get_viec_display(),
            "lines": [line for line in (row.noi_dung, str(row.boi or "")) if line],
            "when": show_day(row.ngay),
            "state": "done",
            "icon": _ICONS.get(row.viec, "check"),
        }
        for row in reversed(buoc)
    ]


def facts(yeu_cau: YeuCauDuLieu, day) -> list[tuple]:
    """The line of the register, in words."""
    return [
        (_vai(yeu_cau), yeu_cau.nguoi.ho_ten, yeu_cau.nguoi.get_absolute_url()),
        ("Ngày nhận", show_day(yeu_cau.ngay_nhan)),
        ("Nhận bằng cách", yeu_cau.get_cach_nhan_display()),
        ("Người yêu cầu", yeu_cau.get_nguoi_yeu_cau_display()),
        ("Hạn trả lời", _due(yeu_cau.han_tra_loi, day, yeu_cau.is_moi)),
        ("Hạn thực hiện", _due(yeu_cau.han, day, yeu_cau.is_con_mo)),
        *([("Gia hạn", "một lần")] if yeu_cau.gia_han else []),
    ]


def _vai(yeu_cau: YeuCauDuLieu) -> str:
    return "Người xin vào Đoàn" if yeu_cau.ket_nap_id else "Đồng chí"


def _due(han, day, is_running: bool) -> str:
    return f"{show_day(han)} ({con_lai(han, day)})" if is_running else show_day(han)
