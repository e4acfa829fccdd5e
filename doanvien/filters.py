from datetime import date

import django_filters
from django import forms
from django.db.models import Q
from django_filters import fields

from core.periods import today
from tochuc.chon_ban_do import duoi
from tochuc.loc import DonViFilter, PlainSelect, is_khoa, looks_from_above
from tochuc.models import DonVi
from tochuc.permissions import Quyen

from . import danh_muc
from .danh_sach.dem import has_nguon
from .danh_sach.tim_so import open_sealed
from .models import DoanVien
from .models.doan_vien import dang_hoan
from .models.truong_thanh import con_cho_xet
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
MOI = "moi"
TINH_TRANG = [*DoanVien.TrangThai.choices, (MOI, "Mọi tình trạng")]
THIEU = {
    "dien_thoai": ("Chưa có điện thoại", Q(dien_thoai="")),
    "cccd": ("Chưa có số CCCD", Q(cccd_bam="")),
    "so_the": ("Chưa có số thẻ đoàn", Q(so_the="")),
    "gioi_tinh": ("Chưa rõ giới tính", Q(gioi_tinh=DoanVien.GioiTinh.CHUA_RO)),
    "que_quan": ("Chưa có quê quán", Q(que_quan="")),
    "chuyen_mon": ("Chưa có trình độ", Q(van_hoa="") | Q(chuyen_mon="")),
}
"""What a record lacks."""
DANG = {
    "dang_vien": ("Đảng viên", Q(ngay_vao_dang__isnull=False)),
    "cam_tinh": (
        "Đã xét cảm tình Đảng, chưa vào Đảng",
        Q(ngay_cam_tinh__isnull=False, ngay_vao_dang__isnull=True),
    ),
    "chua": ("Chưa là đảng viên", Q(ngay_vao_dang__isnull=True)),
}
DAN_TOC = {
    "thieu_so": ("Dân tộc thiểu số", ~Q(dan_toc="Kinh")),
    "kinh": ("Kinh", Q(dan_toc="Kinh")),
}
NHAY_CAM = ("dan_toc", "dang")
"""Filters that tell what only some may read."""


def chi_doan_of_request(request):
    """The branches to choose from; from above they are too many, so only the chosen ones."""
    branches = DonVi.objects.visible_to(request.user).chi_doan()
    if looks_from_above(request.user):
        chosen = request.GET.getlist("chi_doan")
        return branches.filter(pk__in=[text for text in chosen if is_khoa(text)])
    return branches.dang_hoat_dong(today())


def sees_one_branch(user) -> bool:
    """Whether the register is that of one's own branch alone: nothing to choose, or to name."""
    own = user.don_vi
    return (
        own is not None
        and own.is_chi_doan
        and set(user.paths_with(Quyen.XEM_DOAN_VIEN)) == {own.path}
    )


class ChiDoanField(fields.ModelMultipleChoiceField):
    """Branches by their numbers; what is no number is no branch."""

    def clean(self, value):
        return super().clean([item for item in value or () if is_khoa(item)])


class ChiDoanFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = ChiDoanField


def _choice(label, choices, empty_label="Tất cả"):
    return django_filters.ChoiceFilter(
        label=label,
        choices=choices,
        method="by_choice",
        empty_label=empty_label,
        widget=PlainSelect,
    )


def _named(table):
    return [(value, label) for value, (label, _) in table.items()]


def _listed(labels):
    return [(label, label) for label in labels]


class VaoDoanRange(django_filters.widgets.DateRangeWidget):
    suffixes = ["tu", "den"]


class DoanVienFilter(django_filters.FilterSet):
    """`moc` are the ages that matter on the day the list is looked at."""

    COUNTED = (
        "di_xa",
        "tuoi",
        "hoan",
        "gioi_tinh",
        "nghe_nghiep",
        "chuyen_mon",
        "nguon",
        "thieu",
    )
    """Filters whose choices show how many members stand behind them; never masked ones, whose
    number would tell of one person once the list is narrowed to him."""

    q = django_filters.CharFilter(
        label="Tìm đoàn viên",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm tên, số thẻ, CCCD"}),
    )
    so = django_filters.CharFilter(label="Số", method="by_number", widget=forms.HiddenInput)
    chi_doan = ChiDoanFilter(
        label="Chi đoàn",
        queryset=chi_doan_of_request,
        method="in_chi_doan",
        widget=forms.CheckboxSelectMultiple,
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=TINH_TRANG,
        method="keep",
        empty_label="Đang sinh hoạt vào ngày xem",
        widget=PlainSelect,
    )
    tuoi = _choice("Tuổi", TUOI, "Mọi tuổi")
    di_xa = _choice("Đi làm xa", [("true", "Đang đi làm xa"), ("false", "Không đi xa")])
    hoan = _choice("Hoãn sinh hoạt", [("true", "Đang hoãn sinh hoạt")])
    gioi_tinh = _choice("Giới tính", DoanVien.GioiTinh.choices)
    nghe_nghiep = _choice("Nghề nghiệp", _listed(danh_muc.NGHE_NGHIEP))
    chuyen_mon = _choice("Trình độ chuyên môn", _listed(danh_muc.TRINH_DO_CHUYEN_MON))
    nguon = _choice("Nguồn cán bộ", list(danh_muc.NGUON_CAN_BO.items()))
    thieu = _choice("Thiếu dữ liệu", _named(THIEU))
    dan_toc = _choice("Dân tộc", _named(DAN_TOC))
    dang = _choice("Đảng", _named(DANG))
    vao_doan = django_filters.DateFromToRangeFilter(
        label="Vào Đoàn", field_name="ngay_vao_doan", widget=VaoDoanRange
    )
    ngay = django_filters.DateFilter(label="Tại ngày", method="keep", widget=forms.HiddenInput)
    don_vi = DonViFilter(label="Thuộc đơn vị", method="under_don_vi")

    class Meta:
        model = DoanVien
        fields = ["q", "so", "chi_doan", "trang_thai", "tuoi", "di_xa", "gioi_tinh"]

    def __init__(self, *args, moc, **kwargs):
        super().__init__(*args, **kwargs)
        self.moc = moc
        user = self.request.user
        self.from_above = looks_from_above(user)
        no_choice = self.from_above or sees_one_branch(user)
        if no_choice and not self.request.GET.get("chi_doan"):
            del self.filters["chi_doan"]
        if not DoanVien.objects.all_permitted_to(user, Quyen.XEM_NHAY_CAM):
            for name in NHAY_CAM:
                del self.filters[name]

    def search(self, queryset, name, value):
        return queryset.search(value)

    def by_number(self, queryset, name, value):
        so = open_sealed(value, self.request.user)
        return queryset.co_so(so.kieu, so.gia_tri) if so else queryset.none()

    def keep(self, queryset, name, value):
        """The view has chosen the rows of that day or state already."""
        return queryset

    def in_chi_doan(self, queryset, name, value):
        return queryset.cua_don_vi([unit.pk for unit in value]) if value else queryset

    def under_don_vi(self, queryset, name, value):
        units = duoi(self.request, DonVi.objects.order_by(), value, self.moc.ngay)
        return queryset.cua_don_vi(units.values("pk"))

    def by_choice(self, queryset, name, value):
        return queryset.filter(self.means(name, value))

    def means(self, name: str, value: str) -> Q:
        """Which members a choice of a filter means."""
        tables = {"thieu": THIEU, "dang": DANG, "dan_toc": DAN_TOC}
        if name in tables:
            return tables[name][value][1]
        if name == "nguon":
            return has_nguon(value)
        if name == "tuoi":
            return self.of_age(value)
        if name == "di_xa":
            away = away_on(self.moc.ngay)
            return away if value == "true" else ~away
        if name == "hoan":
            return Q(dang_hoan(self.moc.ngay))
        return Q(**{name: int(value) if name == "chi_doan" else value})

    def of_age(self, value: str) -> Q:
        if value == "qua":
            stays = con_cho_xet(self.moc.ngay)
            return Q(ngay_sinh__lte=self.moc.qua_tuoi) & Q(~stays)
        if value == "sap_qua":
            return Q(ngay_sinh__gt=self.moc.qua_tuoi, ngay_sinh__lte=self.moc.sap_qua_tuoi)
        tu, den = KHOANG_TUOI[value]
        young = Q(ngay_sinh__gt=years_before(self.moc.ngay, den))
        return young & Q(ngay_sinh__lte=years_before(self.moc.ngay, tu)) if tu else young


def away_on(day: date) -> Q:
    """Recorded as away on `day`; an empty beginning is no absence."""
    began = Q(di_xa_tu__isnull=False, di_xa_tu__lte=day)
    return began & (Q(di_xa_den__isnull=True) | Q(di_xa_den__gte=day))
