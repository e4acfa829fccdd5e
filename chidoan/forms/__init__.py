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
    "NghiQuyetForm",
    "NghiQuyetFormSet",
    "PhuTrachForm",
    "TienDoForm",
]
