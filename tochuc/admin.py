"""The operators' room: units are added, everything else is only looked at."""

from django import forms
from django.contrib import admin

from core.errors import RuleError
from core.text import fold

from . import services
from .models import DonVi, NguoiDung, NhatKy, PhanCong, QuyDinh, VanBan
from .models.don_vi import CapDonVi, LoaiDonVi
from .nhat_ky import hanh_dong_bang_chu

ASKED_BY_FILTERS = {"", "exact", "isnull", "gte", "lt", "year", "month", "day"}


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to search and to look at; what `fields` does not name is not shown."""

    actions = None
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    def lookup_allowed(self, lookup, value, request):
        """Only what a list's own filters ask: a hidden field is not found out by guessing."""
        name, _, how = lookup.partition("__")
        return name in {*self.list_filter, self.date_hierarchy} and how in ASKED_BY_FILTERS

    def get_search_results(self, request, queryset, search_term):
        """Search fields hold folded text, so that no accent needs to be typed."""
        return super().get_search_results(request, queryset, fold(search_term))

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class DonViForm(forms.ModelForm):
    cap_tren = forms.ModelChoiceField(
        label="Đơn vị cấp trên", queryset=DonVi.objects.tren_chi_doan(), required=False
    )

    class Meta:
        model = DonVi
        fields = ["cap_tren", "cap", "loai", "ten", "ma", "khoi", "cum_thi_dua", "thanh_lap"]

    def clean(self):
        data = super().clean()
        if data.get("cap"):
            try:
                services.check_cap(data["cap"], data.get("cap_tren"))
            except RuleError as refusal:
                self.add_error("cap", str(refusal))
        if (data.get("cap") == CapDonVi.CHI_DOAN) != (data.get("loai") == LoaiDonVi.CHI_DOAN):
            self.add_error("loai", "Chi đoàn, và chỉ chi đoàn, có loại «chi đoàn».")
        return data


@admin.register(DonVi)
class DonViAdmin(ReadOnlyAdmin):
    form = DonViForm
    list_display = ["__str__", "ma", "cap", "khoi", "cum_thi_dua", "thanh_lap", "ket_thuc"]
    list_filter = ["cap", "khoi"]
    search_fields = ["khoa_tim", "ma"]
    fields = [
        "ten",
        "ma",
        "cap",
        "loai",
        "khoi",
        "cum_thi_dua",
        "dia_danh",
        "thanh_lap",
        "ket_thuc",
        "so_lieu_den",
    ]

    def has_add_permission(self, request, obj=None):
        return request.user.is_staff

    def get_fields(self, request, obj=None):
        return self.fields if obj else DonViForm.Meta.fields

    def save_model(self, request, obj, form, change):
        created = services.create_don_vi(by=request.user, **form.cleaned_data)
        obj.__dict__.update(created.__dict__)


@admin.register(NguoiDung)
class NguoiDungAdmin(ReadOnlyAdmin):
    list_display = ["ho_ten", "username", "dien_thoai", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["khoa_tim", "username", "dien_thoai"]
    fields = ["ho_ten", "username", "dien_thoai", "is_active", "tao_luc", "last_login"]


@admin.register(PhanCong)
class PhanCongAdmin(ReadOnlyAdmin):
    list_display = ["nguoi_dung", "vai_tro", "don_vi", "tu_ngay", "den_ngay"]
    list_filter = ["vai_tro"]
    list_select_related = ["nguoi_dung", "don_vi"]
    search_fields = ["nguoi_dung__khoa_tim", "nguoi_dung__username", "don_vi__khoa_tim"]
    fields = ["nguoi_dung", "vai_tro", "don_vi", "tu_ngay", "den_ngay", "ly_do_ket_thuc"]


@admin.register(QuyDinh)
class QuyDinhAdmin(ReadOnlyAdmin):
    list_display = ["ma", "gia_tri", "don_vi", "tu_ngay", "can_cu"]
    list_filter = ["ma"]
    list_select_related = ["don_vi"]
    search_fields = ["ma", "don_vi__khoa_tim"]
    fields = ["ma", "gia_tri", "don_vi", "tu_ngay", "can_cu"]


@admin.register(VanBan)
class VanBanAdmin(ReadOnlyAdmin):
    list_display = ["so_ky_hieu", "loai", "don_vi", "ngay", "phien_ban", "ma_kiem_tra"]
    list_filter = ["loai"]
    list_select_related = ["don_vi"]
    search_fields = ["so_ky_hieu", "ma_kiem_tra", "don_vi__khoa_tim"]
    fields = ["so_ky_hieu", "loai", "don_vi", "ngay", "phien_ban", "ma_kiem_tra", "sha256"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("tep")


@admin.register(NhatKy)
class NhatKyAdmin(ReadOnlyAdmin):
    list_display = ["so", "luc", "nguoi", "viec", "don_vi", "dia_chi"]
    list_filter = ["luc"]
    list_select_related = ["nguoi", "don_vi"]
    search_fields = ["nguoi__khoa_tim", "nguoi__username", "hanh_dong", "don_vi__khoa_tim"]
    fields = [
        "so",
        "luc",
        "nguoi",
        "viec",
        "hanh_dong",
        "doi_tuong_loai",
        "doi_tuong_id",
        "don_vi",
        "dia_chi",
        "hash",
    ]

    @admin.display(description="việc")
    def viec(self, line):
        return hanh_dong_bang_chu(line.hanh_dong)
