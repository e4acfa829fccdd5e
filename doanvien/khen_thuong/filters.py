import django_filters
from django import forms

from core.periods import KyBaoCao
from doanvien.models import KhenThuong
from tochuc.loc import DonViFilter, NamFilter, PlainSelect


class TrongNamFilterSet(django_filters.FilterSet):
    """Rows of a unit and a year, found by the member's name; `ngay` names the date."""

    ngay = "ngay"
    q = django_filters.CharFilter(
        label="Tìm đoàn viên",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm tên, không cần dấu"}),
    )
    don_vi = DonViFilter(method="of_unit")
    nam = NamFilter(method="of_year")

    def search(self, queryset, name, value):
        return queryset.tim_nguoi(value)

    def of_unit(self, queryset, name, value):
        return queryset.under(value)

    def of_year(self, queryset, name, value):
        year = KyBaoCao(int(value))
        return queryset.filter(**{f"{self.ngay}__range": (year.start, year.end)})


class KhenThuongFilter(TrongNamFilterSet):
    cap = django_filters.ChoiceFilter(
        label="Cấp khen", choices=KhenThuong.Cap, empty_label="Mọi cấp", widget=PlainSelect
    )
    hinh_thuc = django_filters.ChoiceFilter(
        label="Hình thức",
        choices=KhenThuong.HinhThuc,
        empty_label="Mọi hình thức",
        widget=PlainSelect,
    )

    class Meta:
        model = KhenThuong
        fields = ["q", "nam", "don_vi", "cap", "hinh_thuc"]
