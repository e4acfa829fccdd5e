"""What there is to do about proposals of awards: this part of the home pages."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse

from chidoan.models import DeNghiKhen
from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, ViecDem

from .quyet_dinh import may_decide


def dem_chi_doan(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """The branch: proposals that were not agreed to."""
    if user.may(Quyen.SUA_DOAN_VIEN, don_vi):
        rows = DeNghiKhen.objects.bi_tra(don_vi)
        words = "Xem lại {} đề nghị khen chưa được đồng ý"
        yield _viec(rows, words, "Xem lý do", day, "trang_thai=khong_dong_y", muc="warn")


def dem_phuong(user, don_vi: DonVi, day: date, quy_dinh: Mapping) -> Iterator[ViecDem]:
    """A ward or an office above: proposals to consider, and those that wait for a decision."""
    if may_decide(user, don_vi):
        rows = DeNghiKhen.objects.cho_xem_xet(don_vi)
        query = "trang_thai=cho&noi=cho_toi"
        yield _viec(rows, "Xem xét {} đề nghị khen thưởng", "Xem xét", day, query)
        rows = DeNghiKhen.objects.cho_quyet_dinh(don_vi)
        query = "trang_thai=dong_y&noi=cho_toi"
        words = "Ra quyết định cho {} đề nghị khen đã đồng ý"
        yield _viec(rows, words, "Ra quyết định", day, query)


def _viec(rows, words: str, nut: str, day: date, query: str, *, muc="info") -> ViecDem:
    def viec(so, _han):
        return Viec(
            tieu_de=words.replace("{} ", f"{so}{NBSP}"),
            url=f"{reverse('chidoan:de_nghi_khen_list')}?{query}",
            icon="award",
            nut=nut,
            ngay=day,
            muc=muc,
            so_phut=2 * so,
        )

    return ViecDem(rows=rows, viec=viec)
