"""How branches collect and hand over dues in a year, for judging them: one statement in all.

The months are those that `queries.doc_thang` finds, counted where they stand instead of read
one by one: a SELECT for the receipts with the day they were handed over, one for what was paid,
one for what is owed, joined by UNION ALL. The settings come with the caller.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

from django.db import connection
from django.db.models import CharField, Count, DateField, F, Q, Sum, Value
from django.db.models.functions import Coalesce

from core.periods import KyBaoCao
from doanvien.models import DoanPhi, PhieuThu
from tochuc.models import CapDonVi, DonVi
from tochuc.quy_dinh import ty_le
from tochuc.scoping import subtree

from .dem_no import dem_no
from .muc_thu import HAN_NOP, TRICH_NOP, BangMuc
from .quy_tac import cac_thang, chia, thang_cua, thang_sau
from .tong_hop import han_nop

QUY_DINH = TRICH_NOP, HAN_NOP
PHIEU, DA_THU, NO = "phieu", "da_thu", "no"


@dataclass(slots=True)
class ThuNop:
    """One branch: member-months paid and owed, and the months handed over late or not at all."""

    da_thu: int = 0
    con_no: int = 0
    nop_cham: list[date] = field(default_factory=list)

    @property
    def phai_thu(self) -> int:
        return self.da_thu + self.con_no


@dataclass(frozen=True, slots=True)
class _Phieu:
    """What a branch took on a day, and when it was handed over (None: it has it still)."""

    ngay: date
    nop: date | None
    tong: int


def thang_da_qua(nam: int, het_ngay: date) -> list[date]:
    """The months of the year that are over once the day `het_ngay` is."""
    last = thang_sau(thang_cua(het_ngay + timedelta(days=1)), -1)
    return list(cac_thang(date(nam, 1, 1), min(last, date(nam, 12, 1))))


def thu_nop(don_vi: DonVi, thang: list[date], hom_nay: date, muc: BangMuc) -> dict[str, ThuNop]:
    """By tree path, the branches at or below `don_vi` that had something to collect or hand over.

    `thang` are months of one year in a row, `muc` holds the settings of `QUY_DINH`. A remittance
    is late when it was made after the month's due day, or when that day is past by `hom_nay` and
    the share is still at the branch.
    """
    if not thang:
        return {}
    found: dict[str, ThuNop] = defaultdict(ThuNop)
    receipts: dict[str, list[_Phieu]] = defaultdict(list)
    for loai, path, ngay, nop, so in _dem(don_vi.path, tuple(thang)):
        if loai == PHIEU:
            receipts[path].append(_Phieu(ngay, nop, so))
        elif loai == DA_THU:
            found[path].da_thu += so
        else:
            found[path].con_no += so
    for path, rows in receipts.items():
        found[path].nop_cham = [*_nop_cham(path, rows, thang, muc, hom_nay)]
    return dict(found)


def _nop_cham(path: str, rows: list[_Phieu], thang: list[date], muc: BangMuc, hom_nay: date):
    """The late months; what was taken back after handing over is set off against the next."""
    waiting = 0
    for item in thang:
        ky = KyBaoCao.month_of(item)
        han, share = han_nop(muc, path, ky), ty_le(muc.gia_tri(TRICH_NOP, path, ky.end))
        own = [row for row in rows if row.ngay in ky]
        waiting = min(waiting, 0) + _tong(row for row in own if row.nop is None)
        late = _tong(row for row in own if row.nop and row.nop > han)
        missing = waiting if han < hom_nay else 0
        if any(chia(max(amount, 0), *share).trich_nop for amount in (late, missing)):
            yield item


def _tong(rows: Iterable[_Phieu]) -> int:
    return sum(row.tong for row in rows)


def _dem(path: str, thang: tuple[date, ...]) -> Iterator[tuple]:
    """Kind, path, day of a receipt, day of its remittance, how much."""
    with connection.cursor() as cursor:
        cursor.execute(*_cau(path, thang))
        for loai, own, ngay, nop, so in cursor.fetchall():
            yield loai, own, _ngay(ngay), _ngay(nop), int(so)


@lru_cache(maxsize=1000)
def _cau(path: str, thang: tuple[date, ...]) -> tuple[str, tuple]:
    """The statement. Nothing but these two has a say in it, so that it is put together once."""
    owed, params = dem_no(path, thang)
    selects = [
        _phieu(path, thang).query.sql_with_params(),
        _da_thu(path, thang).query.sql_with_params(),
        (f"SELECT '{NO}', noi, NULL, NULL, so FROM ({owed}) o", params),  # noqa: S608 -- a word of ours
    ]
    sql = " UNION ALL ".join(sql for sql, _ in selects)
    return sql, tuple(chain.from_iterable(own for _, own in selects))


def _ngay(value: date | str | None) -> date | None:
    """SQLite gives the words of a day."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _phieu(path: str, thang: Sequence[date]):
    """Receipts by day; a counter-entry stands on the day of what it takes back."""
    span = thang[0], KyBaoCao.month_of(thang[-1]).end
    rows = PhieuThu.objects.filter(
        Q(dao_cua__isnull=True, ngay__range=span) | Q(dao_cua__ngay__range=span),
        subtree("don_vi__path", path),
        don_vi__cap=CapDonVi.CHI_DOAN,
    )
    day = Coalesce("dao_cua__ngay", "ngay")
    return _shaped(rows, PHIEU, "don_vi__path", day, F("nop__ngay"), Sum("tong"))


def _da_thu(path: str, thang: Sequence[date]):
    rows = DoanPhi.objects.con_hieu_luc().trong_thang(thang[0], thang[-1])
    rows = rows.filter(subtree("chi_doan__path", path))
    none = Value(None, DateField())
    return _shaped(rows, DA_THU, "chi_doan__path", none, none, Count("pk"))


def _shaped(rows, loai: str, path: str, ngay, nop, so):
    """One shape for all."""
    named = {"l": Value(loai, CharField()), "p": F(path), "d": ngay, "n": nop}
    grouped = rows.order_by().annotate(**named).values(*named).annotate(s=so)
    return grouped.values_list(*named, "s")
