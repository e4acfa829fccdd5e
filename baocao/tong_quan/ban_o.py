"""Wards as a grid of tiles and as a league, by one indicator that the reader chooses."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from baocao.chi_tieu import ChiTieu, So
from baocao.chi_tieu.chi_xem import MO_DUOC
from baocao.dia_chi import fraction, rows_url
from baocao.xep_loai import xep_hang
from core.charts import SMALL
from core.text.display import so
from tochuc.models import DonVi

from .bieu_do import OBang
from .nen_cap_tren import CapTren
from .ngay_xem import url_bang

SO_DAU_CUOI = 5
MUC = ("Chưa so được", "Kém hơn hẳn", "Kém hơn", "Ngang mức chung", "Tốt hơn", "Tốt hơn hẳn")
"""Words of the classes: a ward's rate against that of all of them together."""
_BAC = (Fraction(3, 4), Fraction(19, 20), Fraction(21, 20), Fraction(5, 4))


@dataclass(frozen=True)
class ChiSo:
    """Chỉ số (measure): one figure of another; "" when it is a ratio by itself."""

    ma: str
    ten: str
    tu: str
    mau: str
    cao_la_tot: bool = True
    la_nguoi: bool = True

    @property
    def chi_tieu(self) -> list[ChiTieu]:
        return [MO_DUOC[ma] for ma in (self.tu, self.mau) if ma]


CHI_SO: tuple[ChiSo, ...] = (
    ChiSo("du-hop", "Dự sinh hoạt", "ty_le_du_sinh_hoat", ""),
    ChiSo(
        "lau-khong-hop", "Ba tháng không họp", "chi_doan_lau_khong_hop", "chi_doan", False, False
    ),
    ChiSo("khuyet-bi-thu", "Khuyết bí thư", "khuyet_bi_thu", "chi_doan", False, False),
    ChiSo(
        "chua-tap-huan",
        "Bí thư chưa tập huấn",
        "bi_thu_chua_tap_huan",
        "bi_thu_chi_doan",
        False,
        False,
    ),
    ChiSo(
        "trang", "Chi đoàn trắng đoàn viên", "chi_doan_trang_doan_vien", "chi_doan", False, False
    ),
    ChiSo("ket-nap", "Kết nạp mới trên đoàn viên", "ket_nap_moi", "doan_vien"),
    ChiSo("uu-tu", "Giới thiệu ưu tú trên đoàn viên", "gioi_thieu_uu_tu", "doan_vien"),
    ChiSo("dang", "Kết nạp Đảng trên đoàn viên", "duoc_ket_nap_dang", "doan_vien"),
)
CHI_TIEU: tuple[ChiTieu, ...] = tuple(
    {item.ma: item for chi_so in CHI_SO for item in chi_so.chi_tieu}.values()
)


@dataclass(frozen=True)
class DongO:
    """One ward: its figure, class against all, rank, and where each number leads."""

    don_vi: DonVi
    so: So
    muc: int
    url: str
    tu: OBang
    mau: OBang
    hang: int | None = None

    @property
    def ten_muc(self) -> str:
        return MUC[self.muc]

    @property
    def chu(self) -> str:
        """What the tile shows: a rate, of few the fraction alone."""
        if self.so.mau and self.muc:
            return f"{so(self.so.gia_tri)}%"
        return fraction(self.so) if self.so.mau else "–"


def chon_chi_so(params) -> ChiSo:
    asked = params.get("chi_so", "")
    return next((item for item in CHI_SO if item.ma == asked), CHI_SO[0])


def so_cua(cap_tren: CapTren, chi_so: ChiSo, don_vi: DonVi) -> So:
    first = cap_tren.table.so(don_vi, chi_so.tu)
    return So(first.tu, cap_tren.table.so(don_vi, chi_so.mau).tu) if chi_so.mau else first


def ban_o(cap_tren: CapTren, chi_so: ChiSo) -> list[tuple[DonVi | None, list[DongO]]]:
    """The tiles, ward by ward, in their groups."""
    chung = so_cua(cap_tren, chi_so, cap_tren.don_vi)
    return [
        (above, [_dong(cap_tren, chi_so, ward, chung) for ward in wards])
        for above, wards in cap_tren.nhom
    ]


def bang_dau_cuoi(tiles: Sequence[DongO], chi_so: ChiSo) -> tuple[list[DongO], list[DongO]]:
    """The best and the last wards with their ranks; of few wards all stand in the first list."""
    sign = 1 if chi_so.cao_la_tot else -1
    known = [row for row in tiles if row.muc]
    ranked = [
        DongO(row.don_vi, row.so, row.muc, row.url, row.tu, row.mau, place)
        for place, row in xep_hang(known, lambda row: (sign * Fraction(row.so.tu, row.so.mau),))
    ]
    if len(ranked) <= 2 * SO_DAU_CUOI:
        return ranked, []
    return ranked[:SO_DAU_CUOI], ranked[-SO_DAU_CUOI:]


def _dong(cap_tren: CapTren, chi_so: ChiSo, ward: DonVi, chung: So) -> DongO:
    figure = so_cua(cap_tren, chi_so, ward)
    first, base = MO_DUOC[chi_so.tu], MO_DUOC[chi_so.mau or chi_so.tu]
    return DongO(
        ward,
        figure,
        muc_cua(figure, chung, chi_so),
        url_bang(ward, cap_tren.xem, cap_tren.chosen),
        OBang(so(figure.tu), _mo(cap_tren, first, ward)),
        OBang(so(figure.mau), _mo(cap_tren, base, ward, mau=not chi_so.mau)),
    )


def _mo(cap_tren: CapTren, item: ChiTieu, ward: DonVi, *, mau: bool = False) -> str:
    return rows_url(ward.pk, item, cap_tren.thoi_ky, mau=mau, ban_do=cap_tren.chosen.ban_do)


def muc_cua(figure: So, chung: So, chi_so: ChiSo) -> int:
    """The class, 5 the best; 0 without a base, or of so few people that a rate says nothing."""
    if not figure.mau or not chung.mau or (chi_so.la_nguoi and figure.mau < SMALL):
        return 0
    if not chung.tu:
        return 3
    ratio = Fraction(figure.tu, figure.mau) / Fraction(chung.tu, chung.mau)
    place = 1 + sum(ratio >= limit for limit in _BAC)
    return place if chi_so.cao_la_tot else 6 - place
