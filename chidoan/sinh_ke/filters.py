"""What the lists of livelihood can be filtered by."""

import django_filters
from django import forms

from chidoan.models import HoTro, MoHinhKinhTe, ToTietKiem
from core.text import fold
from tochuc.loc import DonViFilter, PlainSelect
from tochuc.loc_ky import KyFilter

TIM = {"placeholder": "Tìm tên, không cần dấu"}


class ToTietKiemFilter(django_filters.FilterSet):
    """`ky`: the state at the end of a quarter; the view reads it for the figures."""

    CO, KHONG = "co", "khong"

    ky = KyFilter(label="Quý", method="in_quarter", help_text="Ví dụ 2026Q3")
    qua_han = django_filters.ChoiceFilter(
        label="Nợ quá hạn",
        choices=[(CO, "Có nợ quá hạn"), (KHONG, "Không có")],
        method="by_overdue",
        widget=PlainSelect,
    )
    to_truong = django_filters.ChoiceFilter(
        label="Tổ trưởng",
        choices=[(CO, "Là đoàn viên"), (KHONG, "Không phải đoàn viên")],
        method="by_leader",
        widget=PlainSelect,
    )
    don_vi = DonViFilter(method="in_don_vi")

    class Meta:
        model = ToTietKiem
        fields = ["don_vi", "ky", "qua_han", "to_truong"]

    def in_quarter(self, queryset, name, value):
        return queryset.trong_ky(value)

    def by_overdue(self, queryset, name, value):
        return queryset.filter(no_qua_han__gt=0) if value == self.CO else queryset.khong_qua_han()

    def by_leader(self, queryset, name, value):
        return queryset.filter(to_truong__isnull=value != self.CO)

    def in_don_vi(self, queryset, name, value):
        return queryset.under(value)


class MoHinhKinhTeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Tìm", method="search", widget=forms.TextInput(attrs=TIM))
    loai = django_filters.ChoiceFilter(label="Loại", choices=MoHinhKinhTe.Loai, widget=PlainSelect)
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=MoHinhKinhTe.TrangThai,
        widget=PlainSelect,
    )
    don_vi = DonViFilter(method="in_don_vi")

    class Meta:
        model = MoHinhKinhTe
        fields = ["q", "loai", "trang_thai", "don_vi"]

    def search(self, queryset, name, value):
        return queryset.tim(fold(value))

    def in_don_vi(self, queryset, name, value):
        return queryset.under(value)


class HoTroFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm người được giúp", method="search", widget=forms.TextInput(attrs=TIM)
    )
    loai = django_filters.ChoiceFilter(label="Loại", choices=HoTro.Loai, widget=PlainSelect)
    ky = KyFilter(label="Kỳ", method="in_ky", help_text="Ví dụ 2026, 2026Q3, 2026-09")
    don_vi = DonViFilter(method="in_don_vi")

    class Meta:
        model = HoTro
        fields = ["q", "loai", "ky", "don_vi"]

    def search(self, queryset, name, value):
        return queryset.tim(fold(value))

    def in_ky(self, queryset, name, value):
        return queryset.trong_ky(value)

    def in_don_vi(self, queryset, name, value):
        return queryset.under(value)
