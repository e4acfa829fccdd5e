"""The import's code lists are the register's own: `doanvien.danh_muc`."""

from doanvien.danh_muc import (
    CHUC_VU,
    CUC_CANH_SAT,
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
    is_cuc_canh_sat,
    suggest_dan_toc,
    suggest_label,
)

__all__ = [
    "CHUC_VU",
    "CUC_CANH_SAT",
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
    "is_cuc_canh_sat",
    "suggest_dan_toc",
    "suggest_label",
]
