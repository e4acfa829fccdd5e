"""Deferrals that end soon: this part of a branch's home page. The branch decides about them."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from core.text.display import NBSP
from doanvien.models import HoanSinhHoat
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .filters import SAP_HET


def dem_chi_doan(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Those that end within thirty days: go on with one, or take the person back."""
    if not user.may(Quyen.SUA_DOAN_VIEN, don_vi):
        return

    def viec(so, han):
        return Viec(
            tieu_de=f"{so}{NBSP}đồng chí sắp hết hạn hoãn sinh hoạt",
            url=f"{reverse('doanvien:hoan_list')}?tinh_trang=sap_het",
            icon="clock",
            nut="Xem",
            ngay=day,
            han=han,
        )

    rows = HoanSinhHoat.objects.under(don_vi).het_han_trong(day, day + SAP_HET)
    yield ViecDem(rows=rows, viec=viec, han="den_ngay")
