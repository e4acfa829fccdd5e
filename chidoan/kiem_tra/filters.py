"""What the lists of inspections can be filtered by."""

import django_filters
from django import forms

from chidoan.models import CuocKiemTra, KienNghi
from core.periods import KyBaoCao, today
from core.text import fold
from doanvien.models import QuaTrinh
from tochuc.loc import DonViFilter, NamFilter, PlainSelect

from .ket_nap import BUOC

QUA_HAN, CHO_KET_LUAN, CHO_XET, CON_NO = "qua_han", "cho_ket_luan", "cho_xet", "con_no"
CHO_DON_VI, DOAN, PHAI_LAM = "cho_don_vi", "doan", "phai_lam"
"""Whose the row is: of an inspection that the reader's unit carries out, or its own to answer."""


def _vai(label: str, choices):
    return django_filters.ChoiceFilter(
        label=label, choices=choices, method="by_part", widget=PlainSelect
    )


class KiemTraFilter(django_filters.FilterSet):
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            (QUA_HAN, "Quá hạn chưa tiến hành"),
            (CHO_KET_LUAN, "Chờ kết luận"),
            (CHO_XET, "Có báo cáo chờ xác nhận"),
            (CON_NO, "Có kiến nghị quá hạn"),
            *CuocKiemTra.TrangThai.choices,
        ],
        method="by_state",
        widget=PlainSelect,
    )
    hinh_thuc = django_filters.ChoiceFilter(
        label="Hình thức",
        choices=CuocKiemTra.HinhThuc,
        widget=PlainSelect,
    )
    nam = NamFilter(method="in_nam")
    don_vi = DonViFilter(label="Đơn vị được kiểm tra", method="in_don_vi")
    vai = _vai("Ai kiểm tra", [(DOAN, "Đơn vị tôi")])

    class Meta:
        model = CuocKiemTra
        fields = ["trang_thai", "hinh_thuc", "nam", "don_vi", "vai"]

    def by_part(self, queryset, name, value):
        return queryset.cua_don_vi(self.request.user.don_vi)

    def by_state(self, queryset, name, value):
        asked = {
            QUA_HAN: lambda: queryset.qua_han(today()),
            CHO_KET_LUAN: queryset.cho_ket_luan,
            CHO_XET: queryset.cho_xet,
            CON_NO: lambda: queryset.con_no(today()),
        }
        return asked[value]() if value in asked else queryset.filter(trang_thai=value)

    def in_nam(self, queryset, name, value):
        return queryset.trong_ky(KyBaoCao(int(value)))

    def in_don_vi(self, queryset, name, value):
        return queryset.filter(doi_tuong__path__startswith=value.path)


class KienNghiFilter(django_filters.FilterSet):
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            (QUA_HAN, "Quá hạn"),
            ("mo", "Chưa xong"),
            (CHO_DON_VI, "Chờ đơn vị khắc phục"),
            *KienNghi.TrangThai.choices,
        ],
        method="by_state",
        widget=PlainSelect,
    )
    don_vi = DonViFilter(label="Đơn vị phải khắc phục", method="in_don_vi")
    vai = _vai(
        "Phần việc", [(DOAN, "Đơn vị tôi kiểm tra"), (PHAI_LAM, "Đơn vị tôi phải khắc phục")]
    )

    class Meta:
        model = KienNghi
        fields = ["trang_thai", "don_vi", "vai"]

    def by_part(self, queryset, name, value):
        unit = self.request.user.don_vi
        is_ours = value == DOAN
        return queryset.do_don_vi_kiem_tra(unit) if is_ours else queryset.cua_don_vi(unit)

    def by_state(self, queryset, name, value):
        if value == QUA_HAN:
            return queryset.qua_han(today())
        if value == CHO_DON_VI:
            return queryset.cho_don_vi()
        return queryset.con_mo() if value == "mo" else queryset.filter(trang_thai=value)

    def in_don_vi(self, queryset, name, value):
        return queryset.filter(cuoc__doi_tuong__path__startswith=value.path)


class KetNapThieuFilter(django_filters.FilterSet):
    """Admissions by the step that is missing; without a choice those that lack any."""

    DU, TAT_CA = "du", "tat_ca"

    q = django_filters.CharFilter(
        label="Tìm họ tên",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm tên, không cần dấu"}),
    )
    thieu = django_filters.ChoiceFilter(
        label="Thiếu bước",
        choices=[
            *((buoc.ma, buoc.thieu) for buoc in BUOC),
            (DU, "Đủ các bước"),
            (TAT_CA, "Mọi trường hợp kết nạp"),
        ],
        method="by_step",
        empty_label="Thiếu bất kỳ bước nào",
        widget=PlainSelect,
    )
    don_vi = DonViFilter(label="Đơn vị", method="in_don_vi")

    class Meta:
        model = QuaTrinh
        fields = ["q", "thieu", "don_vi"]

    def filter_queryset(self, queryset):
        if not self.form.cleaned_data.get("thieu"):
            queryset = queryset.filter(so_thieu__gt=0)
        return super().filter_queryset(queryset)

    def search(self, queryset, name, value):
        return queryset.tim_ten(fold(value))

    def by_step(self, queryset, name, value):
        if value == self.TAT_CA:
            return queryset
        return queryset.filter(so_thieu=0) if value == self.DU else queryset.filter(**{value: 1})

    def in_don_vi(self, queryset, name, value):
        return queryset.under(value)
