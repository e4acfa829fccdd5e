"""Balances of the quarter that nobody has written down: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from chidoan.models import ToTietKiem
from core.periods import KyBaoCao
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem


def dem_viec(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Groups of the very unit without the state of the quarter that is due."""
    if not user.may(Quyen.GHI_SINH_HOAT, don_vi):
        return
    ky = KyBaoCao.quarter_due(day)

    def viec(so, _han):
        return Viec(
            tieu_de=f"Ghi số dư {ky.ten.partition(' năm')[0]} của {so}{NBSP}tổ TK&VV",
            url=f"{reverse('chidoan:so_du_to')}?don_vi={don_vi.pk}&ky={ky.code}",
            icon="wallet",
            nut="Ghi số dư",
            so_phut=2 * so,
            muc="info",
            ngay=day,
        )

    yield ViecDem(rows=ToTietKiem.objects.cua_don_vi(don_vi).thieu_so_du(ky), viec=viec)
