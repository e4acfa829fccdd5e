import django_filters

from doanvien.models import DoanVien
from tochuc.loc import DonViFilter


class VangLauFilter(django_filters.FilterSet):
    don_vi = DonViFilter(method="of_unit")

    class Meta:
        model = DoanVien
        fields = ["don_vi"]

    def of_unit(self, queryset, name, value):
        return queryset.under(value)
