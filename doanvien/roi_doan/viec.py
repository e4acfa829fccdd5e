"""Proposals to remove from the roll that wait for the ward, for its home page."""

from datetime import date

from django.urls import reverse

from doanvien.models import DeNghiXoaTen
from tochuc.models import DonVi
from tochuc.viec import Viec


def viec_phuong(don_vi: DonVi, day: date) -> list[Viec]:
    """One query."""
    so = DeNghiXoaTen.objects.under(don_vi).cho_quyet_dinh().count()
    if not so:
        return []
    return [
        Viec(
            tieu_de=f"{so} đề nghị xóa tên chờ quyết định",
            url=f"{reverse('doanvien:xoa_ten_list')}?trang_thai=cho",
            icon="list-checks",
            nut="Xem",
            muc="warn",
            ngay=day,
        )
    ]
