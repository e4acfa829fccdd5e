"""Forms of branch life."""

from .buoi import BuoiForm, KetQuaForm, NghiQuyetForm, NghiQuyetFormSet
from .mo_hinh import MoHinhForm, ThanhVienFormSet
from .to_chuc import ChucVuForm, ChuDiemForm, KetThucForm, KetThucNghiQuyetForm, PhuTrachForm

__all__ = [
    "BuoiForm",
    "ChuDiemForm",
    "ChucVuForm",
    "KetQuaForm",
    "KetThucForm",
    "KetThucNghiQuyetForm",
    "MoHinhForm",
    "NghiQuyetForm",
    "NghiQuyetFormSet",
    "PhuTrachForm",
    "ThanhVienFormSet",
]
