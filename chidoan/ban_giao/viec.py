"""What hand-overs and first months give people to do: their part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.urls import reverse

from chidoan.models import BanGiao
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .thang_dau import SO_NGAY, con_viec

KHOA_VIEC = (SO_NGAY,)


def dem_chi_doan(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """For the leaving and the new secretary: to confirm; for the new one, the first month."""
    if not (user.pk and user.may(Quyen.SUA_DOAN_VIEN, don_vi)):
        return
    yield ViecDem(
        rows=BanGiao.objects.cua(don_vi).cho_nguoi_nay(user, day),
        viec=lambda _so, _han: Viec(
            tieu_de="Xác nhận bàn giao công tác bí thư",
            url=f"{reverse('chidoan:ban_giao_list')}?tinh_trang=cho_ky",
            icon="file-pen-line",
            nut="Xem, xác nhận",
            so_phut=3,
            muc="warn",
            ngay=day,
        ),
    )
    so_ngay = int(quy_dinh[SO_NGAY])
    rows = con_viec(day, so_ngay).cua(don_vi).cua_tai_khoan(user)
    yield ViecDem(rows=rows, viec=lambda _so, han: _thang_dau(han, so_ngay, day), han="tu_ngay")


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """For the ward: hand-overs that wait for a signature."""
    if user.may(Quyen.PHAN_CONG_PHU_TRACH, don_vi):
        yield ViecDem(
            rows=BanGiao.objects.under(don_vi).cho_ky(),
            viec=lambda so, _han: Viec(
                tieu_de=f"{so}{NBSP}bàn giao bí thư chờ ký",
                url=f"{reverse('chidoan:ban_giao_list')}?tinh_trang=cho_ky",
                icon="file-pen-line",
                nut="Xem bàn giao",
                muc="info",
                ngay=day,
            ),
        )


def _thang_dau(tu_ngay: date, so_ngay: int, day: date) -> Viec:
    return Viec(
        tieu_de="Những việc đầu tiên của bí thư mới",
        url=reverse("chidoan:thang_dau_cua_toi"),
        icon="sprout",
        nut="Xem từng việc",
        han=tu_ngay + timedelta(days=so_ngay),
        muc="info",
        ngay=day,
    )
