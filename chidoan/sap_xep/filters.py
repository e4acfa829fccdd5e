import django_filters

from chidoan.models import SapXep
from tochuc.loc import NamFilter, PlainSelect


class SapXepFilter(django_filters.FilterSet):
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=SapXep.TrangThai,
        empty_label="Mọi tình trạng",
        widget=PlainSelect,
    )
    nam = NamFilter(method="in_nam")

    class Meta:
        model = SapXep
        fields = ["trang_thai", "nam"]

    def in_nam(self, queryset, name, value):
        return queryset.filter(hieu_luc__year=int(value))
