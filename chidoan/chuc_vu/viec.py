"""What offices give a ward to do: branches without a secretary, acting terms, absences."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.urls import reverse

from chidoan.models import ChiDoan, ChucVu
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

KHUYET, NHAC, DI_XA = "trong_bi_thu_ngay", "tam_quyen_nhac_ngay", "bi_thu_di_xa_ngay"
KHOA_VIEC = (KHUYET, NHAC, DI_XA)


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    if not user.may(Quyen.PHAN_CONG_PHU_TRACH, don_vi):
        return
    branches = ChiDoan.objects.under(don_vi).dang_hoat_dong(day)
    yield ViecDem(
        rows=branches.khuyet_bi_thu(day, int(quy_dinh[KHUYET])),
        viec=lambda so, _han: Viec(
            tieu_de=f"{so}{NBSP}chi đoàn khuyết bí thư",
            chi_tiet=f"từ {quy_dinh[KHUYET]} ngày trở lên",
            url=reverse("chidoan:khuyet_bi_thu_list"),
            icon="user-plus",
            nut="Chọn bí thư",
            muc="warn",
            ngay=day,
        ),
    )
    offices = ChucVu.objects.under(don_vi)
    yield ViecDem(
        rows=offices.tam_quyen_het_han(day, day + timedelta(days=int(quy_dinh[NHAC]))),
        viec=lambda so, han: _chuc_vu(
            f"{so}{NBSP}chức vụ quyền, lâm thời sắp hết hạn", "het_han", day, han=han
        ),
        han="den_ngay",
    )
    yield ViecDem(
        rows=offices.di_xa_qua(day, day - timedelta(days=int(quy_dinh[DI_XA]))),
        viec=lambda so, _han: _chuc_vu(
            f"{so}{NBSP}bí thư chi đoàn đi làm xa quá {quy_dinh[DI_XA]} ngày", "di_xa_lau", day
        ),
    )
    yield ViecDem(
        rows=offices.khong_con_sinh_hoat(day),
        viec=lambda so, _han: _chuc_vu(
            f"{so}{NBSP}cán bộ đã rời chi đoàn, chưa thôi chức", "khong_con", day
        ),
    )


def _chuc_vu(words: str, tinh_trang: str, day: date, han: date | None = None) -> Viec:
    return Viec(
        tieu_de=words,
        url=f"{reverse('chidoan:chuc_vu_list')}?tinh_trang={tinh_trang}",
        icon="user-check",
        nut="Xem, quyết định",
        han=han,
        muc="warn",
        ngay=day,
    )
