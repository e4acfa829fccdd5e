"""Lists of reports: a unit's own ones by period, and those of the units below it in a period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Length, Substr
from django.urls import reverse

from core.periods import KyBaoCao
from core.text.display import gio, ngay
from tochuc.models import DonVi

from .chang_duong import DA_CHAP_NHAN, is_dung_han, so_ngay_cham
from .han import LichNop, lich_nop
from .models import BaoCao

SO_NAM = 2
_NHIEU_NHAT = 100
"""So many reports of units of before are listed."""
_TT = BaoCao.TrangThai
PILLS = {
    _TT.MO: ("neutral", "pencil-line", "Đang lập"),
    _TT.DA_NOP: ("info", "send", "Đã nộp, chờ cấp trên"),
    _TT.TRA_LAI: ("bad", "undo-2", "Trả lại để sửa"),
    _TT.CHAP_NHAN: ("ok", "circle-check", "Đã chấp nhận"),
    _TT.KHOA: ("neutral", "lock", "Đã khóa"),
    _TT.MIEN: ("neutral", "ban", "Miễn nộp"),
}


@dataclass(frozen=True)
class DongBaoCao:
    """One unit in one period, with its report if there is one."""

    don_vi: DonVi
    ky: KyBaoCao
    han: date
    bao_cao: BaoCao | None
    day: date
    khoa: date | None = None  # the last day it is accepted on, where that is known

    @property
    def url(self) -> str:
        return self.bao_cao.get_absolute_url() if self.bao_cao else ""

    @property
    def pill(self) -> tuple[str, str, str]:
        if self.bao_cao:
            return PILLS[self.bao_cao.trang_thai]
        return ("neutral", "circle-dashed", "Chưa mở")

    @property
    def da_nop(self) -> bool:
        return self.bao_cao is not None and self.bao_cao.nop_lan_dau is not None

    @property
    def mien(self) -> bool:
        return self.bao_cao is not None and self.bao_cao.is_mien

    @property
    def is_cho_nop(self) -> bool:
        """Whether it is still to be handed in."""
        return not self.da_nop and not self.mien

    @property
    def is_khoa(self) -> bool:
        """Whether it can no longer be handed in as things stand."""
        return self.is_cho_nop and self.khoa is not None and self.day > self.khoa

    @property
    def dung_han(self) -> bool:
        return self.da_nop and is_dung_han(self.bao_cao)

    @property
    def han_text(self) -> tuple[str, str]:
        """Family and words about the due day: late is said with the days."""
        if self.da_nop:
            late = so_ngay_cham(self.bao_cao)
            when = f"nộp {gio(self.bao_cao.nop_lan_dau)}"
            return ("bad", f"{when}, chậm {late} ngày") if late else ("", f"{when}, đúng hạn")
        if self.mien:
            return "", self.bao_cao.mien_ly_do
        if self.is_khoa:
            return "bad", f"thôi nhận từ sau {ngay(self.khoa)}"
        if not self.bao_cao and not is_con_doi(self.ky, self.day):
            return "", "không lập"
        if self.day > self.han:
            return "bad", f"quá hạn {(self.day - self.han).days} ngày (hạn {ngay(self.han)})"
        return "", f"hạn {ngay(self.han)}"

    @property
    def chi_doan_hop(self) -> str:
        """Branches with a meeting in the period, as the report says it: "13/14"."""
        scope = self.bao_cao.pham_vi if self.bao_cao else {}
        total = len(scope.get("chi_doan", ()))
        return f"{total - len(scope['im_lang'])}/{total}" if total else ""


def is_con_doi(ky: KyBaoCao, day: date) -> bool:
    """Whether a report is still looked for: the running quarter and the one before it; a half and
    a year from their last quarter to the end of the next."""
    quarter = KyBaoCao.quarter_of(day)
    if ky.quy:
        return ky in (quarter, quarter.previous)
    last = KyBaoCao.quarter_of(ky.end)
    return last in (quarter, quarter.previous)


def own_reports(don_vi: DonVi, day: date) -> tuple[list[DongBaoCao], list[KyBaoCao]]:
    """The unit's reports of two years, newest first, with those that are looked for, before them
    what units that have gone into it left open; and the other periods, for which one may be made.
    Four queries."""
    found = {
        row.ky: row
        for row in BaoCao.objects.filter(don_vi=don_vi, den_ngay__year__gt=day.year - SO_NAM)
    }
    lich = lich_nop(don_vi)
    periods = _periods(don_vi, lich, day)
    rows = [dong_cua(don_vi, ky, lich, found.get(ky.code), day) for ky in periods]
    shown = [row for row in rows if row.bao_cao or _con_tim(row, lich)]
    gone = BaoCao.objects.con_no(don_vi).order_by("den_ngay", "don_vi__path")
    left = [DongBaoCao(row.don_vi, row.ky_bao_cao, row.han, row, day) for row in gone]
    kept = {row.ky for row in shown}
    return left + shown, [ky for ky in periods if ky not in kept and da_co(don_vi, ky)]


def _con_tim(row: DongBaoCao, lich: LichNop) -> bool:
    """Whether the unit's own report is looked for though nobody has opened it."""
    asked = lich.phai_nop(row.don_vi.cap, row.ky)
    return bool(asked) and is_con_doi(row.ky, row.day) and da_co(row.don_vi, row.ky)


def dong_cua(
    don_vi: DonVi, ky: KyBaoCao, lich: LichNop, bao_cao: BaoCao | None, day: date
) -> DongBaoCao:
    """One unit and period with the days that hold for it."""
    han = bao_cao.han if bao_cao else lich.han(lich.mau(don_vi.cap, ky), ky)
    khoa = bao_cao.nhan_den if bao_cao else lich.muon(ky, han)
    return DongBaoCao(don_vi, ky, han, bao_cao, day, None if don_vi.is_root() else khoa)


def reports_before(don_vi: DonVi, day: date) -> list[DongBaoCao]:
    """What was handed in by the units it came from, the newest first. One query."""
    rows = BaoCao.objects.truoc_sap_xep(don_vi).order_by("-den_ngay", "don_vi__path")
    return [DongBaoCao(row.don_vi, row.ky_bao_cao, row.han, row, day) for row in rows[:_NHIEU_NHAT]]


def reports_below(don_vi: DonVi, ky: KyBaoCao, day: date) -> list[DongBaoCao]:
    """Every unit that stood right below `don_vi` when the period ended and had to report, with its
    report; while the report is looked for those that stand there now, for they hand it in.

    Three queries.
    """
    lich = lich_nop(don_vi)
    units = DonVi.objects.truc_thuoc(don_vi, day if is_con_doi(ky, day) else ky.end)
    asked = [unit for unit in units if lich.phai_nop(unit.cap, ky)]
    return reports_of(asked, don_vi, [ky], day, lich)


def reports_of(
    units: Iterable[DonVi],
    don_vi: DonVi,
    periods: Iterable[KyBaoCao],
    day: date,
    lich: LichNop | None = None,
) -> list[DongBaoCao]:
    """The reports of `units`, which stand below `don_vi`, in the periods.

    A unit that did not exist yet is not asked for one, nor one that ended while it had time left
    and went into none; a report of a unit that has ended since is there while its period is looked
    for, and while it waits to be looked at. Two queries, and that of the units.
    """
    lich, units, periods = lich or lich_nop(don_vi), list(units), list(periods)
    codes = [ky.code for ky in periods]
    found = {
        (row.don_vi_id, row.ky): row
        for row in BaoCao.objects.under(don_vi)
        .filter(ky__in=codes)
        .select_related("don_vi")
        .annotate(
            so_sua_tay=Count("so_lieu", filter=_SUA_TAY),
            cap_dau=_cap_ngay_duoi(don_vi),
            co_ke_tuc=_KE_TUC,
        )
    }
    rows = (
        dong_cua(unit, ky, lich, found.get((unit.pk, ky.code)), day)
        for ky in periods
        for unit in [*units, *_da_ket_thuc(units, found, ky, day)]
        if lich.mau(unit.cap, ky) and ((unit.pk, ky.code) in found or da_co(unit, ky))
    )
    return [row for row in rows if row.da_nop or row.mien or not _ket_thuc_khi_con_han(row)]


def con_ai_nop(row: DongBaoCao) -> bool:
    """Whether the unit of a row of `reports_of` is at work, or another one of its level, into which
    it has gone, hands in what it left open."""
    if not row.don_vi.ket_thuc or row.don_vi.ket_thuc >= row.day:
        return True
    return row.bao_cao is not None and row.bao_cao.co_ke_tuc


def _ket_thuc_khi_con_han(row: DongBaoCao) -> bool:
    """Whether the unit ended before the lock and left nobody to hand in."""
    return not con_ai_nop(row) and (row.khoa is None or row.don_vi.ket_thuc <= row.khoa)


def da_co(unit: DonVi, ky: KyBaoCao) -> bool:
    """Whether the unit existed when the period ended."""
    return unit.thanh_lap is None or unit.thanh_lap <= ky.end


def _da_ket_thuc(units: list[DonVi], found: dict, ky: KyBaoCao, day: date) -> list[DonVi]:
    """Units that stood right below and have ended, and whose report is of a period that is looked
    for or still waits: they hang there now, or below one of their own level that does. Without
    such a one nobody hands in what was left open."""
    here = {unit.pk for unit in units}
    return [
        row.don_vi
        for (_, code), row in found.items()
        if code == ky.code and row.cap_dau == row.don_vi.cap
        if row.don_vi.ket_thuc and row.don_vi_id not in here
        if row.is_da_nop or (is_con_doi(ky, day) and (row.nop_lan_dau or row.co_ke_tuc))
    ]


def _cap_ngay_duoi(don_vi: DonVi) -> Subquery:
    """The level of the unit right below `don_vi` on the way to a report's own."""
    step = Substr(OuterRef("don_vi__path"), 1, len(don_vi.path) + DonVi.steplen)
    return Subquery(DonVi.objects.filter(path=step).order_by().values("cap")[:1])


_KE_TUC = Exists(
    DonVi.objects.filter(
        path=Substr(OuterRef("don_vi__path"), 1, Length(OuterRef("don_vi__path")) - DonVi.steplen),
        cap=OuterRef("don_vi__cap"),
    )
)
"""The unit hangs below one of its own level: it has gone into it."""
_SUA_TAY = Q(so_lieu__gia_tri__isnull=False, so_lieu__bao_cao_gia_tri__isnull=False) & ~Q(
    so_lieu__gia_tri=F("so_lieu__bao_cao_gia_tri")
)


def tinh_hinh_kpis(rows: Sequence[DongBaoCao]) -> list[dict]:
    """How complete and how punctual a period is; every figure opens its rows."""
    total = sum(not row.mien for row in rows)
    accepted = [row for row in rows if row.bao_cao and row.bao_cao.trang_thai in DA_CHAP_NHAN]
    waiting = [row for row in rows if row.bao_cao and row.bao_cao.is_da_nop]
    return [
        _kpi("Đã nộp", sum(row.da_nop for row in rows), total, "da-nop", rows),
        _kpi("Nộp đúng hạn", sum(row.dung_han for row in rows), total, "dung-han", rows),
        _kpi("Chờ xem xét", len(waiting), total, "cho", rows),
        _kpi("Đã chấp nhận", len(accepted), total, "chap-nhan", rows),
    ]


LOC = {
    "da-nop": lambda row: row.da_nop,
    "dung-han": lambda row: row.dung_han,
    "cho": lambda row: row.bao_cao is not None and row.bao_cao.is_da_nop,
    "chap-nhan": lambda row: row.bao_cao is not None and row.bao_cao.trang_thai in DA_CHAP_NHAN,
    "chua-nop": lambda row: row.is_cho_nop,
    "mien": lambda row: row.mien,
}
"""What `?loc=` may ask for."""


def _kpi(label: str, count: int, total: int, loc: str, rows: Sequence[DongBaoCao]) -> dict:
    ky = rows[0].ky.code if rows else ""
    query = urlencode({"ky": ky, "loc": loc})
    return {
        "label": label,
        "value": count,
        "fraction": f"/ {total} đơn vị",
        "url": f"{reverse('baocao:list')}?{query}",
    }


def _periods(don_vi: DonVi, lich: LichNop, day: date) -> list[KyBaoCao]:
    """Periods of two years that the unit may report by now, newest first."""
    periods = []
    for year in range(day.year, day.year - SO_NAM, -1):
        periods += [KyBaoCao(year), *(KyBaoCao(year, quy=quy) for quy in (4, 3))]
        periods += [KyBaoCao(year, nua=1), *(KyBaoCao(year, quy=quy) for quy in (2, 1))]
    return [ky for ky in periods if lich.mau(don_vi.cap, ky) and _da_toi(ky, day)]


def _da_toi(ky: KyBaoCao, day: date) -> bool:
    """A quarter may be reported from its first day on, a half and a year from their last quarter:
    both are due before they end."""
    return KyBaoCao.quarter_of(ky.end).start <= day
