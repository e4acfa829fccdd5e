import django_filters
from django import forms

from chidoan.models import ThamHoi
from tochuc.loc import DonViFilter, PlainSelect

from .services import GHI


class ThamHoiFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm đồng chí",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm tên, không cần dấu"}),
    )
    dip = django_filters.ChoiceFilter(
        label="Dịp",
        choices=ThamHoi.Dip,
        method="of_occasion",
        widget=PlainSelect,
    )
    ai = django_filters.ChoiceFilter(
        label="Thăm ai",
        choices=[("can_bo", "Cán bộ đang giữ chức")],
        method="of_people",
        widget=PlainSelect,
    )
    don_vi = DonViFilter(method="of_unit")

    class Meta:
        model = ThamHoi
        fields = ["q", "dip", "ai", "don_vi"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.request.user.has_quyen(GHI):
            open_to_all = [row for row in ThamHoi.Dip.choices if row[0] != ThamHoi.Dip.OM_DAU]
            self.filters["dip"].extra["choices"] = open_to_all

    def search(self, queryset, name, value):
        return queryset.tim_nguoi(value)

    def of_occasion(self, queryset, name, value):
        return queryset.theo_dip(value, self.request.user)

    def of_people(self, queryset, name, value):
        return queryset.can_bo()

    def of_unit(self, queryset, name, value):
        return queryset.under(value)
