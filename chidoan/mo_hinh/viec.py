"""What a ward or a pilot branch has to do about initiatives: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.urls import reverse

from chidoan.models import DeNghiNhanRong, MoHinh, MucCamKet
from core.periods import KyBaoCao
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

HAN = "han_danh_gia_mo_hinh"
KHOA_VIEC = (HAN,)


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Last quarter's reviews that nobody wrote; offers that wait for the ward's answer."""
    if not user.may(Quyen.PHAN_CONG_PHU_TRACH, don_vi):
        return
    ky = KyBaoCao.quarter_of(day).previous
    due = ky.end + timedelta(days=int(quy_dinh[HAN]))
    rows = MoHinh.objects.under(don_vi).chua_danh_gia(ky)
    yield ViecDem(rows=rows, viec=lambda so, _: _danh_gia(so, ky, due, day))
    offers = DeNghiNhanRong.objects.under(don_vi).dang_cho()
    yield ViecDem(rows=offers, viec=lambda so, _: _tra_loi(so, day))


def dem_chi_doan(user, don_vi: DonVi, day: date, _quy_dinh: Mapping) -> Iterator[ViecDem]:
    """In the last month of a quarter: checks of which the pilot branch has said nothing."""
    ky = KyBaoCao.quarter_of(day)
    if not user.may(Quyen.GHI_SINH_HOAT, don_vi) or day < ky.months[-1].start:
        return
    rows = MucCamKet.objects.cua_diem(don_vi, day).chua_ghi(ky)

    def viec(so, _han):
        return Viec(
            tieu_de=f"Ghi {so}{NBSP}cam kết mô hình {ky.ten}",
            url=reverse("chidoan:mo_hinh_list"),
            icon="list-checks",
            nut="Ghi cam kết",
            han=ky.end,
            so_phut=3,
            muc="info",
            ngay=day,
        )

    yield ViecDem(rows=rows, viec=viec)


def _danh_gia(so: int, ky: KyBaoCao, due: date, day: date) -> Viec:
    return Viec(
        tieu_de=f"Đánh giá {ky.ten} của {so}{NBSP}mô hình",
        url=f"{reverse('chidoan:mo_hinh_list')}?tinh_trang=chua_danh_gia",
        icon="clipboard-check",
        nut="Đánh giá",
        han=due,
        so_phut=10 * so,
        muc="info",
        ngay=day,
    )


def _tra_loi(so: int, day: date) -> Viec:
    return Viec(
        tieu_de=f"Trả lời {so}{NBSP}đề nghị nhân rộng mô hình",
        url=reverse("chidoan:mo_hinh_list"),
        icon="lightbulb",
        nut="Xem đề nghị",
        so_phut=3,
        muc="info",
        ngay=day,
    )
