"""Who owes which month: read for one member, a branch or a whole district alike.

Always the same four statements: the official periods of the members in question (with the
branch and its book), what they paid, their exemptions, the rates. `quy_tac` does the rest.

A month is owed when its branch has opened its book by then, nobody paid it and no exemption
covers it. Members who died owe nothing. Records that stopped (`so_lieu_den`) owe no more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Q

from core.periods import KyBaoCao, today
from doanvien.models import DoanPhi, DoanVien, MienDoanPhi, QuaTrinh
from tochuc.models import DonVi
from tochuc.scoping import subtree

from .con_no import cham, no
from .muc_thu import BangMuc
from .quy_tac import Doan, luong_trong, noi_thu, thang_cua, thang_sau

DAU_TIEN = date(1931, 3, 1)


class TrangThaiThang(StrEnum):
    DA_DONG = "da_dong"  # paid here
    NOI_KHAC = "noi_khac"  # due here, paid in another branch
    MIEN = "mien"
    NO = "no"
    CHUA_DEN = "chua_den"  # a month to come


@dataclass(frozen=True, slots=True)
class Thang:
    """One month of one member at one branch."""

    doan_vien: int
    chi_doan: int
    path: str
    thang: date
    trang_thai: TrangThaiThang
    so_tien: int = 0  # paid, or owed
    phieu: int | None = None

    @property
    def is_no(self) -> bool:
        return self.trang_thai == TrangThaiThang.NO

    @property
    def is_da_dong(self) -> bool:
        return self.trang_thai == TrangThaiThang.DA_DONG


@dataclass(slots=True)
class Thu:
    """The dues of one unit in a span: what was to collect, what was, who still owes."""

    da_thu: int = 0
    con_no: int = 0
    luot_da_thu: int = 0
    luot_no: int = 0
    nguoi_no: set[int] = field(default_factory=set)

    @property
    def phai_thu(self) -> int:
        return self.da_thu + self.con_no

    @property
    def so_nguoi_no(self) -> int:
        return len(self.nguoi_no)

    @property
    def luot_phai_thu(self) -> int:
        return self.luot_da_thu + self.luot_no

    def add(self, item: Thang) -> None:
        if item.is_da_dong:
            self.da_thu += item.so_tien
            self.luot_da_thu += 1
        elif item.is_no:
            self.con_no += item.so_tien
            self.luot_no += 1
            self.nguoi_no.add(item.doan_vien)


def con_no(doan_vien: DoanVien, den_ngay: date) -> list[date]:
    """The months (first days) that the member owes up to `den_ngay`, that day's month included."""
    return con_no_nhieu([doan_vien.pk], den_ngay)[doan_vien.pk]


def con_no_thang(don_vi: DonVi, ky: KyBaoCao):
    """Who owes a month at a branch, or at those below a unit, as rows that one statement counts:
    what `doc_thang` finds.

    The official periods at the branch that touch the month and are the member's first to do
    so, where the book is open, nobody paid the month anywhere and no exemption covers it.
    """
    here = Q(chi_doan=don_vi) if don_vi.is_chi_doan else subtree("chi_doan__path", don_vi.path)
    return con_no_thang_tai(here, ky)


def con_no_thang_tai(here: Q, ky: KyBaoCao):
    """The same for the periods that `here` means."""
    return QuaTrinh.objects.filter(here, no(ky.start))


def con_no_nhieu(doan_vien: Iterable[int], den_ngay: date) -> dict[int, list[date]]:
    """`con_no` of many members (by number) with the same few statements."""
    found = {pk: [] for pk in doan_vien}
    for item in doc_thang(Q(doan_vien__in=list(found)), DAU_TIEN, den_ngay, den_ngay):
        if item.is_no:
            found[item.doan_vien].append(item.thang)
    return found


def da_dong_den(doan_vien: DoanVien, ngay: date) -> date | None:
    """The last month such that nothing is owed up to it; None when no month was ever paid.

    What «Đã đóng đoàn phí hết tháng …» says. Months exempt count as settled; months paid
    ahead count when none before them is owed.
    """
    return dong_va_no(doan_vien, ngay)[0]


def dong_va_no(doan_vien: DoanVien, ngay: date) -> tuple[date | None, list[date]]:
    """`da_dong_den` and `con_no` together, with the statements of one of them."""
    items = doc_thang(Q(doan_vien=doan_vien.pk), DAU_TIEN, _xa(ngay), ngay)
    last, owed = None, []
    for item in sorted(items, key=lambda item: item.thang):
        if item.is_no:
            owed.append(item.thang)
        elif not owed and item.trang_thai != TrangThaiThang.CHUA_DEN:
            last = item.thang
    return last, owed


def bang_thu(
    don_vi: DonVi,
    ky: KyBaoCao,
    den: date | None = None,
    *,
    muc: BangMuc | None = None,
    duong: Mapping[int, str] | None = None,
) -> dict[str, Thu]:
    """Per branch (by its tree path): what `ky` was to bring up to `den`, and what it did.

    For a branch, a ward or a district with the same statements. `tong_thu` adds them up for
    a unit above. `duong` are the ways of another map (`BanDo.cac_duong`): by them then.
    """
    den = min(den or don_vi.ngay_so_lieu(today()), ky.end)
    found: dict[str, Thu] = defaultdict(Thu)
    for item in doc_thang(pham_vi(don_vi, duong), ky.start, ky.end, den, muc=muc):
        if duong is not None:
            if item.chi_doan in duong:
                found[duong[item.chi_doan]].add(item)
        elif item.path.startswith(don_vi.path):
            found[item.path].add(item)
    return dict(found)


def pham_vi(don_vi: DonVi, duong: Mapping[int, str] | None = None) -> Q:
    """Periods at the unit or below it, on today's map or by the ways of another."""
    if duong is None:
        return subtree("chi_doan__path", don_vi.path)
    return Q(chi_doan__in=list(duong))


def tong_thu(bang: dict[str, Thu], path: str = "") -> Thu:
    """The sum over the branches at and below a tree path."""
    total = Thu()
    for own, thu in bang.items():
        if own.startswith(path):
            total.da_thu += thu.da_thu
            total.con_no += thu.con_no
            total.luot_da_thu += thu.luot_da_thu
            total.luot_no += thu.luot_no
            total.nguoi_no |= thu.nguoi_no
    return total


def doc_chi_doan(
    chi_doan: DonVi, tu: date, den: date, hom_nay: date, *, mo_so: date | None = None
) -> list[Thang]:
    """Every month at one branch from `tu` to `den`; `mo_so` is when its book opens if closed."""
    scope = subtree("chi_doan__path", chi_doan.path)
    items = doc_thang(scope, tu, den, hom_nay, mo_so={chi_doan.pk: mo_so} if mo_so else None)
    return [item for item in items if item.chi_doan == chi_doan.pk]


def doc_thang(
    scope: Q,
    tu: date,
    den: date,
    hom_nay: date,
    *,
    mo_so: dict[int, date] | None = None,
    muc: BangMuc | None = None,
) -> list[Thang]:
    """Every month from `tu` to `den` of the members in `scope` (a condition on QuaTrinh).

    With members of a unit in scope, their months elsewhere are among the answers too.
    """
    tu, den = thang_cua(tu), thang_cua(den)
    people, books = _periods(scope, tu, den)
    paid = _paid(scope, tu, den)
    so = _So(books | (mo_so or {}), _exempt(people, tu, den), muc or BangMuc(), hom_nay)
    found = []
    for pk, person in people.items():
        due = noi_thu(person.periods, tu, KyBaoCao.month_of(den).end)
        own = paid.pop(pk, {})
        for thang in sorted(due.keys() | own.keys()):
            found += so.cells(person, thang, due.get(thang), own.get(thang))
    return found + [_paid_cell(row) for rows in paid.values() for row in rows.values()]


@dataclass(slots=True)
class _Nguoi:
    pk: int
    huong_luong: bool
    huong_luong_tu: date | None
    tu_tran: bool
    periods: list[Doan] = field(default_factory=list)
    paths: dict[int, str] = field(default_factory=dict)
    so_lieu_den: dict[int, date | None] = field(default_factory=dict)


def _periods(scope: Q, tu: date, den: date):
    """Members of the scope with all their official periods, and the books of the branches."""
    touching = _touching(tu, den)
    own = touching.filter(scope).values("doan_vien")
    rows = touching.filter(doan_vien__in=own).values_list(
        "doan_vien",
        "chi_doan",
        "tu_ngay",
        "den_ngay",
        "chi_doan__path",
        "chi_doan__so_thu_doan_phi__tu_thang",
        "chi_doan__so_lieu_den",
        "doan_vien__huong_luong",
        "doan_vien__huong_luong_tu",
        "doan_vien__trang_thai",
    )
    people: dict[int, _Nguoi] = {}
    books: dict[int, date] = {}
    for doan_vien, chi_doan, start, end, path, book, stop, luong, tu, trang_thai in rows:
        person = people.setdefault(
            doan_vien, _Nguoi(doan_vien, luong, tu, trang_thai == DoanVien.TrangThai.TU_TRAN)
        )
        person.periods.append(Doan(chi_doan, start, end))
        person.paths[chi_doan] = path
        person.so_lieu_den[chi_doan] = stop
        if book:
            books[chi_doan] = book
    return people, books


def _paid(scope: Q, tu: date, den: date) -> dict[int, dict[date, tuple]]:
    """What was paid for the span: by these members anywhere, and by anybody at these units."""
    members = _touching(tu, den).filter(scope).values("doan_vien")
    rows = DoanPhi.objects.con_hieu_luc().trong_thang(tu, den).order_by()
    rows = rows.filter(scope | Q(doan_vien__in=members))
    paid: dict[int, dict[date, tuple]] = defaultdict(dict)
    columns = ("doan_vien", "chi_doan", "chi_doan__path", "thang", "so_tien", "phieu")
    for row in rows.values_list(*columns):
        paid[row[0]][row[3]] = row
    return paid


def _touching(tu: date, den: date):
    """The official periods that touch the span of months."""
    return QuaTrinh.objects.order_by().filter(cham(tu, den))


def _exempt(people, tu: date, den: date) -> dict[int, list[tuple[date, date]]]:
    rows = MienDoanPhi.objects.duoc_mien().giao_voi(tu, den).order_by()
    found = defaultdict(list)
    for doan_vien, first, last in rows.values_list("doan_vien", "tu_thang", "den_thang"):
        if doan_vien in people:
            found[doan_vien].append((first, last))
    return found


@dataclass(frozen=True, slots=True)
class _So:
    """What decides over a month besides the periods: books, exemptions, rates, the day."""

    books: dict[int, date]
    exempt: dict[int, list[tuple[date, date]]]
    muc: BangMuc
    hom_nay: date

    def cells(self, person: _Nguoi, thang: date, chi_doan: int | None, paid) -> list[Thang]:
        """The month as its branch sees it; one paid elsewhere also as that branch does."""
        cells = [_paid_cell(paid)] if paid else []
        if chi_doan is None or (paid and paid[1] == chi_doan):
            return cells
        state = TrangThaiThang.NOI_KHAC if paid else self._unpaid(person.pk, thang)
        if not self._is_due(person, thang, chi_doan):
            return cells
        path = person.paths[chi_doan]
        owed = state in (TrangThaiThang.NO, TrangThaiThang.CHUA_DEN)
        luong = luong_trong(thang, person.huong_luong, person.huong_luong_tu)
        amount = self.muc.muc(path, thang, luong) if owed else 0
        return [*cells, Thang(person.pk, chi_doan, path, thang, state, amount)]

    def _is_due(self, person: _Nguoi, thang: date, chi_doan: int) -> bool:
        book, stop = self.books.get(chi_doan), person.so_lieu_den[chi_doan]
        if book is None or thang < book or person.tu_tran:
            return False
        return stop is None or thang <= stop

    def _unpaid(self, doan_vien: int, thang: date) -> TrangThaiThang:
        if any(first <= thang <= last for first, last in self.exempt.get(doan_vien, ())):
            return TrangThaiThang.MIEN
        return TrangThaiThang.CHUA_DEN if thang > self.hom_nay else TrangThaiThang.NO


def _paid_cell(row: tuple) -> Thang:
    doan_vien, chi_doan, path, thang, so_tien, phieu = row
    return Thang(doan_vien, chi_doan, path, thang, TrangThaiThang.DA_DONG, so_tien, phieu)


def _xa(ngay: date) -> date:
    """Far enough to see what was paid ahead."""
    return thang_sau(thang_cua(ngay), 24)
