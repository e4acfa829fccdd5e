"""What a branch lacks in people: the rule without the database.

Source: the districts' practice of 2020 (nobody who works away leads a branch; look through the
plan each year); how many months ahead somebody is looked for is a dated setting.
"""

from dataclasses import dataclass
from datetime import date

from core.text.display import ngay as show_ngay
from doanvien.tuoi import years_before

XAU, CHU_Y = "bad", "warn"
KHUYET_BI_THU, KHUYET_PHO, KHONG_UNG_VIEN, DI_XA, DEN_TUOI, HET_NHIEM_KY = (
    *("khuyet_bi_thu", "khuyet_pho", "khong_ung_vien"),
    *("di_xa", "den_tuoi", "het_nhiem_ky"),
)
TEN = {
    KHUYET_BI_THU: "Bí thư",
    KHUYET_PHO: "Phó Bí thư",
    KHONG_UNG_VIEN: "Quy hoạch",
    DI_XA: "Bí thư đi xa",
    DEN_TUOI: "Bí thư đến tuổi",
    HET_NHIEM_KY: "Hết nhiệm kỳ",
}
"""The columns of the table of gaps."""


@dataclass(frozen=True, kw_only=True)
class NguongNhanSu:
    """How many months ahead somebody is looked for, and the age at which one grows out."""

    thang_den_tuoi: int
    thang_nhiem_ky: int
    tuoi: int


@dataclass(frozen=True, kw_only=True)
class TinhHinhNhanSu:
    """What is known of a branch's people on a day."""

    day: date
    co_bi_thu: bool = False
    co_pho: bool = False
    so_ung_vien: int = 0
    so_nguon: int = 0
    bi_thu_sinh: date | None = None
    di_xa_tu: date | None = None
    het_nhiem_ky: date | None = None


@dataclass(frozen=True)
class Thieu:
    """One gap: its code, family and words."""

    ma: str
    muc: str
    cau: str


def tim_thieu(row: TinhHinhNhanSu, nguong: NguongNhanSu) -> dict[str, Thieu]:
    """The gaps of a branch by code."""
    return {gap.ma: gap for gap in _gaps(row, nguong)}


def ngay_den_tuoi(sinh: date, tuoi: int) -> date:
    """The day on which somebody reaches the age."""
    return years_before(sinh, -tuoi)


def _gaps(row: TinhHinhNhanSu, nguong: NguongNhanSu):
    if not row.co_bi_thu:
        yield Thieu(KHUYET_BI_THU, XAU, "Khuyết")
    if not row.co_pho:
        yield Thieu(KHUYET_PHO, CHU_Y, "Khuyết")
    if not row.so_ung_vien:
        found = f"{row.so_nguon} người có nguồn" if row.so_nguon else "không có nguồn tại chỗ"
        yield Thieu(KHONG_UNG_VIEN, CHU_Y if row.so_nguon else XAU, f"Chưa có ai, {found}")
    if row.di_xa_tu:
        yield Thieu(DI_XA, XAU, f"Từ {show_ngay(row.di_xa_tu)}")
    if row.bi_thu_sinh:
        reached = ngay_den_tuoi(row.bi_thu_sinh, nguong.tuoi)
        if reached <= add_months(row.day, nguong.thang_den_tuoi):
            family = XAU if reached <= row.day else CHU_Y
            yield Thieu(DEN_TUOI, family, f"Đủ {nguong.tuoi} tuổi {show_ngay(reached)}")
    if row.het_nhiem_ky and row.het_nhiem_ky <= add_months(row.day, nguong.thang_nhiem_ky):
        family = XAU if row.het_nhiem_ky < row.day else CHU_Y
        yield Thieu(HET_NHIEM_KY, family, f"Ngày {show_ngay(row.het_nhiem_ky)}")


def add_months(day: date, months: int) -> date:
    """The same day so many months later; where the month is shorter, the 28th."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    try:
        return day.replace(year=year, month=month)
    except ValueError:
        return date(year, month, 28)
