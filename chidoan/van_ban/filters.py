import django_filters

from tochuc.loc import DonViFilter, NamFilter
from tochuc.models import VanBan

LOAI = {
    "BB": "Biên bản",
    "NQ": "Nghị quyết",
    "BC": "Báo cáo",
    "CV": "Công văn",
    "QĐ": "Quyết định",
    "TB": "Thông báo",
    "DS": "Danh sách",
    "TTr": "Tờ trình",
    "GCN": "Giấy chứng nhận",
    "GGT": "Giấy giới thiệu",
}
"""Kinds of papers by their sign; another one is shown by its sign."""


class SoVanBanFilter(django_filters.FilterSet):
    """The register of one unit, kind and year."""

    don_vi = DonViFilter(method="of_unit")
    loai = django_filters.ChoiceFilter(
        label="Loại văn bản", choices=list(LOAI.items()), empty_label="Mọi loại"
    )
    nam = NamFilter(method="of_year")

    class Meta:
        model = VanBan
        fields = ["don_vi", "loai", "nam"]

    def of_unit(self, queryset, name, value):
        return queryset.filter(don_vi=value)

    def of_year(self, queryset, name, value):
        return queryset.filter(ngay__year=int(value))
