"""Forms of accounts, settings and signing in."""

from .dang_nhap import DangNhapForm, DoiMatKhauForm
from .quy_dinh import QuyDinhForm
from .tai_khoan import KetThucForm, MatKhauMoiForm, PhanCongForm, TaiKhoanForm

__all__ = [
    "DangNhapForm",
    "DoiMatKhauForm",
    "KetThucForm",
    "MatKhauMoiForm",
    "PhanCongForm",
    "QuyDinhForm",
    "TaiKhoanForm",
]
