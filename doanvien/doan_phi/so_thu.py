"""Sổ thu đoàn phí of a year, as the printed branch book holds it: one row for each member."""

from dataclasses import dataclass
from datetime import date

from tochuc.models import DonVi

from .trang import TrangChiDoan

_CHU = {"da-dong": "", "no": "nợ", "chua": "", "chua-den": "", "mien": "miễn", "noi-khac": "CK"}


@dataclass(frozen=True, slots=True)
class DongSoThu:
    """A member's year: twelve texts (the amount paid, «nợ», «miễn», «CK» paid elsewhere, «–»)."""

    ho_ten: str
    thang: tuple[str, ...]
    da_thu: int
    con_no: int


def so_thu(chi_doan: DonVi, nam: int, den: date) -> list[DongSoThu]:
    """The rows of the book in name order, as they stand on `den`. Seven statements."""
    page = TrangChiDoan(chi_doan, date(nam, 1, 1), den)
    return [
        DongSoThu(
            row.doan_vien.ho_ten,
            tuple(o.chu if o.loai == "da-dong" else _CHU.get(o.loai, o.chu) for o in row.cac_o),
            row.thu.da_thu,
            row.thu.con_no,
        )
        for row in page.dong_nam()
    ]
