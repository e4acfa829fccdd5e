"""What the register's parts have for people to do, gathered for a role's home page.

Each part says in its `viec.py` which rows wait for whom; all of them are counted together,
with one statement. A part's settings are named there and read by the page along with its own.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from chidoan.ban_giao import viec as ban_giao
from chidoan.chuc_vu import viec as chuc_vu
from chidoan.de_nghi_khen import viec as de_nghi_khen
from chidoan.kiem_tra import viec as kiem_tra
from chidoan.mo_hinh import viec as mo_hinh
from chidoan.phu_trach import viec as phu_trach
from chidoan.quy_hoach import viec as quy_hoach
from chidoan.sap_xep import viec as sap_xep
from chidoan.sinh_ke import viec as sinh_ke
from chidoan.tap_huan import viec as tap_huan
from chidoan.tham_muu import viec as tham_muu
from chidoan.theo_doi import viec as theo_doi
from chidoan.xep_loai import viec as xep_loai
from doanvien.chuyen import viec as chuyen
from doanvien.doan_phi import viec as doan_phi
from doanvien.hoan import viec as hoan
from doanvien.ket_nap import viec as ket_nap
from doanvien.nguyen_vong import viec as nguyen_vong
from doanvien.rieng_tu import viec as rieng_tu
from doanvien.roi_doan import viec as roi_doan
from doanvien.truong_thanh import viec as truong_thanh
from tochuc.models import DonVi
from tochuc.viec import Viec, ViecDem, dem_viec

KHOA_SO = (
    *ban_giao.KHOA_VIEC,
    *chuc_vu.KHOA_VIEC,
    *phu_trach.KHOA_VIEC,
    *quy_hoach.KHOA_VIEC,
    *chuyen.KHOA_VIEC,
    *doan_phi.KHOA_VIEC,
    *mo_hinh.KHOA_VIEC,
    *truong_thanh.KHOA_VIEC,
    *xep_loai.KHOA_VIEC,
    *tham_muu.KHOA_VIEC,
    *tap_huan.KHOA_VIEC,
)
"""The settings that decide what is due, for the page to read with its own."""
_CHI_DOAN = (
    ban_giao.dem_chi_doan,
    xep_loai.dem_chi_doan,
    ket_nap.dem_chi_doan,
    chuyen.dem_chi_doan,
    nguyen_vong.dem_chi_doan,
    hoan.dem_chi_doan,
    doan_phi.dem_chi_doan,
    truong_thanh.dem_chi_doan,
    phu_trach.dem_chi_doan,
    tap_huan.dem_chi_doan,
    mo_hinh.dem_chi_doan,
    kiem_tra.dem_chi_doan,
    sinh_ke.dem_viec,
    de_nghi_khen.dem_chi_doan,
)
_PHUONG = (
    chuc_vu.dem_phuong,
    ban_giao.dem_phuong,
    rieng_tu.dem_phuong,
    nguyen_vong.dem_phuong,
    chuyen.dem_phuong,
    ket_nap.dem_phuong,
    xep_loai.dem_phuong,
    roi_doan.dem_phuong,
    doan_phi.dem_phuong,
    truong_thanh.dem_phuong,
    phu_trach.dem_phuong,
    sap_xep.dem_phuong,
    quy_hoach.dem_phuong,
    tap_huan.dem_phuong,
    de_nghi_khen.dem_phuong,
    theo_doi.dem_phuong,
    mo_hinh.dem_phuong,
    kiem_tra.dem_phuong,
    sinh_ke.dem_viec,
    tham_muu.dem_phuong,
)


def viec_so(
    user, don_vi: DonVi, day: date, quy_dinh: Mapping, them: Iterable[ViecDem] = ()
) -> list[Viec]:
    """Duties of a branch, or of a ward and an office above, for those whose work it is. One query.

    `quy_dinh` holds the values of KHOA_SO for the unit; `them` are duties of the caller's own. A
    unit whose records stopped before that day has nothing to do.
    """
    if don_vi.ngay_so_lieu(day) != day:
        return []
    parts = _CHI_DOAN if don_vi.is_chi_doan else _PHUONG
    found = [item for part in parts for item in part(user, don_vi, day, quy_dinh)]
    return dem_viec([*found, *them])
