"""What the list of initiatives can be filtered by."""

import django_filters

from chidoan.models import MoHinh
from core.periods import today


class MoHinhFilter(django_filters.FilterSet):
    DANG, XONG = "dang_lam", "ket_thuc"

    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[(DANG, "Đang thực hiện"), (XONG, "Đã kết thúc")],
        method="filter_tinh_trang",
        empty_label="Tất cả",
    )
    loai = django_filters.ChoiceFilter(
        label="Loại", choices=MoHinh.Loai.choices, empty_label="Tất cả"
    )

    class Meta:
        model = MoHinh
        fields = ["tinh_trang", "loai"]

    def filter_tinh_trang(self, queryset, name, value):
        running = queryset.dang_lam(today())
        return running if value == self.DANG else queryset.exclude(pk__in=running.values("pk"))
