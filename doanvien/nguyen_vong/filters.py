from datetime import timedelta

import django_filters
from django import forms

from core.periods import today
from doanvien.filters import ChiDoanFilter, chi_doan_of_request
from doanvien.models import NguyenVong
from tochuc.loc import PlainSelect

SAP_DEN_HAN = timedelta(days=7)
SAP_DEN, CHO_PHUONG = "sap_den", "cho_phuong"
TINH_TRANG = [
    ("mo", "Chưa xong"),
    ("qua_han", "Quá hạn"),
    (SAP_DEN, "Đến hạn trong 7 ngày"),
    (CHO_PHUONG, "Chờ Đoàn phường, xã"),
    *NguyenVong.TrangThai.choices,
]


class NguyenVongFilter(django_filters.FilterSet):
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=TINH_TRANG,
        method="by_state",
        widget=PlainSelect,
    )
    linh_vuc = django_filters.ChoiceFilter(
        label="Lĩnh vực", choices=NguyenVong.LinhVuc, widget=PlainSelect
    )
    noi_giai_quyet = django_filters.ChoiceFilter(
        label="Nơi giải quyết",
        choices=NguyenVong.NoiGiaiQuyet,
        widget=PlainSelect,
    )
    chi_doan = ChiDoanFilter(
        label="Chi đoàn",
        queryset=chi_doan_of_request,
        method="in_chi_doan",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = NguyenVong
        fields = ["tinh_trang", "linh_vuc", "noi_giai_quyet", "chi_doan"]

    def by_state(self, queryset, name, value):
        if value == "mo":
            return queryset.con_mo()
        if value == "qua_han":
            return queryset.qua_han(today())
        if value == SAP_DEN:
            return queryset.den_han(today() + SAP_DEN_HAN)
        if value == CHO_PHUONG:
            return queryset.cho_phuong()
        return queryset.co_trang_thai(value)

    def in_chi_doan(self, queryset, name, value):
        return queryset.filter(chi_doan__in=[unit.pk for unit in value]) if value else queryset
