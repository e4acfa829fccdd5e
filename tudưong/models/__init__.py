"""The ward's second model of 2018: the cultivation group and the Party referral case."""

from .danh_gia import DanhGia, KyDanhGia
from .giay_to import ChatVan, GiayTo
from .ho_so import BuocHoSo, HoSo
from .minh_chung import AnhMinhChung, TienDoNhiemVu
from .to import NhiemVu, ThanhVienTo, ToTuDuong

__all__ = [
    "AnhMinhChung",
    "BuocHoSo",
    "ChatVan",
    "DanhGia",
    "GiayTo",
    "HoSo",
    "KyDanhGia",
    "NhiemVu",
    "ThanhVienTo",
    "TienDoNhiemVu",
    "ToTuDuong",
]
