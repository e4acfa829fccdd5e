"""Who belongs: members, their membership over time, yearly ratings, dues and imports."""

from .doan_phi import DoanPhi, MienDoanPhi, NopDoanPhi, PhieuThu, SoThuDoanPhi
from .doan_vien import DoanVien
from .dot_nhap import DongNhap, DotNhap
from .qua_trinh import QuaTrinh
from .xep_loai import XepLoai

__all__ = [
    "DoanPhi",
    "DoanVien",
    "DongNhap",
    "DotNhap",
    "MienDoanPhi",
    "NopDoanPhi",
    "PhieuThu",
    "QuaTrinh",
    "SoThuDoanPhi",
    "XepLoai",
]
