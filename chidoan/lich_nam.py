"""A branch's year, month by month: what was held, what was due, what is to come."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from core.charts import HeatCell, heat_cell
from core.periods import KyBaoCao
from tochuc.models import DonVi

from .lich_hop import phai_hop_trong_thang
from .models import BuoiSinhHoat
from .queries import DiemDanhThang


@dataclass
class ThangSinhHoat:
    """One month with its meetings (annotated by `with_diem_danh`), drafts among them."""

    chi_doan: DonVi
    thang: KyBaoCao
    ngay: date
    buoi: list[BuoiSinhHoat] = field(default_factory=list)

    @property
    def is_sap_toi(self) -> bool:
        return self.thang.start > self.ngay

    @property
    def is_phai_hop(self) -> bool:
        return phai_hop_trong_thang(self.chi_doan, self.thang)

    @property
    def trang_thai(self) -> tuple[str, str, str]:
        """Family, icon and word for a month without a meeting."""
        if self.is_sap_toi:
            return "neutral", "circle-dashed", "Chưa đến"
        if not self.is_phai_hop:
            return "neutral", "minus", "Không phải họp"
        if self.ngay in self.thang:
            return "warn", "clock", "Chưa họp"
        return "bad", "circle-x", "Không họp"

    @property
    def url_ghi(self) -> str:
        return f"{reverse('chidoan:buoi_create')}?chi_doan={self.chi_doan.pk}"


def year_of(chi_doan: DonVi, nam: int, ngay: date) -> list[ThangSinhHoat]:
    """The twelve months of the year, oldest first. One query and four counts inside it."""
    months = [ThangSinhHoat(chi_doan, month, ngay) for month in KyBaoCao(nam).months]
    rows = (
        BuoiSinhHoat.objects.filter(chi_doan=chi_doan)
        .trong_ky(KyBaoCao(nam))
        .with_diem_danh()
        .order_by("ngay", "pk")
    )
    for row in rows:
        months[row.ngay.month - 1].buoi.append(row)
    return months


def heat_year(
    chi_doan: DonVi, rows: Iterable[DiemDanhThang], months: Iterable[KyBaoCao], ngay: date
) -> list[HeatCell]:
    """One heat cell for each month; it opens the meetings of that month."""
    held = {row.thang: row for row in rows if row.chi_doan_id == chi_doan.pk}
    return [_cell(chi_doan, month, held.get(month.start), ngay) for month in months]


def _cell(chi_doan: DonVi, month: KyBaoCao, row: DiemDanhThang | None, ngay: date) -> HeatCell:
    return heat_cell(
        row.du_hop if row else None,
        row.danh_sach if row else None,
        name=f"{chi_doan.ten}, tháng {month.thang}",
        url=_url(chi_doan, month) if row else "",
        due=phai_hop_trong_thang(chi_doan, month),
        future=month.end > ngay and row is None,
    )


def _url(chi_doan: DonVi, month: KyBaoCao) -> str:
    query = f"don_vi={chi_doan.pk}&ky={month.code}&trang_thai=da_hop&loai=sinh_hoat"
    return f"{reverse('chidoan:buoi_list')}?{query}"
