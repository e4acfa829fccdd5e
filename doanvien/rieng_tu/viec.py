"""What a ward has to do about requests for personal data: this part of its home page."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from core.text.display import NBSP
from doanvien.models import YeuCauDuLieu
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Open requests, due with the nearest clock."""
    if not user.may(Quyen.QUAN_LY_DU_LIEU, don_vi):
        return

    def viec(so, han):
        return Viec(
            tieu_de=f"Trả lời {so}{NBSP}yêu cầu về dữ liệu cá nhân",
            han=han,
            url=f"{reverse('doanvien:yeu_cau_list')}?tinh_trang=mo",
            icon="shield-check",
            nut="Mở sổ yêu cầu",
            so_phut=10 * so,
            muc="info",
            ngay=day,
        )

    rows = YeuCauDuLieu.objects.under(don_vi).con_mo().with_han_gan()
    yield ViecDem(rows=rows, viec=viec, han="han_gan")
