"""Meetings of the demo: who came, what was said, what was resolved and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random

from chidoan.models import BieuQuyet, BuoiSinhHoat, DiemDanh, NghiQuyet
from chidoan.services import BuoiDaHop
from core.periods import KyBaoCao
from doanvien.models import DoanVien
from tochuc.models import DonVi

from . import noi_dung

TrangThai = DiemDanh.TrangThai
HAN_LAM = timedelta(days=50)
UU_TU, CO_UU_TU = 2, 0.7
"""Whose place in a branch that does well is the outstanding member's: he never misses."""


@dataclass
class NguoiDemo:
    """A member and, for one who has left, the last day."""

    nguoi: DoanVien
    den_ngay: date | None = None

    def is_thuoc(self, ngay: date) -> bool:
        """Whether the person was on the branch's roster on that day."""
        return self.nguoi.ngay_vao_doan <= ngay and not (self.den_ngay and self.den_ngay < ngay)

    def is_di_xa(self, ngay: date) -> bool:
        return bool(self.nguoi.di_xa_tu and self.nguoi.di_xa_tu <= ngay)


@dataclass
class LichHop:
    """How a branch meets: on which days, and how many of those at home come."""

    don_vi: DonVi
    nguoi: list[NguoiDemo]
    ngay: list[date]
    ty_le: float
    con_mo: int = 1
    """How many of its newest resolutions nobody has finished."""
    han_cuoi: date | None = None
    """When the newest one is due, if not by the usual term."""
    ty_le_nam: dict[int, float] = field(default_factory=dict)
    """Years in which another share of them came."""


def meetings(lich: LichHop, random: Random) -> Iterator[BuoiDaHop]:
    """The meetings of one branch in order; each takes up what the one before resolved."""
    previous = None
    for thu_tu, ngay in enumerate(lich.ngay):
        buoi = _meeting(lich, ngay, thu_tu, random)
        if previous and thu_tu <= len(lich.ngay) - lich.con_mo:
            _close(previous, buoi.buoi)
        previous = buoi
        yield buoi


def monthly(months: list[KyBaoCao], *, day: int) -> list[date]:
    """That day of each month, or the one after when it is a Sunday."""
    days = [month.start + timedelta(days=day - 1) for month in months]
    return [ngay + timedelta(days=1) if ngay.weekday() == 6 else ngay for ngay in days]


def _meeting(lich: LichHop, ngay: date, thu_tu: int, random: Random) -> BuoiDaHop:
    roster = [nguoi for nguoi in lich.nguoi if nguoi.is_thuoc(ngay)]
    share = lich.ty_le_nam.get(ngay.year, lich.ty_le)
    roll = [_roll(nguoi, ngay, share, random, sure=i < 2) for i, nguoi in enumerate(roster)]
    if lich.ty_le >= CO_UU_TU and len(roster) > UU_TU:
        roll[UU_TU] = roster[UU_TU].nguoi.pk, TrangThai.CO_MAT, ""
    chu_tri, thu_ky = roster[0].nguoi, roster[1 % len(roster)].nguoi
    buoi = BuoiSinhHoat(
        chi_doan=lich.don_vi,
        ngay=ngay,
        bat_dau=time(19, 30),
        ket_thuc=time(20, random.choice([30, 40, 45, 50])),
        dia_diem=noi_dung.DIA_DIEM[lich.don_vi.khoi].format(lich.don_vi.ten),
        chu_tri=chu_tri,
        thu_ky=thu_ky,
        chu_diem=noi_dung.CHU_DIEM[ngay.month - 1],
        noi_dung=noi_dung.NOI_DUNG[thu_tu % len(noi_dung.NOI_DUNG)],
        y_kien=noi_dung.Y_KIEN[thu_tu % len(noi_dung.Y_KIEN)],
        ket_luan=noi_dung.KET_LUAN,
        hoat_dong_kem=random.choice(noi_dung.HOAT_DONG_KEM),
    )
    so_du_hop = sum(row[1] in DiemDanh.DU_HOP for row in roll)
    phieu = BieuQuyet(
        buoi=buoi,
        noi_dung=noi_dung.BIEU_QUYET,
        co_quyen=len(roll),
        co_mat=so_du_hop,
        tan_thanh=so_du_hop,
    )
    viec, _ = noi_dung.VIEC[(thu_tu + ngay.month) % len(noi_dung.VIEC)]
    nghi_quyet = NghiQuyet(
        phu_trach=roster[thu_tu % len(roster)].nguoi,
        han=lich.han_cuoi if lich.han_cuoi and ngay == lich.ngay[-1] else ngay + HAN_LAM,
    )
    nghi_quyet.set_noi_dung(viec)
    return BuoiDaHop(buoi=buoi, diem_danh=roll, nghi_quyet=[nghi_quyet], bieu_quyet=[phieu])


def _roll(nguoi: NguoiDemo, ngay: date, ty_le: float, random: Random, *, sure: bool):
    """One line of the roll; the first two hold the offices and come."""
    pk, luck = nguoi.nguoi.pk, random.random()
    if sure:
        return pk, TrangThai.CO_MAT, ""
    if nguoi.is_di_xa(ngay):
        return pk, TrangThai.VANG_CO_LY_DO, DiemDanh.LyDo.DI_LAM_XA
    if luck < ty_le * 0.95:
        return pk, TrangThai.CO_MAT, ""
    if luck < ty_le:
        return pk, TrangThai.MUON, ""
    if luck < ty_le + (1 - ty_le) * 0.5:
        return pk, TrangThai.VANG_CO_LY_DO, random.choice(["di_hoc", "truc", "khac"])
    return pk, TrangThai.VANG, ""


def _close(previous: BuoiDaHop, buoi: BuoiSinhHoat) -> None:
    for nghi_quyet in previous.nghi_quyet:
        nghi_quyet.trang_thai = NghiQuyet.TrangThai.XONG
        nghi_quyet.ket_qua = dict(noi_dung.VIEC)[nghi_quyet.noi_dung]
        nghi_quyet.ket_thuc_ngay = buoi.ngay
        nghi_quyet.ket_thuc_tai = buoi
