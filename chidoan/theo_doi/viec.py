"""What there is to do about branches without members and areas without a branch: this part of
the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from core.text.display import NBSP
from tochuc.models import DiaBan, DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .queries import chi_doan_trang, dia_ban_chua_co
from .quy_tac import TRANG


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Branches without a member, for the ward and for the office above it."""
    if not user.may(Quyen.DE_NGHI_SAP_XEP, don_vi):
        return

    def viec(so, _han):
        query = urlencode({"don_vi": don_vi.pk, "muc": TRANG})
        return Viec(
            tieu_de=f"{so}{NBSP}chi đoàn trắng đoàn viên: củng cố hoặc sắp xếp lại",
            url=f"{reverse('chidoan:theo_doi_list')}?{query}",
            icon="network",
            nut="Xem chi đoàn",
            muc="warn",
            ngay=day,
        )

    yield ViecDem(rows=chi_doan_trang(don_vi, day), viec=viec)
    if don_vi.is_co_so:
        yield _dia_ban(don_vi, day)


def _dia_ban(don_vi: DonVi, day: date) -> ViecDem:
    """Areas that wait for a branch: of one that was split or has ended."""

    def viec(so, _han):
        return Viec(
            tieu_de=f"Giao {so}{NBSP}địa bàn chưa có chi đoàn",
            url=f"{reverse('chidoan:theo_doi_dia_ban')}?don_vi={don_vi.pk}",
            icon="map-pin",
            nut="Giao địa bàn",
            so_phut=so,
            muc="warn",
            ngay=day,
        )

    areas = DiaBan.objects.under(don_vi)
    return ViecDem(rows=dia_ban_chua_co(areas, day), viec=viec)
