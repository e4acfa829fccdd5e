"""Reports of units, criteria sets, yearly decisions on branches, what the ward assessed."""

from .bao_cao import BaoCao, BuocBaoCao, PhanLoi, SoLieu
from .bo_tieu_chi import BacTieuChi, BoTieuChi, MucXepLoai, TieuChi
from .chi_tieu_nam import ChiTieuNam
from .gop_y import GopY
from .xep_loai import DanhGiaTieuChi, XepLoaiDonVi

__all__ = [
    "BacTieuChi",
    "BaoCao",
    "BoTieuChi",
    "BuocBaoCao",
    "ChiTieuNam",
    "DanhGiaTieuChi",
    "GopY",
    "MucXepLoai",
    "PhanLoi",
    "SoLieu",
    "TieuChi",
    "XepLoaiDonVi",
]
