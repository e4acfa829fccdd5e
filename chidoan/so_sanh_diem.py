"""Before and after: the pilot branch of an initiative against the ward's other branches."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from core.periods import KyBaoCao
from doanvien.models import QuaTrinh
from tochuc.models import DonVi

from .lich_hop import NhipHop, nhip_hop
from .models import ChiDoan, MoHinh
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
    diem: SoLieu
    khac: SoLieu
    url_doan_vien: str
    url_sinh_hoat: str
    url_du_hop: str


def compare_quarters(mo_hinh: MoHinh, day: date, *, before: int = 4, after: int = 8):
    """Quarters before and since the start, oldest first. Three queries."""
    first = KyBaoCao.quarter_of(mo_hinh.tu_ngay)
    last_day = min(mo_hinh.don_vi.ngay_so_lieu(day), mo_hinh.den_ngay or date.max)
    quarters = _quarters(first, KyBaoCao.quarter_of(last_day), before, after)
    ward = mo_hinh.don_vi
    branches = list(ChiDoan.objects.under(ward))
    rows = diem_danh_cac_thang(ward, [month for quarter in quarters for month in quarter.months])
    pilot = [branch for branch in branches if branch.pk == mo_hinh.diem_id]
    others = [branch for branch in branches if branch.pk != mo_hinh.diem_id]
    periods = list(
        QuaTrinh.objects.under(ward)
        .chinh_thuc()
        .order_by()
        .values_list("chi_doan_id", "tu_ngay", "den_ngay")
    )
    for quarter in quarters:
        end = min(quarter.end, last_day)
        members = Counter(
            pk for pk, first_day, last in periods if first_day <= end <= (last or date.max)
        )
        yield DongQuy(
            quarter,
            quarter.end >= mo_hinh.tu_ngay,
            _figures(pilot, rows, members, quarter, end),
            _figures(others, rows, members, quarter, end),
            _url("doanvien:list", don_vi=mo_hinh.diem_id, ngay=end.isoformat()),
            _url(
                "chidoan:buoi_list",
                don_vi=mo_hinh.diem_id,
                ky=quarter.code,
                trang_thai="da_hop",
                loai="sinh_hoat",
            ),
            _url(
                "chidoan:diem_danh_list",
                don_vi=mo_hinh.diem_id,
                ky=quarter.code,
                trang_thai="du_hop",
            ),
        )


def _quarters(first: KyBaoCao, last: KyBaoCao, before: int, after: int) -> list[KyBaoCao]:
    quarters = [first]
    for _ in range(before):
        quarters.insert(0, quarters[0].previous)
    while quarters[-1] < last and len(quarters) < before + after:
        quarters.append(quarters[-1].next)
    return quarters


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
        rhythm += nhip_hop(branch, held, quarter, day)
    return SoLieu(
        sum(members[pk] for pk in wanted),
        rhythm,
        sum(row.du_hop for row in inside),
        sum(row.danh_sach for row in inside),
    )


def _url(name: str, **params) -> str:
    return f"{reverse(name)}?{urlencode(params)}"
