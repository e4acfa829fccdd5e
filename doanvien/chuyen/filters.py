import django_filters
from django import forms

from core.text import fold
from doanvien.models import ChuyenSinhHoat, QuaTrinh
from tochuc.loc import PlainSelect

CHO_TOI, DI, DEN, XONG = "cho_toi", "di", "den", "xong"
MUC = [(CHO_TOI, "Chờ tôi"), (DI, "Chuyển đi"), (DEN, "Chuyển đến"), (XONG, "Đã xong")]


class ChuyenFilter(django_filters.FilterSet):
    """Without `muc`, all that are open; `moc_nhac` is the day before which one is slow."""

    q = django_filters.CharFilter(
        label="Tìm đoàn viên",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm tên, không cần dấu"}),
    )
    muc = django_filters.ChoiceFilter(choices=MUC, method="keep", widget=forms.HiddenInput)
    loai = django_filters.ChoiceFilter(
        label="Hình thức",
        choices=ChuyenSinhHoat.Loai,
        empty_label="Mọi hình thức",
        widget=PlainSelect,
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Bước",
        choices=ChuyenSinhHoat.TrangThai,
        empty_label="Mọi bước",
        widget=PlainSelect,
    )
    cham = django_filters.BooleanFilter(
        label="Chờ lâu",
        method="slow",
        widget=PlainSelect(choices=[("", "Tất cả"), ("true", "Quá hạn nhắc")]),
    )

    class Meta:
        model = ChuyenSinhHoat
        fields = ["q", "muc", "loai", "trang_thai", "cham"]

    def __init__(self, *args, moc_nhac, **kwargs):
        super().__init__(*args, **kwargs)
        self.moc_nhac = moc_nhac

    def search(self, queryset, name, value):
        return queryset.tim_ten(fold(value))

    def keep(self, queryset, name, value):
        """The view has chosen the rows already."""
        return queryset

    def slow(self, queryset, name, value):
        return queryset.cho_lau(self.moc_nhac) if value else queryset


def rows_of(muc: str, user):
    """The transfers of a part of the list, as this person sees them."""
    rows = ChuyenSinhHoat.objects.visible_to(user)
    if muc == CHO_TOI:
        return rows.cho_ky(user)
    if muc == DI:
        return rows.chieu_di(user).dang_mo()
    if muc == DEN:
        return rows.chieu_den(user).dang_mo()
    return rows.da_xong() if muc == XONG else rows.dang_mo()


KHACH_DI = "di"


class KhachFilter(django_filters.FilterSet):
    """Guests; those whose time is over show when asked for."""

    q = django_filters.CharFilter(
        label="Tìm đoàn viên",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm tên, không cần dấu"}),
    )
    chieu = django_filters.ChoiceFilter(
        choices=[(KHACH_DI, "Đang gửi đi")], method="keep", widget=forms.HiddenInput
    )
    loai = django_filters.ChoiceFilter(
        label="Hình thức",
        choices=[choice for choice in QuaTrinh.Loai.choices if choice[0] != "chinh_thuc"],
        empty_label="Mọi hình thức",
        widget=PlainSelect,
    )
    het_han = django_filters.BooleanFilter(
        label="Hết hạn",
        method="keep",
        widget=PlainSelect(choices=[("", "Còn hạn"), ("true", "Cả hết hạn")]),
    )

    class Meta:
        model = QuaTrinh
        fields = ["q", "chieu", "loai", "het_han"]

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day

    def filter_queryset(self, queryset):
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("het_han") else rows.con_han(self.day)

    def search(self, queryset, name, value):
        return queryset.tim_ten(fold(value))

    def keep(self, queryset, name, value):
        """Chosen elsewhere."""
        return queryset


class DongBienDongFilter(django_filters.FilterSet):
    """People behind one figure: which figure, the address says."""

    muc = django_filters.CharFilter(method="keep", widget=forms.HiddenInput)

    class Meta:
        model = QuaTrinh
        fields = ["muc"]

    def keep(self, queryset, name, value):
        """Chosen by the view."""
        return queryset
