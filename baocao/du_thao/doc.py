"""What drafts are made from: the rows of the period below one unit, counted and named.

Four statements, however many units and rows there are.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Sum, Value, Window
from django.db.models.functions import Cast, RowNumber

from baocao.chi_tieu import MO_DUOC, BangSo, So, ThoiKy, compute, rows
from baocao.chi_tieu import nguon as n
from baocao.chi_tieu.dan_chung import DEM_RIENG
from baocao.models import BaoCao, ChiTieuNam, SoLieu
from chidoan.models import ChiDoan, ChuDiem
from tochuc.ban_do import BanDo, duoi_tren
from tochuc.models import DonVi

from .cau import Cau, Dan, chu_so, ke
from .ten_nguoi import co_ten_nguoi

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
"""Of these the first few are named, by that column: events and units, never people. A meeting is
named by its theme where an office has set it: what a branch typed itself may tell of a person, and
of an event no words are repeated that do."""
CHI_TIEU = (
    *("nguyen_vong", "nguyen_vong_da_giai_quyet", "dang_ky_ren_luyen", "mo_hinh"),
    *("gioi_thieu_viec_lam", "hoc_nghe", "vay_von", "vay_von_so_tien", "giup_gia_dinh"),
    *("to_tiet_kiem", "du_no_vay_von", "mo_hinh_kinh_te", "di_lam_xa"),
    *("buoi_sinh_hoat", "ty_le_du_sinh_hoat", "chi_doan", "chi_doan_sinh_hoat_du"),
    *("chi_doan_thanh_lap", "chi_doan_giai_the", "chi_doan_duoi_3", "khuyet_bi_thu"),
    *("ket_nap_moi", "chuyen_den", "chuyen_di", "truong_thanh", "xoa_ten"),
    *("doan_phi_da_thu", "doan_phi_giu_lai", "doan_phi_trich_nop"),
    *("lop_tap_huan", "luot_tap_huan", "thay_doi_bi_thu", "lan_xuong", "tham_hoi"),
    *("to_tu_duong", "dang_boi_duong", "buoi_to_tu_duong", "gioi_thieu_uu_tu"),
    *("hoc_nhan_thuc_dang", "duoc_ket_nap_dang"),
    *("cong_van_hoi_ket_qua", "cong_van_duoc_tra_loi", "cong_van_chua_tra_loi"),
    *("cuoc_kiem_tra", "kien_nghi_khac_phuc", "khen_tap_the", "khen_thuong_doan_vien"),
    *("tham_muu", "tham_muu_chap_thuan", "tham_muu_kinh_phi"),
)
"""Indicators that sentences speak of, beside those that the year's targets are set for."""


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
    co_so: tuple[DonVi, ...] = ()
    """The wards of a unit above wards: branches are told by ward, their names alone say little."""
    ghi: dict[str, Decimal] = field(default_factory=dict)
    """What the unit reports by its own word, by code."""
    muc_tieu: dict[str, Decimal] = field(default_factory=dict)

    @property
    def is_chi_doan(self) -> bool:
        return self.don_vi.is_chi_doan

    @property
    def cac_chi_doan(self) -> str:
        """Who did it, in the unit's own report."""
        return "chi đoàn" if self.is_chi_doan else "các chi đoàn"

    def so_dong(self, ma: str) -> int:
        """How many rows open behind a code."""
        if ma.startswith("hd_"):
            return self.nhom(ma.removeprefix("hd_")).so
        return self.ty_le(ma).tu

    def ty_le(self, ma: str, *, luy_ke: bool = False) -> So:
        """A figure as it was counted; nothing where it says nothing about the unit's level."""
        if not MO_DUOC[ma].dung_cho(self.don_vi):
            return So(0)
        return self.dem.so(self.don_vi, self.dem.chi_tieu[ma].ma, luy_ke=luy_ke)

    def so(self, ma: str) -> Decimal:
        """What the report says: the unit's own word, else what the system counts."""
        if ma in self.ghi:
            return self.ghi[ma]
        return Decimal(self.ty_le(ma).gia_tri or 0)

    def luy_ke(self, ma: str) -> Decimal:
        """The year so far by the books, with what the unit reports otherwise for the period."""
        year = Decimal(self.ty_le(ma, luy_ke=True).gia_tri or 0)
        own = self.ty_le(ma).gia_tri or 0
        return year + self.ghi.get(ma, Decimal(own)) - own

    def nhom(self, loai: str) -> NhomHoatDong:
        return self.hoat_dong.get(loai, NhomHoatDong())

    def dan(self, ma: str) -> Dan:
        """The evidence of a code: its rows, or the appendix where there are none."""
        found = self.so_dong(ma)
        return Dan(ma, found, is_go=not found and ma in self.ghi)

    def neu(self, ma: str) -> str:
        """The first of them by name, in brackets; of branches, seen from above, the wards."""
        if self.co_so and MO_DUOC[ma].nguon.path == "path":
            return self._theo_co_so(ma)
        return ke(self.ten.get(ma, ()), self.so_dong(ma))

    def _theo_co_so(self, ma: str) -> str:
        found = [(ward.ten_noi, self.dem.so(ward, ma).tu) for ward in self.co_so]
        found = sorted((pair for pair in found if pair[1]), key=lambda pair: -pair[1])
        said = "; ".join(f"{name} {chu_so(so)}" for name, so in found[:DOC_TOI_DA])
        more = "trong đó có: " if len(found) > DOC_TOI_DA else ""
        return f" ({more}{said})" if said else ""

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


def doc_so(bao_cao: BaoCao, thoi_ky: ThoiKy, ban_do: BanDo | None) -> SoDoc:
    """Read the books of a report. Four queries, one more above wards."""
    unit = bao_cao.don_vi
    ghi, muc_tieu = _ghi(bao_cao)
    wanted = {ma: MO_DUOC[ma] for ma in (*CHI_TIEU, *muc_tieu) if ma in MO_DUOC}
    items = [item for item in wanted.values() if item.nguon and item.dung_cho(unit)]
    table = compute(unit, thoi_ky, [*items, *DEM_RIENG], ban_do)
    return SoDoc(
        don_vi=unit,
        thoi_ky=thoi_ky,
        dem=table,
        hoat_dong=_hoat_dong(unit, thoi_ky, ban_do),
        ten=_ten(table, ban_do),
        co_so=_co_so(unit, thoi_ky, ban_do),
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
    place = ("don_vi", "don_vi__cap", "don_vi__loai", "don_vi__ten")
    columns = ("loai", "so", *(f"tong_{name}" for name in _TONG), "ten", *place)
    for loai, so, luong, met, tien, luot, ten, don_vi, *noi in ranked.values_list(*columns):
        before = groups.get(loai, NhomHoatDong()).ten
        named = () if co_ten_nguoi(ten) else ((ten, "" if don_vi == unit.pk else _ten_noi(*noi)),)
        sums = (int(value or 0) for value in (luong, met, tien, luot))
        groups[loai] = NhomHoatDong(so, *sums, ten=(*before, *named))
    return groups


def _ten_noi(cap: str, loai: str, ten: str) -> str:
    """A branch by its name, a ward as "phường I"."""
    return DonVi(cap=cap, loai=loai, ten=ten).ten_noi


_TONG = ("luong", "met", "tien", "luot")


def _co_so(unit: DonVi, thoi_ky: ThoiKy, ban_do: BanDo | None) -> tuple[DonVi, ...]:
    if unit.is_co_so or unit.is_chi_doan:
        return ()
    wards = DonVi.objects.co_so().dang_hoat_dong(thoi_ky.den)
    return tuple(duoi_tren(wards, "path", unit, ban_do).order_by("path"))


def _ten(table: BangSo, ban_do: BanDo | None) -> dict[str, list[tuple[str, str]]]:
    """The first rows of each code of `TEN` that has any, by name. One query, or none."""
    unit, thoi_ky = table.goc, table.thoi_ky
    selects = [
        _first(ma, column, _neu_duoc(ma, rows(MO_DUOC[ma], unit, thoi_ky, ban_do=ban_do)))
        for ma, column in TEN.items()
        if ma in table.chi_tieu and table.so(unit, ma).tu
    ]
    found: dict[str, list[tuple[str, str]]] = {}
    if selects:
        for ma, _, name in sorted(selects[0].union(*selects[1:], all=True)):
            if MO_DUOC[ma].nguon.path == "path" or not co_ten_nguoi(name):  # units are named
                found.setdefault(ma, []).append((name, ""))
    return found


def _neu_duoc(ma: str, found: QuerySet) -> QuerySet:
    if ma != "buoi_chuyen_de":
        return found
    return found.filter(Exists(ChuDiem.objects.filter(ten=OuterRef("chu_diem"))))


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
