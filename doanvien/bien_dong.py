"""Biến động: how the number of members of each branch came from one end of a period to the other.

opening + in - out = closing, for every branch and every period: the opening is who belonged on
the day before it, the closing who belonged on its last day. Who came and went when is said by
`vao_trong` and `ra_trong`, which the indicators of reports count by as well. Only official
periods count: guests are counted at home.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q

from core.periods import KyBaoCao
from tochuc.models import DonVi
from tochuc.scoping import in_force, subtree

from .models import QuaTrinh
from .models.qua_trinh import ra_trong, vao_trong

Vao, Ra = QuaTrinh.LyDoBatDau, QuaTrinh.LyDoKetThuc
NOI_BO = "noi_bo"
"""Moves between two branches of the unit that is looked at: in at one, out at the other."""
VAO = (*Vao, NOI_BO)
RA = (*Ra, NOI_BO)
NHAN = {
    **dict(Vao.choices),
    **dict(Ra.choices),
    NOI_BO: "Chuyển trong đơn vị",
}


@dataclass(frozen=True)
class BienDong:
    """Biến động (movement) of one branch, or of a unit as the sum of its branches."""

    don_vi: DonVi | None
    dau_ky: int
    vao: dict[str, int] = field(default_factory=dict)
    ra: dict[str, int] = field(default_factory=dict)
    cuoi_ky: int = 0

    @property
    def tong_vao(self) -> int:
        return sum(self.vao.values())

    @property
    def tong_ra(self) -> int:
        return sum(self.ra.values())

    @property
    def is_empty(self) -> bool:
        return not (self.dau_ky or self.cuoi_ky or self.tong_vao or self.tong_ra)


def bien_dong(don_vi: DonVi, ky: KyBaoCao, *, den: date | None = None) -> list[BienDong]:
    """One row for each branch at or below `don_vi`, in the order of the tree.

    One statement counts everything for all branches, one names them. `den` cuts the period
    off before its end: one that still runs is told up to today. A branch that did not exist
    and had nobody is left out.
    """
    tu, den = khoang(ky, den)
    columns = {
        name: Count("pk", filter=condition)
        for name, condition in dieu_kien(don_vi, tu, den).items()
    }
    periods = QuaTrinh.objects.under(don_vi).order_by().values("chi_doan").annotate(**columns)
    counted = {row["chi_doan"]: row for row in periods}
    rows = [_row(unit, counted.get(unit.pk)) for unit in DonVi.objects.under(don_vi).chi_doan()]
    return [row for row in rows if not row.is_empty or _existed(row.don_vi, tu, den)]


def dong(don_vi: DonVi, ky: KyBaoCao, muc: str, *, den: date | None = None):
    """The periods behind one figure, `muc` being its name: dau_ky, cuoi_ky, vao_…, ra_…, vao, ra.

    None when there is no figure of that name.
    """
    conditions = dieu_kien(don_vi, *khoang(ky, den))
    if muc in ("vao", "ra"):
        chosen = [value for name, value in conditions.items() if name.startswith(f"{muc}_")]
        condition = reduce(or_, chosen)
    elif muc in conditions:
        condition = conditions[muc]
    else:
        return None
    return QuaTrinh.objects.under(don_vi).filter(condition)


def tong(rows: list[BienDong], don_vi: DonVi | None = None) -> BienDong:
    """The unit above as the sum of its branches."""
    return BienDong(
        don_vi,
        sum(row.dau_ky for row in rows),
        {key: sum(row.vao[key] for row in rows) for key in VAO},
        {key: sum(row.ra[key] for row in rows) for key in RA},
        sum(row.cuoi_ky for row in rows),
    )


def khoang(ky: KyBaoCao, den: date | None = None) -> tuple[date, date]:
    """First and last day that are told."""
    return ky.start, max(ky.start, min(ky.end, den)) if den else ky.end


def dieu_kien(don_vi: DonVi, tu: date, den: date) -> dict[str, Q]:
    """The condition on QuaTrinh of each figure, by its name: what counts is also what opens."""
    truoc = tu - timedelta(days=1)
    came, left = vao_trong(tu, den), ra_trong(tu, den)
    came_inside = subtree("truoc__chi_doan__path", don_vi.path)
    next_period = QuaTrinh.objects.chinh_thuc().under(don_vi).filter(truoc=OuterRef("pk"))
    left_inside = Exists(next_period.order_by())
    found: dict[str, Q] = {"dau_ky": in_force(truoc), "cuoi_ky": in_force(den)}
    for ly_do in Vao:
        # an empty `truoc` makes the condition neither true nor false, hence the explicit test
        not_inside = Q(truoc__isnull=True) | ~came_inside
        found[f"vao_{ly_do}"] = came & Q(ly_do_bat_dau=ly_do) & not_inside
    for ly_do in Ra:
        found[f"ra_{ly_do}"] = left & Q(ly_do_ket_thuc=ly_do) & ~left_inside
    found[f"vao_{NOI_BO}"] = came & Q(truoc__isnull=False) & came_inside
    found[f"ra_{NOI_BO}"] = left & left_inside
    return {name: Q(loai=QuaTrinh.Loai.CHINH_THUC) & condition for name, condition in found.items()}


def _row(don_vi: DonVi, counted: dict | None) -> BienDong:
    figures = counted or {}
    return BienDong(
        don_vi,
        figures.get("dau_ky", 0),
        {key: figures.get(f"vao_{key}", 0) for key in VAO},
        {key: figures.get(f"ra_{key}", 0) for key in RA},
        figures.get("cuoi_ky", 0),
    )


def _existed(don_vi: DonVi, tu: date, den: date) -> bool:
    founded = don_vi.thanh_lap is None or don_vi.thanh_lap <= den
    return founded and (don_vi.ket_thuc is None or don_vi.ket_thuc >= tu)
