"""Whom the ward has to remind today, and that it did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from chidoan.models import BaoCaoThang, BuoiSinhHoat, ChiDoan, NghiQuyet
from core.errors import RuleError
from core.periods import KyBaoCao
from doanvien.doan_phi.nhac import ConLaiThang
from tochuc.audit import record
from tochuc.models import DonVi, NhatKy, VanBan

from .cho_hop import ChoHop, cac_chi_doan, cho_hop_cua, dien_thoai_che
from .loi_nhac import CanNhac, loi_nhac

DA_NHAC = "chi_doan.nhac"


@dataclass(frozen=True)
class DongNhac:
    """A branch to remind: of what, in which words, and when it was reminded last."""

    chi_doan: ChiDoan
    can_nhac: CanNhac
    loi: str
    nhac_luc: datetime | None = None

    @property
    def dien_thoai_che(self) -> str:
        return dien_thoai_che(self.chi_doan)


def chi_doan_can_nhac(
    don_vi: DonVi, day: date, doan_phi: Mapping[int, ConLaiThang] | None = None
) -> list[DongNhac]:
    """Branches with something open, of dues what `doan_phi` says; in the order of the tree. Six
    queries."""
    branches = list(cac_chi_doan(don_vi, day))
    thang_truoc = KyBaoCao.month_of(day).previous
    con_mo = _ConMo(
        ngay=day,
        cho_hop={row.chi_doan.pk: row for row in cho_hop_cua(branches, don_vi, day)},
        nghi_quyet=_overdue(don_vi, day),
        ban_nhap=_drafts(don_vi, day),
        doan_phi=doan_phi or {},
        thang_truoc=thang_truoc,
        da_bao_cao=_reported(don_vi, thang_truoc),
        so_chi_doan=len(branches),
    )
    reminded = _reminded(don_vi)
    needs = ((branch, con_mo.cua(branch)) for branch in branches)
    return [
        DongNhac(branch, one, loi_nhac(one, str(don_vi), day), reminded.get(branch.pk))
        for branch, one in needs
        if one.cac_viec
    ]


@dataclass(frozen=True, kw_only=True)
class _ConMo:
    """What is open at the branches of a ward."""

    ngay: date
    cho_hop: dict[int, ChoHop]
    nghi_quyet: dict[int, list[tuple[str, date]]]
    ban_nhap: dict[int, list[date]]
    doan_phi: Mapping[int, ConLaiThang]
    thang_truoc: KyBaoCao
    da_bao_cao: set[int]
    so_chi_doan: int

    def cua(self, branch: ChiDoan) -> CanNhac:
        needs = CanNhac(
            branch.ten,
            nghi_quyet=self.nghi_quyet.get(branch.pk, ()),
            ban_nhap=self.ban_nhap.get(branch.pk, ()),
            doan_phi=self.doan_phi.get(branch.pk),
            bao_cao=self.thang_truoc if self._thieu_bao_cao(branch) else None,
            bi_thu=branch.ten_bi_thu or "",
        )
        row = self.cho_hop.get(branch.pk)
        if row is None or row.is_con_lau:
            return needs
        return replace(
            needs,
            cho_hop=row.ky,
            con_ngay=row.con_ngay,
            hen_ngay=branch.hen_ngay,
            thang_khong_hop=row.thang_khong_hop,
        )

    def _thieu_bao_cao(self, branch: ChiDoan) -> bool:
        """Only where the ward's branches report by month: half of them have, for that month."""
        lived = branch.thanh_lap is None or branch.thanh_lap <= self.thang_truoc.start
        usual = 2 * len(self.da_bao_cao) >= self.so_chi_doan
        return usual and lived and branch.pk not in self.da_bao_cao


def _reported(don_vi: DonVi, ky: KyBaoCao) -> set[int]:
    """Branches whose report of the month was issued. One query."""
    label = BaoCaoThang._meta.label_lower
    papers = VanBan.objects.con_gia_tri().filter(doi_tuong_loai=label, doi_tuong_id=OuterRef("pk"))
    rows = BaoCaoThang.objects.under(don_vi).filter(nam=ky.nam, thang=ky.thang)
    return set(rows.filter(Exists(papers)).values_list("chi_doan_id", flat=True))


def _overdue(don_vi: DonVi, day: date) -> dict[int, list[tuple[str, date]]]:
    rows = NghiQuyet.objects.under(don_vi).qua_han(day).order_by("han", "pk")
    found: dict[int, list[tuple[str, date]]] = {}
    for pk, words, han in rows.values_list("chi_doan_id", "noi_dung", "han"):
        found.setdefault(pk, []).append((words, han))
    return found


def _drafts(don_vi: DonVi, day: date) -> dict[int, list[date]]:
    """Minutes of past days that nobody finished."""
    rows = BuoiSinhHoat.objects.under(don_vi).filter(
        trang_thai=BuoiSinhHoat.TrangThai.NHAP, ngay__lt=day
    )
    found: dict[int, list[date]] = {}
    for pk, ngay in rows.order_by("ngay", "pk").values_list("chi_doan_id", "ngay"):
        found.setdefault(pk, []).append(ngay)
    return found


def _reminded(don_vi: DonVi) -> dict[int, datetime]:
    rows = NhatKy.objects.under(don_vi).filter(hanh_dong=DA_NHAC).order_by()
    return dict(rows.values_list("don_vi_id").annotate(luc=Max("luc")))


@transaction.atomic
def mark_nhac(*, chi_doan: Iterable[ChiDoan], by) -> int:
    """Write down that these branches were reminded; how many. Refused when none is named."""
    branches = list(chi_doan)
    if not branches:
        raise RuleError("Không còn chi đoàn nào phải nhắc.")
    for branch in branches:
        record(by=by, hanh_dong=DA_NHAC, target=branch, don_vi=branch)
    return len(branches)
