"""What branches of a ward have left open of the dues of a month, for reminding them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

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
    """By branch, those with something open of `ky` or of the months before. Three queries."""
    due = ngay_han(gia_tri(HAN_NOP, ngay=ky.end, don_vi=phuong), ky)
    owing = con_no_thang(phuong, ky).order_by().values("chi_doan").annotate(so=Count("pk"))
    unpaid = dict(owing.values_list("chi_doan", "so"))
    receipts = PhieuThu.objects.under(phuong).chua_nop().filter(ngay__lte=ky.end)
    receipts = receipts.filter(don_vi__cap=CapDonVi.CHI_DOAN).order_by().values("don_vi")
    kept = receipts.annotate(so=Count("pk"), cong=Sum("tong")).filter(cong__gt=0)
    held = dict(kept.values_list("don_vi", "so"))
    return {pk: ConLaiThang(ky, due, unpaid.get(pk, 0), held.get(pk, 0)) for pk in {*unpaid, *held}}
