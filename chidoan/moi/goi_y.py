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


def goi_y_phieu(chi_doan: DonVi) -> dict[str, Any]:
    """How the form for a sheet to sign starts: the next meeting that is called or begun, else as
    one that is called now. Three queries at most."""
    rows = BuoiSinhHoat.objects.sinh_hoat().filter(
        chi_doan=chi_doan, trang_thai=BuoiSinhHoat.TrangThai.NHAP, ngay__gte=today()
    )
    there = rows.order_by("ngay", "pk").first()
    if there is None:
        return goi_y_hen(chi_doan)
    names = ("loai", "ngay", "bat_dau", "dia_diem", "chu_diem")
    return {name: getattr(there, name) for name in names}
