"""Reports of units, criteria sets, scoring rounds, yearly decisions, what the ward assessed."""

from .bao_cao import BaoCao, BuocBaoCao, PhanLoi, SoLieu
from .bo_tieu_chi import BacTieuChi, BoTieuChi, MucXepLoai, TieuChi
from .chi_tieu_nam import ChiTieuNam
from .diem_cham import DiemTieuChi, KiemPhieuCham, MinhChung, YKien
from .dot_cham import BuocDotCham, DongCham, DotCham
from .gop_y import GopY
from .ket_qua import DongKetQua, QuyetDinhKetQua
from .so_lieu_ky import DemSoLieu, SoLieuKy
from .xep_loai import DanhGiaTieuChi, XepLoaiDonVi

__all__ = [
    "BacTieuChi",
    "BaoCao",
    "BoTieuChi",
    "BuocBaoCao",
    "BuocDotCham",
    "ChiTieuNam",
    "DanhGiaTieuChi",
    "DemSoLieu",
    "DiemTieuChi",
    "DongCham",
    "DongKetQua",
    "DotCham",
    "GopY",
    "KiemPhieuCham",
    "MinhChung",
    "MucXepLoai",
    "PhanLoi",
    "QuyetDinhKetQua",
    "SoLieu",
    "SoLieuKy",
    "TieuChi",
    "XepLoaiDonVi",
    "YKien",
]
