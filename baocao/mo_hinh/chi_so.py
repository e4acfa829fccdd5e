"""One figure of the comparison: how it is measured, said, and set against another. No database."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.text.display import EMPTY, NBSP, so, tien

TY_LE, DEM, TREN_100, BINH_QUAN = "ty_le", "dem", "tren_100", "binh_quan"


@dataclass(frozen=True)
class ChiSo:
    """A measure: `ma` of the indicator it is, its words, and how it is set against heads.

    TY_LE a share of its own denominator; DEM as it stands (never compared between groups);
    TREN_100 for a hundred members; BINH_QUAN for one member.
    """

    ma: str
    ten: str
    cach: str
    don_vi_tinh: str


CHI_SO = (
    ChiSo("nhip_sinh_hoat", "Buổi sinh hoạt đã họp trên phải họp", TY_LE, "%"),
    ChiSo("ty_le_du_sinh_hoat", "Đoàn viên dự sinh hoạt", TY_LE, "%"),
    ChiSo("doan_vien", "Đoàn viên cuối kỳ", DEM, "người"),
    ChiSo("ket_nap_moi", "Kết nạp mới", TREN_100, "trên 100 đoàn viên"),
    ChiSo("doan_phi_da_thu", "Đoàn phí đã thu", BINH_QUAN, "đồng mỗi đoàn viên"),
    ChiSo("gioi_thieu_uu_tu", "Giới thiệu đoàn viên ưu tú", TREN_100, "trên 100 đoàn viên"),
)


@dataclass(frozen=True)
class GiaTri:
    """A numerator and what it is measured against; without a base there is nothing to say."""

    chi_so: ChiSo
    tu: int
    mau: int | None = None

    @property
    def so(self) -> Decimal | None:
        """The figure that may be compared, with one decimal where it is measured."""
        if self.chi_so.cach == DEM:
            return Decimal(self.tu)
        if not self.mau:
            return None
        times = {TY_LE: 100, TREN_100: 100, BINH_QUAN: 1}[self.chi_so.cach]
        places = Decimal(1) if self.chi_so.cach == BINH_QUAN else Decimal("0.1")
        return (Decimal(times * self.tu) / self.mau).quantize(places, ROUND_HALF_UP)

    @property
    def chu(self) -> str:
        """As a cell says it: 92,3%; 7,1; 12.500 đ; 14."""
        if self.so is None:
            return EMPTY
        if self.chi_so.cach == TY_LE:
            return f"{so(self.so)}%"
        return tien(self.so) if self.chi_so.cach == BINH_QUAN else so(self.so)

    @property
    def phan(self) -> str:
        """What it was made of: "36/39"; "78.000 đ/13 người"; nothing of a count."""
        if self.chi_so.cach == DEM or not self.mau:
            return ""
        if self.chi_so.cach == BINH_QUAN:
            return f"{tien(self.tu)}/{so(self.mau)}{NBSP}người"
        return f"{so(self.tu)}/{so(self.mau)}"


def doi(truoc: GiaTri, sau: GiaTri) -> Decimal | None:
    """By how much it moved; None where one side has no base."""
    if truoc.so is None or sau.so is None:
        return None
    return sau.so - truoc.so


def doi_chu(chi_so: ChiSo, value: Decimal | None) -> str:
    """ "+12,5 điểm %", "+3", "không đổi"."""
    if value is None:
        return EMPTY
    if not value:
        return "không đổi"
    sign = "+" if value > 0 else "−"  # noqa: RUF001 -- a minus
    if chi_so.cach == TY_LE:
        return f"{sign}{so(abs(value))} điểm{NBSP}%"
    return f"{sign}{tien(abs(value)) if chi_so.cach == BINH_QUAN else so(abs(value))}"


def hon(doi_diem: Decimal | None, doi_khac: Decimal | None) -> Decimal | None:
    """By how much the pilot moved more than the others."""
    if doi_diem is None or doi_khac is None:
        return None
    return doi_diem - doi_khac
