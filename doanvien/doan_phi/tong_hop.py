"""Units side by side: what they collected, what they must hand over and have handed over.

Receipts not yet part of a remittance are what is still to remit; the due day of a period is
in the month after it. Four statements more than `queries.bang_thu`, for any number of units.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, Sum

from core.periods import KyBaoCao
from doanvien.models import NopDoanPhi, PhieuThu
from tochuc.models import DonVi
from tochuc.quy_dinh import ty_le

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


def tong_hop(don_vi: DonVi, duoi: list[DonVi], ky: KyBaoCao, hom_nay: date) -> TongHop:
    muc = BangMuc(KHONG_LUONG, HUONG_LUONG, TRICH_NOP, HAN_NOP)
    bang = queries.bang_thu(don_vi, ky, muc=muc)
    units = [don_vi, *duoi]
    con_lai = _con_lai(units, ky, hom_nay, muc)
    nop = _nop(units, ky)
    rows = [_row(unit, bang, con_lai, nop, ky, muc) for unit in units]
    return TongHop(rows[1:], rows[0], queries.tong_thu(bang))


def _row(unit: DonVi, bang, con_lai, nop, ky: KyBaoCao, muc: BangMuc) -> DongDonVi:
    waiting, late = con_lai.get(unit.pk, (0, 0))
    share = ty_le(muc.gia_tri(TRICH_NOP, unit.path, ky.end))
    done = nop.get(unit.pk, {})
    return DongDonVi(
        unit,
        queries.tong_thu(bang, unit.path),
        chua_mo=unit.is_chi_doan and not hasattr(unit, "so_thu_doan_phi"),
        da_nop=done.get(NOP.DA_NHAN, 0),
        cho_nhan=done.get(NOP.DA_GHI, 0),
        chua_nop=chia(max(waiting, 0), *share).trich_nop,
        qua_han=chia(max(late, 0), *share).trich_nop,
        han=han_nop(muc, unit.path, ky),
    )


def _con_lai(units, ky: KyBaoCao, hom_nay: date, muc: BangMuc) -> dict[int, tuple[int, int]]:
    """Per unit: receipts not remitted up to the period's end, and those whose day has passed."""
    kinds = {unit.pk: ky_nop(unit, hom_nay) for unit in units}
    late: dict[date, list[int]] = defaultdict(list)
    for unit in units:
        last = kinds[unit.pk].previous
        while han_nop(muc, unit.path, last) >= hom_nay:
            last = last.previous
        late[min(last.end, ky.end)].append(unit.pk)
    overdue = Q()
    for end, own in late.items():
        overdue |= Q(don_vi__in=own, ngay__lte=end)
    rows = PhieuThu.objects.chua_nop().filter(don_vi__in=units, ngay__lte=ky.end).order_by()
    sums = rows.values("don_vi").annotate(tat_ca=Sum("tong"), muon=Sum("tong", filter=overdue))
    return {row["don_vi"]: (row["tat_ca"], row["muon"] or 0) for row in sums}


def _nop(units, ky: KyBaoCao) -> dict[int, dict[str, int]]:
    """Per unit and state: what was remitted for the period and the periods inside it."""
    codes = [ky.code, *(month.code for month in ky.months)]
    if not ky.quy and not ky.thang:
        codes += [f"{ky.nam}Q{quy}" for quy in range(1, 5)]
    rows = NopDoanPhi.objects.con_tinh().filter(don_vi__in=units, ky__in=codes).order_by()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows.values("don_vi", "trang_thai").annotate(tong=Sum("trich_nop")):
        found[row["don_vi"]][row["trang_thai"]] = row["tong"]
    return found
