"""What branches of a ward have left open of the dues of a month, for reminding them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Substr

from core.periods import KyBaoCao
from doanvien.models import PhieuThu
from tochuc.models import CapDonVi, DonVi
from tochuc.quy_dinh import gia_tri

from .muc_thu import HAN_NOP
from .queries import con_no_thang
from .tong_hop import ngay_han


@dataclass(frozen=True)
class ConLaiThang:
    """Of one branch: who has not paid the month, how many receipts were not handed up, by when."""

    ky: KyBaoCao
    han: date
    chua_dong: int = 0
    phieu_chua_nop: int = 0


def con_lai_thang(phuong: DonVi, ky: KyBaoCao) -> dict[int, ConLaiThang]:
    """By branch, those with something open of `ky` or of the months before. Three queries.

    What was taken by a branch that has gone into another is that one's to hand on.
    """
    due = ngay_han(gia_tri(HAN_NOP, ngay=ky.end, don_vi=phuong), ky)
    owing = con_no_thang(phuong, ky).order_by().values("chi_doan").annotate(so=Count("pk"))
    unpaid = dict(owing.values_list("chi_doan", "so"))
    receipts = PhieuThu.objects.under(phuong).chua_nop().filter(ngay__lte=ky.end)
    receipts = receipts.filter(don_vi__cap=CapDonVi.CHI_DOAN).order_by()
    held = _theo_chi_doan(phuong, receipts)
    return {pk: ConLaiThang(ky, due, unpaid.get(pk, 0), held.get(pk, 0)) for pk in {*unpaid, *held}}


def _theo_chi_doan(phuong: DonVi, receipts) -> dict[int, int]:
    """How many receipts that come to something stand at each branch, by the branch right below
    the ward that has them now."""
    end = len(phuong.path) + DonVi.steplen
    own = DonVi.objects.filter(path=OuterRef("nay")).order_by().values("pk")
    rows = receipts.annotate(nay=Substr("don_vi__path", 1, end))
    rows = rows.values("nay").annotate(so=Count("pk"), cong=Sum("tong"), pk_nay=Subquery(own))
    return dict(rows.filter(cong__gt=0).values_list("pk_nay", "so"))
