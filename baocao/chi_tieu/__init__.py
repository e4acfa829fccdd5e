"""Indicators: declared once, counted for many units in one statement, opened row by row."""

from .chi_xem import MO_DUOC
from .danh_muc import (
    DANH_MUC,
    NHIP_SINH_HOAT,
    THEO_MA,
    TU_TINH,
    chi_tieu_bao_cao,
    danh_so,
)
from .khai_bao import ChiTieu, Kieu, Nguon, So, ThoiKy
from .tinh import O_SO, BangSo, cau_hoi, compute, rows, total

__all__ = [
    "DANH_MUC",
    "MO_DUOC",
    "NHIP_SINH_HOAT",
    "O_SO",
    "THEO_MA",
    "TU_TINH",
    "BangSo",
    "ChiTieu",
    "Kieu",
    "Nguon",
    "So",
    "ThoiKy",
    "cau_hoi",
    "chi_tieu_bao_cao",
    "compute",
    "danh_so",
    "rows",
    "total",
]
