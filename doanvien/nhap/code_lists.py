"""The import's code lists are the register's own: `doanvien.danh_muc`."""

from doanvien.danh_muc import (
    CHUC_VU,
    DAN_TOC,
    DAN_TOC_SUGGESTIONS,
    HOI,
    NGHE_NGHIEP,
    NGOAI_NGU,
    TIN_HOC,
    TON_GIAO,
    TRINH_DO_CHUYEN_MON,
    TRINH_DO_LLCT,
    TRINH_DO_VAN_HOA,
    find_label,
    suggest_dan_toc,
    suggest_label,
)

__all__ = [
    "CHUC_VU",
    "DAN_TOC",
    "DAN_TOC_SUGGESTIONS",
    "HOI",
    "NGHE_NGHIEP",
    "NGOAI_NGU",
    "TIN_HOC",
    "TON_GIAO",
    "TRINH_DO_CHUYEN_MON",
    "TRINH_DO_LLCT",
    "TRINH_DO_VAN_HOA",
    "find_label",
    "suggest_dan_toc",
    "suggest_label",
]
