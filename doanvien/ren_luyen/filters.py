import django_filters
from django import forms

from tochuc.loc import NamFilter
from tochuc.models import DonVi


class ChiDoanFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm chi đoàn",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm chi đoàn"}),
    )
    nam = NamFilter(method="keep")

    class Meta:
        model = DonVi
        fields = ["q", "nam"]

    def search(self, queryset, name, value):
        return queryset.search(value)

    def keep(self, queryset, name, value):
        """The view has read the year already."""
        return queryset
