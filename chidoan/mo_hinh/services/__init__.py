"""Actions on initiatives; each in one transaction with an audit line."""

from .cam_ket import (
    Dau,
    bang_cam_ket,
    bang_da_ghi,
    cau_da_danh_gia,
    choose_chuong_trinh,
    drop_nhom,
    record_cam_ket,
    save_nhom,
)
from .danh_gia import delete_danh_gia, save_danh_gia
from .mo_hinh import (
    ThanhVien,
    conclude_mo_hinh,
    create_mo_hinh,
    reopen_mo_hinh,
    update_mo_hinh,
)
from .nhan_rong import (
    accept_de_nghi,
    copy_mo_hinh,
    decline_de_nghi,
    offer_mo_hinh,
    withdraw_de_nghi,
)
from .nhat_ky import create_nhat_ky, delete_nhat_ky, update_nhat_ky

__all__ = [
    "Dau",
    "ThanhVien",
    "accept_de_nghi",
    "bang_cam_ket",
    "bang_da_ghi",
    "cau_da_danh_gia",
    "choose_chuong_trinh",
    "conclude_mo_hinh",
    "copy_mo_hinh",
    "create_mo_hinh",
    "create_nhat_ky",
    "decline_de_nghi",
    "delete_danh_gia",
    "delete_nhat_ky",
    "drop_nhom",
    "offer_mo_hinh",
    "record_cam_ket",
    "reopen_mo_hinh",
    "save_danh_gia",
    "save_nhom",
    "update_mo_hinh",
    "update_nhat_ky",
    "withdraw_de_nghi",
]
