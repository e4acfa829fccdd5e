"""What the lists around a group can be filtered by: candidates, proposals, the class."""

import django_filters

from core.periods import today
from core.text import fold
from doanvien.models import DoanVien

from .filters import DonViFilterSet, search_box
from .models import BoiDuongNhanThuc, DeXuatVaoTo, NguonVaoTo, ThoiCamTinh
from .models.nguon import SAP_HET_HAN
from .ung_vien import loc_nguon


class _TimNguoiFilterSet(DonViFilterSet):
    """Rows about one member each, found by name."""

    q = django_filters.CharFilter(
        label="Tìm họ tên", method="search", widget=search_box("Tìm họ tên")
    )

    def search(self, queryset, name, value):
        return queryset.tim_nguoi(value)


class _NguoiFilterSet(_TimNguoiFilterSet):
    """Members, found by name."""

    def search(self, queryset, name, value):
        return queryset.filter(khoa_tim__contains=fold(value))


class DeXuatFilter(_TimNguoiFilterSet):
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng", choices=DeXuatVaoTo.TrangThai.choices
    )
    nguon = django_filters.ChoiceFilter(
        label="Nguồn",
        choices=[(one.value, one.label) for one in (NguonVaoTo.CHI_DOAN, NguonVaoTo.BCH)],
    )

    class Meta:
        model = DeXuatVaoTo
        fields = ["q", "trang_thai", "nguon", "don_vi"]


class NguonFilter(_NguoiFilterSet):
    nguon = django_filters.ChoiceFilter(
        label="Nguồn", choices=NguonVaoTo.choices, method="filter_nguon"
    )

    class Meta:
        model = DoanVien
        fields = ["q", "nguon", "don_vi"]

    def filter_nguon(self, queryset, name, value):
        return loc_nguon(queryset, value)


class CamTinhFilter(_NguoiFilterSet):
    class Meta:
        model = DoanVien
        fields = ["q", "don_vi"]


class ThoiCamTinhFilter(_TimNguoiFilterSet):
    class Meta:
        model = ThoiCamTinh
        fields = ["q", "don_vi"]


class NhanThucFilter(_TimNguoiFilterSet):
    HET_HAN = "het_han"

    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[(HET_HAN, "Hết hạn, sắp hết hạn"), *BoiDuongNhanThuc.TrangThai.choices],
        method="filter_tinh_trang",
    )

    class Meta:
        model = BoiDuongNhanThuc
        fields = ["q", "tinh_trang", "don_vi"]

    def filter_tinh_trang(self, queryset, name, value):
        if value == self.HET_HAN:
            return queryset.het_han(today() + SAP_HET_HAN)
        return queryset.filter(trang_thai=value)
