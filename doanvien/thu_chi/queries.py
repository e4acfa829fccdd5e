"""The cash book of a unit in a year: typed entries, dues taken and dues handed over, in order."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Q, Sum, When

from core.periods import KyBaoCao
from doanvien.models import NopDoanPhi, PhieuThu, ThuChi
from tochuc.models import DonVi

_CO_DAU = Case(
    When(loai=ThuChi.Loai.CHI, then=F("so_tien") * -1),
    default=F("so_tien"),
    output_field=IntegerField(),
)
"""An entry's amount, with a minus for money that went out."""


@dataclass(frozen=True)
class Dong:
    """One line: money in (`thu`) or out (`chi`), and what is left after it."""

    ngay: date
    noi_dung: str
    thu: int
    chi: int
    ton: int = 0
    chung_tu: str = ""
    ghi: ThuChi | None = None  # the typed entry, which may be struck out


@dataclass(frozen=True)
class SoThuChi:
    """The year: what was left from before, its lines, and the sums."""

    dau_ky: int
    dong: tuple[Dong, ...]
    gach_bo: tuple[ThuChi, ...] = ()  # entries of the year that were struck out

    @property
    def thu(self) -> int:
        return sum(row.thu for row in self.dong)

    @property
    def chi(self) -> int:
        return sum(row.chi for row in self.dong)

    @property
    def cuoi_ky(self) -> int:
        return self.dau_ky + self.thu - self.chi


def so_thu_chi(don_vi: DonVi, nam: int) -> SoThuChi:
    """The book of one unit in a year. Six statements at most."""
    ky = KyBaoCao(nam)
    before = Q(ngay__lt=ky.start)
    in_year = Q(ngay__range=(ky.start, ky.end))
    entries, receipts, handed = _sources(don_vi)
    dau_ky = (
        _sum(entries.con_tinh().filter(before), _CO_DAU)
        + _sum(receipts.filter(before), "tong")
        - _sum(handed.filter(before), "trich_nop")
    )
    own = list(entries.filter(in_year))
    rows = [
        *(_entry(row) for row in own if row.huy_luc is None),
        *_dues(receipts.filter(in_year)),
        *(_handed(row) for row in handed.filter(in_year)),
    ]
    struck = tuple(row for row in own if row.huy_luc)
    return SoThuChi(dau_ky, tuple(_with_balance(dau_ky, rows)), struck)


def _sources(don_vi: DonVi):
    entries = ThuChi.objects.filter(don_vi=don_vi)
    receipts = PhieuThu.objects.filter(don_vi=don_vi).order_by("ngay", "so")
    handed = NopDoanPhi.objects.con_tinh().filter(don_vi=don_vi).order_by("ngay", "pk")
    return entries, receipts, handed


def _entry(row: ThuChi) -> Dong:
    is_thu = row.loai == ThuChi.Loai.THU
    thu, chi = (row.so_tien, 0) if is_thu else (0, row.so_tien)
    return Dong(row.ngay, row.noi_dung, thu, chi, chung_tu=row.chung_tu, ghi=row)


def _handed(row: NopDoanPhi) -> Dong:
    noi_dung = f"Nộp đoàn phí {KyBaoCao.parse(row.ky)}"
    return Dong(row.ngay, noi_dung, 0, row.trich_nop, chung_tu=row.chung_tu)


def _dues(receipts) -> list[Dong]:
    """Receipts of one day in one line, as a cashier writes them; names stay on the receipts."""
    found: dict[tuple, list[PhieuThu]] = {}
    for row in receipts:
        found.setdefault((row.ngay, row.loai), []).append(row)
    return [
        Dong(
            ngay,
            PhieuThu.Loai(loai).label,
            sum(row.tong for row in rows),
            0,
            chung_tu=_numbers(rows),
        )
        for (ngay, loai), rows in found.items()
    ]


def _numbers(rows: list[PhieuThu]) -> str:
    first, last = rows[0].so_phieu, rows[-1].so_phieu
    return first if len(rows) == 1 else f"{first} – {last}"


def _with_balance(dau_ky: int, rows: list[Dong]):
    left = dau_ky
    for row in sorted(rows, key=lambda row: (row.ngay, row.chi > 0)):
        left += row.thu - row.chi
        yield Dong(row.ngay, row.noi_dung, row.thu, row.chi, left, row.chung_tu, row.ghi)


def _sum(rows, amount) -> int:
    return rows.aggregate(tong=Sum(amount))["tong"] or 0
