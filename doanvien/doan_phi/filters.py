import django_filters

from core.text import fold
from doanvien.filters import ChiDoanFilter, chi_doan_of_request
from doanvien.models import MienDoanPhi, NopDoanPhi, PhieuThu
from tochuc.loc_ky import UnitFilterSet


class PhieuThuFilter(UnitFilterSet):
    q = django_filters.NumberFilter(label="Số phiếu", field_name="so")
    ngay = django_filters.DateFromToRangeFilter(label="Ngày thu")
    loai = django_filters.ChoiceFilter(label="Loại", choices=PhieuThu.Loai.choices)

    class Meta:
        model = PhieuThu
        fields = ["q", "don_vi", "ky", "ngay", "loai"]


class MienFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Tìm đồng chí", method="search")
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng", choices=MienDoanPhi.TrangThai.choices
    )
    chi_doan = ChiDoanFilter(label="Chi đoàn", queryset=chi_doan_of_request)

    class Meta:
        model = MienDoanPhi
        fields = ["q", "trang_thai", "chi_doan"]

    def search(self, queryset, _name, value):
        return queryset.filter(doan_vien__khoa_tim__contains=fold(value))


class NopFilter(UnitFilterSet):
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng", choices=NopDoanPhi.TrangThai.choices
    )
    ngay = django_filters.DateFromToRangeFilter(label="Ngày nộp")

    class Meta:
        model = NopDoanPhi
        fields = ["trang_thai", "don_vi", "ky", "ngay"]
