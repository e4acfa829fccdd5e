"""From a figure to points or a level: exact arithmetic without the database."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from .luat import Bac, CongThuc, LuatTieuChi

_XU = Decimal("0.01")


@dataclass(frozen=True)
class GiaTri:
    """What a source says of one unit: a count, or a fraction of `mau`.

    `mau` 0 means that there is nothing to judge yet. With `khong_cao_nhat` something on record
    rules the best step out, whatever the fraction says; `ghi_chu` tells why.
    """

    tu: int
    mau: int | None = None
    khong_cao_nhat: bool = False
    ghi_chu: str = ""

    def ty_le(self, tran_so: int | None = None) -> Fraction | None:
        """The exact value, the raw count capped; None without a base."""
        tu = self.tu if tran_so is None else min(self.tu, tran_so)
        if self.mau is None:
            return Fraction(tu)
        return Fraction(tu, self.mau) if self.mau > 0 else None


class KetTinh(NamedTuple):
    """What a formula makes of it; both empty when there is not enough to tell."""

    diem: Decimal | None = None
    muc: str = ""

    @property
    def is_thieu(self) -> bool:
        return self.diem is None and not self.muc


THIEU = KetTinh()


def tinh(luat: LuatTieuChi, value: GiaTri | None) -> KetTinh:
    """Points or the level of a criterion; missing data stays missing, never zero."""
    rate = value.ty_le(luat.tran_so) if value else None
    if rate is None:
        return THIEU
    if luat.cong_thuc == CongThuc.BAC:
        return _bac(luat, rate, value.khong_cao_nhat)
    points = _ty_le(luat, rate) if luat.cong_thuc == CongThuc.TY_LE else _moi_don_vi(luat, rate)
    return KetTinh(diem=trong_khoang(luat, points))


def trong_khoang(luat: LuatTieuChi, points: Fraction | Decimal) -> Decimal:
    """Points with two decimals, between the least and the most that the criterion gives."""
    value = Fraction(points)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = exact.quantize(_XU, ROUND_HALF_UP)
    return min(max(rounded, luat.diem_toi_thieu), luat.diem_toi_da)


def _bac(luat: LuatTieuChi, rate: Fraction, khong_cao_nhat: bool) -> KetTinh:
    """The best step that is reached; the last one, without a limit, takes what remains."""
    steps = list(luat.bac)
    if khong_cao_nhat:
        steps = steps[1:]
    for bac in steps:
        is_phan_con_lai = bac.gioi_han is None and bac is luat.bac[-1]
        if is_phan_con_lai or (bac.gioi_han is not None and bac.dat(rate, luat.cang_cao)):
            return KetTinh(diem=bac.diem, muc=bac.muc)
    return THIEU


def _ty_le(luat: LuatTieuChi, rate: Fraction) -> Fraction:
    """A straight line: nothing at the lower mark, everything at the upper one.

    The marks may stand the other way round: then less is better.
    """
    share = (rate - luat.moc_duoi) / (luat.moc_tren - luat.moc_duoi)
    return min(max(share, Fraction(0)), Fraction(1)) * Fraction(luat.diem_toi_da)


def _moi_don_vi(luat: LuatTieuChi, rate: Fraction) -> Fraction:
    """So many points for every full step; minus points where they are negative."""
    return Fraction(luat.diem_moi) * (rate // luat.moi)


def con_thieu(luat: LuatTieuChi, value: GiaTri) -> tuple[Bac, int] | None:
    """The next better step, and how many more (or fewer) it takes; None at the top, without a
    base, and where no steps are."""
    reached = tinh(luat, value)
    if luat.cong_thuc != CongThuc.BAC or reached.is_thieu:
        return None
    steps = [bac for bac in luat.bac if bac.gioi_han is not None]
    is_reached = [bac.dat(value.ty_le(luat.tran_so), luat.cang_cao) for bac in steps]
    better = steps[: is_reached.index(True)] if True in is_reached else steps
    return (better[-1], _can(better[-1], luat, value)) if better else None


def _can(bac: Bac, luat: LuatTieuChi, value: GiaTri) -> int:
    """How many units the numerator has to move."""
    needed = bac.gioi_han * (value.mau or 1)
    if luat.cang_cao:
        return (floor(needed) + 1 if bac.is_tren else ceil(needed)) - value.tu
    return value.tu - (ceil(needed) - 1 if bac.is_tren else floor(needed))
