"""What a branch does: meetings, resolutions, activities, offices, coaching, initiatives."""

from .anh import Anh
from .ban_giao import BanGiao, GapDoanVien
from .bao_cao_thang import BaoCaoThang
from .bieu_quyet import BieuQuyet
from .can_bo import PhuCap, XepLoaiCanBo
from .chi_doan import ChiDoan, PhuTrach
from .chuc_vu import ChucVu
from .de_nghi_khen import BuocDeNghiKhen, DeNghiKhen, KhenTapThe, QuyetDinhKhen
from .hoat_dong import HoatDong, ThamGiaHoatDong
from .hoi_thi import DiemThi, HoiThi, ThiSinh, VongThi
from .kiem_tra import (
    BuocKiemTra,
    ChuongTrinhKiemTra,
    CuocKiemTra,
    KetQuaKiemTra,
    KienNghi,
    TraLoiKienNghi,
)
from .lan_xuong import LanXuong, LoiHua
from .loi_moi import BuoiHuy, KhoaLich, TraLoiMoi, TuDiemDanh
from .mau import MauSinhHoat
from .mo_hinh import DeNghiNhanRong, MoHinh, ThanhVienMoHinh
from .mo_hinh_thuc_hien import (
    DanhGiaMoHinh,
    KetQuaCamKet,
    MucCamKet,
    NhatKyMoHinh,
    NhomCamKet,
)
from .nghi_quyet import NghiQuyet, TienDoNghiQuyet
from .nhip import NhipSinhHoat
from .phien_ban import PhienBanBuoi
from .quy_hoach import CuCanBo, DeNghiNhanSu, QuyHoach
from .sap_xep import BuocSapXep, DongSapXep, SapXep, ThayDoiSapXep
from .sinh_hoat import BuoiSinhHoat, ChuDiem, DiemDanh
from .sinh_ke import HoTro, MoHinhKinhTe, SoDuTo, ToTietKiem
from .tap_huan import BuoiTapHuan, DiemDanhTapHuan, HocVien, LopTapHuan
from .tham_hoi import ThamHoi
from .tham_muu import ThamMuu

__all__ = [
    "Anh",
    "BanGiao",
    "BaoCaoThang",
    "BieuQuyet",
    "BuocDeNghiKhen",
    "BuocKiemTra",
    "BuocSapXep",
    "BuoiHuy",
    "BuoiSinhHoat",
    "BuoiTapHuan",
    "ChiDoan",
    "ChuDiem",
    "ChucVu",
    "ChuongTrinhKiemTra",
    "CuCanBo",
    "CuocKiemTra",
    "DanhGiaMoHinh",
    "DeNghiKhen",
    "DeNghiNhanRong",
    "DeNghiNhanSu",
    "DiemDanh",
    "DiemDanhTapHuan",
    "DiemThi",
    "DongSapXep",
    "GapDoanVien",
    "HoTro",
    "HoatDong",
    "HocVien",
    "HoiThi",
    "KetQuaCamKet",
    "KetQuaKiemTra",
    "KhenTapThe",
    "KhoaLich",
    "KienNghi",
    "LanXuong",
    "LoiHua",
    "LopTapHuan",
    "MauSinhHoat",
    "MoHinh",
    "MoHinhKinhTe",
    "MucCamKet",
    "NghiQuyet",
    "NhatKyMoHinh",
    "NhipSinhHoat",
    "NhomCamKet",
    "PhienBanBuoi",
    "PhuCap",
    "PhuTrach",
    "QuyHoach",
    "QuyetDinhKhen",
    "SapXep",
    "SoDuTo",
    "ThamGiaHoatDong",
    "ThamHoi",
    "ThamMuu",
    "ThanhVienMoHinh",
    "ThayDoiSapXep",
    "ThiSinh",
    "TienDoNghiQuyet",
    "ToTietKiem",
    "TraLoiKienNghi",
    "TraLoiMoi",
    "TuDiemDanh",
    "VongThi",
    "XepLoaiCanBo",
]
