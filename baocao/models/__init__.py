"""Reports of units, yearly decisions on branches, and what the ward assessed of them."""

from .bao_cao import BaoCao, BuocBaoCao, PhanLoi, SoLieu
from .chi_tieu_nam import ChiTieuNam
from .xep_loai import DanhGiaTieuChi, XepLoaiDonVi

__all__ = [
    "BaoCao",
    "BuocBaoCao",
    "ChiTieuNam",
    "DanhGiaTieuChi",
    "PhanLoi",
    "SoLieu",
    "XepLoaiDonVi",
]
