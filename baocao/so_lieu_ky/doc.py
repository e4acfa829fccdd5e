"""Reading facts: several periods of one unit, or one figure of many units, in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import FilteredRelation, Q

from baocao.chi_tieu import THEO_MA, So
from baocao.models import DemSoLieu
from core.periods import KyBaoCao
from tochuc.models import DonVi


@dataclass(frozen=True)
class DaDem:
    """One period of a unit as it was counted; what is not among its figures was zero."""

    ky: str
    den: date
    luc: datetime
    het_ky: bool
    """Whether the count goes to the period's last day."""
    cac_so: dict[str, So] = field(default_factory=dict)

    def so(self, ma: str) -> So:
        item = THEO_MA[ma]
        return self.cac_so.get(ma) or So(0, 0 if item.mau else None, item.chia)


def cac_quy(ky: KyBaoCao, so: int = 4) -> list[KyBaoCao]:
    """The quarters (years, months) right before `ky`, the oldest first."""
    found = []
    for _ in range(so):
        ky = ky.previous
        found.insert(0, ky)
    return found


def qua_cac_ky(
    don_vi: DonVi,
    cac_ky: Sequence[KyBaoCao],
    ma: Iterable[str] | None = None,
    *,
    khi_do: bool = False,
) -> dict[str, DaDem]:
    """The unit's figures of the periods that were counted, by the period's code. One statement."""
    rows = DemSoLieu.objects.filter(don_vi=don_vi, ky__in=[ky.code for ky in cac_ky], khi_do=khi_do)
    wanted = Q() if ma is None else Q(so_lieu__ma__in=list(ma))
    rows = rows.annotate(s=FilteredRelation("so_lieu", condition=wanted)).order_by("den_ngay", "pk")
    found: dict[str, DaDem] = {}
    columns = ("ky", "den", "den_ngay", "luc", "s__ma", "s__tu", "s__mau")
    for code, den, den_ngay, luc, item, tu, mau in rows.values_list(*columns):
        counted = found.setdefault(code, DaDem(code, den, luc, den >= den_ngay))
        if item in THEO_MA:
            counted.cac_so[item] = _so(item, tu, mau)
    return found


def cua_cac_don_vi(
    units: Iterable[DonVi], ky: KyBaoCao, ma: str, *, khi_do: bool = False
) -> dict[int, So]:
    """One figure of many units in a period; units that were not counted are left out."""
    rows = DemSoLieu.objects.filter(don_vi__in=list(units), ky=ky.code, khi_do=khi_do)
    rows = rows.annotate(s=FilteredRelation("so_lieu", condition=Q(so_lieu__ma=ma)))
    return {
        pk: _so(ma, tu or 0, mau or 0)
        for pk, tu, mau in rows.order_by().values_list("don_vi", "s__tu", "s__mau")
    }


def _so(ma: str, tu: int, mau: int) -> So:
    item = THEO_MA[ma]
    return So(tu, mau if item.mau else None, item.chia)
