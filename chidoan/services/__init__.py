"""What changes a branch's records. Each function is one action and one transaction."""

from chidoan.chuc_vu.services import add_chuc_vu, end_chuc_vu

from .buoi import create_buoi, delete_draft, update_buoi
from .hang_loat import BuoiDaHop, record_buoi_many
from .kiem_tra import cau_khoa
from .nghi_quyet import (
    change_nghi_quyet,
    finish_nghi_quyet,
    reopen_nghi_quyet,
    report_tien_do,
)
from .to_chuc import (
    assign_phu_trach,
    end_phu_trach,
    set_chu_diem,
)

__all__ = [
    "BuoiDaHop",
    "add_chuc_vu",
    "assign_phu_trach",
    "cau_khoa",
    "change_nghi_quyet",
    "create_buoi",
    "delete_draft",
    "end_chuc_vu",
    "end_phu_trach",
    "finish_nghi_quyet",
    "record_buoi_many",
    "reopen_nghi_quyet",
    "report_tien_do",
    "set_chu_diem",
    "update_buoi",
]
