"""Bản đồ (map): the tree on which rows of a past period are counted.

Today's map is the tree itself: what has ended hangs below what followed it, so a merged unit
is the sum of those that went into it, and what was before a split stands at the unit above
both parts, never guessed. The map of a day is the tree as it was then (`LichSuDonVi.duong`).
On either, only rows are shown that the reader may see today.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Greatest, Length, Substr

from core.periods import today

from .cay import BUOC, ma_buoc
from .models import CapDonVi, DonVi, LichSuDonVi, LoaiDonVi
from .scoping import in_force, subtree

KHI_DO, HOM_NAY = "khi_do", "hom_nay"
_KHONG_CO = "Z" * (BUOC + 1)
"""The way to a unit that was not there: nothing lies below it."""


@dataclass(frozen=True)
class BanDo:
    """The map of `ngay`, for somebody who sees the subtrees `pham_vi` today (None: all)."""

    ngay: date
    pham_vi: tuple[str, ...] | None = None

    def duoi(self, rows: QuerySet, path: str, don_vi: DonVi) -> QuerySet:
        """Rows whose unit, its tree path found at `path`, was `don_vi` or below it on the day."""
        units = LichSuDonVi.objects.duoi(don_vi.pk, self.ngay).order_by().values("don_vi")
        return rows.filter(Q(**{f"{_don_vi(path)}__in": units}), self._thay_duoc(path))

    def khong_duoi(self, rows: QuerySet, path: str, don_vi: DonVi) -> QuerySet:
        """Rows without those whose unit at `path` was `don_vi` or below it on the day."""
        units = LichSuDonVi.objects.duoi(don_vi.pk, self.ngay).order_by().values("don_vi")
        return rows.exclude(**{f"{_don_vi(path)}__in": units})

    def with_duong(self, rows: QuerySet, path: str, don_vi: DonVi, ten: str) -> QuerySet:
        """The rows of `duoi` with the way to their unit on the day as `ten`."""
        lich_su = f"{path.removesuffix('path')}lich_su__"
        goc = _duong(don_vi.pk, self.ngay)
        rows = rows.filter(
            in_force(self.ngay, tu=f"{lich_su}tu_ngay", den=f"{lich_su}den_ngay"),
            self._thay_duoc(path),
            **{f"{lich_su}duong__gte": goc, f"{lich_su}duong__lte": _het(goc)},
        )
        return rows.annotate(**{ten: F(f"{lich_su}duong")})

    def duong(self, path: str):
        """Where the unit at `path` hung on the day; "" when there is none."""
        return Coalesce(_duong(OuterRef(_don_vi(path)), self.ngay), Value(""))

    def cac_duong(self, don_vi: DonVi) -> dict[int, str]:
        """The way on the day to `don_vi` and to each unit below it that the reader sees. One
        query."""
        spans = LichSuDonVi.objects.duoi(don_vi.pk, self.ngay).order_by()
        return dict(spans.filter(self._thay_duoc("don_vi__path")).values_list("don_vi", "duong"))

    def ten_co_so(self, don_vi: DonVi) -> dict[int, str]:
        """The ward, as it was called, of each unit that stood below `don_vi`. One query."""
        rows = LichSuDonVi.objects.duoi(don_vi.pk, self.ngay).order_by()
        spans = list(rows.values_list("don_vi", "duong", "ten", "don_vi__cap", "don_vi__loai"))
        wards = {
            duong: f"{LoaiDonVi(loai).label} {ten}"
            for _, duong, ten, cap, loai in spans
            if cap == CapDonVi.CO_SO
        }
        return {
            pk: next((wards[part] for part in _len(duong) if part in wards), "")
            for pk, duong, *_ in spans
        }

    def _thay_duoc(self, path: str) -> Q:
        if self.pham_vi is None:
            return Q()
        seen = Q(pk__in=[])
        for top in self.pham_vi:
            seen |= subtree(path, top)
        return seen


def duoi_tren(rows: QuerySet, path: str, don_vi: DonVi, ban_do: BanDo | None) -> QuerySet:
    """Rows whose unit, its tree path found at `path`, is `don_vi` or below it: on that map, or
    on today's."""
    if ban_do:
        return ban_do.duoi(rows, path, don_vi)
    return rows.filter(subtree(path, don_vi.path))


def ca_da_nhap(path: str, don_vi: DonVi) -> Q:
    """Rows of the unit, its tree path found at `path`, and of those that have gone into it: units
    of its own level below it."""
    return subtree(path, don_vi.path) & Q(**{f"{path.removesuffix('path')}cap": don_vi.cap})


@dataclass(frozen=True)
class KhacBanDo:
    """How the map of a day differs from today's, for one unit and one reader."""

    khac: bool = False
    da_roi: int = 0
    """Branches that stood below the unit then and that the reader no longer sees."""


def so_sanh(
    don_vi: DonVi,
    ngay: date,
    pham_vi: Iterable[str] | None = None,
    *,
    ben_trong: bool = False,
    tung_don_vi: bool = False,
) -> KhacBanDo:
    """Compare the map of `ngay` with today's. One statement; none for today.

    They differ when something belongs to `don_vi` on one of them alone; with `ben_trong` also
    when it stands at another place inside, for pages that show the units inside. What merely
    ended below the one that followed it is at the same place, but not with `tung_don_vi`, for
    pages that have a row for each unit right below. Units that were founded since make no
    difference: they were on no map before.
    """
    homnay = today()
    if ngay >= homnay:
        return KhacBanDo()
    cu, moi = (Coalesce(_duong(don_vi.pk, day), Value(_KHONG_CO)) for day in (ngay, homnay))
    spans = LichSuDonVi.objects.tai_ngay(ngay).order_by()
    spans = spans.annotate(
        nay=Coalesce(_duong(OuterRef("don_vi"), homnay), Value("")), goc_cu=cu, goc_nay=moi
    )
    was = Q(duong__gte=F("goc_cu"), duong__lte=_het(F("goc_cu")))
    now = subtree("don_vi__path", don_vi.path)
    tren = Length("duong") - Length("goc_cu") - BUOC  # the way inside, without the unit itself
    spans = spans.filter(was | now).annotate(
        tu_goc_cu=Substr("duong", Length("goc_cu") + 1, Greatest(tren, 0)),
        tu_goc_nay=Substr("nay", Length("goc_nay") + 1, Greatest(tren, 0)),
    )
    same = Q(tu_goc_cu=F("tu_goc_nay")) if ben_trong else Q()
    if tung_don_vi:
        spans = spans.annotate(tren=tren, sau=Length("nay") - Length("goc_nay") - BUOC)
        same &= ~Q(tren=0, sau__gt=0)
    gone = was & Q(don_vi__cap=CapDonVi.CHI_DOAN)
    for top in pham_vi or [""]:
        gone &= ~subtree("don_vi__path", top)
    found = spans.aggregate(
        khac=Count("pk", filter=~(was & now & same)),
        da_roi=Count("pk", filter=gone),
    )
    return KhacBanDo(bool(found["khac"]), found["da_roi"] if pham_vi is not None else 0)


def khoa(don_vi: DonVi) -> str:
    """The step of the unit in every path of the history: the same on all maps."""
    return ma_buoc(don_vi.pk)


def _len(duong: str):
    """The way itself and those of the units above, the nearest first."""
    return (duong[:end] for end in range(len(duong), 0, -BUOC))


def _don_vi(path: str) -> str:
    """The key of the unit whose tree path is found at `path`."""
    return path.removesuffix("path").removesuffix("__") or "pk"


def _duong(don_vi, ngay: date) -> Subquery:
    own = LichSuDonVi.objects.tai_ngay(ngay).filter(don_vi=don_vi).order_by()
    return Subquery(own.values("duong")[:1])


def _het(duong):
    return Concat(duong, Value("Z" * 64), output_field=CharField())
