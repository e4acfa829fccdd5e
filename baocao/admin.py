"""For operators: which reports exist and where they stand, targets and recorded ratings."""

from django.contrib import admin

from tochuc.admin import ReadOnlyAdmin

from .models import BaoCao, ChiTieuNam, DanhGiaTieuChi, XepLoaiDonVi


@admin.register(BaoCao)
class BaoCaoAdmin(ReadOnlyAdmin):
    list_display = ["don_vi", "ky", "trang_thai", "han", "nop_lan_dau", "tinh_den", "version"]
    list_filter = ["trang_thai", "ky"]
    list_select_related = ["don_vi"]
    search_fields = ["don_vi__khoa_tim", "don_vi__ma"]
    fields = [
        "don_vi",
        "ky",
        "mau",
        "trang_thai",
        "han",
        "tinh_den",
        "nop_lan_dau",
        "nop_luc",
        "nop_boi",
        "version",
    ]


@admin.register(ChiTieuNam)
class ChiTieuNamAdmin(ReadOnlyAdmin):
    list_display = ["don_vi", "nam", "ma", "gia_tri"]
    list_filter = ["nam"]
    list_select_related = ["don_vi"]
    search_fields = ["don_vi__khoa_tim", "ma"]
    fields = ["don_vi", "nam", "ma", "gia_tri"]


@admin.register(XepLoaiDonVi)
class XepLoaiDonViAdmin(ReadOnlyAdmin):
    list_display = ["don_vi", "doi_tuong", "nam", "thang", "muc", "so_quyet_dinh", "ngay"]
    list_filter = ["nam", "doi_tuong", "thang", "muc"]
    list_select_related = ["don_vi"]
    search_fields = ["don_vi__khoa_tim"]
    fields = ["don_vi", "doi_tuong", "nam", "thang", "muc", "so_quyet_dinh", "ngay"]


@admin.register(DanhGiaTieuChi)
class DanhGiaTieuChiAdmin(ReadOnlyAdmin):
    list_display = ["chi_doan", "nam", "tieu_chi", "muc", "ngay", "by"]
    list_filter = ["nam", "tieu_chi", "muc"]
    list_select_related = ["chi_doan", "by"]
    search_fields = ["chi_doan__khoa_tim"]
    fields = ["chi_doan", "nam", "tieu_chi", "muc", "minh_chung", "ngay", "by", "tao_luc"]
