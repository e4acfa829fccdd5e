"""For operators: when branches met, without what was said, and who holds which office."""

from django.contrib import admin

from tochuc.admin import ReadOnlyAdmin

from .models import BuoiSinhHoat, ChucVu, ChuDiem, MoHinh, PhuTrach


@admin.register(BuoiSinhHoat)
class BuoiSinhHoatAdmin(ReadOnlyAdmin):
    list_display = ["ngay", "chi_doan", "loai", "trang_thai", "version", "nhap_thay", "ghi_luc"]
    list_filter = ["trang_thai", "loai", "nhap_thay"]
    list_select_related = ["chi_doan"]
    date_hierarchy = "ngay"
    search_fields = ["chi_doan__khoa_tim", "chi_doan__ma"]
    fields = [
        "chi_doan",
        "loai",
        "ngay",
        "bat_dau",
        "ket_thuc",
        "trang_thai",
        "client_id",
        "version",
        "nhap_thay",
        "ghi_boi",
        "ghi_luc",
    ]


@admin.register(ChucVu)
class ChucVuAdmin(ReadOnlyAdmin):
    list_display = ["ho_ten", "chuc_danh", "don_vi", "tu_ngay", "den_ngay"]
    list_filter = ["chuc_danh", "trong_bch"]
    list_select_related = ["don_vi"]
    search_fields = ["don_vi__khoa_tim", "doan_vien__khoa_tim"]
    fields = ["ho_ten", "chuc_danh", "don_vi", "trong_bch", "tu_ngay", "den_ngay"]


@admin.register(PhuTrach)
class PhuTrachAdmin(ReadOnlyAdmin):
    list_display = ["chi_doan", "chuc_vu", "tu_ngay", "den_ngay"]
    list_select_related = ["chi_doan", "chuc_vu"]
    search_fields = ["chi_doan__khoa_tim"]
    fields = ["chi_doan", "chuc_vu", "tu_ngay", "den_ngay"]


@admin.register(ChuDiem)
class ChuDiemAdmin(ReadOnlyAdmin):
    list_display = ["don_vi", "nam", "thang", "ten"]
    list_filter = ["nam"]
    list_select_related = ["don_vi"]
    search_fields = ["don_vi__khoa_tim"]
    fields = ["don_vi", "nam", "thang", "ten"]


@admin.register(MoHinh)
class MoHinhAdmin(ReadOnlyAdmin):
    list_display = ["ten", "don_vi", "diem", "tu_ngay", "den_ngay"]
    list_select_related = ["don_vi", "diem"]
    search_fields = ["don_vi__khoa_tim"]
    fields = ["ten", "loai", "don_vi", "diem", "sinh_hoat", "tu_ngay", "den_ngay", "ket_luan"]
