"""What a branch does: meetings, resolutions, activities, offices, coaching, initiatives."""

from .anh import Anh
from .bao_cao_thang import BaoCaoThang
from .bieu_quyet import BieuQuyet
from .chi_doan import ChiDoan, ChucVu, PhuTrach
from .hoat_dong import HoatDong, ThamGiaHoatDong
from .loi_moi import BuoiHuy, KhoaLich, TraLoiMoi, TuDiemDanh
from .mau import MauSinhHoat
from .mo_hinh import MoHinh, ThanhVienMoHinh
from .nghi_quyet import NghiQuyet, TienDoNghiQuyet
from .nhip import NhipSinhHoat
from .phien_ban import PhienBanBuoi
from .sinh_hoat import BuoiSinhHoat, ChuDiem, DiemDanh

__all__ = [
    "Anh",
    "BaoCaoThang",
    "BieuQuyet",
    "BuoiHuy",
    "BuoiSinhHoat",
    "ChiDoan",
    "ChuDiem",
    "ChucVu",
    "DiemDanh",
    "HoatDong",
    "KhoaLich",
    "MauSinhHoat",
    "MoHinh",
    "NghiQuyet",
    "NhipSinhHoat",
    "PhienBanBuoi",
    "PhuTrach",
    "ThamGiaHoatDong",
    "ThanhVienMoHinh",
    "TienDoNghiQuyet",
    "TraLoiMoi",
    "TuDiemDanh",
]
