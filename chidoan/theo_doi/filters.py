import django_filters
from django import forms

from chidoan.models import ChiDoan
from core.text import fold
from tochuc.loc import DonViFilter
from tochuc.models import DiaBan, KhoiChiDoan

from .queries import BangTheoDoi
from .quy_tac import LUAT, nhan


class TheoDoiFilter(django_filters.FilterSet):
    """Branches by what was found in them; the view has asked for the day and the map already."""

    q = django_filters.CharFilter(label="Tìm chi đoàn", method="search")
    muc = django_filters.ChoiceFilter(label="Xem", method="found", empty_label="Mọi chi đoàn")
    khoi = django_filters.ChoiceFilter(
        label="Khối", choices=KhoiChiDoan.choices, empty_label="Mọi khối"
    )
    don_vi = DonViFilter(method="keep")
    ngay = django_filters.DateFilter(label="Tại ngày", method="keep")
    ban_do = django_filters.CharFilter(method="keep", widget=forms.HiddenInput)

    class Meta:
        model = ChiDoan
        fields = ["q", "muc", "khoi", "don_vi", "ngay"]

    bang: BangTheoDoi
    """What was found; set by `of`."""

    @classmethod
    def of(cls, bang: BangTheoDoi) -> type["TheoDoiFilter"]:
        """The same filter over what was found."""
        return type("TheoDoiFilter", (cls,), {"bang": bang})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(ma, f"{nhan(ma, self.bang.nguong)} · {self.bang.so(ma)}") for ma in LUAT]
        self.filters["muc"].extra["choices"] = choices

    def search(self, queryset, name, value):
        return queryset.filter(khoa_tim__contains=fold(value))

    def found(self, queryset, name, value):
        return queryset.filter(pk__in=self.bang.pks(value))

    def keep(self, queryset, name, value):
        return queryset


class DiaBanFilter(django_filters.FilterSet):
    don_vi = DonViFilter(method="of_unit")
    ngay = django_filters.DateFilter(label="Tại ngày", method="keep")

    class Meta:
        model = DiaBan
        fields = ["don_vi", "ngay"]

    def of_unit(self, queryset, name, value):
        return queryset.under(value)

    def keep(self, queryset, name, value):
        return queryset
