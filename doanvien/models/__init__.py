"""Who belongs: members, their membership over time, ratings, dues, awards, leaving and imports."""

from .anh_xa_cot import AnhXaCot
from .bo_loc import BoLoc
from .chuyen import BuocChuyen, ChuyenSinhHoat, NhanXetCuTru
from .doan_phi import DoanPhi, MienDoanPhi, NopDoanPhi, PhieuThu, SoThuDoanPhi
from .doan_vien import DoanVien
from .doi_chieu import DongDoiChieu, DotDoiChieu
from .dot_nhap import DongNhap, DotNhap
from .dot_xep_loai import BuocXepLoai, DotXepLoai, PhieuXepLoai
from .gop import GopDoanVien, KhacNguoi
from .hoan import HoanSinhHoat
from .ket_nap import BuocKetNap, KetNap
from .khen_thuong import KhenThuong
from .ky_luat import KyLuat
from .nguon import NguonCanBo
from .nguyen_vong import BuocNguyenVong, NguyenVong
from .qua_trinh import QuaTrinh
from .quyet_dinh import QuyetDinhNam
from .quyet_dinh_xep_loai import DongQuyetDinh, QuyetDinhXepLoai
from .ren_luyen import RenLuyen
from .rieng_tu import BiaXoa, BuocYeuCau, LuotXem, YeuCauDuLieu
from .thu_chi import ThuChi
from .truong_thanh import DotTruongThanh, XetTruongThanh
from .xep_loai import XepLoai
from .xoa_ten import CanCuXoaTen, DeNghiXoaTen

__all__ = [
    "AnhXaCot",
    "BiaXoa",
    "BoLoc",
    "BuocChuyen",
    "BuocKetNap",
    "BuocNguyenVong",
    "BuocXepLoai",
    "BuocYeuCau",
    "CanCuXoaTen",
    "ChuyenSinhHoat",
    "DeNghiXoaTen",
    "DoanPhi",
    "DoanVien",
    "DongDoiChieu",
    "DongNhap",
    "DongQuyetDinh",
    "DotDoiChieu",
    "DotNhap",
    "DotTruongThanh",
    "DotXepLoai",
    "GopDoanVien",
    "HoanSinhHoat",
    "KetNap",
    "KhacNguoi",
    "KhenThuong",
    "KyLuat",
    "LuotXem",
    "MienDoanPhi",
    "NguonCanBo",
    "NguyenVong",
    "NhanXetCuTru",
    "NopDoanPhi",
    "PhieuThu",
    "PhieuXepLoai",
    "QuaTrinh",
    "QuyetDinhNam",
    "QuyetDinhXepLoai",
    "RenLuyen",
    "SoThuDoanPhi",
    "ThuChi",
    "XepLoai",
    "XetTruongThanh",
    "YeuCauDuLieu",
]
