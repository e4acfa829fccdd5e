"""The ward's table of branches in a year: how far each is, and its members by level."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.urls import reverse

from chidoan.models import ChiDoan
from core.tables import Column, Table
from core.text import fold
from core.text.display import ty_le
from doanvien.models import DotXepLoai, XepLoai
from doanvien.models.dot_xep_loai import MUC, TEN_MUC_NGAN
from tochuc.loc import NamFilter, PlainSelect

from .trang import MAU

CHUA_MO = "chua_mo"
TOT_TRO_LEN = (XepLoai.Muc.XUAT_SAC, XepLoai.Muc.TOT)


@dataclass(frozen=True)
class SoChiDoan:
    """Figures of one branch; `dot` is its round, None when results were written otherwise."""

    dot: DotXepLoai | None = None
    muc: dict[str, int] = field(default_factory=dict)

    @property
    def so_xep(self) -> int:
        return sum(self.muc.values())

    @property
    def tot_tro_len(self) -> int:
        return sum(self.muc.get(muc, 0) for muc in TOT_TRO_LEN)

    @property
    def so_khong_xep(self) -> int | str:
        return self.dot.so_khong_xep if self.dot else ""

    @property
    def giai_doan(self) -> tuple[str, str, str]:
        if self.dot:
            return (*MAU[self.dot.trang_thai], self.dot.get_trang_thai_display())
        if self.so_xep:
            return "ok", "circle-check", "Đã ghi sổ"
        return "neutral", "circle-dashed", "Chưa mở đợt"

    def url(self, chi_doan) -> str:
        if self.dot:
            return self.dot.get_absolute_url()
        return reverse("chidoan:xep_loai_branch", args=[chi_doan.pk])

    def so_nguoi(self, chi_doan) -> int:
        """Of the round, as its list stood; without one those of today."""
        return self.dot.so_nguoi if self.dot else chi_doan.so_doan_vien


CHUA_CO = SoChiDoan()


def load_so(don_vi, nam: int) -> dict[int, SoChiDoan]:
    """Figures by branch: proposed in the round, else what is in the book. Two queries."""
    book: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, muc, so in XepLoai.objects.under(don_vi).dem_theo_chi_doan(nam):
        book[pk][muc] = so
    found = {pk: SoChiDoan(None, levels) for pk, levels in book.items()}
    for dot in DotXepLoai.objects.under(don_vi).cua_nam(nam).with_dem():
        levels = {muc.value: getattr(dot, f"so_{muc.value}") for muc in MUC}
        found[dot.chi_doan_id] = SoChiDoan(dot, levels)
    return found


class ChiDoanXepLoaiFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Tìm chi đoàn",
        method="search",
        widget=forms.TextInput(attrs={"placeholder": "Tìm chi đoàn"}),
    )
    nam = NamFilter(method="keep")
    giai_doan = django_filters.ChoiceFilter(
        label="Giai đoạn",
        choices=[(CHUA_MO, "Chưa mở đợt"), *DotXepLoai.TrangThai.choices],
        method="in_state",
        widget=PlainSelect,
    )

    class Meta:
        model = ChiDoan
        fields = ["q", "nam", "giai_doan"]

    def __init__(self, *args, nam, **kwargs):
        super().__init__(*args, **kwargs)
        self.nam = nam

    def search(self, queryset, name, value):
        return queryset.filter(khoa_tim__contains=fold(value))

    def keep(self, queryset, name, value):
        """The view has read the year already."""
        return queryset

    def in_state(self, queryset, name, value):
        rounds = DotXepLoai.objects.cua_nam(self.nam).filter(chi_doan=OuterRef("pk"))
        if value == CHUA_MO:
            return queryset.filter(~Exists(rounds))
        return queryset.filter(Exists(rounds.filter(trang_thai=value)))


def bang_phuong(so: dict[int, SoChiDoan], *, phuong=None) -> Table:
    """`phuong` names the ward of a branch, for who sees several."""

    def of(row) -> SoChiDoan:
        return so.get(row.pk, CHUA_CO)

    return Table(
        name="xep-loai",
        columns=(
            Column(
                label="Chi đoàn",
                source="ten",
                link=lambda row: of(row).url(row),
                sort=("khoa_sap_xep",),
                second=phuong,
                primary=True,
            ),
            *([Column(label="Đoàn cơ sở", source=phuong, in_page=False)] if phuong else []),
            Column(
                label="Giai đoạn",
                source=lambda row: of(row).giai_doan[2],
                pill=lambda row: of(row).giai_doan,
            ),
            *_cot_so(of),
        ),
        empty_text="Chưa có chi đoàn nào",
    )


def _cot_so(of: Callable[[ChiDoan], SoChiDoan]) -> Iterator[Column]:
    """The figures of a branch: its members, and how many are at each level."""

    def column(label, value, meta=False) -> Column:
        return Column(label=label, source=value, numeric=True, meta=meta)

    yield column("Đoàn viên", lambda row: of(row).so_nguoi(row), "đoàn viên")
    yield column("Được xếp", lambda row: of(row).so_xep, "xếp")
    for muc in MUC:
        yield column(TEN_MUC_NGAN[muc], lambda row, muc=muc: of(row).muc.get(muc.value, 0) or "")
    yield column(
        "Tốt trở lên", lambda row: ty_le(of(row).tot_tro_len, of(row).so_xep), "tốt trở lên"
    )
    yield column("Không xếp", lambda row: of(row).so_khong_xep)
