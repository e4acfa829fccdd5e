"""Forms of branch life."""

from .buoi import (
    BieuQuyetForm,
    BieuQuyetFormSet,
    BuoiForm,
    CungHopForm,
    KetQuaForm,
    LyDoSuaForm,
    NghiQuyetForm,
    NghiQuyetFormSet,
)
from .mo_hinh import MoHinhForm, ThanhVienFormSet
from .to_chuc import (
    ChuDiemForm,
    DoiNghiQuyetForm,
    KetThucNghiQuyetForm,
    PhuTrachForm,
    TienDoForm,
)

__all__ = [
    "BieuQuyetForm",
    "BieuQuyetFormSet",
    "BuoiForm",
    "ChuDiemForm",
    "CungHopForm",
    "DoiNghiQuyetForm",
    "KetQuaForm",
    "KetThucNghiQuyetForm",
    "LyDoSuaForm",
    "MoHinhForm",
    "NghiQuyetForm",
    "NghiQuyetFormSet",
    "PhuTrachForm",
    "ThanhVienFormSet",
    "TienDoForm",
]
