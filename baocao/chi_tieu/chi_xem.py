"""Indicators of the dashboards alone: in no report, counted and opened like those of reports."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.db.models import Q

from chidoan.models import ChiDoan
from chidoan.tap_huan.queries import with_lop_da_du
from doanvien.models import DoanVien
from doanvien.tuoi import years_before
from tudưong.models import HoSo

from . import nguon as n
from .bieu_quoc_gia import BIEU_QUOC_GIA
from .dan_chung import DAN_CHUNG
from .danh_muc import DANH_MUC, NHIP_SINH_HOAT, THEO_MA
from .khai_bao import ChiTieu, Kieu, Nguon, ThoiKy

BANG = "Bảng tổng hợp"
TUOI: tuple[tuple[str, str, int | None, int | None], ...] = (
    ("duoi_18", "dưới 18", None, 18),
    ("18_20", "18–20", 18, 21),
    ("21_23", "21–23", 21, 24),
    ("24_26", "24–26", 24, 27),
    ("27_29", "27–29", 27, 30),
    ("tu_30", "từ 30", 30, None),
)
"""Bands of age: key, words, from which full age, below which."""
GIOI = DoanVien.GioiTinh
XA_BAO_LAU: tuple[tuple[str, str, int | None, int | None], ...] = (
    ("duoi_6", "Dưới 6 tháng", None, 183),
    ("6_12", "6 đến 12 tháng", 183, 365),
    ("1_2_nam", "1 đến 2 năm", 365, 730),
    ("tren_2_nam", "Trên 2 năm", 730, None),
)
"""How long members are away: key, words, from so many days, below so many."""
LAU_KHONG_HOP = timedelta(days=92)


def _bi_thu_lop(tk: ThoiKy):
    """Secretaries on the day with the classes of the year that they attended."""
    return with_lop_da_du(n.BI_THU.rows(tk), tk.ky.nam)


def _khuyet_bi_thu(tk: ThoiKy):
    return ChiDoan.objects.dang_hoat_dong(tk.den).khuyet_bi_thu(tk.den)


BI_THU_LOP = Nguon(ma="bi_thu_lop", rows=_bi_thu_lop, path="don_vi__path")
KHUYET_BI_THU = Nguon(ma="khuyet_bi_thu", rows=_khuyet_bi_thu, path="path")


def _gon(tk: ThoiKy):
    """Branches on the day with their members and their last meeting, and nothing dearer."""
    return ChiDoan.objects.dang_hoat_dong(tk.den).with_quy_mo(tk.den).with_buoi_cuoi(tk.den)


def _gon_mo(branches, tk: ThoiKy):
    return branches.with_so_doan_vien(tk.den)


CHI_DOAN_GON = Nguon(ma="chi_doan_gon", rows=_gon, path="path", kem=_gon_mo)
GUI_CAP_UY = Nguon(ma="gui_cap_uy", rows=lambda _: HoSo.objects.all(), ngay="ngay_gui")


def _moi(ma: str, ten: str, don_vi_tinh: str, nguon: Nguon, tu=lambda _: Q(), **them) -> ChiTieu:
    kieu = Kieu.FLOW if nguon.ngay else Kieu.STOCK
    return ChiTieu(
        **{"kieu": kieu, "nhom": BANG, **them},
        ma=ma,
        ten=ten,
        don_vi_tinh=don_vi_tinh,
        nguon=nguon,
        tu=tu,
    )


def _tuoi(gioi: str, tu: int | None, duoi: int | None) -> Callable[[ThoiKy], Q]:
    def born(tk: ThoiKy) -> Q:
        found = Q(doan_vien__gioi_tinh=gioi)
        if tu:
            found &= Q(doan_vien__ngay_sinh__lte=years_before(tk.den, tu))
        if duoi:
            found &= Q(doan_vien__ngay_sinh__gt=years_before(tk.den, duoi))
        return found

    return born


def _xa(tu: int | None, duoi: int | None) -> Callable[[ThoiKy], Q]:
    def away(tk: ThoiKy) -> Q:
        found = THEO_MA["di_lam_xa"].tu(tk)
        if tu:
            found &= Q(doan_vien__di_xa_tu__lte=tk.den - timedelta(days=tu))
        if duoi:
            found &= Q(doan_vien__di_xa_tu__gt=tk.den - timedelta(days=duoi))
        return found

    return away


def _lau_khong_hop(tk: ThoiKy) -> Q:
    """No meeting in so many days; a branch that is younger than that is not counted."""
    since = tk.den - LAU_KHONG_HOP
    never = Q(buoi_cuoi__isnull=True) & (Q(thanh_lap__isnull=True) | Q(thanh_lap__lte=since))
    return never | Q(buoi_cuoi__lte=since)


def gon(item: ChiTieu) -> ChiTieu:
    """A figure of branches by their members, counted without their meetings that were due."""
    return replace(item, nguon=CHI_DOAN_GON)


def ma_tuoi(tuoi: str, gioi: str) -> str:
    return f"tuoi_{tuoi}_{gioi}"


THAP_TUOI: tuple[ChiTieu, ...] = tuple(
    _moi(
        ma_tuoi(tuoi, gioi),
        f"Đoàn viên {gioi.label.lower() if gioi != GIOI.CHUA_RO else 'chưa rõ giới tính'}, {words}",
        "người",
        n.DOAN_VIEN,
        _tuoi(gioi, tu, duoi),
    )
    for tuoi, words, tu, duoi in TUOI
    for gioi in GIOI
)
DI_XA: tuple[ChiTieu, ...] = tuple(
    _moi(f"di_xa_{ma}", f"Đi làm xa {words.lower()}", "người", n.DOAN_VIEN, _xa(tu, duoi))
    for ma, words, tu, duoi in XA_BAO_LAU
)
_KHAC = (
    _moi(
        "bi_thu_chua_tap_huan",
        "Bí thư chi đoàn chưa dự lớp tập huấn trong năm",
        "người",
        BI_THU_LOP,
        lambda _: Q(so_lop=0),
    ),
    _moi("khuyet_bi_thu", "Chi đoàn khuyết bí thư", "chi đoàn", KHUYET_BI_THU),
    _moi(
        "chi_doan_lau_khong_hop",
        "Chi đoàn ba tháng qua không sinh hoạt",
        "chi đoàn",
        CHI_DOAN_GON,
        _lau_khong_hop,
    ),
    _moi("gui_cap_uy", "Hồ sơ đã gửi cấp ủy", "hồ sơ", GUI_CAP_UY),
)
CHI_XEM: tuple[ChiTieu, ...] = (*THAP_TUOI, *DI_XA, *_KHAC)
MO_DUOC: dict[str, ChiTieu] = {
    item.ma: item for item in (*DANH_MUC, NHIP_SINH_HOAT, *CHI_XEM, *DAN_CHUNG, *BIEU_QUOC_GIA)
}
"""What a page of rows may be asked for."""
