"""What there is to do about hopes and concerns: this part of the home pages.

Counted are those that the person may open: private ones are not everybody's.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from core.text.display import NBSP
from doanvien.models import NguyenVong
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .filters import CHO_PHUONG, SAP_DEN, SAP_DEN_HAN


def dem_chi_doan(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Matters that the branch settles itself, once due within a week."""
    if user.may(Quyen.GHI_NGUYEN_VONG, don_vi):
        rows = _opened(user, don_vi).tai_chi_doan().den_han(day + SAP_DEN_HAN)
        query = f"tinh_trang={SAP_DEN}&noi_giai_quyet={NguyenVong.NoiGiaiQuyet.CHI_DOAN}"
        yield _viec("Giải quyết", rows, query, day)


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """Matters that branches handed up and that wait for the ward."""
    if user.may(Quyen.GHI_NGUYEN_VONG, don_vi):
        rows = _opened(user, don_vi).cho_phuong()
        yield _viec("Trả lời", rows, f"tinh_trang={CHO_PHUONG}", day)


def _opened(user, don_vi: DonVi):
    return NguyenVong.objects.visible_to(user).under(don_vi)


def _viec(verb: str, rows, query: str, day: date) -> ViecDem:
    def viec(so, han):
        return Viec(
            tieu_de=f"{verb} {so}{NBSP}nguyện vọng của đoàn viên",
            han=han,
            url=f"{reverse('doanvien:nguyen_vong_list')}?{query}",
            icon="message-square-text",
            nut="Mở",
            so_phut=2 * so,
            muc="info",
            ngay=day,
        )

    return ViecDem(rows=rows, viec=viec, han="han")
