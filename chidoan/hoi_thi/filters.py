"""What the list of contests can be filtered by."""

import django_filters

from chidoan.models import HoiThi
from tochuc.loc_ky import UnitFilterSet


class HoiThiFilter(UnitFilterSet):
    q = django_filters.CharFilter(label="Tìm hội thi", method="search")
    loai = django_filters.ChoiceFilter(
        label="Loại", choices=HoiThi.Loai.choices, empty_label="Mọi loại"
    )

    class Meta:
        model = HoiThi
        fields = ["q", "ky", "don_vi", "loai"]

    def search(self, queryset, name, value):
        return queryset.tim(value)
