"""What the pages of reviews show."""

from dataclasses import dataclass
from datetime import date

from chidoan.mo_hinh.quy_tac import cac_quy
from chidoan.mo_hinh.tables import muc_danh_gia
from chidoan.models import DanhGiaMoHinh, KetQuaCamKet, MoHinh
from core.periods import KyBaoCao

SO_QUY_NHAC = 4
"""So many quarters back a review is still asked for."""
_MUC_DO = dict(KetQuaCamKet.MucDo.choices)


@dataclass(frozen=True)
class DanhGiaTrang:
    """A review with what it froze."""

    danh_gia: DanhGiaMoHinh
    pill: tuple[str, str, str]
    cam_ket: list[tuple[str, list[tuple[str, str, str]]]]
    dat: int
    tong: int


def danh_gia_trang(row: DanhGiaMoHinh) -> DanhGiaTrang:
    groups = [
        (
            group["nhom"],
            [
                (muc["ten"], _MUC_DO.get(muc["muc_do"], "Chưa ghi"), muc["ghi_chu"])
                for muc in group["muc"]
            ],
        )
        for group in row.chot.get("cam_ket", [])
        if not group["dem"]
    ]
    said = [muc_do for _, rows in groups for _, muc_do, _ in rows]
    kept = said.count(_MUC_DO[KetQuaCamKet.MucDo.DAT])
    return DanhGiaTrang(row, muc_danh_gia(row), groups, kept, len(said))


def ky_danh_gia(mo_hinh: MoHinh, reviews, day: date) -> list[KyBaoCao]:
    """The last quarters without a review, newest first: those over, and the running one in its
    last month."""
    return [
        ky
        for ky in cac_quy(mo_hinh.tu_ngay, mo_hinh.den_ngay, day)[:SO_QUY_NHAC]
        if ky.code not in reviews and ky.months[-1].start <= day
    ]
