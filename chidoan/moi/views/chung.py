"""What the pages of invitations share: the called meeting, full addresses."""

import segno
from django.urls import reverse

from chidoan.models import BuoiSinhHoat
from chidoan.moi.lien_ket import LienKet, sign
from tochuc.permissions import Quyen, get_visible_or_404

BUOI = BuoiSinhHoat.objects.select_related("chi_doan")


def get_buoi(request, pk: int) -> BuoiSinhHoat:
    return get_visible_or_404(BUOI, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)


def dia_chi(request, buoi: BuoiSinhHoat, doan_vien=None) -> str:
    """The full address of the meeting's link, or of one member's."""
    ma = sign(LienKet(buoi.pk, doan_vien.pk if doan_vien else 0))
    return request.build_absolute_uri(reverse("chidoan:moi_mo", args=[ma]))


def qr(address: str) -> str:
    """The address as a picture of squares."""
    return segno.make(address, error="m", micro=False).svg_data_uri(border=2, xmldecl=False)
