"""What a branch does: meetings, resolutions, offices, coaching, initiatives."""

from .chi_doan import ChiDoan, ChucVu, PhuTrach
from .mo_hinh import MoHinh, ThanhVienMoHinh
from .nghi_quyet import NghiQuyet
from .sinh_hoat import BuoiSinhHoat, ChuDiem, DiemDanh

__all__ = [
    "BuoiSinhHoat",
    "ChiDoan",
    "ChuDiem",
    "ChucVu",
    "DiemDanh",
    "MoHinh",
    "NghiQuyet",
    "PhuTrach",
    "ThanhVienMoHinh",
]
