"""What the list of offices can be filtered by; every state is that of the day looked at."""

from datetime import timedelta

import django_filters
from django import forms

from chidoan.models import ChiDoan, ChucVu
from chidoan.queries import ngay_xem
from core.periods import read_day
from tochuc.chon_ban_do import duoi
from tochuc.loc import DonViFilter, PlainSelect
from tochuc.permissions import Quyen
from tochuc.quy_dinh import gia_tri

from .viec import DI_XA, NHAC

DUONG_NHIEM = "duong_nhiem"
TINH_TRANG = [
    (DUONG_NHIEM, "Đương nhiệm"),
    ("tam_quyen", "Quyền, lâm thời"),
    ("het_han", "Quyền, lâm thời sắp hết hạn"),
    ("di_xa", "Đang đi làm xa"),
    ("di_xa_lau", "Bí thư chi đoàn đi xa lâu, chưa có lý do"),
    ("khong_con", "Không còn sinh hoạt mà chưa thôi chức"),
    ("co_ly_do", "Bố trí khi đi làm xa, có lý do"),
    ("qua_nhiem_ky", "Đã quá nhiệm kỳ"),
    ("sap_nhan", "Sắp giữ chức"),
    ("da_thoi", "Đã thôi"),
]


def ngay_cua(request):
    """The day at which offices are looked at."""
    return read_day(request.GET.get("ngay"))


class ChucVuFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm cán bộ",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm tên, không cần dấu"}),
    )
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=TINH_TRANG,
        method="by_state",
        empty_label="Mọi nhiệm kỳ",
        widget=PlainSelect,
    )
    chuc_danh = django_filters.ChoiceFilter(
        label="Chức danh",
        choices=ChucVu.ChucDanh.choices,
        widget=PlainSelect,
    )
    cap = django_filters.ChoiceFilter(
        label="Cấp",
        choices=[("chi_doan", "Chi đoàn"), ("co_so", "Đoàn cơ sở")],
        field_name="don_vi__cap",
        empty_label="Mọi cấp",
        widget=PlainSelect,
    )
    don_vi = DonViFilter(method="of_unit")
    ket_thuc = django_filters.ChoiceFilter(
        label="Thôi vì",
        choices=ChucVu.KetThuc.choices,
        widget=PlainSelect,
    )

    class Meta:
        model = ChucVu
        fields = ["q", "tinh_trang", "chuc_danh", "cap", "don_vi", "ket_thuc"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.request.user.has_quyen(Quyen.XEM_NHAY_CAM):
            kin = ChucVu.KetThuc.KY_LUAT
            open_to_all = [row for row in ChucVu.KetThuc.choices if row[0] != kin]
            self.filters["ket_thuc"].extra["choices"] = open_to_all

    def search(self, queryset, name, value):
        return queryset.tim_ten(value)

    def of_unit(self, queryset, name, value):
        return duoi(self.request, queryset, value, ngay_cua(self.request))

    def by_state(self, queryset, name, value):
        day = ngay_cua(self.request)
        found = {
            DUONG_NHIEM: lambda: queryset.tai_ngay(day),
            "tam_quyen": lambda: queryset.tam_quyen_het_han(day, day + timedelta(days=3660)),
            "het_han": lambda: queryset.tam_quyen_het_han(day, day + self._ngay(NHAC, day)),
            "di_xa": lambda: queryset.dang_di_xa(day),
            "di_xa_lau": lambda: queryset.di_xa_qua(day, day - self._ngay(DI_XA, day)),
            "khong_con": lambda: queryset.khong_con_sinh_hoat(day),
            "co_ly_do": lambda: queryset.tai_ngay(day).co_ly_do_di_xa(),
            "qua_nhiem_ky": lambda: queryset.het_nhiem_ky(day),
            "sap_nhan": lambda: queryset.sap_nhan(day),
            "da_thoi": lambda: queryset.da_het(day),
        }
        return found[value]()

    def _ngay(self, key, day):
        """A number of days of the settings, as the duty of the home page counts with it."""
        unit = self.request.user.phan_cong_chinh.don_vi
        return timedelta(days=int(gia_tri(key, ngay=day, don_vi=unit)))


class KhuyetFilter(django_filters.FilterSet):
    don_vi = DonViFilter(method="of_unit")

    class Meta:
        model = ChiDoan
        fields = ["don_vi"]

    def of_unit(self, queryset, name, value):
        day = ngay_xem(self.request.user, ngay_cua(self.request))
        return duoi(self.request, queryset, value, day)
