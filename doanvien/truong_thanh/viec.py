"""Who grows out of the Union: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from core.text.display import NBSP
from doanvien.models import DoanVien, DotTruongThanh
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .quy_tac import KHOA_TUOI, moc_tu
from .trang import CHUA_DE_NGHI, CHUA_VAO_DOT

KHOA_VIEC = KHOA_TUOI


def dem_chi_doan(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Members who reach the age this year and for whom the branch has proposed nothing yet."""
    if user.may(Quyen.SUA_DOAN_VIEN, don_vi):
        rows = _den_tuoi(don_vi, day, quy_dinh).chua_de_nghi_truong_thanh()
        words = "Đề nghị cho {} đồng chí đến tuổi trưởng thành"
        yield _viec(rows, words, f"con={CHUA_DE_NGHI}", "Đề nghị", day)


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """The same for a ward, without those in a draft; and drafts that were not issued."""
    if user.may(Quyen.DUYET_DOAN_VIEN, don_vi):
        for nam in (day.year, day.year - 1):
            drafts = DotTruongThanh.objects.under(don_vi).du_thao().trong_nam(nam)
            words = "Ban hành {} dự thảo quyết định trưởng thành"
            yield _viec(drafts, words, f"nam={nam}", "Xem lại", day, muc="warn")
        rows = _den_tuoi(don_vi, day, quy_dinh).chua_vao_dot_truong_thanh()
        words = "{} đồng chí đến tuổi trưởng thành Đoàn"
        yield _viec(rows, words, f"con={CHUA_VAO_DOT}", "Xét", day)


def _den_tuoi(don_vi: DonVi, day: date, quy_dinh: Mapping):
    moc = moc_tu(quy_dinh, day.year)
    return DoanVien.objects.under(don_vi).can_xet_truong_thanh(moc.sinh_den, day)


def _viec(rows, words: str, query: str, nut: str, day: date, *, muc="neutral") -> ViecDem:
    def viec(so, _han):
        return Viec(
            tieu_de=words.replace("{} ", f"{so}{NBSP}"),
            url=f"{reverse('doanvien:truong_thanh_list')}?{query}",
            icon="graduation-cap",
            nut=nut,
            so_phut=so,
            muc=muc,
            ngay=day,
        )

    return ViecDem(rows=rows, viec=viec)
