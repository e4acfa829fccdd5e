"""The ranking of a round, read from what it stored: filtered and paged by the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.utils.functional import cached_property

from baocao.cham_diem.cong_thuc import KetTinh
from baocao.cham_diem.luat import BoLuat
from baocao.dot_cham.quy_tac import luat_cua
from baocao.models import DiemTieuChi, DongCham, DotCham
from core.text import fold
from tochuc.models import KhoiChiDoan
from tochuc.permissions import Quyen
from tochuc.scoping import path_prefixes

from .hang import Hang
from .loi import Diem, co_chan

PAGE_SIZE = 40
LOC = {"cum": "cum", "khoi": "khoi", "xa": "cap_tren", "muc": "muc"}
CHUA = "chua"
"""The filter's word for a class that is open."""


def cac_dot(user, *, pk: str = "") -> list[DotCham]:
    """Rounds of one's own unit and of those above, newest first, and the one asked for by `pk`,
    which may be held below. One query.

    Before they are published only offices see them.
    """
    units = [role.don_vi for role in user.phan_cong_hom_nay if Quyen.XEM_XEP_HANG in role.quyen]
    held = Q(don_vi__path__in={path for unit in units for path in path_prefixes(unit.path)})
    if pk.isdecimal():
        held |= Q(pk=int(pk))
    rows = DotCham.objects.visible_to(user).filter(held)
    rows = rows.filter(trang_thai__in=[*DotCham.AI_CUNG_XEM, DotCham.TrangThai.THU])
    rows = rows.with_da_thay().select_related("don_vi", "bo").defer("bo__quy_tac", "bo__mo_ta")
    if not pk:
        rows = rows.defer("quy_tac")  # the rules are only needed of the round that is shown
    return [
        dot
        for dot in rows.order_by("-ngay_chot", "-pk")
        if dot.is_cong_khai or any(dot.don_vi.path.startswith(unit.path) for unit in units)
    ]


def dot_truoc(dot: DotCham, rounds: Iterable[DotCham]) -> DotCham | None:
    """The round before it, of the same unit: the last final one of an earlier period."""
    earlier = [
        row
        for row in rounds
        if row.is_chung_cuoc
        and (row.don_vi_id, row.doi_tuong) == (dot.don_vi_id, dot.doi_tuong)
        and row.ky_bao_cao.end < dot.ky_bao_cao.end
        and bool(row.ky_bao_cao.quy) == bool(dot.ky_bao_cao.quy)
    ]
    return max(earlier, key=lambda row: (row.ky_bao_cao.end, row.pk), default=None)


class LocDot(forms.Form):
    """Filters of a round, with what there is to choose from."""

    q = forms.CharField(label="Tìm đơn vị", required=False)
    cum = forms.ChoiceField(label="Cụm", required=False)
    khoi = forms.ChoiceField(label="Khối", required=False)
    xa = forms.ChoiceField(label="Xã, phường", required=False)
    muc = forms.ChoiceField(label="Mức xếp loại", required=False)

    def __init__(self, data, bo: BoLuat, groups: Sequence["NhomDong"], *, is_chi_doan: bool):
        super().__init__(data)
        self.groups, self.is_chi_doan = groups, is_chi_doan
        words = {
            "cum": lambda value: value,
            "khoi": lambda value: KhoiChiDoan(value).label,
            "xa": lambda value: value,
        }
        for name, name_of in words.items():
            values = sorted({getattr(row, name) for row in groups} - {""})
            self.fields[name].choices = [("", "Tất cả"), *((v, name_of(v)) for v in values)]
            if len(values) < 2:
                del self.fields[name]
        self._cum_cua_xa()
        self.fields["muc"].choices = [
            ("", "Tất cả"),
            *((muc, bo.ten_muc(muc)) for muc in bo.cac_muc),
            (CHUA, "Chưa đủ dữ liệu"),
        ]
        self.is_valid()

    def _cum_cua_xa(self) -> None:
        """Each ward has a «Cụm 1» of its own: among branches of several wards a cluster is only
        offered once its ward is chosen."""
        if not {"cum", "xa"} <= self.fields.keys() or not self.is_chi_doan:
            return
        ward = self.data.get("xa", "")
        names = sorted({row.cum for row in self.groups if row.xa == ward} - {""})
        self.fields["cum"].choices = [("", "Tất cả"), *((name, name) for name in names)]
        if not names:
            del self.fields["cum"]

    def chosen(self, name: str) -> str:
        return self.cleaned_data.get(name, "")

    @property
    def wanted(self) -> dict[str, str]:
        """The columns that are asked for, as they are stored."""
        return {
            name: "" if self.chosen(name) == CHUA else self.chosen(name)
            for name in LOC
            if self.chosen(name)
        }

    def apply(self, rows: QuerySet) -> QuerySet:
        rows = rows.filter(**{LOC[name]: value for name, value in self.wanted.items()})
        key = fold(self.chosen("q"))
        return rows.filter(don_vi__khoa_tim__contains=key) if key else rows

    def dem(self) -> int:
        """How many rows the filters leave, the search apart."""
        return sum(
            row.so
            for row in self.groups
            if all(getattr(row, name) == value for name, value in self.wanted.items())
        )


@dataclass(frozen=True)
class NhomDong:
    """Lines of a round that are alike in all that is filtered by."""

    cum: str
    khoi: str
    xa: str
    muc: str
    so: int


class TrangDem(Paginator):
    """Pages whose number of rows is known already."""

    def __init__(self, rows, size: int, so: int | None):
        super().__init__(rows, size)
        if so is not None:
            self.count = so


class BangDot:
    """The ranking of one round, as its page asks for it."""

    def __init__(self, dot: DotCham, params, truoc: DotCham | None = None):
        self.dot, self.params, self.truoc = dot, params, truoc
        self.bo = luat_cua(dot)
        self.form = LocDot(params, self.bo, self.groups, is_chi_doan=dot.is_chi_doan)

    @cached_property
    def groups(self) -> list[NhomDong]:
        """How the lines spread; the choices and counts of the page in one query."""
        rows = self.dot.dong.order_by().values_list("cum", "khoi", "cap_tren", "muc")
        return [NhomDong(*row) for row in rows.annotate(so=Count("pk"))]

    @cached_property
    def is_nhieu_noi(self) -> bool:
        """Whether the units belong to several wards, so that each is named with its own."""
        return len({row.xa for row in self.groups}) > 1

    @property
    def so_xep(self) -> int:
        return sum(row.so for row in self.groups)

    def dem_muc(self) -> list[tuple[str, str, int]]:
        """(code, words, units) of each class that has any, best first."""
        found = {
            muc: sum(row.so for row in self.groups if row.muc == muc)
            for muc in (*self.bo.cac_muc, "")
        }
        return [
            (muc, self.bo.ten_muc(muc) if muc else "Chưa đủ dữ liệu", so)
            for muc, so in found.items()
            if so
        ]

    def dong(self) -> QuerySet:
        """The lines that are asked for, best first."""
        rows = self.form.apply(self.dot.dong.select_related("don_vi"))
        return rows.order_by(F("hang").asc(nulls_last=True), "don_vi__path")

    def page(self, asked: str | None):
        known = None if self.form.chosen("q") else self.form.dem()
        return TrangDem(self.dong(), PAGE_SIZE, known).get_page(asked)

    def hang(self, lines: Sequence[DongCham]) -> list[Hang]:
        """Lines with their criteria and their place in the round before. Two queries at most."""
        self.diem = diem_theo_dong(lines)
        earlier = self._hang_truoc(lines)
        return [hang_cua(self, line, earlier.get(line.don_vi_id)) for line in lines]

    def tieu_chi(self, line: DongCham) -> dict[str, Diem]:
        stored = self.diem.get(line.pk, {})
        return {
            luat.ma: diem_cua(luat, stored[luat.ma]) for luat in self.bo.la if luat.ma in stored
        }

    def _hang_truoc(self, lines: Sequence[DongCham]) -> dict[int, int | None]:
        if self.truoc is None:
            return {}
        rows = self.truoc.dong.filter(don_vi__in=[line.don_vi_id for line in lines]).order_by()
        return dict(rows.values_list("don_vi_id", "hang"))


def hang_cua(bang: BangDot, line: DongCham, truoc: int | None) -> Hang:
    return Hang(
        pk=line.don_vi_id,
        ten=line.ten,
        noi=line.cap_tren if bang.is_nhieu_noi else "",
        cum=line.cum,
        khoi=line.khoi,
        so_doan_vien=line.so_doan_vien,
        tong=line.diem,
        muc=line.muc,
        hang=line.hang,
        hang_cum=line.hang_cum,
        hang_khoi=line.hang_khoi,
        ghi_chu=line.ghi_chu,
        truoc=truoc,
        co_truoc=bang.truoc is not None,
        rows=bang.tieu_chi(line),
    )


def diem_theo_dong(lines: Sequence[DongCham]) -> dict[int, dict[str, DiemTieuChi]]:
    """Every stored score of these lines, by criterion. One query."""
    found: dict[int, dict[str, DiemTieuChi]] = {}
    for row in DiemTieuChi.objects.filter(dong__in=[line.pk for line in lines]).order_by("pk"):
        found.setdefault(row.dong_id, {})[row.ma] = row
    return found


def diem_cua(luat, row: DiemTieuChi) -> Diem:
    """A stored score as the explanations read it."""
    may = KetTinh(row.diem_may, row.muc_may)
    value = co_chan(luat, _so(row.tu), _so(row.mau), may) if luat.is_tu_dong else None
    return Diem(luat, value, may, row.diem, row.muc)


def _so(value: Decimal | None) -> int | None:
    return None if value is None else int(value)
