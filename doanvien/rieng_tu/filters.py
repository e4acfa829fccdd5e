import django_filters

from core.periods import today
from doanvien.models import YeuCauDuLieu
from tochuc.loc import PlainSelect

TINH_TRANG = [("mo", "Chưa xong"), ("qua_han", "Quá hạn"), ("xong", "Đã kết thúc")]


class YeuCauFilter(django_filters.FilterSet):
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=TINH_TRANG,
        method="by_state",
        widget=PlainSelect,
    )
    loai = django_filters.ChoiceFilter(
        label="Yêu cầu", choices=YeuCauDuLieu.Loai, widget=PlainSelect
    )

    class Meta:
        model = YeuCauDuLieu
        fields = ["tinh_trang", "loai"]

    def by_state(self, queryset, name, value):
        if value == "mo":
            return queryset.con_mo()
        if value == "qua_han":
            return queryset.qua_han(today())
        return queryset.filter(ngay_xong__isnull=False)
