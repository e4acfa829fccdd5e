"""From criteria to the class of a unit: the weakest level decides, or the sum of the points."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .luat import BAC_CUA, BoLuat, LuatTieuChi

KetQuaTieuChi = Decimal | str | None
"""Points in a set of points, the code of a level in a set of levels; None or "" is missing."""


@dataclass(frozen=True)
class TongHop:
    """A unit's total. `muc` is "" while it is open; `cao_nhat` is the best it can still be."""

    tong: Decimal
    toi_da: Decimal
    muc: str
    so_thieu: int
    cao_nhat: str = ""
    so_cao_nhat: int = 0


def tong_hop(luat: BoLuat, diem: Mapping[str, KetQuaTieuChi]) -> TongHop:
    """Put the criteria together, by points or by levels.

    What is missing leaves the class open, unless what is known decides it by itself. A bonus that
    nobody claimed is none.
    """
    return _theo_diem(luat, diem) if luat.is_diem else _theo_muc(luat, diem)


def _theo_diem(luat: BoLuat, diem: Mapping[str, KetQuaTieuChi]) -> TongHop:
    missing = [item for item in luat.la if diem.get(item.ma) is None and not is_tu_nguyen(item)]
    total = sum((diem[item.ma] for item in luat.la if diem.get(item.ma) is not None), Decimal(0))
    least = total + sum(item.diem_toi_thieu for item in missing)
    most = total + sum(item.diem_toi_da for item in missing)
    worst, best = muc_cua(luat, least), muc_cua(luat, most)
    return TongHop(
        tong=total,
        toi_da=luat.toi_da,
        muc=best if worst == best else "",
        so_thieu=len(missing),
        cao_nhat=best,
        so_cao_nhat=sum(1 for item in luat.la if _is_du(item, diem.get(item.ma))),
    )


def is_tu_nguyen(item: LuatTieuChi) -> bool:
    """A bonus that is claimed by hand: silence means none."""
    return item.is_cong_tru and not item.is_tu_dong


def _is_du(item: LuatTieuChi, points: KetQuaTieuChi) -> bool:
    return points is not None and not item.is_cong_tru and points >= item.diem_toi_da


def _theo_muc(luat: BoLuat, levels: Mapping[str, KetQuaTieuChi]) -> TongHop:
    """The weakest criterion decides; the lowest level of the scale does so by itself."""
    known = [levels[item.ma] for item in luat.la if levels.get(item.ma)]
    missing = len(luat.la) - len(known)
    top, bottom = luat.cac_muc[0], luat.cac_muc[-1]
    best = min(known, key=BAC_CUA.__getitem__, default=top)
    decided = luat.la and (best == bottom or not missing)
    return TongHop(
        tong=Decimal(0),
        toi_da=Decimal(0),
        muc=best if decided else "",
        so_thieu=missing,
        cao_nhat=best,
        so_cao_nhat=sum(1 for level in known if level == top),
    )


def muc_cua(luat: BoLuat, total: Decimal) -> str:
    """The class of a total: the highest that begins at or below it, else the lowest of all."""
    bands = sorted(luat.muc, key=lambda item: item.tu_diem, reverse=True)
    return next((item.muc for item in bands if total >= item.tu_diem), bands[-1].muc)
