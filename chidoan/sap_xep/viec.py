"""Reorganisations that wait for somebody: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from chidoan.models import SapXep
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem


def dem_phuong(user, don_vi: DonVi, day: date, _quy_dinh: Mapping) -> Iterator[ViecDem]:
    """For the office above: what waits for its approval, and what something stops on its day."""
    if user.may(Quyen.QUYET_SAP_XEP, don_vi):
        rows = SapXep.objects.under(don_vi)
        yield _viec(rows.cho_duyet(), "Duyệt {} kế hoạch sắp xếp", "cho_duyet", "Xem, duyệt", day)
        stopped = rows.den_ngay(day).bi_vuong()
        yield _viec(stopped, "{} đợt sắp xếp còn vướng", "cho_hieu_luc", "Xem", day, muc="bad")


def _viec(rows, words: str, state: str, nut: str, day: date, *, muc="warn") -> ViecDem:
    def viec(so, _han):
        return Viec(
            tieu_de=words.replace("{} ", f"{so}{NBSP}"),
            url=f"{reverse('chidoan:sap_xep_list')}?trang_thai={state}",
            icon="network",
            nut=nut,
            so_phut=5 * so,
            muc=muc,
            ngay=day,
        )

    return ViecDem(rows=rows, viec=viec)
