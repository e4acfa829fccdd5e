import django_filters

from doanvien.models import DeNghiXoaTen
from tochuc.loc import DonViFilter, PlainSelect


class XoaTenFilter(django_filters.FilterSet):
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=DeNghiXoaTen.TrangThai,
        widget=PlainSelect,
    )
    don_vi = DonViFilter(method="of_unit")

    class Meta:
        model = DeNghiXoaTen
        fields = ["trang_thai", "don_vi"]

    def of_unit(self, queryset, name, value):
        return queryset.under(value)
