"""Forms of reports: who reports what, for which period, in which years; what is asked of it.

A registry of versions: a form is never changed once reports were opened with it, a new one
follows it from a day on. A report keeps the version it was opened with.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from core.periods import KyBaoCao
from tochuc.models import CapDonVi, DonVi

from .chi_tieu import ChiTieu, chi_tieu_bao_cao
from .models import BaoCao, PhanLoi

Muc = PhanLoi.Muc


class KieuKy(StrEnum):
    """Kinds of period that reports are made for."""

    QUY = "quy"
    NUA_NAM = "nua_nam"
    NAM = "nam"

    @property
    def ten(self) -> str:
        return {"quy": "Quý", "nua_nam": "6 tháng", "nam": "Năm"}[self.value]


def kieu_ky(ky: KyBaoCao) -> KieuKy | None:
    """The kind of a period; None for a month, and for the second half, which the year tells of."""
    if ky.quy:
        return KieuKy.QUY
    if ky.nua == 1:
        return KieuKy.NUA_NAM
    return KieuKy.NAM if ky.is_nam else None


@dataclass(frozen=True, kw_only=True)
class MauBaoCao:
    """Mẫu báo cáo (form of a report): one version.

    `han` names the dated setting of its due day. Without `chi_tieu` it has all indicators of the
    unit's level. One that is `theo_so` asks for nothing typed: what stands in no book is 0.
    A voluntary one (`phai_nop` False) may be made and is missed by nobody. `dieu_kien` names the
    setting of the office above that asks for it.
    """

    ma: str
    ten: str
    cap: tuple[str, ...]
    kieu: KieuKy
    han: str
    tu_ngay: date
    den_ngay: date | None = None
    chi_tieu: tuple[str, ...] = ()
    muc: tuple[Muc, ...] = tuple(Muc)
    muc_toi_thieu: int = 2
    theo_so: bool = False
    phai_nop: bool = True
    dieu_kien: str = ""

    def dung_cho(self, cap: str, ky: KyBaoCao) -> bool:
        holds = self.tu_ngay <= ky.end and (self.den_ngay is None or ky.end <= self.den_ngay)
        return holds and cap in self.cap and kieu_ky(ky) == self.kieu

    def chi_tieu_cua(self, don_vi: DonVi, ky: KyBaoCao) -> list[ChiTieu]:
        """The form's indicators for a unit, in printing order."""
        found = chi_tieu_bao_cao(don_vi, ky)
        if self.chi_tieu:
            found = [item for item in found if item.ma in self.chi_tieu]
        return [replace(item, hoac_go=False) for item in found] if self.theo_so else found


_TREN_CHI_DOAN = (CapDonVi.CO_SO, CapDonVi.HUYEN, CapDonVi.TINH)
_TU_DAU = date(1931, 3, 26)

MAU: tuple[MauBaoCao, ...] = (
    MauBaoCao(
        ma="chi-doan-2026",
        ten="Báo cáo quý của chi đoàn",
        cap=(CapDonVi.CHI_DOAN,),
        kieu=KieuKy.QUY,
        han="han_bao_cao_chi_doan",
        tu_ngay=_TU_DAU,
        chi_tieu=(
            "buoi_sinh_hoat",
            "ty_le_du_sinh_hoat",
            "doan_vien",
            "doan_vien_nu",
            "dan_toc_thieu_so",
            "dang_vien_trong_doan",
            "ket_nap_moi",
            "chuyen_den",
            "chuyen_di",
            "truong_thanh",
            "xoa_ten",
            "khai_tru",
            "di_lam_xa",
            "noi_cu_tru",
            "doan_phi_da_thu",
            "doan_phi_trich_nop",
            "dang_boi_duong",
            "gioi_thieu_uu_tu",
            "duoc_ket_nap_dang",
            "hoc_tap_nghi_quyet",
            "cong_trinh",
            "chu_nhat_xanh",
            "hien_mau",
            "giup_thieu_nhi",
            "nguyen_vong",
            "khen_thuong_doan_vien",
        ),
        muc=(
            Muc.TINH_HINH,
            Muc.GIAO_DUC,
            Muc.PHONG_TRAO,
            Muc.DONG_HANH,
            Muc.THIEU_NHI,
            Muc.XAY_DUNG_DOAN,
            Muc.HAN_CHE,
            Muc.PHUONG_HUONG,
            Muc.KIEN_NGHI,
        ),
        muc_toi_thieu=0,
        theo_so=True,
        dieu_kien="bao_cao_chi_doan",
    ),
    MauBaoCao(
        ma="quy-2026",
        ten="Báo cáo quý",
        cap=_TREN_CHI_DOAN,
        kieu=KieuKy.QUY,
        han="han_bao_cao_quy",
        tu_ngay=_TU_DAU,
    ),
    MauBaoCao(
        ma="nua-nam-2026",
        ten="Báo cáo 6 tháng",
        cap=(CapDonVi.HUYEN, CapDonVi.TINH),
        kieu=KieuKy.NUA_NAM,
        han="han_bao_cao_nua_nam",
        tu_ngay=date(2026, 1, 1),
    ),
    MauBaoCao(
        ma="nam-2026",
        ten="Báo cáo năm",
        cap=(CapDonVi.HUYEN, CapDonVi.TINH),
        kieu=KieuKy.NAM,
        han="han_bao_cao_nam",
        tu_ngay=date(2026, 1, 1),
    ),
    MauBaoCao(
        ma="nam-tu-nguyen-2026",
        ten="Báo cáo năm",
        cap=_TREN_CHI_DOAN,
        kieu=KieuKy.NAM,
        han="han_bao_cao_nam",
        tu_ngay=_TU_DAU,
        phai_nop=False,
    ),
)
THEO_MA_MAU = {mau.ma: mau for mau in MAU}


def mau_cua(cap: str, ky: KyBaoCao) -> MauBaoCao | None:
    """The form that units of a level fill in for the period; the first in force of the list."""
    return next((mau for mau in MAU if mau.dung_cho(cap, ky)), None)


def mau_da_mo(bao_cao: BaoCao) -> MauBaoCao:
    """The version a report was opened with."""
    return THEO_MA_MAU[bao_cao.mau]


def chi_tieu_cua(bao_cao: BaoCao) -> list[ChiTieu]:
    return mau_da_mo(bao_cao).chi_tieu_cua(bao_cao.don_vi, bao_cao.ky_bao_cao)
