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
    ChucVuForm,
    ChuDiemForm,
    DoiNghiQuyetForm,
    KetThucForm,
    KetThucNghiQuyetForm,
    PhuTrachForm,
    TienDoForm,
)

__all__ = [
    "BieuQuyetForm",
    "BieuQuyetFormSet",
    "BuoiForm",
    "ChuDiemForm",
    "ChucVuForm",
    "CungHopForm",
    "DoiNghiQuyetForm",
    "KetQuaForm",
    "KetThucForm",
    "KetThucNghiQuyetForm",
    "LyDoSuaForm",
    "MoHinhForm",
    "NghiQuyetForm",
    "NghiQuyetFormSet",
    "PhuTrachForm",
    "ThanhVienFormSet",
    "TienDoForm",
]
