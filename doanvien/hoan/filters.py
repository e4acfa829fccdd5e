from datetime import timedelta

import django_filters
from django import forms

from core.periods import today
from doanvien.models import HoanSinhHoat
from tochuc.loc import DonViFilter, PlainSelect

SAP_HET = timedelta(days=30)


class HoanFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm đoàn viên",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm tên, không cần dấu"}),
    )
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            ("dang_hoan", "Đang hoãn"),
            ("sap_het", "Sắp hết hạn"),
            ("da_het", "Đã hết hoãn"),
        ],
        method="by_state",
        widget=PlainSelect,
    )
    don_vi = DonViFilter(method="of_unit")

    class Meta:
        model = HoanSinhHoat
        fields = ["q", "tinh_trang", "don_vi"]

    def search(self, queryset, name, value):
        return queryset.tim_nguoi(value)

    def by_state(self, queryset, name, value):
        if value == "dang_hoan":
            return queryset.tai_ngay(today()).con_o_chi_doan()
        if value == "sap_het":
            return queryset.het_han_trong(today(), today() + SAP_HET)
        return queryset.da_het(today())

    def of_unit(self, queryset, name, value):
        return queryset.under(value)
