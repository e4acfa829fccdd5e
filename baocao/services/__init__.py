"""What people do to reports and assessments; each function is one action, one transaction."""

from .bao_cao import (
    accept_bao_cao,
    comment_bao_cao,
    lock_ky,
    open_bao_cao,
    return_bao_cao,
    submit_bao_cao,
    unaccept_bao_cao,
)
from .chi_tieu_nam import set_chi_tieu_nam
from .danh_gia import assess_chi_doan, bo_danh_gia
from .gop_y import add_gop_y, answer_gop_y
from .ngoai_le import end_mien, grant_ngoai_le
from .noi_dung import (
    override_so_lieu,
    save_phan_loi,
    save_so_lieu_nhap,
    take_ban_nhap,
    zero_so_lieu_nhap,
)

__all__ = [
    "accept_bao_cao",
    "add_gop_y",
    "answer_gop_y",
    "assess_chi_doan",
    "bo_danh_gia",
    "comment_bao_cao",
    "end_mien",
    "grant_ngoai_le",
    "lock_ky",
    "open_bao_cao",
    "override_so_lieu",
    "return_bao_cao",
    "save_phan_loi",
    "save_so_lieu_nhap",
    "set_chi_tieu_nam",
    "submit_bao_cao",
    "take_ban_nhap",
    "unaccept_bao_cao",
    "zero_so_lieu_nhap",
]
