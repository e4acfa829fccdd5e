"""Before and after: the pilot branch of an initiative against the ward's other branches."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Min
from django.urls import reverse

from core.periods import KyBaoCao, het_ngay
from doanvien.models import QuaTrinh
from tochuc.models import DonVi

from .lich_hop import NhipHop, nhip_hop
from .models import BuoiSinhHoat, ChiDoan, MoHinh
from .queries import DiemDanhThang, diem_danh_cac_thang


@dataclass(frozen=True)
class SoLieu:
    """Figures of a group of branches in one quarter; members at its end."""

    so_doan_vien: int
    nhip: NhipHop
    du_hop: int
    danh_sach: int


@dataclass(frozen=True)
class DongQuy:
    """One quarter: the pilot and all other branches together, with addresses of the rows."""

    ky: KyBaoCao
    la_sau: bool  # the initiative was running at its end
    co_so: bool  # the ward's book of meetings reaches back to it
    diem: SoLieu
    khac: SoLieu
    url_doan_vien: str
    url_sinh_hoat: str
    url_du_hop: str


def so_sinh_hoat_tu(don_vi: DonVi) -> date | None:
    """The day from which the unit's meetings are on record. One query."""
    rows = BuoiSinhHoat.objects.under(don_vi).da_hop().sinh_hoat()
    return rows.aggregate(first=Min("ngay"))["first"]


def compare_quarters(
    mo_hinh: MoHinh, day: date, *, so_tu: date | None, truoc: int = 4, sau: int = 8
) -> list[DongQuy]:
    """The quarters before the start and the last ones since, oldest first. Four queries.

    `so_tu`: from when meetings are on record; before it none can be said to be missing.
    """
    ward = mo_hinh.don_vi
    last_day = min(ward.ngay_so_lieu(day), mo_hinh.den_ngay or date.max)
    before, since = _quarters(mo_hinh.tu_ngay, last_day, truoc, sau)
    branches = list(ChiDoan.objects.under(ward).with_nhip())
    pilot = [branch for branch in branches if branch.pk == mo_hinh.diem_id]
    others = [branch for branch in branches if branch.pk != mo_hinh.diem_id]
    rows = [row for part in (before, since) for row in diem_danh_cac_thang(ward, _months(part))]
    periods = list(
        QuaTrinh.objects.under(ward)
        .chinh_thuc()
        .order_by()
        .values_list("chi_doan_id", "tu_ngay", "den_ngay")
    )
    found = []
    for quarter in [*before, *since]:
        end = min(quarter.end, last_day)
        members = Counter(pk for pk, tu, den in periods if tu <= end <= (den or date.max))
        found.append(
            DongQuy(
                quarter,
                quarter in since,
                so_tu is not None and so_tu <= quarter.end,
                _figures(pilot, rows, members, quarter, end),
                _figures(others, rows, members, quarter, end),
                *_urls(mo_hinh.diem_id, quarter, end),
            )
        )
    return found


def _quarters(
    start: date, last_day: date, truoc: int, sau: int
) -> tuple[list[KyBaoCao], list[KyBaoCao]]:
    """The quarters before the one it began in, and the last of those from it on."""
    first, last = KyBaoCao.quarter_of(start), KyBaoCao.quarter_of(last_day)
    before = [first.previous]
    while len(before) < truoc:
        before.insert(0, before[0].previous)
    since = [max(first, last)]
    while since[0] > first and len(since) < sau:
        since.insert(0, since[0].previous)
    return before, since


def _months(quarters: list[KyBaoCao]) -> list[KyBaoCao]:
    return [month for quarter in quarters for month in quarter.months]


def _urls(chi_doan_id: int, quarter: KyBaoCao, day: date) -> tuple[str, str, str]:
    """Where the pilot's members, meetings and rolls of the quarter are listed."""
    unit = {"don_vi": chi_doan_id}
    meetings = {**unit, "ky": quarter.code, "trang_thai": "da_hop", "loai": "sinh_hoat"}
    rolls = {**unit, "ky": quarter.code, "trang_thai": "du_hop"}
    return (
        _url("doanvien:list", **unit, ngay=day.isoformat()),
        _url("chidoan:buoi_list", **meetings),
        _url("chidoan:diem_danh_list", **rolls),
    )


def _figures(
    branches: Iterable[DonVi],
    rows: Iterable[DiemDanhThang],
    members: Counter,
    quarter: KyBaoCao,
    day: date,
) -> SoLieu:
    branches = list(branches)
    wanted = {branch.pk for branch in branches}
    inside = [row for row in rows if row.chi_doan_id in wanted and row.thang in quarter]
    rhythm = NhipHop()
    for branch in branches:
        held = {row.thang for row in inside if row.chi_doan_id == branch.pk}
        rhythm += nhip_hop(branch, held, quarter, het_ngay(day))
    return SoLieu(
        sum(members[pk] for pk in wanted),
        rhythm,
        sum(row.du_hop for row in inside),
        sum(row.danh_sach for row in inside),
    )


def _url(name: str, **params) -> str:
    return f"{reverse(name)}?{urlencode(params)}"
