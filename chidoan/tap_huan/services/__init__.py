"""What changes classes: the class itself, its sessions, its participants, certificates."""

from .buoi import add_buoi, bang_diem_danh, delete_buoi, diem_danh, update_buoi
from .giay import cap_giay, huy_giay
from .hang_loat import LopCu, NguoiDu, record_lop_many
from .hoc_vien import (
    NguoiCu,
    dang_ky,
    ghi_ket_qua,
    may_dang_ky,
    moi_nguoi_mot_lan,
    nguoi_cu,
    nguoi_mang_ten,
    rut,
    ten_chuc_vu,
    them_nguoi,
)
from .lop import create_lop, finish_lop, huy_lop, mo_lai_lop, thong_bao_lop, update_lop

__all__ = [
    "LopCu",
    "NguoiCu",
    "NguoiDu",
    "add_buoi",
    "bang_diem_danh",
    "cap_giay",
    "create_lop",
    "dang_ky",
    "delete_buoi",
    "diem_danh",
    "finish_lop",
    "ghi_ket_qua",
    "huy_giay",
    "huy_lop",
    "may_dang_ky",
    "mo_lai_lop",
    "moi_nguoi_mot_lan",
    "nguoi_cu",
    "nguoi_mang_ten",
    "record_lop_many",
    "rut",
    "ten_chuc_vu",
    "them_nguoi",
    "thong_bao_lop",
    "update_buoi",
    "update_lop",
]
