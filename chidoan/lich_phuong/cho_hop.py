"""Which branches have yet to meet in their month or quarter, and which meetings are called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chidoan.lich_hop import da_hop_trong, ky_cua, phai_hop_trong_thang, so_thang_khong_hop
from chidoan.models import BuoiSinhHoat, ChiDoan, PhuTrach
from chidoan.models.chi_doan import ChiDoanQuerySet
from chidoan.queries import (
    DiemDanhThang,
    chi_doan_hoat_dong,
    diem_danh_cac_thang,
    phu_trach_theo_chi_doan,
    thang_xet,
)
from core.periods import KyBaoCao
from doanvien.models import DoanVien
from tochuc.models import DonVi

TUAN = timedelta(days=7)


def dien_thoai_che(chi_doan: ChiDoan) -> str:
    """The secretary's number with its middle hidden."""
    return DoanVien(dien_thoai=chi_doan.bi_thu_dien_thoai or "").dien_thoai_che


@dataclass(frozen=True)
class ChoHop:
    """A branch whose month (or quarter) still asks for a meeting, and for how long already."""

    chi_doan: ChiDoan
    ky: KyBaoCao
    ngay: date
    thang_khong_hop: int = 0

    @property
    def is_quy(self) -> bool:
        return bool(self.ky.quy)

    @property
    def is_con_lau(self) -> bool:
        """A quarter that has another month to meet in."""
        return self.ngay not in self.ky.months[-1]

    @property
    def con_ngay(self) -> int:
        """Days left to meet in, the last one counted."""
        return (self.ky.end - self.ngay).days + 1

    @property
    def dien_thoai_che(self) -> str:
        return dien_thoai_che(self.chi_doan)

    @property
    def da_hen(self) -> bool:
        return self.chi_doan.hen_ngay is not None


@dataclass(frozen=True)
class BuoiSapToi:
    """A called meeting, and who of the ward's committee coaches the branch."""

    buoi: BuoiSinhHoat
    phu_trach: PhuTrach | None


def cac_chi_doan(don_vi: DonVi, day: date) -> ChiDoanQuerySet:
    """The branches of a ward with all that `ChoHop` tells of them."""
    rows = chi_doan_hoat_dong(don_vi, day).with_buoi_cuoi(day).with_can_bo(day)
    return rows.with_bi_thu(day).with_hen(day)


def cho_hop(don_vi: DonVi, day: date) -> list[ChoHop]:
    """Branches that have yet to meet. Two queries."""
    return cho_hop_cua(cac_chi_doan(don_vi, day), don_vi, day)


def cho_hop_cua(branches: Iterable[ChiDoan], don_vi: DonVi, day: date) -> list[ChoHop]:
    """Which of them, those of the month first, as the tree has them. One query."""
    held = diem_danh_cac_thang(don_vi, thang_xet(day))
    found = [_waiting(branch, held, day) for branch in branches]
    return sorted((row for row in found if row), key=lambda row: (row.is_quy, row.chi_doan.path))


def _waiting(branch: ChiDoan, rows: Sequence[DiemDanhThang], day: date) -> ChoHop | None:
    months = {row.thang for row in rows if row.chi_doan_id == branch.pk}
    month = KyBaoCao.month_of(day)
    unit = ky_cua(branch, month)
    if not phai_hop_trong_thang(branch, unit.months[-1]):
        return None
    if da_hop_trong(branch, month, {(branch.pk, start) for start in months}):
        return None
    return ChoHop(branch, unit, day, so_thang_khong_hop(branch, months, day))


def sap_hop(don_vi: DonVi, day: date) -> list[BuoiSapToi]:
    """Meetings that are called for the next seven days. Two queries."""
    rows = BuoiSinhHoat.objects.under(don_vi).dang_hen(day).filter(ngay__lte=day + TUAN)
    coaches = phu_trach_theo_chi_doan(don_vi, day)
    rows = rows.select_related("chi_doan").order_by("ngay", "bat_dau", "pk")
    return [BuoiSapToi(row, coaches.get(row.chi_doan_id)) for row in rows]
