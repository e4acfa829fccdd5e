"""The ward's second model of 2018: the cultivation group and the Party referral case."""

from .danh_gia import DanhGia, KyDanhGia
from .giay_to import ChatVan, GiayTo
from .ho_so import BuocHoSo, HoSo
from .in_hang_loat import DongIn, DotIn
from .minh_chung import AnhMinhChung
from .nguon import BoiDuongNhanThuc, DeXuatVaoTo, ThoiCamTinh
from .to import NguoiGiupTruoc, NguonVaoTo, NhiemVu, ThanhVienTo, TienDoNhiemVu, ToTuDuong
from .van_ban import BienBanHop, DongLeTrao, LeTrao, NhanXetDuBi, TuNhanXet
from .van_ban_to import KeHoachTo, QuyetDinhTo

__all__ = [
    "AnhMinhChung",
    "BienBanHop",
    "BoiDuongNhanThuc",
    "BuocHoSo",
    "ChatVan",
    "DanhGia",
    "DeXuatVaoTo",
    "DongIn",
    "DongLeTrao",
    "DotIn",
    "GiayTo",
    "HoSo",
    "KeHoachTo",
    "KyDanhGia",
    "LeTrao",
    "NguoiGiupTruoc",
    "NguonVaoTo",
    "NhanXetDuBi",
    "NhiemVu",
    "QuyetDinhTo",
    "ThanhVienTo",
    "ThoiCamTinh",
    "TienDoNhiemVu",
    "ToTuDuong",
    "TuNhanXet",
]
