"""Counting: all indicators of a unit and of everything below it, in one statement.

Each source becomes one SELECT grouped by the path of the owning unit, with a column for each
of its indicators in the period and, for flows, in the year so far. The SELECTs have one
shape and are joined by UNION ALL. A row then counts for its unit and for every unit above.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from tochuc.models import DonVi
from tochuc.scoping import subtree

from .danh_muc import THEO_MA, TU_TINH
from .khai_bao import ChiTieu, DieuKien, Nguon, So, ThoiKy

_BUOC = DonVi.steplen
O_SO = tuple[str, bool, bool]  # code, of the year so far?, denominator?


@dataclass
class BangSo:
    """The figures of `goc` and of all units below it."""

    goc: DonVi
    thoi_ky: ThoiKy
    mot_cua_so: frozenset[str] = frozenset()
    """Codes whose period and year so far are the same rows, counted once."""
    _o: dict[str, dict[O_SO, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )

    def so(self, don_vi: DonVi, ma: str, *, luy_ke: bool = False) -> So:
        """One figure of a unit; a stock is the same at the end of the period and of the year."""
        cells = self._o.get(don_vi.path, {})
        luy_ke = luy_ke or ma in self.mot_cua_so
        item = THEO_MA[ma]
        mau = cells.get((ma, luy_ke, True), 0) if item.mau else None
        return So(cells.get((ma, luy_ke, False), 0), mau, item.chia)

    def add(self, path: str, path_khac: str, counts: Iterable[tuple[O_SO, int]]) -> None:
        """Let one row of the database count for every unit it belongs to, up to `goc`."""
        counts = [(key, int(count)) for key, count in counts if count]  # PostgreSQL sums decimals
        if not counts:
            return
        for end in range(len(self.goc.path), len(path) + 1, _BUOC):
            unit = path[:end]
            if path_khac.startswith(unit):
                continue  # a move inside the unit
            for key, count in counts:
                self._o[unit][key] += count


def compute(don_vi: DonVi, thoi_ky: ThoiKy, chi_tieu: Iterable[ChiTieu] = TU_TINH) -> BangSo:
    """Count `chi_tieu` for `don_vi` and every unit below it. One query."""
    by_source: dict[str, tuple[Nguon, list[ChiTieu]]] = {}
    for item in chi_tieu:
        by_source.setdefault(item.nguon.ma, (item.nguon, []))[1].append(item)
    columns = {ma: _columns(nguon, items, thoi_ky) for ma, (nguon, items) in by_source.items()}
    width = max(len(keys) for keys in columns.values())
    selects = [_select(nguon, items, don_vi, thoi_ky, width) for nguon, items in by_source.values()]
    once = [
        item.ma
        for nguon, items in by_source.values()
        for item in items
        if len(_windows(nguon, thoi_ky)) == 1
    ]
    table = BangSo(don_vi, thoi_ky, frozenset(once))
    for source, path, path_khac, *counts in selects[0].union(*selects[1:], all=True):
        table.add(path, path_khac, zip(columns[source], counts, strict=False))
    return table


def rows(
    chi_tieu: ChiTieu,
    don_vi: DonVi,
    thoi_ky: ThoiKy,
    *,
    luy_ke: bool = False,
    mau: bool = False,
) -> QuerySet:
    """The very rows that a figure counts, or adds up: as many as `BangSo.so` says, or as much."""
    nguon = chi_tieu.nguon
    condition = chi_tieu.mau if mau else chi_tieu.tu
    found = nguon.rows(thoi_ky).filter(
        subtree(nguon.path, don_vi.path), _window(nguon, thoi_ky, luy_ke), condition(thoi_ky)
    )
    if nguon.path_khac:
        found = found.exclude(subtree(nguon.path_khac, don_vi.path))
    return found


def total(chi_tieu: ChiTieu, found: QuerySet) -> So:
    """What rows of an indicator that adds up a column come to. One query."""
    (amount,) = found.order_by().aggregate(so=Coalesce(Sum(chi_tieu.tong), 0)).values()
    return So(int(amount), chia=chi_tieu.chia)


def _windows(nguon: Nguon, thoi_ky: ThoiKy) -> tuple[bool, ...]:
    """The year so far and, where it counts other rows, the period itself."""
    same = not nguon.ngay or thoi_ky.trong_ky == thoi_ky.luy_ke
    return (True,) if same else (False, True)


def _columns(nguon: Nguon, items: list[ChiTieu], thoi_ky: ThoiKy) -> list[O_SO]:
    """What each count column of a source means, in the order of `_counts`."""
    return [
        (item.ma, luy_ke, mau)
        for item in items
        for luy_ke in _windows(nguon, thoi_ky)
        for mau in ((False, True) if item.mau else (False,))
    ]


def _select(
    nguon: Nguon, items: list[ChiTieu], don_vi: DonVi, thoi_ky: ThoiKy, width: int
) -> QuerySet:
    counts = _counts(nguon, items, thoi_ky)
    counts += [Value(0, output_field=IntegerField())] * (width - len(counts))
    names = [f"o{number}" for number in range(width)]
    found = nguon.rows(thoi_ky).filter(subtree(nguon.path, don_vi.path)).order_by()
    if nguon.ngay:
        found = found.filter(_window(nguon, thoi_ky, luy_ke=True))
    path_khac = Coalesce(F(nguon.path_khac), Value("")) if nguon.path_khac else Value("")
    return (
        found.annotate(nguon_ma=Value(nguon.ma), p=F(nguon.path), k=path_khac)
        .values("nguon_ma", "p", "k")
        .annotate(**dict(zip(names, counts, strict=True)))
        .values_list("nguon_ma", "p", "k", *names)
    )


def _counts(nguon: Nguon, items: list[ChiTieu], thoi_ky: ThoiKy) -> list:
    return [
        _figure(item, _condition(nguon, thoi_ky, luy_ke, condition))
        for item in items
        for luy_ke in _windows(nguon, thoi_ky)
        for condition in ((item.tu, item.mau) if item.mau else (item.tu,))
    ]


def _figure(item: ChiTieu, condition: Q | None):
    """The number of rows, or the sum of one column of them."""
    if not item.tong:
        return Count("pk", filter=condition)
    return Coalesce(Sum(item.tong, filter=condition), 0)


def _condition(nguon: Nguon, thoi_ky: ThoiKy, luy_ke: bool, condition: DieuKien) -> Q | None:
    """What a column counts; the rows of the SELECT are those of the year so far already."""
    inside = Q() if luy_ke else _window(nguon, thoi_ky, luy_ke)
    return (inside & condition(thoi_ky)) or None


def _window(nguon: Nguon, thoi_ky: ThoiKy, luy_ke: bool) -> Q:
    return nguon.trong(*(thoi_ky.luy_ke if luy_ke else thoi_ky.trong_ky))
