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

    def da_cap_boi_noi_khac(self, giay: VanBan | None) -> bool:
        """Whether another unit gave the paper before it ended: it stays what it is."""
        return giay is not None and giay.don_vi_id != self.don_vi.pk

    def ai_mo(self, don_vi: DonVi, ngay: date) -> str:
        """Who held it, where it is not the one that gives the paper: "do Đoàn phường I "."""
        return "" if don_vi == self.don_vi else f"do {ten_tai_ngay(don_vi, ngay)} "


def noi_cap(don_vi: DonVi, ngay: date) -> NoiCap:
    """The unit itself, of `ngay`; who answers for an ended one, of today."""
    day = today()
    unit = DonVi.objects.tiep_quan(don_vi, day)
    return NoiCap(unit, ngay if unit == don_vi else day)
