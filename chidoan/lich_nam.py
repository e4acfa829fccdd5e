"""A branch's year, month by month: what was held, what was due, what is to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from core.charts import HeatCell, heat_cell
from core.periods import KyBaoCao, het_ngay
from tochuc.models import DonVi

from .lich_hop import NhipHop, da_hop_trong, nhip_hop, phai_hop_trong_thang
from .models import BuoiSinhHoat, ChiDoan
from .queries import DiemDanhThang


@dataclass
class ThangSinhHoat:
    """One month with its meetings (annotated by `with_diem_danh`), drafts among them.

    `con_thieu`: a meeting is due by its end, and its unit (its quarter when dispersed) has none.
    """

    chi_doan: ChiDoan
    thang: KyBaoCao
    ngay: date
    buoi: list[BuoiSinhHoat] = field(default_factory=list)
    con_thieu: bool = False

    @property
    def is_sap_toi(self) -> bool:
        return self.thang.start > self.ngay

    @property
    def trang_thai(self) -> tuple[str, str, str]:
        """Family, icon and word for a month without a meeting."""
        if self.is_sap_toi:
            return "neutral", "circle-dashed", "Chưa đến"
        if not self.con_thieu:
            return "neutral", "minus", "Không phải họp"
        if self.ngay in self.thang:
            return "warn", "clock", "Chưa họp"
        return "bad", "circle-x", "Không họp"

    @property
    def url_ghi(self) -> str:
        return f"{reverse('chidoan:buoi_create')}?chi_doan={self.chi_doan.pk}"


@dataclass(frozen=True)
class NamSinhHoat:
    """The twelve months of a branch's year, newest first, and how many of the meetings due it
    held."""

    chi_doan: ChiDoan
    nhip: NhipHop
    thang: list[ThangSinhHoat]


def years_of(chi_doan: Sequence[ChiDoan], nam: int, ngay: date) -> list[NamSinhHoat]:
    """The year of each branch (read `with_nhip`). One query and four counts inside it."""
    rows = (
        BuoiSinhHoat.objects.filter(chi_doan__in=chi_doan)
        .trong_ky(KyBaoCao(nam))
        .with_diem_danh()
        .order_by("ngay", "pk")
    )
    by_branch: dict[int, list[BuoiSinhHoat]] = {}
    for row in rows:
        by_branch.setdefault(row.chi_doan_id, []).append(row)
    return [_year(branch, nam, ngay, by_branch.get(branch.pk, [])) for branch in chi_doan]


def _year(branch: ChiDoan, nam: int, ngay: date, rows: list[BuoiSinhHoat]) -> NamSinhHoat:
    counted = [row for row in rows if not row.is_nhap and row.loai != BuoiSinhHoat.Loai.BCH]
    held = {row.ngay.replace(day=1) for row in counted}
    months = [
        ThangSinhHoat(
            branch,
            month,
            ngay,
            [row for row in rows if row.ngay in month],
            _con_thieu(branch, month, held),
        )
        for month in reversed(KyBaoCao(nam).months)
    ]
    return NamSinhHoat(
        branch, nhip_hop(branch, held, KyBaoCao(nam), het_ngay(branch.ngay_so_lieu(ngay))), months
    )


def heat_year(
    chi_doan: ChiDoan, rows: Iterable[DiemDanhThang], months: Iterable[KyBaoCao], ngay: date
) -> list[HeatCell]:
    """One heat cell for each month; it opens the meetings of that month.

    `rows` must reach over the whole quarters of `months`.
    """
    held = {row.thang: row for row in rows if row.chi_doan_id == chi_doan.pk}
    return [_cell(chi_doan, month, held, ngay) for month in months]


def _cell(
    chi_doan: ChiDoan, month: KyBaoCao, held: dict[date, DiemDanhThang], ngay: date
) -> HeatCell:
    row = held.get(month.start)
    return heat_cell(
        row.du_hop if row else None,
        row.danh_sach if row else None,
        name=f"{chi_doan.ten}, tháng {month.thang}",
        url=url_thang(chi_doan, month) if row else "",
        due=_con_thieu(chi_doan, month, held),
        future=month.end > ngay and row is None,
    )


def _con_thieu(chi_doan: ChiDoan, month: KyBaoCao, held: Iterable[date]) -> bool:
    """Whether a meeting is due by the end of the month and its unit has none."""
    pairs = {(chi_doan.pk, day) for day in held}
    return phai_hop_trong_thang(chi_doan, month) and not da_hop_trong(chi_doan, month, pairs)


def url_nam(chi_doan: DonVi, nam: int) -> str:
    """The branch's year, month by month: the proof of how many of the meetings due it held."""
    return f"{reverse('chidoan:buoi_list')}?lich={chi_doan.pk}&nam={nam}"


def url_thang(chi_doan: ChiDoan, ky: KyBaoCao) -> str:
    """The meetings of a branch that figures count in a period."""
    query = f"don_vi={chi_doan.pk}&ky={ky.code}&trang_thai=da_hop&loai=sinh_hoat"
    return f"{reverse('chidoan:buoi_list')}?{query}"
