"""Duties of deferrals, for the home pages."""

from datetime import date

from django.urls import reverse

from doanvien.models import HoanSinhHoat
from tochuc.models import DonVi
from tochuc.viec import Viec

from .tables import SAP_HET


def viec_chi_doan(chi_doan: DonVi, day: date) -> list[Viec]:
    """Deferrals that end within thirty days: go on with one, or take the person back. One query."""
    rows = HoanSinhHoat.objects.under(chi_doan).het_han_trong(day, day + SAP_HET)
    return [
        Viec(
            tieu_de=f"{row.doan_vien} sắp hết hạn hoãn sinh hoạt",
            url=reverse("doanvien:hoan_list"),
            icon="clock",
            nut="Xem",
            muc="info",
            ngay=day,
            han=row.den_ngay,
        )
        for row in rows.trong_list().order_by("den_ngay", "pk")[:10]
    ]


def viec_phuong(don_vi: DonVi, day: date) -> list[Viec]:
    """How many end within thirty days in the ward. One query."""
    so = HoanSinhHoat.objects.under(don_vi).het_han_trong(day, day + SAP_HET).count()
    if not so:
        return []
    return [
        Viec(
            tieu_de=f"{so} đồng chí sắp hết hạn hoãn sinh hoạt",
            url=f"{reverse('doanvien:hoan_list')}?tinh_trang=dang_hoan",
            icon="clock",
            nut="Xem",
            ngay=day,
        )
    ]
