"""When reports are due and until when they are taken: dated settings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.periods import KyBaoCao
from tochuc.models import DonVi
from tochuc.quy_dinh import nhieu_theo_ngay

from .mau import MAU, KieuKy, MauBaoCao, mau_cua

MUON = "nhan_bao_cao_muon"
KHOA_HAN = sorted({MUON, *(mau.han for mau in MAU), *(m.dieu_kien for m in MAU if m.dieu_kien)})


@dataclass(frozen=True)
class LichNop:
    """The days by which units below an office hand in, for any period."""

    doc: Callable[[str, date], Any]

    def han(self, mau: MauBaoCao, ky: KyBaoCao) -> date:
        """The due day: of a quarter in its last month, of a half and a year as day and month."""
        value = self.doc(mau.han, ky.end)
        if mau.kieu == KieuKy.QUY:
            return ky.end.replace(day=min(value, ky.end.day))
        day, month = map(int, value.split("/"))
        return date(ky.nam, month, day)

    def muon(self, ky: KyBaoCao, han: date) -> date:
        """The last day on which a report that is due on `han` is still accepted."""
        return han + timedelta(days=self.doc(MUON, ky.end))

    def mau(self, cap: str, ky: KyBaoCao) -> MauBaoCao | None:
        """The form that is asked of a level for the period; None when nothing may be made."""
        found = mau_cua(cap, ky)
        if found and found.dieu_kien and not self.doc(found.dieu_kien, ky.end):
            return None
        return found

    def phai_nop(self, cap: str, ky: KyBaoCao) -> MauBaoCao | None:
        """The form that units of the level have to hand in for the period."""
        found = self.mau(cap, ky)
        return found if found and found.phai_nop else None


def lich_nop(don_vi: DonVi) -> LichNop:
    """As the unit's settings say. One query, for all periods."""
    return LichNop(nhieu_theo_ngay(KHOA_HAN, don_vi=don_vi))
