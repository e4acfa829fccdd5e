"""What it takes to get more: the smallest change of a figure that reaches the next step.

Nothing is said twice: the step is found by asking the formula itself, so that the amount named
reaches it and one less does not.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from baocao.cham_diem.cong_thuc import GiaTri, KetTinh, tinh
from baocao.cham_diem.luat import BAC_CUA, CongThuc, LuatTieuChi

XA_NHAT = 10**13
"""More than any figure is; half of it again and again takes some forty questions."""


@dataclass(frozen=True)
class Buoc:
    """Bước lên (step up): with `them` more (below zero: fewer) the criterion gives `ket`."""

    them: int
    ket: KetTinh


def buoc_ke(luat: LuatTieuChi, value: GiaTri | None) -> Buoc | None:
    """The next better result and what it takes; None at the top, and where nothing is known."""
    now = _cao(tinh(luat, value)) if value else None
    return _buoc(luat, value, lambda found: found > now) if now else None


def buoc_cuoi(luat: LuatTieuChi, value: GiaTri | None) -> Buoc | None:
    """The best result that the figure can still bring; None when it is reached."""
    if not value or not _cao(tinh(luat, value)):
        return None
    best = _cao(_khi(luat, value, _xa(luat, value)))
    if best == _cao(tinh(luat, value)):
        return None
    return _buoc(luat, value, lambda found: found >= best)


def is_du_tran_so(luat: LuatTieuChi, value: GiaTri | None) -> bool:
    """Whether the raw count has reached what is counted at most."""
    return bool(value and luat.tran_so is not None and value.tu >= luat.tran_so)


def _buoc(luat: LuatTieuChi, value: GiaTri, reaches: Callable[[tuple], bool]) -> Buoc | None:
    """The smallest change by which `reaches` holds; results only get better on the way."""
    far = range(1, _xa(luat, value) + 1)
    place = bisect_left(far, True, key=lambda n: reaches(_cao(_khi(luat, value, n))))
    if place == len(far):
        return None
    number = far[place]
    return Buoc(number * _chieu(luat), _khi(luat, value, number))


def _khi(luat: LuatTieuChi, value: GiaTri, number: int) -> KetTinh:
    """What the criterion gives with so many more, or fewer where less is better."""
    return tinh(luat, replace(value, tu=value.tu + number * _chieu(luat)))


def _xa(luat: LuatTieuChi, value: GiaTri) -> int:
    """How far the figure can go: down to nothing, up without end."""
    return XA_NHAT if _chieu(luat) > 0 else max(value.tu, 0)


def _chieu(luat: LuatTieuChi) -> int:
    """Which way is better."""
    if luat.cong_thuc == CongThuc.TY_LE:
        return 1 if luat.moc_tren > luat.moc_duoi else -1
    if luat.cong_thuc == CongThuc.MOI_DON_VI:
        return 1 if luat.diem_moi > 0 else -1
    return 1 if luat.cang_cao else -1


def _cao(ket: KetTinh) -> tuple:
    """Results in their order; empty where there is none."""
    if ket.diem is not None:
        return (Decimal(ket.diem),)
    return (BAC_CUA[ket.muc],) if ket.muc else ()
