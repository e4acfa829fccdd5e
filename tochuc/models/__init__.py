"""The spine: units, accounts and roles, audit lines, dated settings, issued papers."""

from .cong_viec import CongViec
from .don_vi import CapDonVi, DiaBan, DonVi, KhoiChiDoan, LichSuDonVi, LoaiDonVi
from .nguoi_dung import LanDangNhap, NguoiDung, PhanCong
from .nhat_ky import ChuoiNhatKy, NhatKy
from .quy_dinh import QuyDinh
from .van_ban import SoVanBan, VanBan

__all__ = [
    "CapDonVi",
    "ChuoiNhatKy",
    "CongViec",
    "DiaBan",
    "DonVi",
    "KhoiChiDoan",
    "LanDangNhap",
    "LichSuDonVi",
    "LoaiDonVi",
    "NguoiDung",
    "NhatKy",
    "PhanCong",
    "QuyDinh",
    "SoVanBan",
    "VanBan",
]
