"""The share of units at the best level: shown beside what was given, never applied silently."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from core.text.display import ty_le
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri_nhieu

KHOA = "xep_loai_han_muc_don_vi"
GOC, TRON = f"{KHOA}_goc", f"{KHOA}_tron"
_TREN = {"duoc_xep": "đơn vị được xếp loại", "tot_tro_len": "đơn vị xếp loại tốt trở lên"}
_CACH_TRON = {"xuong": "làm tròn xuống", "len": "làm tròn lên"}


@dataclass(frozen=True)
class HanMuc:
    """Hạn mức: at most so many per cent of the base, rounded down or up to whole units."""

    phan_tram: int
    goc: str
    tron: str

    def nhieu_nhat(self, so_xep: int, so_tot: int) -> int:
        base = so_tot if self.goc == "tot_tro_len" else so_xep
        exact = base * self.phan_tram
        return ceil(exact / 100) if self.tron == "len" else floor(exact / 100)

    def cau(self, ten_muc: str, cao_nhat: int, so_xep: int, so_tot: int) -> "CauHanMuc":
        """What to say of `cao_nhat` units at the best level."""
        most = self.nhieu_nhat(so_xep, so_tot)
        base = so_tot if self.goc == "tot_tro_len" else so_xep
        rule = (
            f"nhiều nhất {most} đơn vị ({self.phan_tram}% của {base} {_TREN[self.goc]}, "
            f"{_CACH_TRON[self.tron]})"
        )
        now = f"{ten_muc}: {ty_le(cao_nhat, so_xep)}; hạn mức {rule}"
        if cao_nhat > most:
            return CauHanMuc(f"{now}. Quá {cao_nhat - most} đơn vị.", is_qua=True)
        return CauHanMuc(f"{now}.")


@dataclass(frozen=True)
class CauHanMuc:
    loi: str
    is_qua: bool = False


def han_muc(don_vi: DonVi, day: date) -> HanMuc | None:
    """What the unit has set for the day; None without one. One query."""
    values = gia_tri_nhieu([KHOA, GOC, TRON], ngay=day, don_vi=don_vi)
    limit = int(values[KHOA])
    return HanMuc(limit, str(values[GOC]), str(values[TRON])) if limit else None


def dem_cao(muc: Sequence[str], cac_muc: Sequence[str]) -> tuple[int, int, int]:
    """Of the levels given: units at the best, units rated, units at one of the two best."""
    given = [item for item in muc if item]
    return (
        given.count(cac_muc[0]),
        len(given),
        sum(item in cac_muc[:2] for item in given),
    )
