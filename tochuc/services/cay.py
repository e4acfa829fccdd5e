"""What re-hangs units: today's tree and the dated one, many units at a time.

Every change goes through a book of changes, so that it can be put back.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat, Substr

from core.errors import RuleError
from core.text.display import ngay as show_day
from tochuc.cay import BUOC, ma_buoc
from tochuc.models import DonVi, LichSuDonVi
from tochuc.scoping import in_force, subtree
from tochuc.so_thay_doi import SoThayDoi, plain_rows, tung_luot, write_rows

MOT_NGAY = timedelta(days=1)


@dataclass(frozen=True)
class Doi:
    """What a unit is called and where it hangs from a day on; None: as before."""

    ten: str | None = None
    cap_tren: int | None = None


class CayHomNay:
    """Paths of a part of today's tree, held in memory while it is rebuilt.

    Hanging a unit elsewhere costs as much as what hangs below it; all is written at the end.
    """

    def __init__(self, goc: DonVi):
        rows = plain_rows(DonVi).filter(subtree("path", goc.path)).order_by("path")
        self._cu: dict[int, str] = {}
        self.ket_thuc: dict[int, date | None] = {}
        self._theo_duong: dict[str, int] = {}
        self._con: dict[str, set[int]] = defaultdict(set)
        self._cuoi: dict[str, int] = defaultdict(int)
        for pk, path, ended in rows.values_list("pk", "path", "ket_thuc"):
            self._cu[pk], self.ket_thuc[pk] = path, ended
        self._dau = dict(self._cu)  # where each came into this tree, also the new ones
        self._moi: dict[int, str] = {}
        for pk, path in self._cu.items():
            self._dat(pk, path)

    def _dat(self, pk: int, path: str) -> None:
        above = path[:-BUOC]
        self._moi[pk] = path
        self._theo_duong[path] = pk
        self._con[above].add(pk)
        self._cuoi[above] = max(self._cuoi[above], int(path[-BUOC:], 36))

    def duong(self, pk: int) -> str:
        return self._moi[pk]

    def cha(self, pk: int) -> int | None:
        """The unit above; None for the top of this part, and for what is not in it."""
        return self._theo_duong.get(self._moi.get(pk, "")[:-BUOC])

    def con(self, pk: int) -> list[int]:
        """Units right below, in the order of the tree."""
        return sorted(self._con.get(self._moi[pk], ()), key=self._moi.__getitem__)

    def cho_moi(self, cap_tren: int) -> str:
        """A path that nobody has had yet, as the last one below a unit."""
        above = self._moi[cap_tren]
        self._cuoi[above] += 1
        return above + ma_buoc(self._cuoi[above])

    def them(self, pk: int, path: str) -> None:
        self._dau[pk] = path
        self._dat(pk, path)

    def chuyen(self, pk: int, cap_tren: int) -> None:
        """Hang a unit, with everything below it, below another one."""
        old = self._moi[pk]
        if self._moi[cap_tren].startswith(old):
            raise RuleError("Một đơn vị không thể đứng dưới chính nó.")
        new = self.cho_moi(cap_tren)
        moving = self._va_duoi(pk)
        self._con[old[:-BUOC]].discard(pk)
        for other in moving:
            path = self._moi[other]
            del self._theo_duong[path]
            self._con.pop(path, None)
        for other in moving:
            self._dat(other, new + self._moi[other][len(old) :])

    def _va_duoi(self, pk: int) -> list[int]:
        found = [pk]
        for unit in found:  # grows while it is gone through
            found += self._con.get(self._moi[unit], ())
        return found

    def ghi(self, so: SoThayDoi) -> None:
        """Write what has moved; the numbers of children follow.

        Small branches row by row in one statement, then large ones by their beginnings: what has
        left a branch by then is not taken along with it.
        """
        changed = [(pk, old, self._moi[pk]) for pk, old in self._cu.items() if old != self._moi[pk]]
        so.ghi(DonVi, [(pk, _vi_tri(old), _vi_tri(new)) for pk, old, new in changed])
        branches = self._nhanh_da_chuyen()
        small = [pk for rows in branches.values() if len(rows) <= NHANH_NHO for pk in rows]
        write_rows(DonVi, [(pk, _vi_tri(self._moi[pk])) for pk in small])
        large = [top for top, rows in branches.items() if len(rows) > NHANH_NHO]
        _chuyen_nhanh([(self._dau[pk], self._moi[pk]) for pk in large])
        dem_con(set(self._moi))

    def _nhanh_da_chuyen(self) -> dict[int, list[int]]:
        """Who has another path, by the unit with which it has moved."""
        cu = {path: pk for pk, path in self._dau.items()}
        found = defaultdict(list)
        voi: dict[int, int] = {}
        for pk, old in sorted(self._dau.items(), key=lambda pair: len(pair[1])):
            above, new = cu.get(old[:-BUOC]), self._moi[pk]
            if new == old:
                continue
            goes_along = above in voi and new == self._moi[above] + old[-BUOC:]
            voi[pk] = voi[above] if goes_along else pk
            found[voi[pk]].append(pk)
        return found


NHANH_NHO = 5
"""Rows up to which the units of a branch are written one by one."""


def _chuyen_nhanh(moves: list[tuple[str, str]]) -> None:
    """Give whole branches of the tree their new beginnings, many in one statement.

    The lowest come first: what leaves a branch is not in it any more when that one moves. No
    beginning is one that anybody has or had.
    """
    moves = sorted(moves, key=lambda pair: -len(pair[0]))
    for part in tung_luot(moves):
        scope, paths, depths = Q(pk__in=()), [], []
        for old, new in part:
            inside = subtree("path", old)
            scope |= inside
            paths.append(When(inside, then=Concat(Value(new), Substr("path", len(old) + 1))))
            depths.append(When(inside, then=F("depth") + (len(new) - len(old)) // BUOC))
        plain_rows(DonVi).filter(scope).update(path=Case(*paths), depth=Case(*depths))


def _vi_tri(path: str) -> dict:
    return {"path": path, "depth": len(path) // BUOC}


def dem_con(pks: Iterable[int]) -> None:
    """Let each of these units know how many stand directly below it."""
    rows = list(plain_rows(DonVi).filter(pk__in=pks).values_list("pk", "path", "numchild"))
    scope = Q(pk__in=())
    for path in _roots(path for _, path, _ in rows):
        scope |= subtree("path", path)
    paths = plain_rows(DonVi).filter(scope).values_list("path", flat=True)
    below = Counter(path[:-BUOC] for path in paths.iterator())
    groups = defaultdict(list)
    for pk, path, stored in rows:
        if stored != below[path]:
            groups[below[path]].append(pk)
    for so_con, changed in groups.items():
        plain_rows(DonVi).filter(pk__in=changed).update(numchild=so_con)


def tra_cho(old: Mapping[int, str]) -> None:
    """Free these places in the tree for the units that had them: who came since moves aside."""
    taken = plain_rows(DonVi).filter(path__in=old.values()).exclude(pk__in=old)
    for unit in list(taken.order_by("path")):
        above = DonVi.objects.get(path=unit.path[:-BUOC])
        cay = CayHomNay(above)
        cay.chuyen(unit.pk, above.pk)
        cay.ghi(SoThayDoi(None))


class CayTheoNgayMoi:
    """Spans of the dated tree that begin on one day; written for all units at once."""

    def __init__(self, ngay: date, can_cu: str):
        self._ngay, self._can_cu = ngay, can_cu
        self._doi: dict[int, Doi] = {}
        self._moi: dict[int, Doi] = {}

    def doi(self, pk: int, **changes) -> None:
        """A unit that exists is called otherwise, or hangs elsewhere, from the day on."""
        target = self._moi if pk in self._moi else self._doi
        kept = target.get(pk, Doi())
        target[pk] = Doi(**{**kept.__dict__, **changes})

    def them(self, pk: int, *, ten: str, cap_tren: int) -> None:
        """A unit that begins on the day."""
        self._moi[pk] = Doi(ten, cap_tren)

    def ghi(self, so: SoThayDoi) -> None:
        """Close and open spans of all that change, and of everything below them."""
        scopes = self._pham_vi()
        spans = self._anh_huong(scopes)
        self._check(spans, scopes)
        ways = {}
        closed, opened, changed = [], [], []
        for pk in [*spans, *self._moi]:
            span = spans.get(pk)
            ten, cap_tren = self._la(pk, span)
            duong = self._duong(pk, spans, ways, ())
            if span is None:
                opened.append(self._khoang(pk, ten, cap_tren, duong))
            elif (span.ten, span.cap_tren_id, span.duong) == (ten, cap_tren, duong):
                continue
            elif span.tu_ngay == self._ngay:
                changed.append(_thay(span, ten, cap_tren, duong, self._can_cu))
            else:
                closed.append(span.pk)
                opened.append(self._khoang(pk, ten, cap_tren, duong))
        rows = plain_rows(LichSuDonVi).filter(pk__in=closed)
        so.sua(rows, den_ngay=self._ngay - MOT_NGAY)
        so.sua_tung(LichSuDonVi, changed)
        so.them(LichSuDonVi, opened)

    def _pham_vi(self) -> list[Q]:
        """Spans of what changes and of all that stands below it, by their ways of that day, in
        parts that one statement can name."""
        that_day = LichSuDonVi.objects.tai_ngay(self._ngay).order_by()
        tops = list(that_day.filter(don_vi__in=self._doi).values_list("don_vi", "duong"))
        missing = set(self._doi) - {pk for pk, _ in tops}
        if missing:
            raise RuleError(f"{_ten(missing)} chưa có vào ngày {show_day(self._ngay)}.")
        ways = _roots(duong for _, duong in tops)
        return [
            reduce(or_, (subtree("duong", duong) for duong in part)) for part in tung_luot(ways)
        ]

    def _anh_huong(self, scopes: list[Q]) -> dict[int, LichSuDonVi]:
        """The running spans of that day."""
        found = {}
        for scope in scopes:
            rows = plain_rows(LichSuDonVi).filter(scope & in_force(self._ngay))
            found |= {row.don_vi_id: row for row in rows}
        return found

    def _check(self, spans: dict[int, LichSuDonVi], scopes: list[Q]) -> None:
        """Refuse what would rewrite a later change, also of a unit that has come below since:
        the later one is undone first."""
        units = set(spans)
        parents = {change.cap_tren for change in (*self._doi.values(), *self._moi.values())}
        units |= {pk for pk in parents if pk and pk not in self._moi}
        rows = LichSuDonVi.objects.filter(tu_ngay__gt=self._ngay).order_by()
        found = set()
        for scope in (Q(don_vi__in=units), *scopes):
            found |= set(rows.filter(scope).values_list("don_vi", flat=True)[:5])
        if found:
            raise RuleError(
                f"{_ten(found)} đã được lập hoặc sắp xếp sau ngày {show_day(self._ngay)}. "
                "Chọn ngày sau lần ấy."
            )

    def _la(self, pk: int, span: LichSuDonVi | None) -> tuple[str, int | None]:
        change = self._moi.get(pk) or self._doi.get(pk, Doi())
        if span is None:
            return change.ten, change.cap_tren
        cap_tren = span.cap_tren_id if change.cap_tren is None else change.cap_tren
        return change.ten or span.ten, cap_tren

    def _duong(self, pk: int, spans, ways: dict[int, str], under: tuple[int, ...]) -> str:
        if pk in ways:
            return ways[pk]
        if pk in under:
            raise RuleError("Một đơn vị không thể đứng dưới chính nó.")
        if pk not in spans and pk not in self._moi:
            that_day = LichSuDonVi.objects.tai_ngay(self._ngay)
            ways[pk] = that_day.values_list("duong", flat=True).filter(don_vi=pk).first() or ""
            if not ways[pk]:
                raise RuleError(f"{_ten([pk])} chưa có vào ngày {show_day(self._ngay)}.")
            return ways[pk]
        cap_tren = self._la(pk, spans.get(pk))[1]
        above = "" if cap_tren is None else self._duong(cap_tren, spans, ways, (*under, pk))
        ways[pk] = above + ma_buoc(pk)
        return ways[pk]

    def _khoang(self, pk: int, ten: str, cap_tren: int | None, duong: str) -> LichSuDonVi:
        return LichSuDonVi(
            don_vi_id=pk,
            ten=ten,
            cap_tren_id=cap_tren,
            tu_ngay=self._ngay,
            duong=duong,
            can_cu=self._can_cu if pk in self._moi or pk in self._doi else "",
        )


def _thay(span: LichSuDonVi, ten: str, cap_tren: int | None, duong: str, can_cu: str):
    names = ("ten", "cap_tren_id", "duong", "can_cu")
    before = {name: getattr(span, name) for name in names}
    after = {"ten": ten, "cap_tren_id": cap_tren, "duong": duong, "can_cu": span.can_cu or can_cu}
    return span.pk, before, after


def _roots(ways: Iterable[str]) -> list[str]:
    """Those that do not stand below another one of them."""
    kept = []
    for way in sorted(ways):
        if not kept or not way.startswith(kept[-1]):
            kept.append(way)
    return kept


def _ten(pks) -> str:
    units = DonVi.objects.filter(pk__in=list(pks)[:5]).order_by("path")
    return ", ".join(str(unit) for unit in units)
