"""What the list of criteria sets can be filtered by."""

import django_filters
from django import forms

from baocao.models import BoTieuChi
from tochuc.loc import PlainSelect


class BoTieuChiFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm bộ",
        field_name="ten",
        lookup_expr="icontains",
        widget=forms.TextInput(attrs={"placeholder": "Tìm theo tên"}),
    )
    doi_tuong = django_filters.ChoiceFilter(
        label="Xếp loại", choices=BoTieuChi.DoiTuong.choices, widget=PlainSelect
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng", choices=BoTieuChi.TrangThai.choices, widget=PlainSelect
    )

    class Meta:
        model = BoTieuChi
        fields = ["q", "doi_tuong", "trang_thai"]
