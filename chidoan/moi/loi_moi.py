"""Invitations as text to paste into a chat: at most twenty lines, no line without use."""

from chidoan.models import BuoiSinhHoat
from core.text.display import NBSP, WEEKDAYS
from doanvien.models import DoanVien


def ten_goi(nguoi: DoanVien) -> str:
    """How one is called: the given name, the last word of a Vietnamese name."""
    return nguoi.ho_ten.split()[-1] if nguoi.ho_ten.split() else ""


def luc_nao(buoi: BuoiSinhHoat, *, ngan: bool = False) -> str:
    """ "19 giờ 30 thứ Sáu, ngày 20/11/2026", or short "19 giờ 30 thứ Sáu, 20/11"."""
    day = WEEKDAYS[buoi.ngay.weekday()].replace(" ", NBSP)
    when = f"{buoi.ngay:%d/%m}" if ngan else f"ngày{NBSP}{buoi.ngay:%d/%m/%Y}"
    return f"{gio(buoi)} {day}, {when}"


def gio(buoi: BuoiSinhHoat) -> str:
    minutes = f"{NBSP}{buoi.bat_dau:%M}" if buoi.bat_dau.minute else ""
    return f"{buoi.bat_dau.hour}{NBSP}giờ{minutes}"


def loi_moi_chung(buoi: BuoiSinhHoat, url: str) -> str:
    """For the branch's group: one address for everybody."""
    return "\n".join(
        [
            f"{buoi.chi_doan} mời các đồng chí dự buổi sinh hoạt.",
            "",
            *_noi_dung(buoi),
            "",
            "Đồng chí báo đi hay vắng có lý do ở đây (ghi số thẻ đoàn viên và ngày sinh):",
            url,
        ]
    )


def loi_moi_rieng(buoi: BuoiSinhHoat, nguoi: DoanVien, url: str) -> str:
    """For one member, with the address that is his alone."""
    return "\n".join(
        [
            f"Mời đồng chí {ten_goi(nguoi)} dự buổi sinh hoạt của {buoi.chi_doan}.",
            "",
            *_noi_dung(buoi),
            "",
            "Đồng chí báo đi hay vắng có lý do, một chạm là xong:",
            url,
            "Liên kết này của riêng đồng chí, xin đừng chuyển cho người khác.",
        ]
    )


def _noi_dung(buoi: BuoiSinhHoat) -> list[str]:
    lines = [
        buoi.get_loai_display(),
        f"Thời gian: {luc_nao(buoi)}",
        f"Địa điểm: {buoi.dia_diem}" if buoi.dia_diem else "",
        f"Chủ điểm: {buoi.chu_diem}" if buoi.chu_diem else "",
    ]
    return [line for line in lines if line]
