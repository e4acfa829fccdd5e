"""Who belongs: members, their membership over time, yearly ratings and imports."""

from .doan_vien import DoanVien
from .dot_nhap import DongNhap, DotNhap
from .qua_trinh import QuaTrinh
from .xep_loai import XepLoai

__all__ = ["DoanVien", "DongNhap", "DotNhap", "QuaTrinh", "XepLoai"]
