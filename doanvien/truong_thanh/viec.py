"""Duties of growing out, for the home pages."""

from datetime import date

from django.urls import reverse

from doanvien.models import DoanVien, DotTruongThanh
from tochuc.models import DonVi
from tochuc.viec import Viec

from .services import moc_cua


def viec_chi_doan(chi_doan: DonVi, day: date) -> list[Viec]:
    """Members of the branch who reach the age this year, undecided. Two queries."""
    return _den_tuoi(chi_doan, day, nut="Đề nghị")


def viec_phuong(don_vi: DonVi, day: date) -> list[Viec]:
    """The same for a ward, and a decision that was drafted but not issued. Three queries."""
    found = _den_tuoi(don_vi, day, nut="Xét")
    for dot in DotTruongThanh.objects.under(don_vi).du_thao():
        found.append(
            Viec(
                tieu_de="Ban hành quyết định trưởng thành Đoàn",
                chi_tiet=f"dự thảo ngày {dot.ngay:%d/%m}",
                url=dot.get_absolute_url(),
                icon="graduation-cap",
                nut="Xem lại",
                muc="warn",
                ngay=day,
            )
        )
    return found


def _den_tuoi(don_vi: DonVi, day: date, *, nut: str) -> list[Viec]:
    moc = moc_cua(don_vi, day.year, day)
    so = DoanVien.objects.under(don_vi).can_xet_truong_thanh(moc.sinh_den, day).count()
    if not so:
        return []
    return [
        Viec(
            tieu_de=f"{so} đồng chí đến tuổi trưởng thành Đoàn",
            chi_tiet=f"đủ {moc.tuoi} tuổi trong năm {day.year} hoặc từ trước",
            url=reverse("doanvien:truong_thanh_list"),
            icon="graduation-cap",
            nut=nut,
            muc="info",
            ngay=day,
        )
    ]
