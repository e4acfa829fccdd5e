"""What the list of initiatives can be filtered by."""

import django_filters

from chidoan.models import MoHinh
from core.periods import KyBaoCao, today


class MoHinhFilter(django_filters.FilterSet):
    DANG, XONG, CHUA = "dang_lam", "ket_thuc", "chua_danh_gia"

    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            (DANG, "Đang thực hiện"),
            (XONG, "Đã kết thúc"),
            (CHUA, "Chưa đánh giá quý trước"),
        ],
        method="filter_tinh_trang",
    )
    loai = django_filters.ChoiceFilter(label="Loại", choices=MoHinh.Loai.choices)

    class Meta:
        model = MoHinh
        fields = ["tinh_trang", "loai"]

    def filter_tinh_trang(self, queryset, name, value):
        if value == self.CHUA:
            return queryset.chua_danh_gia(KyBaoCao.quarter_of(today()).previous)
        running = queryset.dang_lam(today())
        return running if value == self.DANG else queryset.exclude(pk__in=running.values("pk"))
