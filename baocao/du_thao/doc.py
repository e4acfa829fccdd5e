"""What drafts are made from: the rows of the period below one unit, counted and named.

Four statements, however many units and rows there are.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import CharField, Count, F, QuerySet, Sum, Value, Window
from django.db.models.functions import Cast, RowNumber

from baocao.chi_tieu import MO_DUOC, THEO_MA, BangSo, So, ThoiKy, compute, rows
from baocao.chi_tieu import nguon as n
from baocao.chi_tieu.dan_chung import DEM_RIENG
from baocao.models import BaoCao, ChiTieuNam, SoLieu
from chidoan.models import ChiDoan
from tochuc.ban_do import BanDo, duoi_tren
from tochuc.models import DonVi, LoaiDonVi

from .cau import Cau, Dan, chu_so, ke

DOC_TOI_DA = 5
"""So many rows are read to name them."""
TEN: dict[str, str] = {
    "buoi_chuyen_de": "chu_diem",
    "chi_doan_chua_hop": "ten",
    "chi_doan_hop_thieu": "ten",
    "khuyet_bi_thu": "ten",
    "chi_doan_cham_nop": "ten",
    "cuoc_kiem_tra": "chuyen_de",
    "hoat_dong_sap_toi": "ten",
    "kiem_tra_sap_toi": "chuyen_de",
    "lop_sap_toi": "ten",
    "lop_tap_huan": "ten",
    "mo_hinh": "ten",
    "tham_muu": "noi_dung",
    "tham_muu_cho": "noi_dung",
}
"""Of these the first few are named, by that column: events and units, never people."""


@dataclass(frozen=True)
class NhomHoatDong:
    """The finished activities of one kind."""

    so: int = 0
    luong: int = 0
    met: int = 0
    tien: int = 0
    luot: int = 0
    ten: tuple[tuple[str, str], ...] = ()  # name and place


@dataclass(frozen=True, kw_only=True)
class SoDoc:
    """The books of the period, as the drafts of one report read them."""

    don_vi: DonVi
    thoi_ky: ThoiKy
    dem: BangSo
    hoat_dong: dict[str, NhomHoatDong] = field(default_factory=dict)
    ten: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    ghi: dict[str, Decimal] = field(default_factory=dict)
    """What the unit reports by its own word, by code."""
    muc_tieu: dict[str, Decimal] = field(default_factory=dict)

    @property
    def is_chi_doan(self) -> bool:
        return self.don_vi.is_chi_doan

    @property
    def toan(self) -> str:
        """ "toàn phường"."""
        return f"toàn {LoaiDonVi(self.don_vi.loai).label}"

    @property
    def cac_chi_doan(self) -> str:
        """Who did it, in the unit's own report."""
        return "chi đoàn" if self.is_chi_doan else "các chi đoàn"

    def so_dong(self, ma: str) -> int:
        """How many rows open behind a code."""
        if ma.startswith("hd_"):
            return self.nhom(ma.removeprefix("hd_")).so
        return self.dem.so(self.don_vi, ma).tu

    def ty_le(self, ma: str) -> So:
        return self.dem.so(self.don_vi, ma)

    def so(self, ma: str) -> Decimal:
        """What the report says: the unit's own word, else what the system counts."""
        if ma in self.ghi:
            return self.ghi[ma]
        return Decimal(self.dem.so(self.don_vi, ma).gia_tri or 0)

    def luy_ke(self, ma: str) -> Decimal:
        """The year so far by the books, with what the unit reports otherwise for the period."""
        year = Decimal(self.dem.so(self.don_vi, ma, luy_ke=True).gia_tri or 0)
        own = self.dem.so(self.don_vi, ma).gia_tri or 0
        return year + self.ghi.get(ma, Decimal(own)) - own

    def nhom(self, loai: str) -> NhomHoatDong:
        return self.hoat_dong.get(loai, NhomHoatDong())

    def dan(self, ma: str) -> Dan:
        """The evidence of a code: its rows, or the appendix where there are none."""
        found = self.so_dong(ma)
        return Dan(ma, found, is_go=not found and ma in self.ghi)

    def neu(self, ma: str) -> str:
        """The first of them by name, in brackets."""
        return ke(self.ten.get(ma, ()), self.so_dong(ma))

    def cau(self, ma: str, loi: str, *kem: str) -> Cau | None:
        """A sentence about one figure, when it is not zero: `{n}` stands for it, `{ten}` for
        names. `kem` are further codes whose rows the sentence tells of."""
        value = self.so(ma)
        if not value:
            return None
        said = loi.format(n=chu_so(value), ten=self.neu(ma))
        return Cau(said, (self.dan(ma), *(self.dan(other) for other in kem if self.so(other))))

    def gop(self, *phan: tuple[str, str], dau: str = "") -> Cau | None:
        """One sentence of several figures; those that are zero are left out."""
        said = [(ma, loi.format(n=chu_so(self.so(ma)))) for ma, loi in phan if self.so(ma)]
        if not said:
            return None
        return Cau(dau + ", ".join(loi for _, loi in said), tuple(self.dan(ma) for ma, _ in said))


_DEM = tuple(
    THEO_MA[ma]
    for ma in THEO_MA
    if THEO_MA[ma].nguon and not THEO_MA[ma].nhay_cam and THEO_MA[ma].nguon.ma != "hoat_dong"
)


def doc_so(bao_cao: BaoCao, thoi_ky: ThoiKy, ban_do: BanDo | None) -> SoDoc:
    """Read the books of a report. Four queries."""
    unit = bao_cao.don_vi
    wanted = [item for item in _DEM if item.dung_cho(unit)]
    ghi, muc_tieu = _ghi(bao_cao)
    return SoDoc(
        don_vi=unit,
        thoi_ky=thoi_ky,
        dem=compute(unit, thoi_ky, [*wanted, MO_DUOC["khuyet_bi_thu"], *DEM_RIENG], ban_do),
        hoat_dong=_hoat_dong(unit, thoi_ky, ban_do),
        ten=_ten(unit, thoi_ky, ban_do),
        ghi=ghi,
        muc_tieu=muc_tieu,
    )


def _hoat_dong(unit: DonVi, thoi_ky: ThoiKy, ban_do: BanDo | None) -> dict[str, NhomHoatDong]:
    """Finished activities by kind: what they come to, and the newest of them by name."""
    found = n.HOAT_DONG.rows(thoi_ky).filter(n.HOAT_DONG.trong(*thoi_ky.trong_ky))
    kind = {"partition_by": [F("loai")]}
    ranked = (
        duoi_tren(found, n.HOAT_DONG.path, unit, ban_do)
        .annotate(
            thu=Window(RowNumber(), order_by=[F("den_ngay").desc(), F("pk").desc()], **kind),
            so=Window(Count("pk"), **kind),
            **{f"tong_{name}": Window(Sum(name), **kind) for name in _TONG},
        )
        .filter(thu__lte=DOC_TOI_DA)
        .order_by("loai", "thu")
    )
    groups: dict[str, NhomHoatDong] = {}
    columns = ("loai", "so", *(f"tong_{name}" for name in _TONG), "ten", "don_vi", "don_vi__ten")
    for loai, so, luong, met, tien, luot, ten, don_vi, noi in ranked.values_list(*columns):
        before = groups.get(loai, NhomHoatDong()).ten
        name = (ten, "" if don_vi == unit.pk else noi)
        sums = (int(value or 0) for value in (luong, met, tien, luot))
        groups[loai] = NhomHoatDong(so, *sums, ten=(*before, name))
    return groups


_TONG = ("luong", "met", "tien", "luot")


def _ten(unit: DonVi, thoi_ky: ThoiKy, ban_do: BanDo | None) -> dict[str, list[tuple[str, str]]]:
    """The first rows of each code of `TEN` by name. One query."""
    selects = [
        _first(ma, column, rows(item, unit, thoi_ky, ban_do=ban_do))
        for ma, column in TEN.items()
        if (item := MO_DUOC[ma]).dung_cho(unit)
    ]
    found: dict[str, list[tuple[str, str]]] = {}
    for ma, _, name in sorted(selects[0].union(*selects[1:], all=True)):
        found.setdefault(ma, []).append((name, ""))
    return found


def _first(ma: str, column: str, found: QuerySet) -> QuerySet:
    order = "path" if column == "ten" and found.model is ChiDoan else "pk"
    first = found.order_by(order).values("pk")[:DOC_TOI_DA]
    again = found.model.objects.filter(pk__in=first).order_by()
    return again.annotate(
        _ma=Value(ma), _thu=Cast(F(order), CharField()), _ten=Cast(F(column), CharField())
    ).values_list("_ma", "_thu", "_ten")


def _ghi(bao_cao: BaoCao) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """What the unit reports by its own word, and the year's targets. One query."""
    own = SoLieu.objects.filter(bao_cao=bao_cao, bao_cao_gia_tri__isnull=False).order_by()
    year = ChiTieuNam.objects.filter(don_vi=bao_cao.don_vi, nam=bao_cao.ky_bao_cao.nam).order_by()
    both = own.values_list(Value(0), "ma", "bao_cao_gia_tri").union(
        year.values_list(Value(1), "ma", "gia_tri"), all=True
    )
    parts: tuple[dict, dict] = ({}, {})
    for which, ma, value in both:
        parts[which][ma] = Decimal(value)
    return parts
