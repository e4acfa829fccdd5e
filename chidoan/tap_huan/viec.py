"""What there is to do about classes: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from chidoan.models import ChucVu, LopTapHuan
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .queries import chua_du_lop
from .services.khoa import may_to_chuc

DINH_MUC, NHAC_TU = "tap_huan_moi_nam", "tap_huan_nhac_tu_thang"
KHOA_VIEC = (DINH_MUC, NHAC_TU)


def dem_chi_doan(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """The branch: classes that take sign-ups and for which nobody of it has signed up."""
    if user.may(Quyen.SUA_DOAN_VIEN, don_vi):
        rows = LopTapHuan.objects.cua_tren(don_vi).nhan_dang_ky(day).chua_co_nguoi_cua(don_vi)
        rows = rows.cho_chi_doan_cu()
        yield _viec(rows, "Đăng ký dự {} lớp tập huấn", "Đăng ký", day, loc="viec=dang_ky")


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Classes to finish and, for a ward, to send people to; near the end of the year those who
    had no class."""
    if not may_to_chuc(user, don_vi):
        return
    own = LopTapHuan.objects.filter(don_vi=don_vi).cho_ket_thuc(day)
    words = "Kết thúc {} lớp tập huấn đã học xong"
    yield _viec(own, words, "Kết thúc lớp", day, loc="viec=ket_thuc", muc="warn")
    if don_vi.is_co_so:
        above = LopTapHuan.objects.cua_tren(don_vi).exclude(don_vi=don_vi).nhan_dang_ky(day)
        rows = above.chua_co_nguoi_cua(don_vi)
        words = "Cử cán bộ dự {} lớp tập huấn của cấp trên"
        yield _viec(rows, words, "Đăng ký", day, loc="viec=dang_ky")
    if day.month >= int(quy_dinh[NHAC_TU]):
        yield _chua_du(don_vi, day, int(quy_dinh[DINH_MUC]))


def _chua_du(don_vi: DonVi, day: date, toi_thieu: int) -> ViecDem:
    def viec(so, _han):
        return Viec(
            tieu_de=f"{so}{NBSP}bí thư, phó bí thư chưa dự đủ lớp tập huấn năm nay",
            url=f"{reverse('chidoan:tap_huan_chua_du')}?lop=chua",
            icon="graduation-cap",
            nut="Xem",
            ngay=day,
            muc="warn",
        )

    rows = chua_du_lop(ChucVu.objects.under(don_vi), day.year, day, toi_thieu)
    return ViecDem(rows=rows, viec=viec)


def _viec(rows, words: str, nut: str, day: date, *, loc: str, muc="info") -> ViecDem:
    def viec(so, _han):
        return Viec(
            tieu_de=words.replace("{} ", f"{so}{NBSP}"),
            url=f"{reverse('chidoan:tap_huan_list')}?{loc}",
            icon="graduation-cap",
            nut=nut,
            ngay=day,
            muc=muc,
            so_phut=2,
        )

    return ViecDem(rows=rows, viec=viec)
