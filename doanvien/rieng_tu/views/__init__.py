"""Pages about personal data."""

from .tai import yeu_cau_download
from .xem import du_lieu_hide, du_lieu_reveal
from .yeu_cau import (
    du_lieu_detail,
    yeu_cau_answer,
    yeu_cau_create,
    yeu_cau_cua_don,
    yeu_cau_detail,
    yeu_cau_erase,
    yeu_cau_extend,
    yeu_cau_finish,
    yeu_cau_list,
    yeu_cau_pdf,
)

__all__ = [
    "du_lieu_detail",
    "du_lieu_hide",
    "du_lieu_reveal",
    "yeu_cau_answer",
    "yeu_cau_create",
    "yeu_cau_cua_don",
    "yeu_cau_detail",
    "yeu_cau_download",
    "yeu_cau_erase",
    "yeu_cau_extend",
    "yeu_cau_finish",
    "yeu_cau_list",
    "yeu_cau_pdf",
]
