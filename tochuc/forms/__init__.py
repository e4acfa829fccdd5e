"""Forms of accounts, settings and signing in."""

from .dang_nhap import DangNhapForm, DoiMatKhauForm

__all__ = ["DangNhapForm", "DoiMatKhauForm"]
