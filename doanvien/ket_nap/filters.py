import django_filters
from django import forms

from doanvien.filters import ChiDoanFilter, chi_doan_of_request
from doanvien.models import KetNap
from tochuc.loc import DonViFilter, NamFilter, PlainSelect, looks_from_above


class KetNapFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm người xin vào Đoàn",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm tên, không cần dấu"}),
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Giai đoạn",
        choices=KetNap.TrangThai,
        empty_label="Mọi giai đoạn",
        widget=PlainSelect,
    )
    chi_doan = ChiDoanFilter(
        label="Chi đoàn",
        queryset=chi_doan_of_request,
        method="in_chi_doan",
        widget=forms.CheckboxSelectMultiple,
    )
    nam = NamFilter(method="in_nam")
    don_vi = DonViFilter(label="Thuộc đơn vị", method="under_don_vi")

    class Meta:
        model = KetNap
        fields = ["q", "trang_thai", "chi_doan", "nam", "don_vi"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if looks_from_above(self.request.user) and not self.request.GET.get("chi_doan"):
            del self.filters["chi_doan"]

    def search(self, queryset, name, value):
        return queryset.search(value)

    def in_chi_doan(self, queryset, name, value):
        return queryset.filter(chi_doan__in=value) if value else queryset

    def in_nam(self, queryset, name, value):
        return queryset.trong_nam(int(value))

    def under_don_vi(self, queryset, name, value):
        return queryset.under(value)


class KhongHoSoFilter(django_filters.FilterSet):
    """Admissions without a case: the year is the view's, the unit is asked here."""

    don_vi = DonViFilter(label="Thuộc đơn vị", method="under_don_vi")

    def under_don_vi(self, queryset, name, value):
        return queryset.under(value)
