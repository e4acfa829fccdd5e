"""Branches with what is watched in them. The number of statements does not grow with branches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from chidoan.lich_hop import so_thang_khong_hop
from chidoan.models import BuoiSinhHoat, ChiDoan, ChucVu
from chidoan.models.nhip import ngay_gop, read_ngay
from chidoan.queries import thang_xet
from core.periods import KyBaoCao
from doanvien.models import DoanVien, QuaTrinh
from doanvien.tuoi import years_before
from tochuc.ban_do import BanDo
from tochuc.cay import BUOC, doc_duong
from tochuc.models import DiaBan, DonVi
from tochuc.quy_dinh import gia_tri_nhieu

from .quy_tac import KHOA, LUAT, Nguong, TinhTrang, nguong_tu, tim

_PHO = ChucVu.ChucDanh.PHO_BI_THU


@dataclass(frozen=True)
class DongTheoDoi:
    """One branch, what is known of it and what was found; `duong` is its way on the map."""

    chi_doan: ChiDoan
    tinh_trang: TinhTrang
    thay: frozenset[str]
    duong: str


@dataclass(frozen=True)
class BangTheoDoi:
    """The branches at or below `don_vi` on a day."""

    don_vi: DonVi
    day: date
    nguong: Nguong
    dong: tuple[DongTheoDoi, ...]
    ban_do: BanDo | None = None

    def so(self, ma: str) -> int:
        return sum(ma in row.thay for row in self.dong)

    def pks(self, ma: str) -> list[int]:
        return [row.chi_doan.pk for row in self.dong if ma in row.thay]


def load_theo_doi(don_vi: DonVi, day: date, ban_do: BanDo | None = None) -> BangTheoDoi:
    """Every branch at or below `don_vi` on `day`, on today's map or the day's. Two queries."""
    nguong = nguong_tu(gia_tri_nhieu(list(KHOA), ngay=day, don_vi=don_vi))
    branches = ChiDoan.objects.dang_hoat_dong(day)
    if ban_do:
        branches = ban_do.with_duong(branches, "path", don_vi, "duong")
    else:
        branches = branches.under(don_vi).annotate(duong=F("path"))
    rows = with_tinh_trang(branches, day, nguong).order_by("duong")
    return BangTheoDoi(don_vi, day, nguong, tuple(_dong(row, day, nguong) for row in rows), ban_do)


def with_tinh_trang(branches, day: date, nguong: Nguong):
    """Annotate what `tinh_trang` reads."""
    members = QuaTrinh.objects.chinh_thuc().tai_ngay(day).filter(chi_doan=OuterRef("pk"))
    born = years_before(_thang_sau(day, nguong.thang_truong_thanh), nguong.tuoi)
    over = members.filter(doan_vien__ngay_sinh__lte=born).order_by().values("chi_doan")
    months = thang_xet(day)
    held = BuoiSinhHoat.objects.da_hop().sinh_hoat().filter(ngay__range=(months[0].start, day))
    terms = ChucVu.objects.filter(don_vi=OuterRef("pk"), tu_ngay__lte=day).order_by()
    chiefs, deputies = terms.bi_thu(), terms.filter(chuc_danh=_PHO)
    named = DoanVien.objects.dang_sinh_hoat().filter(chi_doan=OuterRef("pk"))
    ended = chiefs.values("don_vi").annotate(het=Max("den_ngay")).values("het")
    return (
        branches.with_nhip()
        .with_so_doan_vien(day)
        .annotate(
            so_qua_tuoi=Coalesce(Subquery(over.annotate(so=Count("pk")).values("so")), 0),
            buoi_gop=ngay_gop(held),
            co_bi_thu=_co(chiefs, day, named.la_bi_thu()),
            co_pho=_co(deputies, day, named.filter(chuc_vu__startswith="Phó")),
            bi_thu_het=Subquery(ended),
        )
    )


def _co(terms, day: date, named):
    """Whether the office is held: by term, or by the register where no term was ever recorded."""
    return Case(
        When(Exists(terms.tai_ngay(day)), then=Value(True)),
        When(~Exists(terms) & Exists(named), then=Value(True)),
        default=Value(False),
    )


def _thang_sau(day: date, months: int) -> date:
    """The same day so many months later, or the month's last."""
    month = KyBaoCao.month_of(day)
    for _ in range(months):
        month = month.next
    return month.start.replace(day=min(day.day, month.end.day))


def _dong(branch, day: date, nguong: Nguong) -> DongTheoDoi:
    held = {ngay.replace(day=1) for ngay in read_ngay(branch.buoi_gop)}
    state = TinhTrang(
        so_doan_vien=branch.so_doan_vien,
        so_qua_tuoi=branch.so_qua_tuoi,
        thang_khong_hop=so_thang_khong_hop(branch, held, branch.ngay_so_lieu(day)),
        co_bi_thu=branch.co_bi_thu,
        khuyet_tu=None
        if branch.co_bi_thu or not branch.bi_thu_het
        else _hom_sau(branch.bi_thu_het),
        co_pho=branch.co_pho,
    )
    return DongTheoDoi(branch, state, tim(state, nguong), branch.duong)


def _hom_sau(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def dia_ban_chua_co(rows, day: date):
    """Hamlets of `rows` without a branch on `day`: none named, or the one named has ended."""
    gone = Q(chi_doan__ket_thuc__lt=day) | Q(chi_doan__thanh_lap__gt=day)
    return rows.tai_ngay(day).filter(Q(chi_doan__isnull=True) | gone)


@dataclass(frozen=True)
class NhomDonVi:
    """One unit right below the one that is looked at, with its numbers."""

    don_vi: DonVi
    so_chi_doan: int
    so: dict[str, int]
    dia_ban: int

    @property
    def diem(self) -> int:
        """How much there is to do: what is grave counts, small branches do not."""
        return sum(self.so[ma] for ma in self.so if ma != "duoi_bch")


def theo_don_vi(bang: BangTheoDoi, hamlets: Iterable[DiaBan]) -> list[NhomDonVi]:
    """The units right below, most to do first. One query."""
    groups: dict[str, list[DongTheoDoi]] = {}
    for row in bang.dong:
        groups.setdefault(_duoi(bang, row.duong), []).append(row)
    units = _units(bang, groups)
    missing: dict[int, int] = {}
    for row in hamlets:
        for unit in units.values():
            if row.don_vi.path.startswith(unit.path):
                missing[unit.pk] = missing.get(unit.pk, 0) + 1
    found = [
        NhomDonVi(
            units[key],
            len(rows),
            {ma: sum(ma in row.thay for row in rows) for ma in LUAT},
            missing.get(units[key].pk, 0),
        )
        for key, rows in groups.items()
        if key in units
    ]
    return sorted(found, key=lambda row: (-row.diem, row.don_vi.path))


def _duoi(bang: BangTheoDoi, duong: str) -> str:
    """The way to the unit right below `bang.don_vi`."""
    if bang.ban_do is None:
        return duong[: len(bang.don_vi.path) + DonVi.steplen]
    steps = doc_duong(duong)
    return duong[: (steps.index(bang.don_vi.pk) + 2) * BUOC]


def _units(bang: BangTheoDoi, keys: Iterable[str]) -> dict[str, DonVi]:
    if bang.ban_do is None:
        return {unit.path: unit for unit in DonVi.objects.filter(path__in=list(keys))}
    by_pk = {doc_duong(key)[-1]: key for key in keys}
    return {by_pk[unit.pk]: unit for unit in DonVi.objects.filter(pk__in=by_pk)}


def cua_bang(bang: BangTheoDoi, rows):
    """Those of `rows` that the table holds, in its order."""
    return rows.filter(pk__in=[row.chi_doan.pk for row in bang.dong]).order_by("path")


def chi_doan_trang(don_vi: DonVi, day: date):
    """Branches without a member on `day`: the rows of a duty."""
    members = QuaTrinh.objects.chinh_thuc().tai_ngay(day).filter(chi_doan=OuterRef("pk"))
    return ChiDoan.objects.under(don_vi).dang_hoat_dong(day).filter(~Exists(members))
