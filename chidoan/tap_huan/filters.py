"""What lists of classes and of who had none can be filtered by."""

import django_filters

from chidoan.models import ChucVu, HocVien, LopTapHuan
from core.periods import today
from core.text import fold
from tochuc.loc import DonViFilter
from tochuc.loc_ky import UnitFilterSet


class LopFilter(UnitFilterSet):
    """`viec` finds what duties of home pages speak of: to sign up for, and to finish."""

    DANG_KY, KET_THUC = "dang_ky", "ket_thuc"

    q = django_filters.CharFilter(label="Tìm lớp", method="search")
    chu_de = django_filters.ChoiceFilter(
        label="Chuyên đề",
        choices=LopTapHuan.ChuDe.choices,
        method="filter_chu_de",
        empty_label="Mọi chuyên đề",
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng", choices=LopTapHuan.TrangThai.choices
    )

    viec = django_filters.ChoiceFilter(
        label="Việc",
        choices=[(DANG_KY, "Đơn vị tôi chưa đăng ký"), (KET_THUC, "Học xong, chưa kết thúc")],
        method="filter_viec",
    )

    class Meta:
        model = LopTapHuan
        fields = ["q", "ky", "don_vi", "chu_de", "trang_thai", "viec"]

    def filter_viec(self, queryset, name, value):
        unit, day = self.request.user.don_vi, today()
        if value == self.KET_THUC:
            return queryset.filter(don_vi=unit).cho_ket_thuc(day)
        rows = queryset.cua_tren(unit).nhan_dang_ky(day).chua_co_nguoi_cua(unit)
        return rows.cho_chi_doan_cu() if unit.is_chi_doan else rows.exclude(don_vi=unit)

    def search(self, queryset, name, value):
        return queryset.tim(value)

    def filter_chu_de(self, queryset, name, value):
        return queryset.co_chu_de(value)


class ChuaDuFilter(django_filters.FilterSet):
    """Of secretaries and deputies, annotated with `so_lop` and `dinh_muc`."""

    CHUA, ROI = "chua", "roi"

    q = django_filters.CharFilter(label="Tìm họ tên", method="search")
    don_vi = DonViFilter(method="of_unit")
    chuc_danh = django_filters.ChoiceFilter(
        label="Chức danh",
        choices=[
            (ChucVu.ChucDanh.BI_THU, "Bí thư"),
            (ChucVu.ChucDanh.PHO_BI_THU, "Phó Bí thư"),
        ],
        empty_label="Bí thư, Phó Bí thư",
    )
    lop = django_filters.ChoiceFilter(
        label="Tập huấn",
        choices=[(CHUA, "Chưa dự đủ"), (ROI, "Đã dự")],
        method="filter_lop",
    )

    class Meta:
        model = ChucVu
        fields = ["q", "don_vi", "chuc_danh", "lop"]

    def search(self, queryset, name, value):
        return queryset.filter(doan_vien__khoa_tim__contains=fold(value))

    def of_unit(self, queryset, name, value):
        return queryset.under(value)

    def filter_lop(self, queryset, name, value):
        norm = self.request.dinh_muc_tap_huan
        low = value == self.CHUA
        return queryset.filter(so_lop__lt=norm) if low else queryset.filter(so_lop__gte=norm)


class HocVienFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Tìm họ tên", method="search")
    don_vi = DonViFilter(method="of_unit")
    trang_thai = django_filters.ChoiceFilter(label="Tình trạng", choices=HocVien.TrangThai.choices)
    ket_qua = django_filters.ChoiceFilter(label="Kết quả", choices=HocVien.KetQua.choices)

    class Meta:
        model = HocVien
        fields = ["q", "don_vi", "trang_thai", "ket_qua"]

    def search(self, queryset, name, value):
        return queryset.tim(value)

    def of_unit(self, queryset, name, value):
        return queryset.under(value)
