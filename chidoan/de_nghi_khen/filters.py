"""What lists of proposals, decisions and awards of collectives can be filtered by."""

import django_filters

from chidoan.models import DeNghiKhen, KhenTapThe
from doanvien.models import KhenThuong
from tochuc.loc_ky import UnitFilterSet


class DeNghiFilter(UnitFilterSet):
    CHO_TOI = "cho_toi"

    q = django_filters.CharFilter(label="Tìm tên", method="search")
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng", choices=DeNghiKhen.TrangThai.choices
    )
    hinh_thuc = django_filters.ChoiceFilter(
        label="Hình thức", choices=KhenThuong.HinhThuc.choices, empty_label="Mọi hình thức"
    )
    noi = django_filters.ChoiceFilter(
        label="Nơi xem xét",
        choices=[(CHO_TOI, "Đơn vị tôi")],
        method="filter_noi",
        empty_label="Mọi nơi",
    )

    class Meta:
        model = DeNghiKhen
        fields = ["q", "trang_thai", "don_vi", "hinh_thuc", "ky", "noi"]

    def search(self, queryset, name, value):
        return queryset.tim(value)

    def filter_noi(self, queryset, name, value):
        return queryset.filter(noi_giu=self.request.user.don_vi)


class KhenTapTheFilter(UnitFilterSet):
    cap = django_filters.ChoiceFilter(
        label="Cấp khen", choices=KhenThuong.Cap.choices, empty_label="Mọi cấp"
    )

    class Meta:
        model = KhenTapThe
        fields = ["ky", "don_vi", "cap"]
