"""Advice that nobody has answered: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from chidoan.models import ThamMuu
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.viec import Viec, ViecDem

from .services import HAN, im_lang_truoc, may_write

KHOA_VIEC = (HAN,)


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """What was sent and met with silence past the term."""
    if not may_write(don_vi, user):
        return

    def viec(so, _han):
        return Viec(
            tieu_de=f"Hỏi lại {so}{NBSP}nội dung tham mưu chưa được trả lời",
            chi_tiet=f"quá {quy_dinh[HAN]}{NBSP}ngày",
            url=f"{reverse('chidoan:tham_muu_list')}?ket_qua=im_lang",
            icon="mail-question-mark",
            nut="Xem nội dung",
            so_phut=5,
            muc="warn",
            ngay=day,
        )

    silent = ThamMuu.objects.cua_don_vi(don_vi).im_lang(im_lang_truoc(day, quy_dinh[HAN]))
    yield ViecDem(rows=silent, viec=viec)
