"""What the lists of branch life can be filtered by."""

import django_filters

from core.periods import read_day
from core.text import fold
from tochuc.chon_ban_do import duoi
from tochuc.loc import DonViFilter, looks_from_above
from tochuc.loc_ky import UnitFilterSet
from tochuc.models import KhoiChiDoan

from .models import BuoiSinhHoat, ChiDoan, DiemDanh, NghiQuyet
from .queries import ngay_xem
from .viec import SAP_DEN_HAN


class BuoiFilter(UnitFilterSet):
    """`loai=sinh_hoat` and `trang_thai=da_hop` are the meetings that figures count."""

    SINH_HOAT, DA_HOP = "sinh_hoat", "da_hop"

    loai = django_filters.ChoiceFilter(
        label="Loại buổi",
        choices=[(SINH_HOAT, "Mọi buổi, trừ họp Ban Chấp hành"), *BuoiSinhHoat.Loai.choices],
        method="filter_loai",
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái",
        choices=[(DA_HOP, "Đã họp"), *BuoiSinhHoat.TrangThai.choices],
        method="filter_trang_thai",
    )

    class Meta:
        model = BuoiSinhHoat
        fields = ["don_vi", "ky", "loai", "trang_thai"]

    def filter_loai(self, queryset, name, value):
        return queryset.sinh_hoat() if value == self.SINH_HOAT else queryset.filter(loai=value)

    def filter_trang_thai(self, queryset, name, value):
        return queryset.da_hop() if value == self.DA_HOP else queryset.filter(trang_thai=value)


class DiemDanhFilter(UnitFilterSet):
    DU_HOP = "du_hop"

    q = django_filters.CharFilter(label="Tìm họ tên", method="search")
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[(DU_HOP, "Dự họp"), *DiemDanh.TrangThai.choices],
        method="filter_trang_thai",
    )

    class Meta:
        model = DiemDanh
        fields = ["q", "don_vi", "ky", "trang_thai"]

    def search(self, queryset, name, value):
        return queryset.filter(doan_vien__khoa_tim__contains=fold(value))

    def filter_trang_thai(self, queryset, name, value):
        return queryset.du_hop() if value == self.DU_HOP else queryset.filter(trang_thai=value)


class NghiQuyetFilter(UnitFilterSet):
    q = django_filters.CharFilter(label="Tìm việc", method="search")
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            ("qua_han", "Quá hạn"),
            ("sap_den_han", "Đến hạn trong 7 ngày"),
            *NghiQuyet.TrangThai.choices,
        ],
        method="filter_tinh_trang",
    )

    class Meta:
        model = NghiQuyet
        fields = ["q", "tinh_trang", "don_vi", "ky"]

    def search(self, queryset, name, value):
        return queryset.filter(khoa_tim__contains=fold(value))

    def filter_tinh_trang(self, queryset, name, value):
        day = ngay_xem(self.request.user)
        if value == "qua_han":
            return queryset.qua_han(day)
        if value == "sap_den_han":
            return queryset.chua_xong().filter(han__range=(day, day + SAP_DEN_HAN))
        return queryset.filter(trang_thai=value)


class ChiDoanFilter(django_filters.FilterSet):
    """`hop` and `so_thieu` are annotations of `with_hop` and `with_nhip_hop`."""

    q = django_filters.CharFilter(label="Tìm chi đoàn", method="search")
    hop = django_filters.ChoiceFilter(
        label="Sinh hoạt trong tháng",
        choices=ChiDoan.Hop.choices,
    )
    nhip = django_filters.ChoiceFilter(
        label="Số buổi trong năm",
        choices=[("thieu", "Còn thiếu buổi"), ("du", "Đủ số buổi phải họp")],
        method="filter_nhip",
    )
    bi_thu = django_filters.ChoiceFilter(
        label="Bí thư",
        choices=[("khuyet", "Khuyết bí thư")],
        method="filter_bi_thu",
    )
    khoi = django_filters.ChoiceFilter(label="Khối", choices=KhoiChiDoan.choices)
    don_vi = DonViFilter(method="filter_don_vi")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if looks_from_above(self.request.user):
            del self.filters["nhip"]  # dear over a whole province

    class Meta:
        model = ChiDoan
        fields = ["q", "hop", "nhip", "khoi", "don_vi", "bi_thu"]

    def search(self, queryset, name, value):
        return queryset.filter(khoa_tim__contains=fold(value))

    def filter_don_vi(self, queryset, name, value):
        day = ngay_xem(self.request.user, read_day(self.request.GET.get("ngay")))
        return duoi(self.request, queryset, value, day)

    def filter_bi_thu(self, queryset, name, value):
        day = ngay_xem(self.request.user, read_day(self.request.GET.get("ngay")))
        return queryset.khuyet_bi_thu(day)

    def filter_nhip(self, queryset, name, value):
        return queryset.filter(so_thieu__lt=0) if value == "thieu" else queryset.filter(so_thieu=0)
