"""For operators: groups, sessions and cases as rows, without a word of what was written in them."""

from django.contrib import admin

from tochuc.admin import ReadOnlyAdmin

from .models import HoSo, KyDanhGia, ToTuDuong


@admin.register(ToTuDuong)
class ToTuDuongAdmin(ReadOnlyAdmin):
    list_display = ["ten", "don_vi", "ngay_thanh_lap", "ket_thuc"]
    list_select_related = ["don_vi"]
    search_fields = ["don_vi__khoa_tim", "don_vi__ma"]
    fields = ["ten", "don_vi", "so_quyet_dinh", "ngay_thanh_lap", "ket_thuc"]


@admin.register(KyDanhGia)
class KyDanhGiaAdmin(ReadOnlyAdmin):
    list_display = ["to", "nam", "quy", "ngay", "trang_thai", "mo_luc"]
    list_filter = ["trang_thai", "nam"]
    list_select_related = ["to"]
    search_fields = ["to__don_vi__khoa_tim", "to__don_vi__ma"]
    fields = ["to", "nam", "quy", "ngay", "trang_thai", "mo_luc", "mo_boi"]


@admin.register(HoSo)
class HoSoAdmin(ReadOnlyAdmin):
    list_display = ["ma", "don_vi", "chi_doan", "trang_thai", "ngay_buoc", "version"]
    list_filter = ["trang_thai"]
    list_select_related = ["don_vi", "chi_doan"]
    date_hierarchy = "ngay_mo"
    search_fields = ["don_vi__khoa_tim", "don_vi__ma", "chi_doan__khoa_tim"]
    fields = ["ma", "don_vi", "chi_doan", "trang_thai", "ngay_mo", "ngay_buoc", "version", "mo_luc"]
