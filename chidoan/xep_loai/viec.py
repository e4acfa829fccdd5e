"""What a branch or a ward has to do about ratings: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from core.text.display import NBSP
from doanvien.models import DotXepLoai
from doanvien.ngay_thang import ngay_trong_nam
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .queries import chua_xep_loai

TU_NGAY, HAN = "xep_loai_tu_ngay", "xep_loai_han"
KHOA_VIEC = (TU_NGAY, HAN)
_BUOC = (
    (DotXepLoai.TrangThai.TRA_LAI, "Phường trả lại kết quả xếp loại", "Xem lý do", "warn"),
    (DotXepLoai.TrangThai.MO, "Biểu quyết xếp loại đoàn viên", "Ghi biểu quyết", "info"),
    (DotXepLoai.TrangThai.DA_BIEU_QUYET, "Gửi phường kết quả xếp loại", "Gửi phường", "info"),
)


def dem_chi_doan(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Rounds of this year and the last that lie with the branch; in the season, the one to open."""
    if not user.may(Quyen.SUA_DOAN_VIEN, don_vi):
        return
    rounds = DotXepLoai.objects.cua_chi_doan(don_vi)
    for nam in (day.year, day.year - 1):
        for trang_thai, words, nut, muc in _BUOC:
            rows = rounds.cua_nam(nam).o_buoc(trang_thai)
            yield _viec(rows, words, nut, muc, don_vi, nam, day, quy_dinh)
    if day >= ngay_trong_nam(quy_dinh[TU_NGAY], day.year):
        rows = chua_xep_loai(don_vi, day.year)
        words = "Xếp loại đoàn viên"
        yield _viec(rows, words, "Mở đợt", "info", don_vi, day.year, day, quy_dinh)


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Rounds of this year and the last that wait for the ward."""
    if user.may(Quyen.DUYET_DOAN_VIEN, don_vi):
        for nam in (day.year, day.year - 1):
            yield _cho_phuong(don_vi, nam, day)


def _cho_phuong(don_vi: DonVi, nam: int, day: date) -> ViecDem:
    def viec(so, _han):
        query = f"nam={nam}&giai_doan={DotXepLoai.TrangThai.DA_GUI}"
        return Viec(
            tieu_de=f"Công nhận xếp loại năm {nam} của {so}{NBSP}chi đoàn",
            url=f"{reverse('chidoan:xep_loai_list')}?{query}",
            icon="file-check",
            nut="Ra quyết định",
            so_phut=2 * so,
            muc="info",
            ngay=day,
        )

    return ViecDem(rows=DotXepLoai.objects.under(don_vi).cua_nam(nam).da_gui(), viec=viec)


def _viec(rows, words, nut, muc, don_vi, nam, day, quy_dinh) -> ViecDem:
    def viec(_so, _han):
        return Viec(
            tieu_de=f"{words} năm {nam}",
            url=reverse("chidoan:xep_loai_branch", args=[don_vi.pk]),
            icon="clipboard-check",
            nut=nut,
            han=ngay_trong_nam(quy_dinh[HAN], nam),
            muc=muc,
            ngay=day,
        )

    return ViecDem(rows=rows, viec=viec)
