"""For operators: when branches met, without what was said."""

from django.contrib import admin

from tochuc.admin import ReadOnlyAdmin

from .models import BuoiSinhHoat


@admin.register(BuoiSinhHoat)
class BuoiSinhHoatAdmin(ReadOnlyAdmin):
    list_display = ["ngay", "loai", "chi_doan", "trang_thai"]
    list_filter = ["loai", "trang_thai"]
    list_select_related = ["chi_doan"]
    search_fields = ["chi_doan__khoa_tim"]
    fields = ["ngay", "loai", "chi_doan", "bat_dau", "ket_thuc", "trang_thai"]
