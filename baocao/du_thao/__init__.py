"""Dự thảo: the sections of a report, written beforehand from the books of its period.

Each sentence is about rows and cites them; nothing is judged and nobody is named. What the books
cannot know is left to the writer, with a word on what belongs there.
"""

from .cau import Cau, Dan, Doan, NhapMuc, doc_lai, ghi_lai, loi_cua
from .lap import BanNhap, is_theo_so, lap_ban_nhap, lap_tren, loi_dang_in

__all__ = [
    "BanNhap",
    "Cau",
    "Dan",
    "Doan",
    "NhapMuc",
    "doc_lai",
    "ghi_lai",
    "is_theo_so",
    "lap_ban_nhap",
    "lap_tren",
    "loi_cua",
    "loi_dang_in",
]
