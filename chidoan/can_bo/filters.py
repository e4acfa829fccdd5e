import django_filters
from django import forms

from chidoan.models import ChucVu, PhuCap
from chidoan.models.quy_hoach import ViTri
from core.periods import today
from doanvien.danh_muc import NGUON_CAN_BO
from tochuc.chon_ban_do import duoi
from tochuc.loc import DonViFilter, PlainSelect

CO_KHONG = [("co", "Đang hưởng"), ("khong", "Chưa ghi")]


def _search(placeholder: str):
    return django_filters.CharFilter(
        label="Tìm cán bộ",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": placeholder}),
    )


def _choice(label, choices, method="by_choice"):
    return django_filters.ChoiceFilter(
        label=label, choices=choices, method=method, widget=PlainSelect
    )


class CanBoFilter(django_filters.FilterSet):
    """`ngay` is the day on which the list is looked at."""

    q = _search("Tìm tên người, tên chi đoàn")
    chuc_danh = _choice("Chức danh", ViTri.choices)
    nguon = _choice("Nguồn", list(NGUON_CAN_BO.items()))
    di_xa = _choice("Đi làm xa", [("co", "Đang đi làm xa")])
    phu_trach = _choice("Người phụ trách", [("khong", "Chưa có người phụ trách")])
    phu_cap = _choice("Phụ cấp", CO_KHONG)
    lop = _choice("Lớp trong năm", [("co", "Đã dự lớp"), ("chua", "Chưa dự lớp nào")])
    don_vi = DonViFilter(method="of_unit")

    class Meta:
        model = ChucVu
        fields = ["q", "chuc_danh", "nguon", "di_xa", "phu_trach", "phu_cap", "lop", "don_vi"]

    def __init__(self, *args, ngay=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ngay = ngay or today()

    def search(self, queryset, name, value):
        return queryset.tim(value)

    def by_choice(self, queryset, name, value):
        if name == "chuc_danh":
            return queryset.giu_chuc(value)
        if name == "nguon":
            return queryset.theo_nguon(value)
        if name == "di_xa":
            return queryset.di_xa(self.ngay)
        if name == "lop":
            return queryset.co_lop(value == "co")
        if name == "phu_trach":
            return queryset.chua_co_phu_trach()
        return queryset.co_phu_cap() if value == "co" else queryset.chua_phu_cap()

    def of_unit(self, queryset, name, value):
        return duoi(self.request, queryset, value, self.ngay)


class PhuCapFilter(django_filters.FilterSet):
    q = _search("Tìm tên, không cần dấu")
    kieu = _choice("Cách chi trả", PhuCap.Kieu.choices, method="by_kieu")
    don_vi = DonViFilter(method="of_unit")

    class Meta:
        model = PhuCap
        fields = ["q", "kieu", "don_vi"]

    def search(self, queryset, name, value):
        return queryset.tim_nguoi(value)

    def by_kieu(self, queryset, name, value):
        return queryset.filter(kieu=value)

    def of_unit(self, queryset, name, value):
        return queryset.under(value)


class XepLoaiFilter(django_filters.FilterSet):
    q = _search("Tìm tên người, tên chi đoàn")
    tinh_trang = _choice(
        "Tình trạng",
        [
            ("chua", "Chưa nộp kiểm điểm"),
            ("cho", "Đã kiểm điểm, chờ xếp loại"),
            ("da_xep", "Đã xếp loại"),
        ],
        method="by_state",
    )
    don_vi = DonViFilter(method="of_unit")

    class Meta:
        model = ChucVu
        fields = ["q", "tinh_trang", "don_vi"]

    def search(self, queryset, name, value):
        return queryset.tim(value)

    def by_state(self, queryset, name, value):
        return queryset.tinh_trang_xep_loai(value)

    def of_unit(self, queryset, name, value):
        return queryset.under(value)
