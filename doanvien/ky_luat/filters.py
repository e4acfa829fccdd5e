import django_filters

from core.periods import today
from doanvien.khen_thuong.filters import TrongNamFilterSet
from doanvien.models import KyLuat
from tochuc.loc import PlainSelect


class KyLuatFilter(TrongNamFilterSet):
    ngay = "ngay_cong_bo"
    hinh_thuc = django_filters.ChoiceFilter(
        label="Hình thức",
        choices=KyLuat.HinhThuc,
        empty_label="Mọi hình thức",
        widget=PlainSelect,
    )
    con_hieu_luc = django_filters.BooleanFilter(
        label="Hiệu lực",
        method="in_force",
        widget=PlainSelect(choices=[("", "Tất cả"), ("true", "Đang có hiệu lực")]),
    )

    class Meta:
        model = KyLuat
        fields = ["q", "nam", "don_vi", "hinh_thuc", "con_hieu_luc"]

    def in_force(self, queryset, name, value):
        return queryset.con_hieu_luc(today()) if value else queryset
