"""What the list of advice can be filtered by."""

import django_filters
from django import forms

from chidoan.models import ThamMuu
from core.periods import today
from core.text import fold
from tochuc.loc import DonViFilter, PlainSelect
from tochuc.loc_ky import KyFilter
from tochuc.quy_dinh import gia_tri

from .services import HAN, im_lang_truoc


class ThamMuuFilter(django_filters.FilterSet):
    IM_LANG, CHO, DUOC = "im_lang", "cho", "duoc"

    q = django_filters.CharFilter(
        label="Tìm nội dung",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm nội dung, không cần dấu"}),
    )
    ket_qua = django_filters.ChoiceFilter(
        label="Kết quả",
        choices=[
            (IM_LANG, "Quá hạn chưa trả lời"),
            (CHO, "Chưa trả lời"),
            (DUOC, "Được chấp thuận, cả một phần"),
            *ThamMuu.KetQua.choices,
        ],
        method="by_outcome",
        widget=PlainSelect,
    )
    noi_nhan = django_filters.ChoiceFilter(
        label="Nơi nhận", choices=ThamMuu.NoiNhan, widget=PlainSelect
    )
    ky = KyFilter(label="Kỳ", method="in_ky", help_text="Ví dụ 2026, 2026Q3, 2026-09")
    don_vi = DonViFilter(method="in_don_vi")

    class Meta:
        model = ThamMuu
        fields = ["q", "ket_qua", "noi_nhan", "ky", "don_vi"]

    def search(self, queryset, name, value):
        return queryset.tim(fold(value))

    def by_outcome(self, queryset, name, value):
        if value == self.IM_LANG:
            days = gia_tri(HAN, ngay=today(), don_vi=self.request.user.don_vi)
            return queryset.im_lang(im_lang_truoc(today(), days))
        if value == self.CHO:
            return queryset.cho_tra_loi()
        if value == self.DUOC:
            return queryset.duoc_chap_thuan()
        return queryset.filter(ket_qua=value)

    def in_ky(self, queryset, name, value):
        return queryset.trong_ky(value)

    def in_don_vi(self, queryset, name, value):
        return queryset.under(value)
