from .cong_viec import (
    cong_viec_detail,
    cong_viec_file,
    cong_viec_list,
    cong_viec_restart,
)
from .dang_nhap import dang_nhap, dang_xuat, doi_mat_khau, them, vai_tro_choose
from .don_vi import don_vi_detail, don_vi_list
from .nhat_ky import nhat_ky_list
from .quy_dinh import quy_dinh_create, quy_dinh_detail, quy_dinh_list
from .tai_khoan import (
    phan_cong_create,
    phan_cong_end,
    tai_khoan_close,
    tai_khoan_create,
    tai_khoan_detail,
    tai_khoan_list,
    tai_khoan_open,
    tai_khoan_password,
)
from .van_ban import van_ban_check

__all__ = [
    "cong_viec_detail",
    "cong_viec_file",
    "cong_viec_list",
    "cong_viec_restart",
    "dang_nhap",
    "dang_xuat",
    "doi_mat_khau",
    "don_vi_detail",
    "don_vi_list",
    "nhat_ky_list",
    "phan_cong_create",
    "phan_cong_end",
    "quy_dinh_create",
    "quy_dinh_detail",
    "quy_dinh_list",
    "tai_khoan_close",
    "tai_khoan_create",
    "tai_khoan_detail",
    "tai_khoan_list",
    "tai_khoan_open",
    "tai_khoan_password",
    "them",
    "vai_tro_choose",
    "van_ban_check",
]
