import django_filters
from django import forms
from django_filters import fields

from core.periods import today
from tochuc.loc import DonViFilter, PlainSelect, looks_from_above
from tochuc.models import DonVi

from .models import DoanVien
from .tuoi import years_before

TUOI = [
    ("duoi_18", "Dưới 18"),
    ("18_24", "18–24"),
    ("25_29", "25–29"),
    ("sap_qua", "Sắp đến tuổi trưởng thành"),
    ("qua", "Đến tuổi trưởng thành"),
]
KHOANG_TUOI = {"duoi_18": (None, 18), "18_24": (18, 25), "25_29": (25, 30)}
"""From which full age, below which."""
MAX_DIGITS = 18


def chi_doan_of_request(request):
    """The branches to choose from; from above they are too many, so only the chosen ones."""
    branches = DonVi.objects.visible_to(request.user).chi_doan()
    if looks_from_above(request.user):
        chosen = request.GET.getlist("chi_doan")
        return branches.filter(pk__in=[text for text in chosen if is_number(text)])
    return branches.dang_hoat_dong(today())


def is_number(text):
    """Whether a database can hold it as the number of a row."""
    return text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS


class ChiDoanField(fields.ModelMultipleChoiceField):
    """Branches by their numbers; what is no number is no branch."""

    def clean(self, value):
        return super().clean([item for item in value or () if is_number(item)])


class ChiDoanFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = ChiDoanField


class DoanVienFilter(django_filters.FilterSet):
    """`moc` are the ages that matter on the day the list is looked at."""

    q = django_filters.CharFilter(
        label="Tìm đoàn viên",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm tên, không cần dấu"}),
    )
    chi_doan = ChiDoanFilter(
        label="Chi đoàn",
        queryset=chi_doan_of_request,
        method="in_chi_doan",
        widget=forms.CheckboxSelectMultiple,
    )
    di_xa = django_filters.BooleanFilter(
        label="Đi làm xa",
        method="away",
        widget=PlainSelect(choices=[("", "Tất cả"), ("true", "Đang đi làm xa")]),
    )
    tuoi = django_filters.ChoiceFilter(
        label="Tuổi", choices=TUOI, method="of_age", empty_label="Mọi tuổi", widget=PlainSelect
    )
    gioi_tinh = django_filters.ChoiceFilter(
        label="Giới tính", choices=DoanVien.GioiTinh, empty_label="Tất cả", widget=PlainSelect
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=DoanVien.TrangThai,
        method="keep",
        empty_label="Đang sinh hoạt vào ngày xem",
        widget=PlainSelect,
    )
    ngay = django_filters.DateFilter(label="Tại ngày", method="keep")
    don_vi = DonViFilter(label="Thuộc đơn vị", method="under_don_vi")

    class Meta:
        model = DoanVien
        fields = ["q", "chi_doan", "di_xa", "tuoi", "gioi_tinh", "trang_thai", "ngay", "don_vi"]

    def __init__(self, *args, moc, **kwargs):
        super().__init__(*args, **kwargs)
        self.moc = moc
        if looks_from_above(self.request.user) and not self.request.GET.get("chi_doan"):
            del self.filters["chi_doan"]

    def search(self, queryset, name, value):
        return queryset.search(value)

    def keep(self, queryset, name, value):
        """The view has chosen the rows of that day or state already."""
        return queryset

    def in_chi_doan(self, queryset, name, value):
        return queryset.cua_don_vi([unit.pk for unit in value]) if value else queryset

    def under_don_vi(self, queryset, name, value):
        units = DonVi.objects.under(value).order_by()
        return queryset.cua_don_vi(units.values("pk"))

    def away(self, queryset, name, value):
        return queryset.di_lam_xa(self.moc.ngay) if value else queryset

    def of_age(self, queryset, name, value):
        if value == "qua":
            return queryset.filter(ngay_sinh__lte=self.moc.qua_tuoi)
        if value == "sap_qua":
            return queryset.filter(
                ngay_sinh__gt=self.moc.qua_tuoi, ngay_sinh__lte=self.moc.sap_qua_tuoi
            )
        tu, den = KHOANG_TUOI[value]
        if tu:
            queryset = queryset.filter(ngay_sinh__lte=years_before(self.moc.ngay, tu))
        return queryset.filter(ngay_sinh__gt=years_before(self.moc.ngay, den))
