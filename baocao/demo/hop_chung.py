"""A meeting that two branches held together, so that one can see how it reads in both books."""

from datetime import date

from chidoan.models import BuoiSinhHoat
from chidoan.services.lien_chi_doan import CHEP

from .phuong_1 import ChiDoanDemo

CHUNG = ("Trường THCS", "Trường Tiểu học")
"""Host and guest."""


def joint_meeting(branches: list[ChiDoanDemo], *, homnay: date) -> None:
    """Last year's meeting of March, for the founding day, becomes one of both: rolls stay."""
    by_name = {branch.don_vi.ten: branch.don_vi for branch in branches}
    march = BuoiSinhHoat.objects.filter(ngay__year=homnay.year - 1, ngay__month=3)
    host, guest = (march.get(chi_doan=by_name[ten]) for ten in CHUNG)
    march.filter(pk=host.pk).update(loai=BuoiSinhHoat.Loai.LIEN_CHI_DOAN)
    march.filter(pk=guest.pk).update(
        loai=BuoiSinhHoat.Loai.LIEN_CHI_DOAN,
        chu_nha=host,
        **{ten: getattr(host, ten) for ten in CHEP},
    )
