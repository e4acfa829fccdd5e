"""What is watched in a branch, as rules without the database; limits are dated settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tochuc.quy_dinh import ty_le

TRANG, DUOI_TOI_THIEU, DUOI_BCH = "trang", "duoi_toi_thieu", "duoi_bch"
KHUYET_BI_THU, KHUYET_PHO = "khuyet_bi_thu", "khuyet_pho"
KHONG_HOP, TRUONG_THANH = "khong_hop", "truong_thanh"
KHOA = (
    "chi_doan_toi_thieu",
    "nguong_bch_chi_doan",
    "can_giup_thang",
    "tuoi_truong_thanh",
    "theo_doi_thang_truong_thanh",
    "theo_doi_dot_truong_thanh",
)
"""The settings that the limits are made of."""


@dataclass(frozen=True, kw_only=True)
class Nguong:
    """Limits in force: members, months without a meeting, the share that grows out."""

    toi_thieu: int
    bch: int
    thang_khong_hop: int
    tuoi: int
    thang_truong_thanh: int
    dot_truong_thanh: tuple[int, int]


def nguong_tu(values: Mapping) -> Nguong:
    return Nguong(
        toi_thieu=values["chi_doan_toi_thieu"],
        bch=values["nguong_bch_chi_doan"],
        thang_khong_hop=values["can_giup_thang"],
        tuoi=values["tuoi_truong_thanh"],
        thang_truong_thanh=values["theo_doi_thang_truong_thanh"],
        dot_truong_thanh=ty_le(values["theo_doi_dot_truong_thanh"]),
    )


@dataclass(frozen=True, kw_only=True)
class TinhTrang:
    """What is known of a branch on a day."""

    so_doan_vien: int
    so_qua_tuoi: int = 0
    """Members who will be past the age within the months in force."""
    thang_khong_hop: int = 0
    co_bi_thu: bool = True
    khuyet_tu: date | None = None
    """The first day without a secretary, where one was ever on record."""
    co_pho: bool = True


def _trang(row: TinhTrang, _: Nguong) -> bool:
    return not row.so_doan_vien


def _duoi_toi_thieu(row: TinhTrang, nguong: Nguong) -> bool:
    return row.so_doan_vien < nguong.toi_thieu


def _duoi_bch(row: TinhTrang, nguong: Nguong) -> bool:
    return row.so_doan_vien < nguong.bch


def _khuyet_bi_thu(row: TinhTrang, _: Nguong) -> bool:
    return not row.co_bi_thu


def _khuyet_pho(row: TinhTrang, _: Nguong) -> bool:
    return not row.co_pho


def _khong_hop(row: TinhTrang, nguong: Nguong) -> bool:
    return row.thang_khong_hop >= nguong.thang_khong_hop


def _truong_thanh(row: TinhTrang, nguong: Nguong) -> bool:
    tu, mau = nguong.dot_truong_thanh
    return row.so_qua_tuoi > 0 and row.so_qua_tuoi * mau > row.so_doan_vien * tu


LUAT: dict[str, Callable[[TinhTrang, Nguong], bool]] = {
    TRANG: _trang,
    DUOI_TOI_THIEU: _duoi_toi_thieu,
    DUOI_BCH: _duoi_bch,
    KHUYET_BI_THU: _khuyet_bi_thu,
    KHUYET_PHO: _khuyet_pho,
    KHONG_HOP: _khong_hop,
    TRUONG_THANH: _truong_thanh,
}
"""Each thing that is watched: whether a branch is one of its rows."""
NANG = (TRANG, DUOI_TOI_THIEU, KHUYET_BI_THU, KHONG_HOP)
"""What makes a branch one to be looked after at once; small is what most branches are."""


def tim(row: TinhTrang, nguong: Nguong) -> frozenset[str]:
    """Everything that is found in a branch."""
    return frozenset(ma for ma, holds in LUAT.items() if holds(row, nguong))


def nhan(ma: str, nguong: Nguong) -> str:
    """A finding in words, with the limit in force."""
    return {
        TRANG: "Trắng đoàn viên",
        DUOI_TOI_THIEU: f"Dưới {nguong.toi_thieu} đoàn viên",
        DUOI_BCH: f"Dưới {nguong.bch} đoàn viên",
        KHUYET_BI_THU: "Khuyết bí thư",
        KHUYET_PHO: "Khuyết phó bí thư",
        KHONG_HOP: f"{nguong.thang_khong_hop} tháng không họp",
        TRUONG_THANH: "Sắp trưởng thành nhiều",
    }[ma]


def nhan_ngan(ma: str, nguong: Nguong) -> str:
    """The same as the head of a narrow column."""
    short = {
        TRANG: "Trắng",
        DUOI_TOI_THIEU: f"Dưới {nguong.toi_thieu}",
        DUOI_BCH: f"Dưới {nguong.bch}",
        KHUYET_PHO: "Khuyết phó",
        TRUONG_THANH: "Sắp trưởng thành",
    }
    return short.get(ma) or nhan(ma, nguong)
