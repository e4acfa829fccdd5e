"""Proposals to remove from the roll that wait for the ward: this part of its home page."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from core.text.display import NBSP
from doanvien.models import DeNghiXoaTen
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    if not user.may(Quyen.DUYET_DOAN_VIEN, don_vi):
        return

    def viec(so, _han):
        return Viec(
            tieu_de=f"Quyết định {so}{NBSP}đề nghị xóa tên",
            url=f"{reverse('doanvien:xoa_ten_list')}?trang_thai={DeNghiXoaTen.TrangThai.CHO}",
            icon="list-checks",
            nut="Xem",
            so_phut=2 * so,
            muc="info",
            ngay=day,
        )

    yield ViecDem(rows=DeNghiXoaTen.objects.under(don_vi).cho_quyet_dinh(), viec=viec)
