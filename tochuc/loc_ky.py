"""Filtering by unit and period: the rows of a list on the map that its address asks for."""

import django_filters
from django import forms

from core.periods import KyBaoCao

from .chon_ban_do import duoi
from .loc import DonViFilter


class KyField(forms.CharField):
    """A period as it stands in addresses: 2026, 2026Q3, 2026-09."""

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            return KyBaoCao.parse(value)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class KyFilter(django_filters.Filter):
    field_class = KyField


class UnitFilterSet(django_filters.FilterSet):
    """Rows of a unit and what is below it, within a period."""

    don_vi = DonViFilter(method="filter_don_vi")
    ky = KyFilter(label="Kỳ", method="filter_ky", help_text="Ví dụ 2026, 2026Q3, 2026-09")

    def filter_don_vi(self, queryset, name, value):
        ky = self.form.cleaned_data.get("ky")
        return duoi(self.request, queryset, value, ky.end) if ky else queryset.under(value)

    def filter_ky(self, queryset, name, value):
        return queryset.trong_ky(value)
