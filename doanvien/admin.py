"""For operators: who is in the register, without citizen ids, religion, discipline or Party."""

from django.contrib import admin

from tochuc.admin import ReadOnlyAdmin

from .models import DoanVien, QuaTrinh


@admin.register(DoanVien)
class DoanVienAdmin(ReadOnlyAdmin):
    list_display = ["ho_ten", "ngay_sinh", "gioi_tinh", "chi_doan", "trang_thai"]
    list_filter = ["trang_thai", "gioi_tinh"]
    list_select_related = ["chi_doan"]
    search_fields = ["khoa_tim"]
    fields = ["ho_ten", "ngay_sinh", "gioi_tinh", "chi_doan", "trang_thai", "ngay_vao_doan"]


@admin.register(QuaTrinh)
class QuaTrinhAdmin(ReadOnlyAdmin):
    list_display = ["doan_vien", "chi_doan", "loai", "tu_ngay", "den_ngay"]
    list_filter = ["loai"]
    list_select_related = ["doan_vien", "chi_doan"]
    search_fields = ["doan_vien__khoa_tim", "chi_doan__khoa_tim"]
    fields = [
        "doan_vien",
        "chi_doan",
        "loai",
        "tu_ngay",
        "den_ngay",
        "ly_do_bat_dau",
        "ly_do_ket_thuc",
    ]
