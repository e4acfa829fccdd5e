"""How the form for a new meeting starts."""

from typing import Any

from chidoan.models import BuoiSinhHoat
from chidoan.trang_buoi import GIO_THUONG_LE, find_chu_diem
from core.periods import today
from tochuc.models import DonVi

from .ngay_hen import ngay_ke_tiep


def goi_y_hen(chi_doan: DonVi) -> dict[str, Any]:
    """How the form for a new meeting starts: day of the month, hour and place as last time, and
    the theme of that month. Two queries."""
    last = BuoiSinhHoat.objects.sinh_hoat().filter(chi_doan=chi_doan).first()
    ngay = ngay_ke_tiep(last.ngay, today()) if last else None
    return {
        "loai": BuoiSinhHoat.Loai.DINH_KY,
        "ngay": ngay,
        "bat_dau": last.bat_dau if last else GIO_THUONG_LE,
        "dia_diem": last.dia_diem if last else "",
        "chu_diem": find_chu_diem(chi_doan, ngay or today()),
    }
