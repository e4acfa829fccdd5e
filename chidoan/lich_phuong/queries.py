"""A ward's year of meetings, branch by branch and month by month, this year beside the last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from chidoan.can_giup import CanGiup
from chidoan.lich_hop import NhipHop, nhip_hop
from chidoan.lich_nam import heat_year
from chidoan.models import ChiDoan
from chidoan.queries import (
    DiemDanhThang,
    diem_danh_cac_thang,
    nguong_can_giup,
    thang_xet,
    tinh_hinh_tu,
)
from core.charts import HeatCell
from core.periods import KyBaoCao, het_ngay
from tochuc.models import DonVi


@dataclass(frozen=True)
class DuHop:
    """Rolls added up, with both rates: of all names, and without the excused."""

    du_hop: int = 0
    danh_sach: int = 0
    co_ly_do: int = 0

    @classmethod
    def of(cls, rows: Iterable[DiemDanhThang]) -> "DuHop":
        rows = list(rows)
        return cls(
            sum(row.du_hop for row in rows),
            sum(row.danh_sach for row in rows),
            sum(row.co_ly_do for row in rows),
        )

    @property
    def phai_co(self) -> int:
        """The names without the excused."""
        return self.danh_sach - self.co_ly_do

    @property
    def ty_le(self) -> float | None:
        return self.du_hop / self.danh_sach if self.danh_sach else None


@dataclass(frozen=True)
class SoNam:
    """A branch's, or the ward's, year: meetings held of those due, and who came."""

    nhip: NhipHop = field(default_factory=NhipHop)
    du_hop: DuHop = field(default_factory=DuHop)


@dataclass(frozen=True)
class DongLich:
    """One branch: why it needs help, its twelve months, this year and the one before."""

    can_giup: CanGiup
    o: list[HeatCell]
    nay: SoNam
    truoc: SoNam

    @property
    def chi_doan(self) -> ChiDoan:
        return self.can_giup.chi_doan


@dataclass(frozen=True)
class TongThang:
    """All branches in one month: who came, to how many meetings."""

    thang: KyBaoCao
    du_hop: DuHop
    so_buoi: int


@dataclass(frozen=True)
class LichPhuong:
    don_vi: DonVi
    nam: int
    ngay: date
    dong: list[DongLich] = field(default_factory=list)
    tong_thang: list[TongThang] = field(default_factory=list)
    nay: SoNam = field(default_factory=SoNam)
    truoc: SoNam = field(default_factory=SoNam)

    @property
    def can_giup(self) -> list[DongLich]:
        return [row for row in self.dong if row.can_giup.diem]

    @property
    def on_dinh(self) -> list[DongLich]:
        return [row for row in self.dong if not row.can_giup.diem and not self._is_het(row)]

    @property
    def da_ket_thuc(self) -> list[DongLich]:
        return [row for row in self.dong if self._is_het(row)]

    def _is_het(self, row: DongLich) -> bool:
        return row.chi_doan.ket_thuc is not None and row.chi_doan.ket_thuc < self.ngay


def lich_phuong(don_vi: DonVi, nam: int, day: date) -> LichPhuong:
    """The year `nam` as of `day`, for every branch that existed in it. Three queries."""
    year = KyBaoCao(nam)
    day = don_vi.ngay_so_lieu(min(day, year.end))
    rows = diem_danh_cac_thang(don_vi, _months(nam, day))
    branches = list(
        ChiDoan.objects.under(don_vi)
        .trong_nam(year, day)
        .with_nhip()
        .with_so_doan_vien(day)
        .with_nghi_quyet(day)
        .with_can_bo(day)
        .with_can_giup(day, don_vi.path)
        .order_by("path")
    )
    found = [
        _line(one, rows, year, day)
        for one in _reasons(branches, day, rows, nguong_can_giup(don_vi, day))
    ]
    return LichPhuong(
        don_vi,
        nam,
        day,
        found,
        [_month_total(month, rows) for month in year.months],
        _total(row.nay for row in found),
        _total(row.truoc for row in found),
    )


def _reasons(branches: list[ChiDoan], day: date, rows: Sequence[DiemDanhThang], nguong):
    """What speaks for helping each branch; nothing does once it has ended."""
    running = [row for row in branches if row.ket_thuc is None or row.ket_thuc >= day]
    ended = [row for row in branches if row not in running]
    return [*tinh_hinh_tu(running, day, rows, nguong), *(CanGiup(row) for row in ended)]


def _months(nam: int, day: date) -> list[KyBaoCao]:
    """From January of the year before, or as far as the rule for help looks back, to December."""
    months = [min(KyBaoCao(nam - 1, thang=1), thang_xet(day)[0])]
    while months[-1] < KyBaoCao(nam, thang=12):
        months.append(months[-1].next)
    return months


def _line(one: CanGiup, rows: Sequence[DiemDanhThang], year: KyBaoCao, day: date) -> DongLich:
    branch = one.chi_doan
    own = [row for row in rows if row.chi_doan_id == branch.pk]
    return DongLich(
        one,
        heat_year(branch, own, year.months, day),
        _year(branch, own, year, day),
        _year(branch, own, year.previous, day),
    )


def _year(branch: ChiDoan, rows: list[DiemDanhThang], year: KyBaoCao, day: date) -> SoNam:
    inside = [row for row in rows if row.thang.year == year.nam and row.thang <= day]
    held = {row.thang for row in inside}
    last_day = het_ngay(branch.ngay_so_lieu(min(day, year.end)))
    return SoNam(nhip_hop(branch, held, year, last_day), DuHop.of(inside))


def _month_total(month: KyBaoCao, rows: Sequence[DiemDanhThang]) -> TongThang:
    inside = [row for row in rows if row.thang == month.start]
    return TongThang(month, DuHop.of(inside), sum(row.so_buoi for row in inside))


def _total(years: Iterable[SoNam]) -> SoNam:
    rhythm, came = NhipHop(), DuHop()
    for year in years:
        rhythm += year.nhip
        came = DuHop(
            came.du_hop + year.du_hop.du_hop,
            came.danh_sach + year.du_hop.danh_sach,
            came.co_ly_do + year.du_hop.co_ly_do,
        )
    return SoNam(rhythm, came)
