"""Who belongs: members, their membership over time, yearly ratings, dues and imports."""

from .anh_xa_cot import AnhXaCot
from .bo_loc import BoLoc
from .chuyen import BuocChuyen, ChuyenSinhHoat, NhanXetCuTru
from .doan_phi import DoanPhi, MienDoanPhi, NopDoanPhi, PhieuThu, SoThuDoanPhi
from .doan_vien import DoanVien
from .doi_chieu import DongDoiChieu, DotDoiChieu
from .dot_nhap import DongNhap, DotNhap
from .dot_xep_loai import BuocXepLoai, DotXepLoai, PhieuXepLoai
from .gop import GopDoanVien, KhacNguoi
from .ket_nap import BuocKetNap, KetNap
from .nguon import NguonCanBo
from .nguyen_vong import BuocNguyenVong, NguyenVong
from .qua_trinh import QuaTrinh
from .quyet_dinh_xep_loai import DongQuyetDinh, QuyetDinhXepLoai
from .ren_luyen import RenLuyen
from .rieng_tu import BiaXoa, BuocYeuCau, LuotXem, YeuCauDuLieu
from .thu_chi import ThuChi
from .xep_loai import XepLoai

__all__ = [
    "AnhXaCot",
    "BiaXoa",
    "BoLoc",
    "BuocChuyen",
    "BuocKetNap",
    "BuocNguyenVong",
    "BuocXepLoai",
    "BuocYeuCau",
    "ChuyenSinhHoat",
    "DoanPhi",
    "DoanVien",
    "DongDoiChieu",
    "DongNhap",
    "DongQuyetDinh",
    "DotDoiChieu",
    "DotNhap",
    "DotXepLoai",
    "GopDoanVien",
    "KetNap",
    "KhacNguoi",
    "LuotXem",
    "MienDoanPhi",
    "NguonCanBo",
    "NguyenVong",
    "NhanXetCuTru",
    "NopDoanPhi",
    "PhieuThu",
    "PhieuXepLoai",
    "QuaTrinh",
    "QuyetDinhXepLoai",
    "RenLuyen",
    "SoThuDoanPhi",
    "ThuChi",
    "XepLoai",
    "YeuCauDuLieu",
]
