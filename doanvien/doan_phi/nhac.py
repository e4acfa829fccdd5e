"""What branches of a ward have left open of the dues of a month, for reminding them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, ExpressionWrapper, F, OuterRef, Subquery, Sum

from core.periods import KyBaoCao, today
from doanvien.models import PhieuThu
from tochuc.models import CapDonVi, DonVi
from tochuc.quy_dinh import gia_tri

from .muc_thu import HAN_NOP
from .queries import con_no_thang
from .tong_hop import ngay_han


@dataclass(frozen=True)
class PhieuChuaNop:
    """Receipts at one branch that were not handed up; `da_het`: it has ended, and nobody took
    over what it took."""

    so: int = 0
    pk: int | None = None
    ten: str = ""
    da_het: bool = False


@dataclass(frozen=True)
class ConLaiThang:
    """Of one branch: who has not paid the month, which receipts were not handed up, by when."""

    ky: KyBaoCao
    han: date
    chua_dong: int = 0
    phieu: PhieuChuaNop = PhieuChuaNop()

    @property
    def phieu_chua_nop(self) -> int:
        return self.phieu.so


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
    return {
        pk: ConLaiThang(ky, due, unpaid.get(pk, 0), held.get(pk, PhieuChuaNop()))
        for pk in {*unpaid, *held}
    }


def o_chi_doan_da_het(con_lai: dict[int, ConLaiThang]) -> list[PhieuChuaNop]:
    """Receipts that only the ward can hand up."""
    return [row.phieu for row in con_lai.values() if row.phieu.da_het]


def _theo_chi_doan(phuong: DonVi, receipts) -> dict[int, PhieuChuaNop]:
    """Receipts that come to something, by the branch that has them now: the highest one on the
    way down to who took them, whatever ended wards lie between."""
    path = ExpressionWrapper(OuterRef("don_vi__path"), output_field=CharField())
    above = DonVi.objects.under(phuong).chi_doan().alias(duong=path)
    holder = above.filter(duong__startswith=F("path")).order_by("path")[:1]
    rows = receipts.annotate(
        pk_nay=Subquery(holder.values("pk")),
        ten_nay=Subquery(holder.values("ten")),
        het_nay=Subquery(holder.values("ket_thuc")),
    )
    rows = rows.values("pk_nay", "ten_nay", "het_nay").annotate(so=Count("pk"), cong=Sum("tong"))
    return {
        pk: PhieuChuaNop(so, pk, ten, het is not None and het < today())
        for pk, ten, het, so in rows.filter(cong__gt=0).values_list(
            "pk_nay", "ten_nay", "het_nay", "so"
        )
    }
