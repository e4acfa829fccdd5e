"""Danh mục giấy tờ: which papers a dossier has, who makes them, and in what order.

Order of papers.md 4.9; the last three are the Party's own forms, led by the Party cell.
"""

from dataclasses import dataclass

from tochuc.models import LoaiDonVi

from .models import GiayTo

Loai = GiayTo.Loai


@dataclass(frozen=True)
class MucGiayTo:
    """One line of the checklist; `cua_doan`: the Union makes it, else the Party cell sees to it."""

    loai: str
    mau: str
    nguoi_ky: str
    cua_doan: bool = True


DANH_MUC: tuple[MucGiayTo, ...] = (
    MucGiayTo(Loai.NQ_CHI_DOAN, "4_1-KNĐ", "Bí thư chi đoàn"),
    MucGiayTo(Loai.BB_CHI_DOAN, "", "Chủ trì, thư ký"),
    MucGiayTo(Loai.NQ_BCH, "4-KNĐ", "Bí thư Đoàn cơ sở"),
    MucGiayTo(Loai.BB_BCH, "", "Chủ trì, thư ký"),
    MucGiayTo(Loai.TRICH_NGANG, "", "Bí thư Đoàn cơ sở"),
    MucGiayTo(Loai.PHIEU_QUY, "", "Tổ trưởng, BCH chi đoàn"),
    MucGiayTo(Loai.TU_NHAN_XET, "", "Đoàn viên"),
    MucGiayTo(Loai.SO_DOAN_VIEN, "", "Đoàn cơ sở"),
    MucGiayTo(Loai.CHUNG_NHAN, "CN-NTVĐ", "Trung tâm chính trị"),
    MucGiayTo(Loai.DON, "1-KNĐ", "Đoàn viên", cua_doan=False),
    MucGiayTo(Loai.LY_LICH, "2-KNĐ", "Đoàn viên, cấp ủy", cua_doan=False),
    MucGiayTo(Loai.DANG_VIEN_GT, "3-KNĐ", "Đảng viên giúp đỡ", cua_doan=False),
)

TU_HE_THONG = (Loai.TRICH_NGANG, Loai.PHIEU_QUY)
"""Made from the register: complete as soon as there is something to print."""

CUA_DANG = tuple(muc.loai for muc in DANH_MUC if not muc.cua_doan)
"""Forms of the Party: followed by their state."""

CUA_DOAN = tuple(muc.loai for muc in DANH_MUC if muc.cua_doan)


def checklist(ho_so) -> list[GiayTo]:
    """The unsaved lines of a new dossier; the ward is called as it is: Đoàn phường, Đoàn xã."""
    co_so = f"Đoàn {LoaiDonVi(ho_so.don_vi.loai).label}"
    return [
        GiayTo(
            ho_so=ho_so,
            loai=muc.loai,
            thu_tu=thu_tu,
            mau=muc.mau,
            ten=Loai(muc.loai).label,
            nguoi_ky=muc.nguoi_ky.replace("Đoàn cơ sở", co_so),
        )
        for thu_tu, muc in enumerate(DANH_MUC, start=1)
    ]
