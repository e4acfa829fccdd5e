from datetime import datetime, time, timedelta

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core.periods import today
from core.text import fold

from .models import CapDonVi, DonVi, KhoiChiDoan, NguoiDung, NhatKy, PhanCong
from .nhat_ky import VIEC_VE, doi_tuong_choices
from .permissions import VaiTro


def search_box(hint):
    return forms.TextInput(attrs={"placeholder": hint})


class DonViFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm đơn vị", method="search", widget=search_box("Tìm tên đơn vị")
    )
    cap = django_filters.ChoiceFilter(label="Cấp", choices=CapDonVi, empty_label="Mọi cấp")
    khoi = django_filters.ChoiceFilter(label="Khối", choices=KhoiChiDoan, empty_label="Mọi khối")
    ngay = django_filters.DateFilter(label="Tại ngày", method="keep")

    class Meta:
        model = DonVi
        fields = ["q", "cap", "khoi"]

    def search(self, queryset, name, value):
        return queryset.search(value)

    def keep(self, queryset, name, value):
        """The view has asked for that day already."""
        return queryset


class TaiKhoanFilter(django_filters.FilterSet):
    TINH_TRANG = [
        ("dang_dung", "Đang dùng"),
        ("khong_vai_tro", "Chưa có vai trò hôm nay"),
        ("khoa", "Đã khóa"),
    ]
    q = django_filters.CharFilter(
        label="Tìm tài khoản", method="search", widget=search_box("Tìm tên, điện thoại")
    )
    vai_tro = django_filters.ChoiceFilter(
        label="Vai trò", choices=VaiTro, method="with_role", empty_label="Mọi vai trò"
    )
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng", choices=TINH_TRANG, method="in_state", empty_label="Mọi tình trạng"
    )

    class Meta:
        model = NguoiDung
        fields = ["q", "vai_tro", "tinh_trang"]

    def search(self, queryset, name, value):
        return queryset.search(value)

    def with_role(self, queryset, name, value):
        return queryset.filter(Exists(_held_today().filter(vai_tro=value)))

    def in_state(self, queryset, name, value):
        if value == "khoa":
            return queryset.filter(is_active=False)
        holds = Exists(_held_today())
        return queryset.filter(holds if value == "dang_dung" else ~holds, is_active=True)


class NhatKyFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Người làm", method="by_person", widget=search_box("Tìm người làm")
    )
    viec = django_filters.ChoiceFilter(
        label="Việc về",
        choices=sorted(VIEC_VE.items(), key=lambda item: item[1]),
        method="about",
        empty_label="Mọi việc",
    )
    tu = django_filters.DateFilter(label="Từ ngày", method="since")
    den = django_filters.DateFilter(label="Đến hết ngày", method="until")
    doi_tuong_loai = django_filters.ChoiceFilter(
        label="Đối tượng", choices=doi_tuong_choices, empty_label="Mọi đối tượng"
    )
    doi_tuong_id = django_filters.NumberFilter(label="Mã đối tượng")

    class Meta:
        model = NhatKy
        fields = ["q", "viec", "tu", "den", "doi_tuong_loai", "doi_tuong_id"]

    def by_person(self, queryset, name, value):
        key = fold(value)
        return queryset.filter(Q(nguoi__khoa_tim__contains=key) | Q(nguoi__username__contains=key))

    def about(self, queryset, name, value):
        return queryset.filter(hanh_dong__startswith=f"{value}.")

    def since(self, queryset, name, value):
        return queryset.filter(luc__gte=_midnight(value))

    def until(self, queryset, name, value):
        return queryset.filter(luc__lt=_midnight(value) + timedelta(days=1))


def _held_today():
    return PhanCong.objects.tai_ngay(today()).filter(nguoi_dung=OuterRef("pk"))


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
