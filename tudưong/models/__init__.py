"""The ward's second model of 2018: the cultivation group and the Party referral case."""

from .danh_gia import DanhGia, KyDanhGia
from .giay_to import ChatVan, GiayTo
from .ho_so import BuocHoSo, HoSo
from .minh_chung import AnhMinhChung, TienDoNhiemVu
from .nguon import BoiDuongNhanThuc, DeXuatVaoTo, ThoiCamTinh
from .to import NguoiGiupTruoc, NguonVaoTo, NhiemVu, ThanhVienTo, ToTuDuong
from .van_ban_to import KeHoachTo, QuyetDinhTo

__all__ = [
    "AnhMinhChung",
    "BoiDuongNhanThuc",
    "BuocHoSo",
    "ChatVan",
    "DanhGia",
    "DeXuatVaoTo",
    "GiayTo",
    "HoSo",
    "KeHoachTo",
    "KyDanhGia",
    "NguoiGiupTruoc",
    "NguonVaoTo",
    "NhiemVu",
    "QuyetDinhTo",
    "ThanhVienTo",
    "ThoiCamTinh",
    "TienDoNhiemVu",
    "ToTuDuong",
]
