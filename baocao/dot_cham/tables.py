"""The list of rounds, declared once for page and workbook."""

import django_filters
from django.utils.text import capfirst

from baocao.models import DotCham
from core.periods import KyBaoCao, today
from core.tables import Column, Table
from tochuc.loc import PlainSelect

from .trang import nhan_dot
from .viec import CHOT, QUYET_DINH, THAM_DINH, TU_CHAM, XEM_LAI, Y_KIEN, loc_viec


class DotChamFilter(django_filters.FilterSet):
    trang_thai = django_filters.ChoiceFilter(
        label="Giai đoạn",
        choices=DotCham.TrangThai,
        empty_label="Mọi giai đoạn",
        widget=PlainSelect,
    )
    doi_tuong = django_filters.ChoiceFilter(
        label="Chấm",
        choices=DotCham.DoiTuong,
        empty_label="Chi đoàn và Đoàn cơ sở",
        widget=PlainSelect,
    )

    viec = django_filters.ChoiceFilter(
        label="Việc chờ",
        choices=[
            (TU_CHAM, "Chờ tự chấm"),
            (THAM_DINH, "Chờ thẩm định"),
            (XEM_LAI, "Chờ cấp trên xem lại"),
            (Y_KIEN, "Có ý kiến chờ trả lời"),
            (CHOT, "Chờ chốt"),
            (QUYET_DINH, "Chờ ra quyết định"),
        ],
        empty_label="Mọi đợt",
        method="in_viec",
        widget=PlainSelect,
    )

    class Meta:
        model = DotCham
        fields = ["trang_thai", "doi_tuong", "viec"]

    def in_viec(self, queryset, name, value):
        return loc_viec(queryset, value, self.request.user, today())


def _ky(dot: DotCham) -> str:
    return capfirst(KyBaoCao.parse(dot.ky).ten)


DOT_TABLE = Table(
    name="dot-cham",
    columns=(
        Column(label="Đợt chấm", source="ten", link=True, second="don_vi"),
        Column(label="Kỳ", source=_ky, sort="ky", meta=True, nowrap=True),
        Column(label="Chấm", source="get_doi_tuong_display", meta=True),
        Column(label="Đơn vị", source="so_don_vi", numeric=True, meta="số đơn vị"),
        Column(label="Giai đoạn", source="get_trang_thai_display", pill=nhan_dot),
    ),
    empty_text="Chưa có đợt chấm nào",
    empty_hint="Mở đợt chấm để chi đoàn tự chấm, phường thẩm định, công bố rồi chốt kết quả.",
    empty_icon="list-checks",
)
