"""One unit in a ranking, wherever its result comes from: a round, or the books of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.safestring import SafeString

from baocao.bieu_do import dai_tieu_chi
from baocao.cham_diem.luat import BAC_CUA, BoLuat
from baocao.xep_loai import KetQua, Muc, XepChung
from core.charts import score_bar
from core.text.display import so
from tochuc.models import KhoiChiDoan

from .loi import Diem

HO = {Muc.HTXS: "ok", Muc.HTT: "info", Muc.HT: "warn", Muc.KHT: "bad", None: "neutral"}
ICON = {
    Muc.HTXS: "circle-check",
    Muc.HTT: "check",
    Muc.HT: "triangle-alert",
    Muc.KHT: "circle-alert",
    None: "circle-dashed",
}
NHIEU_NHOM = 4
"""More groups than the chart's categories: the bar is then one piece."""
CHUA_DU = "Chưa đủ dữ liệu"


@dataclass(frozen=True)
class DoiHang:
    """Movement since the round before: up, down, the same place, or new in the ranking."""

    truoc: int | None
    nay: int | None

    @property
    def bac(self) -> int:
        return 0 if None in (self.truoc, self.nay) else self.truoc - self.nay

    @property
    def icon(self) -> str:
        if self.bac:
            return "arrow-up" if self.bac > 0 else "arrow-down"
        return "minus"

    @property
    def loi(self) -> str:
        if self.nay is None:
            return "–"
        if self.truoc is None:
            return "mới xếp"
        if not self.bac:
            return "giữ hạng"
        return f"{'lên' if self.bac > 0 else 'xuống'} {abs(self.bac)}"


@dataclass(frozen=True, kw_only=True)
class Hang:
    """Hạng (place): one unit with its result, criterion by criterion."""

    pk: int
    ten: str
    noi: str = ""
    cum: str = ""
    khoi: str = ""
    so_doan_vien: int = 0
    tong: Decimal | None = None
    muc: str = ""
    hang: int | None = None
    hang_cum: int | None = None
    hang_khoi: int | None = None
    ghi_chu: str = ""
    truoc: int | None = None
    co_truoc: bool = False
    rows: Mapping[str, Diem] = field(default_factory=dict)

    @property
    def doi_hang(self) -> DoiHang | None:
        return DoiHang(self.truoc, self.hang) if self.co_truoc else None

    @property
    def ten_khoi(self) -> str:
        return KhoiChiDoan(self.khoi).label if self.khoi else ""


def thanh(bo: BoLuat, row: Hang) -> SafeString:
    """The bar of a set of points, the strip of a set of levels."""
    return _thanh_diem(bo, row) if bo.is_diem else _dai(bo, row)


def con_so(bo: BoLuat, row: Hang) -> str:
    """ "88,5/100", or "7/9" criteria at the best level."""
    if bo.is_diem:
        return f"{so(row.tong)}/{so(bo.toi_da)}"
    best = bo.cac_muc[0]
    return f"{sum(item.muc == best for item in row.rows.values())}/{len(bo.la)}"


def pill(bo: BoLuat, muc: str) -> tuple[str, str, str]:
    level = BAC_CUA[muc] if muc else None
    return HO[level], ICON[level], bo.ten_muc(muc) if muc else CHUA_DU


def nhom(bo: BoLuat) -> list[tuple[str, Decimal]]:
    """The groups of a set of points with what each can bring; one when there are too many."""
    found = [
        (item.ten, _toi_da(bo, item.ma))
        for item in bo.con("")
        if item.is_nhom and _toi_da(bo, item.ma)
    ]
    return found if 1 < len(found) <= NHIEU_NHOM else [(bo.ten, bo.toi_da)]


def _toi_da(bo: BoLuat, ma: str) -> Decimal:
    return sum(
        (_toi_da(bo, item.ma) if item.is_nhom else item.diem_toi_da for item in bo.con(ma)),
        Decimal(0),
    )


def _thanh_diem(bo: BoLuat, row: Hang) -> SafeString:
    groups = nhom(bo)
    if len(groups) == 1:
        parts = [row.tong or Decimal(0)]
    else:
        tops = [item.ma for item in bo.con("") if item.is_nhom and _toi_da(bo, item.ma)]
        parts = [_tong_nhom(bo, ma, row.rows) for ma in tops]
    words = "; ".join(
        f"{ten} {so(part)}/{so(most)}" for (ten, most), part in zip(groups, parts, strict=True)
    )
    return score_bar(
        [max(float(part), 0) for part in parts],
        maximum=max(float(bo.toi_da), float(sum(parts)), 1),
        title=f"{row.ten}: {words}",
    )


def _tong_nhom(bo: BoLuat, ma: str, rows: Mapping[str, Diem]) -> Decimal:
    total = Decimal(0)
    for item in bo.con(ma):
        if item.is_nhom:
            total += _tong_nhom(bo, item.ma, rows)
        elif item.ma in rows:
            total += rows[item.ma].diem or Decimal(0)
    return total


def _dai(bo: BoLuat, row: Hang) -> SafeString:
    results = [KetQua(item, _bac(row.rows.get(item.ma))) for item in bo.la]
    return dai_tieu_chi(results, _xep(results))


def _bac(row: Diem | None) -> Muc | None:
    return BAC_CUA[row.muc] if row and row.muc else None


def _xep(results: Sequence[KetQua]) -> XepChung:
    best = sum(item.muc == Muc.HTXS for item in results)
    missing = sum(item.muc is None for item in results)
    return XepChung(None, Muc.HTXS, best, missing, len(results))
