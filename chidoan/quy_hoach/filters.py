from datetime import timedelta

import django_filters
from django import forms

from chidoan.models import CuCanBo, DeNghiNhanSu, QuyHoach
from chidoan.models.quy_hoach import ViTri
from chidoan.tap_huan.queries import lop_da_du
from core.periods import today
from doanvien.danh_muc import NGUON_CAN_BO
from doanvien.filters import ChiDoanFilter, chi_doan_of_request
from doanvien.models import DoanVien, XepLoai
from tochuc.loc import DonViFilter, PlainSelect
from tochuc.permissions import Quyen

SAP_HET = timedelta(days=30)
LOP = [("co", "Đã dự lớp"), ("chua", "Chưa dự lớp nào")]


def _search():
    return django_filters.CharFilter(
        label="Tìm đồng chí",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm tên, không cần dấu"}),
    )


def _choice(label, choices, method="by_choice", empty_label="Tất cả"):
    return django_filters.ChoiceFilter(
        label=label, choices=choices, method=method, empty_label=empty_label, widget=PlainSelect
    )


class _NguoiFilter(django_filters.FilterSet):
    def search(self, queryset, name, value):
        return queryset.tim_nguoi(value)

    def of_unit(self, queryset, name, value):
        return queryset.under(value)


class QuyHoachFilter(_NguoiFilter):
    q = _search()
    tinh_trang = _choice(
        "Tình trạng",
        [
            ("cho_duyet", "Chờ phê duyệt"),
            ("da_duyet", "Đã phê duyệt"),
            ("chua_ra_soat", "Chưa rà soát năm nay"),
            ("dua_ra", "Đã đưa ra"),
        ],
        empty_label="Đang trong quy hoạch",
    )
    chuc_danh = _choice("Chức danh", ViTri.choices, method="of_office")
    san_sang = _choice("Mức sẵn sàng", QuyHoach.SanSang.choices, method="of_readiness")
    don_vi = DonViFilter(method="of_unit")
    lop = _choice("Lớp trong năm", LOP, method="of_class")

    class Meta:
        model = QuyHoach
        fields = ["q", "tinh_trang", "chuc_danh", "san_sang", "don_vi", "lop"]

    def filter_queryset(self, queryset):
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("tinh_trang") == "dua_ra" else rows.con_trong()

    def by_choice(self, queryset, name, value):
        if value == "cho_duyet":
            return queryset.cho_duyet()
        if value == "da_duyet":
            return queryset.da_duyet()
        if value == "chua_ra_soat":
            return queryset.chua_ra_soat(today().year)
        return queryset.filter(ngay_dua_ra__isnull=False)

    def of_office(self, queryset, name, value):
        return queryset.filter(chuc_danh=value)

    def of_readiness(self, queryset, name, value):
        return queryset.san_sang_o(value)

    def of_class(self, queryset, name, value):
        rows = queryset.annotate(so_lop=lop_da_du(today().year, doan_vien="doan_vien"))
        return rows.filter(so_lop__gt=0) if value == "co" else rows.filter(so_lop=0)


class NguonFilter(django_filters.FilterSet):
    """`di_xa` brings back who is left out by default; `dang` stands open after a reason alone."""

    q = _search()
    nguon = _choice(
        "Nguồn",
        [("moi", "Mọi đoàn viên, kể cả chưa ghi nguồn"), *NGUON_CAN_BO.items()],
        method="keep",
        empty_label="Mọi nguồn",
    )
    xep_loai = _choice(
        "Xếp loại năm trước",
        [(XepLoai.Muc.XUAT_SAC.value, "Xuất sắc"), ("tot", "Từ tốt trở lên")],
        method="of_level",
    )
    di_xa = _choice(
        "Đi làm xa",
        [("co", "Cả người đi làm xa")],
        method="keep",
        empty_label="Không tính người đi làm xa",
    )
    lop = _choice("Lớp trong năm", LOP, method="of_class")
    dang = _choice("Đảng", [("co", "Đảng viên"), ("chua", "Chưa là đảng viên")], method="of_party")
    chi_doan = ChiDoanFilter(
        label="Chi đoàn",
        queryset=chi_doan_of_request,
        method="in_chi_doan",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = DoanVien
        fields = ["q", "nguon", "xep_loai", "di_xa", "lop", "dang", "chi_doan"]

    def __init__(self, *args, dang_mo: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not dang_mo:
            del self.filters["dang"]

    def filter_queryset(self, queryset):
        chosen = self.form.cleaned_data
        rows = super().filter_queryset(queryset)
        if chosen["di_xa"] != "co":
            rows = rows.khong_di_xa(today())
        if chosen["nguon"] == "moi":
            return rows
        return rows.co_nguon(chosen["nguon"])

    def search(self, queryset, name, value):
        return queryset.search(value)

    def keep(self, queryset, name, value):
        return queryset

    def of_level(self, queryset, name, value):
        levels = [XepLoai.Muc.XUAT_SAC] + ([XepLoai.Muc.TOT] if value == "tot" else [])
        return queryset.filter(muc_truoc__in=levels)

    def of_class(self, queryset, name, value):
        return queryset.filter(so_lop__gt=0) if value == "co" else queryset.filter(so_lop=0)

    def of_party(self, queryset, name, value):
        known = queryset.permitted_to(self.request.user, Quyen.XEM_NHAY_CAM)
        return known.filter(ngay_vao_dang__isnull=value == "chua")

    def in_chi_doan(self, queryset, name, value):
        return queryset.filter(chi_doan__in=[unit.pk for unit in value]) if value else queryset


class DeNghiFilter(_NguoiFilter):
    q = _search()
    tinh_trang = _choice(
        "Tình trạng",
        [("cho_ghi", "Đã đồng ý, chờ ghi chức vụ"), *DeNghiNhanSu.TrangThai.choices],
    )
    don_vi = DonViFilter(method="of_unit")

    class Meta:
        model = DeNghiNhanSu
        fields = ["q", "tinh_trang", "don_vi"]

    def by_choice(self, queryset, name, value):
        if value == "cho_ghi":
            return queryset.cho_ghi_chuc_vu()
        return queryset.co_trang_thai(value)


class CuFilter(_NguoiFilter):
    q = _search()
    tinh_trang = _choice(
        "Tình trạng",
        [
            ("dang", "Đang giúp chi đoàn"),
            ("sap_het", "Sắp hết hạn"),
            ("da_thoi", "Đã thôi"),
        ],
    )
    don_vi = DonViFilter(method="of_unit")

    class Meta:
        model = CuCanBo
        fields = ["q", "tinh_trang", "don_vi"]

    def by_choice(self, queryset, name, value):
        day = today()
        if value == "da_thoi":
            return queryset.da_thoi(day)
        running = queryset.tai_ngay(day)
        return running.het_han_truoc(day + SAP_HET) if value == "sap_het" else running
