"""Who has handed in, and when: units below an office by periods, their state as symbol and word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from core.periods import KyBaoCao
from core.text.display import ngay, phan_tram
from tochuc.models import CapDonVi, DonVi

from .chang_duong import so_ngay_cham
from .danh_sach import DongBaoCao, con_ai_nop, reports_of
from .han import lich_nop
from .mau import KieuKy

SO_KY = {KieuKy.QUY: 8, KieuKy.NUA_NAM: 4, KieuKy.NAM: 4}
"""So many periods are shown, the newest last."""
SAP_DEN = timedelta(days=10)
"""Who is due within so many days is reminded too."""

NEU_TOI_DA = 2
"""So many periods of a unit are named to the group."""

DUNG, MUON, THIEU, MIEN, CHO, SUA = "dung-han", "muon", "thieu", "mien", "cho-nop", "tra-lai"
CHU = {
    DUNG: ("ok", "circle-check", "Đúng hạn"),
    MUON: ("warn", "clock", "Muộn"),
    THIEU: ("bad", "circle-x", "Thiếu"),
    MIEN: ("neutral", "ban", "Miễn nộp"),
    CHO: ("neutral", "circle-dashed", "Chưa đến hạn"),
    SUA: ("warn", "undo-2", "Trả lại"),
}
"""Each state as it is shown and filtered: family, symbol, word."""


@dataclass(frozen=True)
class ODanhGia:
    """One unit in one period; without a row nothing was expected of it."""

    dong: DongBaoCao | None

    @property
    def ma(self) -> str:
        row = self.dong
        if row is None:
            return ""
        if row.mien:
            return MIEN
        if row.da_nop:
            if row.bao_cao.is_duoc_ghi:
                return SUA
            return MUON if so_ngay_cham(row.bao_cao) else DUNG
        return THIEU if row.day > row.han else CHO

    @property
    def chu(self) -> str:
        if not self.ma:
            return "–"
        if self.ma == MUON:
            return f"Muộn {so_ngay_cham(self.dong.bao_cao)} ngày"
        return CHU[self.ma][2]

    @property
    def pill(self) -> tuple[str, str, str]:
        family, icon, _ = CHU[self.ma]
        return family, icon, self.chu

    @property
    def url(self) -> str:
        return self.dong.url if self.dong else ""


@dataclass(frozen=True)
class DongTheoDoi:
    """A unit with its cells, in the order of the periods."""

    don_vi: DonVi
    o: tuple[ODanhGia, ...]


@dataclass(frozen=True)
class TyLe:
    """How many of those expected in a period handed in, and how many of them in time."""

    ky: KyBaoCao
    phai: int
    nop: int
    dung: int
    is_den_han: bool  # nobody has time left

    @property
    def nop_text(self) -> str:
        return f"{self.nop}/{self.phai}" if self.phai else "–"

    @property
    def dung_text(self) -> str:
        return (
            f"{self.dung}/{self.phai} ({phan_tram(self.dung / self.phai)})"
            if self.phai and self.is_den_han
            else "–"
        )

    def url(self, loc: str) -> str:
        return f"{reverse('baocao:list')}?{urlencode({'ky': self.ky.code, 'loc': loc})}"

    @property
    def nop_url(self) -> str:
        return self.url("da-nop")

    @property
    def dung_url(self) -> str:
        return self.url("dung-han")


@dataclass(frozen=True)
class BangTheoDoi:
    ky: tuple[KyBaoCao, ...]
    dong: tuple[DongTheoDoi, ...]

    @property
    def ty_le(self) -> list[TyLe]:
        return [self._ty_le(index, ky) for index, ky in enumerate(self.ky)]

    def _ty_le(self, index: int, ky: KyBaoCao) -> TyLe:
        cells = [row.o[index] for row in self.dong]
        asked = [cell for cell in cells if cell.dong and cell.ma != MIEN]
        done = [cell for cell in asked if cell.dong.da_nop]
        in_time = sum(cell.dong.dung_han for cell in done)
        is_den_han = all(cell.ma != CHO for cell in asked)
        return TyLe(ky, len(asked), len(done), in_time, is_den_han)

    def loc(self, state: str) -> "BangTheoDoi":
        """The units that have a cell of that state."""
        kept = (row for row in self.dong if any(cell.ma == state for cell in row.o))
        return BangTheoDoi(self.ky, tuple(kept))


def cac_ky(kieu: KieuKy, day: date) -> list[KyBaoCao]:
    """The periods that are shown: the running one and those before it, oldest first."""
    last = {
        KieuKy.QUY: KyBaoCao.quarter_of(day),
        KieuKy.NUA_NAM: KyBaoCao(day.year, nua=1),
        KieuKy.NAM: KyBaoCao(day.year),
    }[kieu]
    found = [last]
    while len(found) < SO_KY[kieu]:
        before = found[0].previous
        found.insert(0, before.previous if before.nua == 2 else before)
    return found


def load_theo_doi(
    don_vi: DonVi, periods: Sequence[KyBaoCao], day: date, *, co_so: bool = False
) -> BangTheoDoi:
    """Units right below `don_vi`, or with `co_so` all wards below it, in the periods.

    A unit is expected to report a period at whose end it existed, from the day its office asks
    for it. Three queries.
    """
    lich = lich_nop(don_vi)
    units = (
        list(DonVi.objects.under(don_vi).co_so().order_by("path"))
        if co_so
        else list(DonVi.objects.va_da_ket_thuc(don_vi, day).order_by("path"))
    )
    found = {(row.don_vi.pk, row.ky): row for row in reports_of(units, don_vi, periods, day, lich)}
    rows = [
        DongTheoDoi(
            unit,
            tuple(
                ODanhGia(_con_cho(found.get((unit.pk, ky)), lich.phai_nop(unit.cap, ky)))
                for ky in periods
            ),
        )
        for unit in units
    ]
    kept = (row for row in rows if any(cell.dong for cell in row.o))
    return _tu_ky_dau(BangTheoDoi(tuple(periods), tuple(kept)))


def _tu_ky_dau(bang: BangTheoDoi) -> BangTheoDoi:
    """Without the periods before the first one that anything was expected for."""
    first = next((index for index, rate in enumerate(bang.ty_le) if rate.phai), 0)
    rows = (DongTheoDoi(row.don_vi, row.o[first:]) for row in bang.dong)
    return BangTheoDoi(bang.ky[first:], tuple(rows))


def _con_cho(row: DongBaoCao | None, asked) -> DongBaoCao | None:
    """The row if something was expected: a unit that ended before the period did reports no
    more, what was handed in all the same stays."""
    if row is None or row.da_nop:
        return row
    ended = row.don_vi.ket_thuc and row.don_vi.ket_thuc < row.ky.end
    return None if ended or not asked else row


def can_nhac(bang: BangTheoDoi, day: date) -> list[tuple[DonVi, list[DongBaoCao]]]:
    """Units that are late or due soon, each with what it owes, oldest first; none that has ended
    and left nobody to remind."""
    found = []
    for row in bang.dong:
        cells = [cell for cell in row.o if cell.ma in (THIEU, SUA) or _sap_den(cell, day)]
        owed = [cell.dong for cell in cells if con_ai_nop(cell.dong)]
        if owed:
            found.append((row.don_vi, owed))
    return found


def _sap_den(cell: ODanhGia, day: date) -> bool:
    return cell.ma == CHO and cell.dong.han <= day + SAP_DEN


def loi_nhac(owed: Iterable[DongBaoCao]) -> str:
    """The words for one unit; at most twenty lines."""
    lines = ["Chào đồng chí,", "Đơn vị còn báo cáo phải nộp trên hệ thống:"]
    lines += [f"- Báo cáo {row.ky.ten}: {_viec(row)}" for row in list(owed)[-12:]]
    lines += ["Số liệu đã có sẵn, đồng chí mở mục Báo cáo, xem lại rồi bấm Nộp.", "Trân trọng."]
    return "\n".join(lines)


def loi_nhac_chung(rows: Sequence[tuple[DonVi, list[DongBaoCao]]]) -> str:
    """The words for the group chat: who owes what, in one line a unit."""
    lines = ["Các đơn vị còn báo cáo phải nộp:"]
    lines += [f"- {unit.ten_noi}: {_cac_ky_no(owed)}" for unit, owed in rows]
    lines.append("Các đồng chí mở mục Báo cáo, xem lại rồi bấm Nộp giúp. Trân trọng.")
    return "\n".join(lines)


def _cac_ky_no(owed: Sequence[DongBaoCao]) -> str:
    """The last few periods by name, how many there are before them."""
    said = ", ".join(
        f"{row.ky.ten}{' (sửa, nộp lại)' if row.da_nop else ''}" for row in owed[-NEU_TOI_DA:]
    )
    more = len(owed) - NEU_TOI_DA
    return f"{said} và {more} kỳ trước đó" if more > 0 else said


def _viec(row: DongBaoCao) -> str:
    if row.bao_cao and row.da_nop:
        return "cấp trên trả lại, sửa rồi nộp lại"
    if row.is_khoa:
        return f"thôi nhận từ sau {ngay(row.khoa)}, liên hệ cấp trên để mở lại"
    if row.day > row.han:
        return f"quá hạn {(row.day - row.han).days} ngày (hạn {ngay(row.han)})"
    return f"hạn {ngay(row.han)}"


def cap_xem(don_vi: DonVi) -> bool:
    """Whether wards are two steps below, so that they may be asked for instead of districts."""
    return don_vi.cap in (CapDonVi.TINH, CapDonVi.TRUNG_UONG)
