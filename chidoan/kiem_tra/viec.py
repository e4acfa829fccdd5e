"""What inspection has for people to do: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from chidoan.models import CuocKiemTra, KienNghi
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .quy_trinh import may_write


def dem_chi_doan(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Recommendations that the unit has to answer, due with the first of them."""
    if user.may(Quyen.GHI_SINH_HOAT, don_vi) and user.may(Quyen.XEM_KIEM_TRA, don_vi):
        rows = KienNghi.objects.cho_don_vi().cua_don_vi(don_vi)
        words = "Khắc phục {} kiến nghị sau kiểm tra"
        url = f"{reverse('chidoan:kien_nghi_list')}?trang_thai=cho_don_vi&vai=phai_lam"
        yield _viec(rows, words, url, "Báo cáo khắc phục", "shield-check", day, han="han")


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """What the unit owes as inspected, and what it has to do as inspector."""
    yield from dem_chi_doan(user, don_vi, day, quy_dinh)
    if not may_write(don_vi, user):
        return
    own = CuocKiemTra.objects.cua_don_vi(don_vi)
    base = reverse("chidoan:kiem_tra_list")
    yield _viec(
        own.qua_han(day),
        "{} cuộc kiểm tra theo kế hoạch chưa tiến hành",
        f"{base}?trang_thai=qua_han&vai=doan",
        "Xem kế hoạch",
        "calendar-clock",
        day,
        han="han",
    )
    yield _viec(
        own.cho_ket_luan(),
        "Kết luận {} cuộc kiểm tra đã tiến hành",
        f"{base}?trang_thai=cho_ket_luan&vai=doan",
        "Kết luận",
        "file-check",
        day,
        muc="info",
    )
    yield _viec(
        KienNghi.objects.cho_xet().do_don_vi_kiem_tra(don_vi),
        "Xác nhận {} báo cáo khắc phục sau kiểm tra",
        f"{reverse('chidoan:kien_nghi_list')}?trang_thai=da_tra_loi&vai=doan",
        "Xem báo cáo",
        "shield-check",
        day,
        muc="info",
    )
    yield _viec(
        KienNghi.objects.qua_han(day).do_don_vi_kiem_tra(don_vi),
        "{} kiến nghị sau kiểm tra quá hạn chưa khắc phục",
        f"{reverse('chidoan:kien_nghi_list')}?trang_thai=qua_han&vai=doan",
        "Xem kiến nghị",
        "megaphone",
        day,
        han="han",
    )


def _viec(rows, words: str, url: str, nut: str, icon: str, day: date, *, han="", muc="warn"):
    def viec(so, due):
        return Viec(
            tieu_de=words.replace("{} ", f"{so}{NBSP}"),
            url=url,
            icon=icon,
            nut=nut,
            han=due,
            muc=muc,
            ngay=day,
        )

    return ViecDem(rows=rows, viec=viec, han=han)
