import django_filters

from chidoan.models import BanGiao
from tochuc.loc import DonViFilter, PlainSelect


class BanGiaoFilter(django_filters.FilterSet):
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[("cho_ky", "Chờ ký"), ("xong", "Đã bàn giao")],
        method="by_state",
        widget=PlainSelect,
    )
    don_vi = DonViFilter(method="of_unit")

    class Meta:
        model = BanGiao
        fields = ["tinh_trang", "don_vi"]

    def by_state(self, queryset, name, value):
        return queryset.cho_ky() if value == "cho_ky" else queryset.xong()

    def of_unit(self, queryset, name, value):
        return queryset.under(value)
