"""Units side by side: what they collected, what they must hand over and have handed over.

Receipts not yet part of a remittance are what is still to remit; the due day of a period is
in the month after it. Four statements more than `queries.bang_thu`, for any number of units.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, Sum

from core.periods import KyBaoCao
from core.text.display import ngay
from doanvien.models import NopDoanPhi, PhieuThu
from tochuc.models import DonVi
from tochuc.quy_dinh import ty_le
from tochuc.scoping import path_prefixes, subtree

from . import queries
from .muc_thu import HAN_NOP, HUONG_LUONG, KHONG_LUONG, TRICH_NOP, BangMuc
from .quy_tac import chia, thang_sau

NOP = NopDoanPhi.TrangThai


@dataclass(slots=True)
class DongDonVi:
    """One unit below, with its dues of the period and its remittances."""

    don_vi: DonVi
    thu: queries.Thu
    chua_mo: bool = False
    da_nop: int = 0
    cho_nhan: int = 0
    chua_nop: int = 0  # the share of what it took and has not remitted
    qua_han: int = 0  # of it, what was due before today
    han: date | None = None

    @property
    def da_ket_thuc(self) -> str:
        end = self.don_vi.ket_thuc
        return f"kết thúc ngày {ngay(end)}" if end else ""

    @property
    def phai_nop(self) -> int:
        return self.da_nop + self.cho_nhan + self.chua_nop

    @property
    def pill(self) -> tuple[str, str, str]:
        if self.qua_han:
            return "bad", "circle-alert", "Nộp chậm"
        if self.chua_nop:
            return "neutral", "clock", f"Hạn {self.han:%d/%m}"
        if self.cho_nhan:
            return "info", "hourglass", "Chờ nhận"
        if self.da_nop:
            return "ok", "circle-check", "Đã nộp"
        return "", "", "Chưa thu" if not self.chua_mo else "Chưa mở sổ thu"


@dataclass(slots=True)
class TongHop:
    """A unit's own remittance and those of the units directly below it."""

    dong: list[DongDonVi]
    rieng: DongDonVi
    thu: queries.Thu = field(default_factory=queries.Thu)


def han_nop(muc: BangMuc, path: str, ky: KyBaoCao) -> date:
    """The day by which the period's share must be handed over."""
    return ngay_han(muc.gia_tri(HAN_NOP, path, ky.end), ky)


def ngay_han(ngay: int, ky: KyBaoCao) -> date:
    """That day of the month after the period."""
    return thang_sau(ky.end.replace(day=1)).replace(day=min(max(ngay, 1), 28))


def ky_nop(don_vi: DonVi, day: date) -> KyBaoCao:
    """A branch remits by month, the units above it by quarter."""
    return KyBaoCao.month_of(day) if don_vi.is_chi_doan else KyBaoCao.quarter_of(day)


def tong_hop(
    don_vi: DonVi,
    duoi: list[DonVi],
    ky: KyBaoCao,
    hom_nay: date,
    duong: Mapping[int, str] | None = None,
) -> TongHop:
    """On today's map a unit is the sum of those that went into it; by the ways `duong` of the map
    of a day each stands for itself."""
    muc = BangMuc(KHONG_LUONG, HUONG_LUONG, TRICH_NOP, HAN_NOP)
    bang = queries.bang_thu(don_vi, ky, muc=muc, duong=duong)
    noi = _Noi([don_vi, *duoi], duong)
    con_lai = _con_lai(noi, ky, hom_nay, muc)
    nop = _nop(noi, ky)
    rows = [_row(unit, noi, bang, con_lai, nop, ky, muc) for unit in noi.units]
    return TongHop([row for row in rows[1:] if _is_shown(row)], rows[0], queries.tong_thu(bang))


class _Noi:
    """To which of the units side by side money belongs."""

    def __init__(self, units: list[DonVi], duong: Mapping[int, str] | None):
        self.units, self._duong = units, duong
        self._theo_path = {unit.path: unit for unit in units}

    def cho(self, unit: DonVi) -> str:
        """The unit's place in the table of `bang_thu`."""
        return unit.path if self._duong is None else self._duong.get(unit.pk, "-")

    @property
    def rows(self) -> Q:
        """Receipts and remittances that may belong to one of them."""
        if self._duong is not None:
            return Q(don_vi__in=self.units)
        caps = {unit.cap for unit in self.units}
        return subtree("don_vi__path", self.units[0].path) & Q(don_vi__cap__in=caps)

    def cua(self, pk: int, path: str, cap: str) -> int | None:
        """The unit at `path` itself, else the one of its level that it has gone into."""
        if self._duong is not None:
            return pk
        for prefix in reversed(path_prefixes(path)):
            unit = self._theo_path.get(prefix)
            if unit and unit.cap == cap:
                return unit.pk
        return None


_DON_VI = ("don_vi", "don_vi__path", "don_vi__cap")


def _is_shown(row: DongDonVi) -> bool:
    """A unit that is no more is shown while there is something to say of it."""
    return not row.don_vi.ket_thuc or bool(row.thu.phai_thu or row.phai_nop)


def _row(unit: DonVi, noi: _Noi, bang, con_lai, nop, ky: KyBaoCao, muc: BangMuc) -> DongDonVi:
    waiting, late = con_lai.get(unit.pk, (0, 0))
    share = ty_le(muc.gia_tri(TRICH_NOP, unit.path, ky.end))
    done = nop.get(unit.pk, {})
    return DongDonVi(
        unit,
        queries.tong_thu(bang, noi.cho(unit)),
        chua_mo=unit.is_chi_doan and not unit.ket_thuc and not hasattr(unit, "so_thu_doan_phi"),
        da_nop=done.get(NOP.DA_NHAN, 0),
        cho_nhan=done.get(NOP.DA_GHI, 0),
        chua_nop=chia(max(waiting, 0), *share).trich_nop,
        qua_han=chia(max(late, 0), *share).trich_nop,
        han=han_nop(muc, unit.path, ky),
    )


def _con_lai(noi: _Noi, ky: KyBaoCao, hom_nay: date, muc: BangMuc) -> dict[int, tuple[int, int]]:
    """Per unit: receipts not remitted up to the period's end, and those whose day has passed."""
    last = {unit.pk: min(_qua_han_den(unit, hom_nay, muc), ky.end) for unit in noi.units}
    names = {day: f"den_{number}" for number, day in enumerate(sorted(set(last.values())))}
    rows = PhieuThu.objects.chua_nop().filter(noi.rows, ngay__lte=ky.end).order_by()
    sums = {name: Sum("tong", filter=Q(ngay__lte=day)) for day, name in names.items()}
    found: dict[int, tuple[int, int]] = {}
    for row in rows.values(*_DON_VI).annotate(tat_ca=Sum("tong"), **sums):
        unit = noi.cua(*(row[name] for name in _DON_VI))
        if unit is not None:
            waiting, late = found.get(unit, (0, 0))
            overdue = row[names[last[unit]]] or 0
            found[unit] = (waiting + row["tat_ca"], late + overdue)
    return found


def _qua_han_den(unit: DonVi, hom_nay: date, muc: BangMuc) -> date:
    """The end of the last period whose day of handing over has passed."""
    last = ky_nop(unit, hom_nay).previous
    while han_nop(muc, unit.path, last) >= hom_nay:
        last = last.previous
    return last.end


def _nop(noi: _Noi, ky: KyBaoCao) -> dict[int, dict[str, int]]:
    """Per unit and state: what was remitted for the period and the periods inside it."""
    rows = NopDoanPhi.objects.con_tinh().trong_ky(ky).filter(noi.rows).order_by()
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows.values(*_DON_VI, "trang_thai").annotate(tong=Sum("trich_nop")):
        unit = noi.cua(*(row[name] for name in _DON_VI))
        if unit is not None:
            found[unit][row["trang_thai"]] += row["tong"]
    return found
