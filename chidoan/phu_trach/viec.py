"""What there is to do about visits and promises: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from chidoan.models import LoiHua
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .filters import SAP_DEN_HAN
from .queries import KHOA_XUONG, cho_xuong

KHOA_VIEC = (KHOA_XUONG,)


def dem_chi_doan(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """What the branch promised at a visit, once due within a week."""
    if user.may(Quyen.GHI_SINH_HOAT, don_vi) and user.may(Quyen.XEM_CAN_BO, don_vi):
        rows = LoiHua.objects.under(don_vi).cua_ben_chi_doan().den_han(day + SAP_DEN_HAN)
        yield _hua(rows, LoiHua.Ben.CHI_DOAN, "sap_den", day)


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Promises of the ward that are overdue, and branches that nobody has visited for long."""
    if not user.may(Quyen.PHAN_CONG_PHU_TRACH, don_vi):
        return
    rows = LoiHua.objects.under(don_vi).cua_phuong().qua_han(day)
    yield _hua(rows, LoiHua.Ben.PHUONG, "qua_han", day)
    days = quy_dinh[KHOA_XUONG]

    def viec(so, _han):
        return Viec(
            tieu_de=f"{so}{NBSP}chi đoàn quá {days} ngày chưa có ai xuống",
            url=f"{reverse('chidoan:phu_trach_list')}?don_vi={don_vi.pk}&loc=lau",
            icon="map-pin",
            nut="Xem chi đoàn",
            ngay=day,
        )

    yield ViecDem(rows=cho_xuong(don_vi, day, quy_dinh), viec=viec)


def _hua(rows, ben: str, tinh_trang: str, day: date) -> ViecDem:
    def viec(so, han):
        return Viec(
            tieu_de=f"Làm {so}{NBSP}việc đã hứa khi xuống chi đoàn",
            han=han,
            url=f"{reverse('chidoan:loi_hua_list')}?tinh_trang={tinh_trang}&ben={ben}",
            icon="clipboard-check",
            nut="Mở",
            muc="warn",
            ngay=day,
        )

    return ViecDem(rows=rows, viec=viec, han="han")
