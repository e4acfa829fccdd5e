"""Who gives a paper about what a unit held, a class or a contest: the unit; once it has ended,
the one that answers for it."""

from dataclasses import dataclass
from datetime import date

from core.periods import today
from tochuc.models import DonVi, VanBan
from tochuc.van_ban import ten_tai_ngay


@dataclass(frozen=True)
class NoiCap:
    """The unit that gives a paper, and of which day the paper is."""

    don_vi: DonVi
    ngay: date

    def giu_nguyen(self, giay: VanBan | None, don_vi: DonVi) -> bool:
        """Whether a paper stays what it is: one of another unit, and once `don_vi`, which held it,
        has ended any that was given. Its day would be another one each time."""
        is_own = don_vi == self.don_vi and giay is not None and giay.don_vi_id == don_vi.pk
        return giay is not None and not is_own

    def ai_mo(self, don_vi: DonVi, ngay: date) -> str:
        """Who held it, where it is not the one that gives the paper: "do Đoàn phường I "."""
        return "" if don_vi == self.don_vi else f"do {ten_tai_ngay(don_vi, ngay)} "


def noi_cap(don_vi: DonVi, ngay: date) -> NoiCap:
    """The unit itself, of `ngay`; who answers for an ended one, of today."""
    day = today()
    unit = DonVi.objects.tiep_quan(don_vi, day)
    return NoiCap(unit, ngay if unit == don_vi else day)
