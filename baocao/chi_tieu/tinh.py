"""Counting: all indicators of a unit and of everything below it, in one statement.

Each source becomes one SELECT grouped by the path of the owning unit, with a column for each
of its indicators in the period and, for flows, in the year so far. Filled up with noughts to one
shape they are joined by UNION ALL. A row then counts for its unit and for every unit above.

Above which units a row's own stood is read from today's tree, or from the map of a day: see
`tochuc.ban_do`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from core.periods import today
from tochuc.ban_do import BanDo, khoa
from tochuc.cay import BUOC
from tochuc.models import DonVi
from tochuc.scoping import subtree

from .danh_muc import THEO_MA, TU_TINH
from .khai_bao import ChiTieu, Nguon, So, ThoiKy

_BUOC = DonVi.steplen
O_SO = tuple[str, bool, bool]  # code, of the year so far?, denominator?
O_DEM = tuple[str, Q]  # the column that is added up, "" for rows; which rows


@dataclass
class BangSo:
    """The figures of `goc` and of all units below it, on today's map or on that of a day."""

    goc: DonVi
    thoi_ky: ThoiKy
    ban_do: BanDo | None = None
    mot_cua_so: frozenset[str] = frozenset()
    """Codes whose period and year so far are the same rows, counted once."""
    chi_tieu: Mapping[str, ChiTieu] = field(default_factory=dict)
    """What was counted, by code."""
    _o: dict[str, dict[O_SO, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )

    def so(self, don_vi: DonVi, ma: str, *, luy_ke: bool = False) -> So:
        """One figure of a unit; a stock is the same at the end of the period and of the year."""
        cells = self._o.get(khoa(don_vi) if self.ban_do else don_vi.path, {})
        luy_ke = luy_ke or ma in self.mot_cua_so
        item = self.chi_tieu.get(ma) or THEO_MA[ma]
        mau = cells.get((ma, luy_ke, True), 0) if item.mau else None
        return So(cells.get((ma, luy_ke, False), 0), mau, item.chia)

    def add(self, path: str, path_khac: str, counts: Iterable[tuple[O_SO, int]]) -> None:
        """Let one row of the database count for every unit it belongs to, up to `goc`."""
        counts = [(key, int(count)) for key, count in counts if count]  # PostgreSQL sums decimals
        if not counts:
            return
        for unit in self._above(path, path_khac):
            for key, count in counts:
                self._o[unit][key] += count

    def cong(self, item: ChiTieu, tu: Sequence[str], mau: Sequence[str] = ()) -> None:
        """Let a figure, and what it is measured against, be sums of counts that were made once."""
        self.chi_tieu = {**self.chi_tieu, item.ma: item}
        self.mot_cua_so |= {item.ma}
        for cells in self._o.values():
            for is_mau, codes in enumerate((tu, mau)):
                total = sum(cells.get((ma, True, False), 0) for ma in codes)
                cells[item.ma, True, bool(is_mau)] = total

    def _above(self, path: str, path_khac: str) -> Iterator[str]:
        """The keys of the units a row counts for; not of those that a move stays inside of."""
        if self.ban_do is None:
            tops = (path[:end] for end in range(len(self.goc.path), len(path) + 1, _BUOC))
            yield from (unit for unit in tops if not path_khac.startswith(unit))
            return
        steps, inside = _buoc(path), set(_buoc(path_khac))
        for step in steps[steps.index(khoa(self.goc)) :]:
            if step not in inside:
                yield step


def _buoc(duong: str) -> list[str]:
    return [duong[end - BUOC : end] for end in range(BUOC, len(duong) + 1, BUOC)]


def compute(
    don_vi: DonVi,
    thoi_ky: ThoiKy,
    chi_tieu: Iterable[ChiTieu] = TU_TINH,
    ban_do: BanDo | None = None,
) -> BangSo:
    """Count `chi_tieu` for `don_vi` and every unit below it, on today's map or on another.

    One query.
    """
    chi_tieu = tuple(chi_tieu)
    if ban_do:
        asked = cau_hoi(don_vi, thoi_ky, chi_tieu, ban_do)
    else:
        asked = _cau_hoi_hom_nay(don_vi.path, thoi_ky, chi_tieu, today())
    counted = {item.ma: item for item in chi_tieu}
    table = BangSo(don_vi, thoi_ky, ban_do, asked.mot_cua_so, counted)
    for source, path, path_khac, *counts in asked.rows():
        columns = zip(asked.columns[source], counts, strict=False)
        table.add(path, path_khac, ((key, count) for keys, count in columns for key in keys))
    return table


@dataclass(frozen=True)
class CauHoi:
    """The statement that counts: each row is a source, the path of a unit, the path at the other
    end of a move, and the source's counts in the order of its `columns`: each says what it
    stands for, several figures where they are the same."""

    sql: str
    params: list
    columns: dict[str, list[list[O_SO]]]
    mot_cua_so: frozenset[str]

    def rows(self) -> list[tuple]:
        if not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            return cursor.fetchall()


def cau_hoi(
    don_vi: DonVi,
    thoi_ky: ThoiKy,
    chi_tieu: Iterable[ChiTieu],
    ban_do: BanDo | None = None,
    *,
    ca_nam: bool = True,
) -> CauHoi:
    """What `compute` asks; without `ca_nam` flows are counted in the period alone."""
    by_source: dict[str, tuple[Nguon, list[ChiTieu]]] = {}
    span = thoi_ky.luy_ke if ca_nam else thoi_ky.trong_ky
    for item in chi_tieu:
        for nguon in chain.from_iterable(whole.dem(*span) for whole in item.cac_nguon):
            by_source.setdefault(nguon.ma, (nguon, []))[1].append(item)
    windows = {ma: _windows(nguon, thoi_ky, ca_nam) for ma, (nguon, _) in by_source.items()}
    counts = {ma: _counts(*found, thoi_ky, windows[ma]) for ma, found in by_source.items()}
    width = max(map(len, counts.values()))
    place = ban_do or _HomNay()
    selects = [
        _rong(ma, _select(nguon, list(counts[ma]), don_vi, thoi_ky, place, windows[ma]), width)
        for ma, (nguon, _) in by_source.items()
    ]
    sql = " UNION ALL ".join(select for select, _ in selects if select)
    params = list(chain.from_iterable(params for _, params in selects))
    columns = {ma: list(found.values()) for ma, found in counts.items()}
    once = (
        item.ma for ma, (_, items) in by_source.items() if windows[ma] == (True,) for item in items
    )
    return CauHoi(sql, params, columns, frozenset(once))


@lru_cache(maxsize=64)
def _cau_hoi_hom_nay(
    path: str, thoi_ky: ThoiKy, chi_tieu: tuple[ChiTieu, ...], _homnay: date
) -> CauHoi:
    """The statement on today's map, kept while the day lasts: to put it together takes longer than
    to count a ward, and it depends on no row."""
    return cau_hoi(DonVi(path=path), thoi_ky, chi_tieu)


def rows(
    chi_tieu: ChiTieu,
    don_vi: DonVi,
    thoi_ky: ThoiKy,
    *,
    luy_ke: bool = False,
    mau: bool = False,
    tru: DonVi | None = None,
    ban_do: BanDo | None = None,
) -> QuerySet:
    """The very rows that a figure counts, or adds up: as many as `BangSo.so` says, or as much.

    `tru`: without those of one unit below, as "the other branches" of a comparison.
    Of a figure with a second source those of the first: `replace(chi_tieu, nguon=…)` for others.
    """
    nguon, place = chi_tieu.nguon, ban_do or _HomNay()
    condition = chi_tieu.mau if mau else chi_tieu.tu
    found = place.duoi(nguon.mo(thoi_ky, luy_ke), nguon.path, don_vi)
    found = found.filter(condition(thoi_ky))
    if nguon.path_khac:
        found = place.khong_duoi(found, nguon.path_khac, don_vi)
    return place.khong_duoi(found, nguon.path, tru) if tru else found


class _HomNay:
    """Today's map, asked as a `BanDo` is: paths of the tree."""

    def duoi(self, rows: QuerySet, path: str, don_vi: DonVi) -> QuerySet:
        return rows.filter(subtree(path, don_vi.path))

    def khong_duoi(self, rows: QuerySet, path: str, don_vi: DonVi) -> QuerySet:
        return rows.exclude(subtree(path, don_vi.path))

    def with_duong(self, rows: QuerySet, path: str, don_vi: DonVi, ten: str) -> QuerySet:
        return self.duoi(rows, path, don_vi).annotate(**{ten: F(path)})

    def duong(self, path: str):
        return Coalesce(F(path), Value(""))


def total(chi_tieu: ChiTieu, found: QuerySet) -> So:
    """What rows of an indicator that adds up a column come to. One query."""
    (amount,) = found.order_by().aggregate(so=Coalesce(Sum(chi_tieu.tong), 0)).values()
    return So(int(amount), chia=chi_tieu.chia)


def _windows(nguon: Nguon, thoi_ky: ThoiKy, ca_nam: bool) -> tuple[bool, ...]:
    """The year so far and, where it counts other rows, the period itself."""
    if not nguon.ngay or thoi_ky.trong_ky == thoi_ky.luy_ke:
        return (True,)
    return (False, True) if ca_nam else (False,)


def _select(
    nguon: Nguon,
    counts: list[O_DEM],
    don_vi: DonVi,
    thoi_ky: ThoiKy,
    place: "BanDo | _HomNay",
    windows: tuple[bool, ...],
) -> QuerySet:
    figures = {f"o{number}": _figure(*count) for number, count in enumerate(counts)}
    found = place.with_duong(nguon.rows(thoi_ky), nguon.path, don_vi, "p").order_by()
    if nguon.ngay:
        found = found.filter(_window(nguon, thoi_ky, luy_ke=windows[-1]))
    path_khac = place.duong(nguon.path_khac) if nguon.path_khac else Value("")
    grouped = found.annotate(k=path_khac).values("p", "k").annotate(**figures)
    return grouped.values_list("p", "k", *figures)


def _rong(ma: str, select: QuerySet, width: int) -> tuple[str, tuple]:
    """The SELECT of a source with its name, as wide as the widest; "" where it can hold no row."""
    try:
        sql, params = select.query.sql_with_params()
    except EmptyResultSet:
        return "", ()
    noughts = ", 0" * (width - len(select.query.annotation_select) + 2)
    return f"SELECT '{ma}', o.*{noughts} FROM ({sql}) o", params  # noqa: S608 -- a declared code


def _counts(
    nguon: Nguon, items: list[ChiTieu], thoi_ky: ThoiKy, windows: tuple[bool, ...]
) -> dict[O_DEM, list[O_SO]]:
    """Each column to count, once, with the figures it stands for. Rows of the SELECT are those of
    its widest window already."""
    found: dict[O_DEM, list[O_SO]] = {}
    for item in items:
        for luy_ke in windows:
            inside = Q() if luy_ke == windows[-1] else _window(nguon, thoi_ky, luy_ke)
            for mau, condition in enumerate((item.tu, item.mau) if item.mau else (item.tu,)):
                key = item.tong, inside & condition(thoi_ky)
                found.setdefault(key, []).append((item.ma, luy_ke, bool(mau)))
    return found


def _figure(tong: str, condition: Q):
    """The number of rows, or the sum of one column of them."""
    if not tong:
        return Count(Value(1), filter=condition or None)
    return Coalesce(Sum(tong, filter=condition or None), 0)


def _window(nguon: Nguon, thoi_ky: ThoiKy, luy_ke: bool) -> Q:
    return nguon.trong(*(thoi_ky.luy_ke if luy_ke else thoi_ky.trong_ky))
