"""What the lists of cultivation and referral can be filtered by."""

import django_filters
from django import forms

from core.periods import today
from core.text import fold
from tochuc.loc import DonViFilter
from tochuc.loc_ky import KyFilter

from .models import ChatVan, HoSo, KyDanhGia, LeTrao, NhiemVu, ThanhVienTo, ToTuDuong
from .queries import (
    NHOM_GIAI_DOAN,
    cho_nhan_xet_du_bi,
    cho_qua_han,
    cong_van_im_lang,
    giay_to_het_han,
    het_thoi_gian_du_bi,
)


def search_box(hint):
    return forms.TextInput(attrs={"placeholder": hint})


class DonViFilterSet(django_filters.FilterSet):
    """Rows of a unit and what is below it, as of a day where the list has one."""

    don_vi = DonViFilter(method="filter_don_vi")

    def filter_don_vi(self, queryset, name, value):
        return queryset.under(value)


class ToFilter(DonViFilterSet):
    ngay = django_filters.DateFilter(label="Hoạt động tại ngày", method="filter_ngay")

    class Meta:
        model = ToTuDuong
        fields = ["don_vi", "ngay"]

    def filter_ngay(self, queryset, name, value):
        return queryset.tai_ngay(value)


class ThanhVienFilter(DonViFilterSet):
    q = django_filters.CharFilter(
        label="Tìm họ tên", method="search", widget=search_box("Tìm họ tên")
    )
    ngay = django_filters.DateFilter(label="Trong tổ tại ngày", method="filter_ngay")

    class Meta:
        model = ThanhVienTo
        fields = ["q", "don_vi", "ngay"]

    def search(self, queryset, name, value):
        return queryset.filter(doan_vien__khoa_tim__contains=fold(value))

    def filter_ngay(self, queryset, name, value):
        return queryset.dang_boi_duong(value)


class NhiemVuFilter(DonViFilterSet):
    QUA_HAN = "qua_han"
    CAN_GHI = "can_ghi"

    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[
            (QUA_HAN, "Quá hạn"),
            (CAN_GHI, "Chi đoàn cần ghi tiến độ"),
            *NhiemVu.TrangThai.choices,
        ],
        method="filter_tinh_trang",
    )
    linh_vuc = django_filters.ChoiceFilter(label="Lĩnh vực", choices=NhiemVu.LinhVuc)

    class Meta:
        model = NhiemVu
        fields = ["tinh_trang", "linh_vuc", "don_vi"]

    def filter_tinh_trang(self, queryset, name, value):
        if value == self.QUA_HAN:
            return queryset.qua_han(today())
        if value == self.CAN_GHI:
            return queryset.can_ghi_tien_do(today())
        return queryset.filter(trang_thai=value)


class KyFilterSet(DonViFilterSet):
    ky = KyFilter(label="Họp trong kỳ", method="filter_ky", help_text="Ví dụ 2026, 2026Q3")
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng", choices=KyDanhGia.TrangThai.choices
    )

    class Meta:
        model = KyDanhGia
        fields = ["don_vi", "ky", "trang_thai"]

    def filter_ky(self, queryset, name, value):
        return queryset.trong_ky(value)


class HoSoFilter(DonViFilterSet):
    MO = [
        ("mo", "Đang mở"),
        ("qua_han", "Cấp ủy im lặng quá hạn"),
        ("giay_to", "Giấy tờ hết giá trị trước ngày xét"),
        ("khac_noi", "Đoàn viên đã chuyển chi đoàn"),
        ("het_du_bi", "Hết thời gian dự bị"),
        ("nhan_xet", "Cần nhận xét đảng viên dự bị"),
        ("xong", "Đã kết thúc"),
    ]
    ROWS = {
        "mo": lambda cases: cases.dang_mo(),
        "qua_han": lambda cases: cho_qua_han(cases, today()),
        "giay_to": lambda cases: giay_to_het_han(cases, today()),
        "khac_noi": lambda cases: cases.khac_noi(),
        "het_du_bi": lambda cases: het_thoi_gian_du_bi(cases, today()),
        "nhan_xet": lambda cases: cho_nhan_xet_du_bi(cases, today()),
        "xong": lambda cases: cases.da_ket_thuc(),
    }

    q = django_filters.CharFilter(
        label="Tìm họ tên, mã hồ sơ", method="search", widget=search_box("Tìm họ tên, mã hồ sơ")
    )
    nhom = django_filters.ChoiceFilter(
        label="Đang ở",
        choices=[(ma, nhom.ten) for ma, nhom in NHOM_GIAI_DOAN.items()],
        method="filter_nhom",
    )
    mo = django_filters.ChoiceFilter(label="Tình trạng", choices=MO, method="filter_mo")
    gioi_thieu = KyFilter(label="Giới thiệu trong kỳ", method="filter_gioi_thieu")
    ket_nap = KyFilter(label="Kết nạp trong kỳ", method="filter_ket_nap")

    trang_thai = django_filters.ChoiceFilter(label="Giai đoạn", choices=HoSo.TrangThai.choices)

    class Meta:
        model = HoSo
        fields = ["q", "nhom", "mo", "don_vi", "gioi_thieu", "ket_nap", "trang_thai"]

    def search(self, queryset, name, value):
        by_name = queryset.filter(doan_vien__khoa_tim__contains=fold(value))
        return by_name | queryset.filter(ma__icontains=value.strip())

    def filter_nhom(self, queryset, name, value):
        return queryset.filter(trang_thai__in=NHOM_GIAI_DOAN[value].trang_thai)

    def filter_mo(self, queryset, name, value):
        return self.ROWS[value](queryset)

    def filter_gioi_thieu(self, queryset, name, value):
        return queryset.gioi_thieu_trong(value)

    def filter_ket_nap(self, queryset, name, value):
        return queryset.ket_nap_dang_trong(value)


class ChatVanFilter(DonViFilterSet):
    """Letters of the cases that one sees; the Party committee has a list of its own."""

    TINH_TRANG = {
        "cho": ("Chưa được trả lời", lambda rows, day: rows.chua_tra_loi()),
        "qua_han": ("Quá ngày đề nghị trả lời", lambda rows, day: rows.qua_han(day)),
        "im_lang": ("Quá hạn lâu", cong_van_im_lang),
    }

    ky = KyFilter(label="Gửi trong kỳ", method="filter_ky")
    tra_loi = KyFilter(label="Được trả lời trong kỳ", method="filter_tra_loi")
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[(ma, ten) for ma, (ten, _) in TINH_TRANG.items()],
        method="filter_tinh_trang",
    )

    class Meta:
        model = ChatVan
        fields = ["tinh_trang", "don_vi", "ky", "tra_loi"]

    def filter_ky(self, queryset, name, value):
        return queryset.trong_ky(value)

    def filter_tra_loi(self, queryset, name, value):
        return queryset.tra_loi_trong(value)

    def filter_tinh_trang(self, queryset, name, value):
        return self.TINH_TRANG[value][1](queryset, today())


class CongVanFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm họ tên", method="search", widget=search_box("Tìm họ tên")
    )

    class Meta:
        model = ChatVan
        fields = ["q"]

    def search(self, queryset, name, value):
        return queryset.filter(ho_so__doan_vien__khoa_tim__contains=fold(value))


class CapUyFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm họ tên", method="search", widget=search_box("Tìm họ tên")
    )

    class Meta:
        model = HoSo
        fields = ["q"]

    def search(self, queryset, name, value):
        return queryset.filter(doan_vien__khoa_tim__contains=fold(value))


class LeTraoFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm buổi lễ", method="search", widget=search_box("Tìm buổi lễ")
    )

    class Meta:
        model = LeTrao
        fields = ["q"]

    def search(self, queryset, name, value):
        return queryset.filter(ten__icontains=value)
