"""The pages of reports, figures and the ranking, and everybody's home page."""

from .bao_cao import (
    bao_cao_detail,
    bao_cao_lan_nop,
    bao_cao_list,
    bao_cao_lock,
    bao_cao_open,
    bao_cao_pdf,
)
from .chi_tieu_nam import chi_tieu_nam_edit
from .giay_to import bao_cao_word, bao_cao_xlsx
from .gop_y import gop_y_answer, gop_y_create
from .home import home
from .ngoai_le import mien_end, ngoai_le_create
from .noi_dung import so_lieu_edit, so_lieu_save, so_lieu_zero
from .nop_duyet import (
    bao_cao_accept,
    bao_cao_comment,
    bao_cao_return,
    bao_cao_submit,
    bao_cao_unaccept,
)
from .phan_loi import phan_loi_edit, phan_loi_list, phan_loi_theo_so
from .so_lieu import chi_tieu_rows, don_vi_so_lieu
from .theo_doi import nhac_nop, theo_doi
from .tong_quan import tong_quan, tong_quan_di_xa, tong_quan_pdf
from .xep_hang import chi_doan_assess, xep_hang
from .xep_loai_chi_doan import xep_loai_chi_doan_record

__all__ = [
    "bao_cao_accept",
    "bao_cao_comment",
    "bao_cao_detail",
    "bao_cao_lan_nop",
    "bao_cao_list",
    "bao_cao_lock",
    "bao_cao_open",
    "bao_cao_pdf",
    "bao_cao_return",
    "bao_cao_submit",
    "bao_cao_unaccept",
    "bao_cao_word",
    "bao_cao_xlsx",
    "chi_doan_assess",
    "chi_tieu_nam_edit",
    "chi_tieu_rows",
    "don_vi_so_lieu",
    "gop_y_answer",
    "gop_y_create",
    "home",
    "mien_end",
    "ngoai_le_create",
    "nhac_nop",
    "phan_loi_edit",
    "phan_loi_list",
    "phan_loi_theo_so",
    "so_lieu_edit",
    "so_lieu_save",
    "so_lieu_zero",
    "theo_doi",
    "tong_quan",
    "tong_quan_di_xa",
    "tong_quan_pdf",
    "xep_hang",
    "xep_loai_chi_doan_record",
]
