"""What the list of activities can be filtered by."""

import django_filters

from chidoan.models import HoatDong
from tochuc.loc_ky import UnitFilterSet


class HoatDongFilter(UnitFilterSet):
    CO, KHONG = "co", "khong"

    loai = django_filters.ChoiceFilter(label="Loại", choices=HoatDong.Loai.choices)
    trang_thai = django_filters.ChoiceFilter(label="Tình trạng", choices=HoatDong.TrangThai.choices)
    anh = django_filters.ChoiceFilter(
        label="Ảnh",
        choices=[(CO, "Có ảnh"), (KHONG, "Chưa có ảnh")],
        method="filter_anh",
    )

    class Meta:
        model = HoatDong
        fields = ["loai", "don_vi", "ky", "trang_thai", "anh"]

    def filter_anh(self, queryset, name, value):
        return queryset.filter(co_anh=value == self.CO)
