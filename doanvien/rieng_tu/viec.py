"""What a ward has to do about requests for personal data: this part of the home page."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Case, Count, DateField, F, Min, When
from django.urls import reverse

from doanvien.models import YeuCauDuLieu
from tochuc.models import DonVi
from tochuc.viec import Viec


def viec_phuong(phuong: DonVi, day: date) -> Iterator[Viec]:
    """Open requests with the nearest clock; for who holds QUAN_LY_DU_LIEU. One query."""
    moi = When(trang_thai=YeuCauDuLieu.TrangThai.MOI, then=F("han_tra_loi"))
    clock = Case(moi, default=F("han"), output_field=DateField())
    found = YeuCauDuLieu.objects.under(phuong).con_mo().aggregate(so=Count("pk"), han=Min(clock))
    if found["so"]:
        yield Viec(
            tieu_de=f"Trả lời {found['so']} yêu cầu về dữ liệu cá nhân",
            han=found["han"],
            url=f"{reverse('doanvien:yeu_cau_list')}?tinh_trang=mo",
            icon="shield-check",
            nut="Mở sổ yêu cầu",
            muc="info",
            ngay=day,
        )
