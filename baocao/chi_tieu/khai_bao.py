"""What an indicator is: a code, words, and the rows it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.db.models import Q, QuerySet

from core.periods import KyBaoCao, today
from tochuc.models import CapDonVi, DonVi
from tochuc.permissions import Quyen


class Kieu(StrEnum):
    """How a figure adds up over time; over units all of them are sums."""

    STOCK = "stock"  # what exists at the end: does not add over time
    FLOW = "flow"  # what happened inside: adds over time
    RATIO = "ratio"  # numerators and denominators add, each for itself


@dataclass(frozen=True)
class ThoiKy:
    """A period as it is looked at on a day: flows count inside, stocks on `den`."""

    ky: KyBaoCao
    den: date

    @classmethod
    def of(cls, ky: KyBaoCao, don_vi: DonVi, as_of: date | None = None) -> "ThoiKy":
        """The period up to `as_of`; without it up to its end, today or the end of records."""
        return cls(ky, min(ky.end, as_of or don_vi.ngay_so_lieu(today())))

    @property
    def trong_ky(self) -> tuple[date, date]:
        return self.ky.start, self.den

    @property
    def luy_ke(self) -> tuple[date, date]:
        """From the first day of the year."""
        return date(self.ky.nam, 1, 1), self.den


@dataclass(frozen=True, kw_only=True)
class Nguon:
    """Where rows come from.

    `path` leads to the tree path of the unit that owns a row. `ngay` is the date that places
    a row in a period; a source without it is a stock. `khoang` says which rows lie in a span
    of days where that is not simply their `ngay`. `path_khac` leads to the unit at the other
    end of a move: a move inside a unit is none for that unit.

    Where one row stands for several days (a member owes three months) the figure is counted over
    `phan`, sources that each take one of them, and opened as `rows_trong` a span of days.
    `kem` adds what the opened rows show and no figure counts.
    """

    ma: str
    rows: Callable[[ThoiKy], QuerySet]
    path: str = "chi_doan__path"
    ngay: str = ""
    khoang: Callable[[date, date], Q] | None = None
    path_khac: str = ""
    phan: Callable[[date, date], list["Nguon"]] | None = None
    rows_trong: Callable[[date, date], QuerySet] | None = None
    kem: Callable[[QuerySet, ThoiKy], QuerySet] | None = None

    def mo(self, thoi_ky: ThoiKy, luy_ke: bool) -> QuerySet:
        """Its rows of the period, or of the year so far."""
        span = thoi_ky.luy_ke if luy_ke else thoi_ky.trong_ky
        if self.rows_trong:
            return self.rows_trong(*span)
        found = self.rows(thoi_ky).filter(self.trong(*span))
        return self.kem(found, thoi_ky) if self.kem else found

    def dem(self, tu: date, den: date) -> list["Nguon"]:
        """What is counted of a span: itself, or its parts."""
        return self.phan(tu, den) if self.phan else [self]

    def trong(self, tu: date, den: date) -> Q:
        """Rows of the span; of a stock all of them."""
        if self.khoang:
            return self.khoang(tu, den)
        return Q(**{f"{self.ngay}__range": (tu, den)}) if self.ngay else Q()


DieuKien = Callable[[ThoiKy], Q]


@dataclass(frozen=True, kw_only=True)
class ChiTieu:
    """Chỉ tiêu (indicator): which rows of its source are counted, and how the count adds up.

    With `tong` a column of the rows is added up: money in đồng, trees; `chia` brings small units
    to those of the figure (metres to km). Without a source the figure is typed by the unit. One
    that is `hoac_go` is typed as long as nothing of the kind is on record in the period: units
    that keep no register of activities still report. `mau` makes a ratio: its denominator's
    rows. A sensitive one (`nhay_cam`) is shown as a sum and never opens names; one with
    `quyen_mo` opens its rows to who holds that right, others see the sum.
    """

    ma: str
    ten: str
    don_vi_tinh: str
    nhom: str
    kieu: Kieu
    nguon: Nguon | None = None
    nguon_them: Nguon | None = None  # rows of another table that count as well
    tu: DieuKien = lambda _: Q()
    mau: DieuKien | None = None
    ten_phan: tuple[str, str] = ("Cá nhân", "Tập thể")  # what the rows of two tables are called
    cap: tuple[str, ...] = tuple(CapDonVi.values)
    tong: str = ""  # adds up this column of the rows instead of counting them
    chia: int = 1
    hoac_go: bool = False
    nhay_cam: bool = False
    quyen_mo: Quyen | None = None
    chi_nam: bool = False  # stands in reports of a year alone

    @property
    def is_nhap_tay(self) -> bool:
        return self.nguon is None

    @property
    def cac_nguon(self) -> list[Nguon]:
        """Where its rows come from: one table, seldom two."""
        return [nguon for nguon in (self.nguon, self.nguon_them) if nguon]

    @property
    def may_go(self) -> bool:
        """Whether the unit may have to type it."""
        return self.is_nhap_tay or self.hoac_go

    @property
    def is_ty_le(self) -> bool:
        return self.kieu == Kieu.RATIO

    @property
    def is_so_le(self) -> bool:
        """Whether the figure has a decimal."""
        return self.is_ty_le or self.chia > 1

    def dung_cho(self, don_vi: DonVi) -> bool:
        """Whether the figure says anything about a unit of this level."""
        return don_vi.cap in self.cap


@dataclass(frozen=True)
class So:
    """One figure: a count, or a numerator with its denominator; `chia` as in its indicator."""

    tu: int
    mau: int | None = None
    chia: int = 1

    @property
    def gia_tri(self) -> Decimal | int | None:
        """The count, or with one decimal a measure or a rate in percent; None without a base."""
        if self.mau is None and self.chia > 1:
            return _mot_so_le(Decimal(self.tu) / self.chia)
        if self.mau is None:
            return self.tu
        if not self.mau:
            return None
        return _mot_so_le(Decimal(100 * self.tu) / self.mau)


def _mot_so_le(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
