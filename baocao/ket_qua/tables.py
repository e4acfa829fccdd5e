"""The list of decisions on final rounds, declared once for page and workbook."""

import django_filters

from baocao.models import QuyetDinhKetQua
from core.tables import Column, Table
from tochuc.loc import NamFilter, PlainSelect

CON, HUY = "con", "huy"


class QuyetDinhKetQuaFilter(django_filters.FilterSet):
    nam = NamFilter()
    hieu_luc = django_filters.ChoiceFilter(
        label="Hiệu lực",
        choices=[(CON, "Có hiệu lực"), (HUY, "Đã hủy")],
        empty_label="Mọi quyết định",
        method="in_hieu_luc",
        widget=PlainSelect,
    )

    class Meta:
        model = QuyetDinhKetQua
        fields = ["nam", "hieu_luc"]

    def in_hieu_luc(self, queryset, name, value):
        return queryset.filter(huy_ngay__isnull=value == CON)


def nhan(row: QuyetDinhKetQua) -> tuple[str, str, str]:
    if row.is_huy:
        return "bad", "x", "Đã hủy"
    return "ok", "circle-check", "Có hiệu lực"


QUYET_DINH_TABLE = Table(
    name="quyet-dinh-ket-qua",
    columns=(
        Column(label="Quyết định", source="so_ky_hieu", link=True, second="don_vi"),
        Column(label="Ngày", source="ngay", sort="ngay", meta=True, nowrap=True),
        Column(label="Năm", source=lambda row: str(row.nam), sort="nam", meta=True, nowrap=True),
        Column(label="Đợt chấm", source="dot", meta=True),
        Column(label="Hiệu lực", source=lambda row: nhan(row)[2], pill=nhan),
    ),
    empty_text="Chưa có quyết định nào",
    empty_hint="Chốt chung cuộc một đợt chấm của năm, rồi ra quyết định từ trang xếp hạng của đợt.",
    empty_icon="file-check",
)
