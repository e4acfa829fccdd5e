from datetime import timedelta

import django_filters

from chidoan.models import LanXuong, LoiHua
from core.periods import today
from tochuc.loc import DonViFilter, PlainSelect
from tochuc.loc_ky import UnitFilterSet

SAP_DEN_HAN = timedelta(days=7)


class LanXuongFilter(UnitFilterSet):
    class Meta:
        model = LanXuong
        fields = ["don_vi", "ky"]


class LoiHuaFilter(django_filters.FilterSet):
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            ("mo", "Chưa xong"),
            ("qua_han", "Quá hạn"),
            ("sap_den", "Đến hạn trong 7 ngày"),
            ("xong", "Đã xong"),
        ],
        method="by_state",
        widget=PlainSelect,
    )
    ben = django_filters.ChoiceFilter(
        label="Bên làm", choices=LoiHua.Ben, empty_label="Cả hai bên", widget=PlainSelect
    )
    don_vi = DonViFilter(method="of_unit")

    class Meta:
        model = LoiHua
        fields = ["tinh_trang", "ben", "don_vi"]

    def by_state(self, queryset, name, value):
        if value == "mo":
            return queryset.chua_xong()
        if value == "qua_han":
            return queryset.qua_han(today())
        if value == "sap_den":
            return queryset.den_han(today() + SAP_DEN_HAN)
        return queryset.da_xong()

    def of_unit(self, queryset, name, value):
        return queryset.under(value)
