"""Whom the ward has to remind today, and that it did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from chidoan.models import BuoiSinhHoat, ChiDoan, NghiQuyet
from chidoan.queries import chi_doan_hoat_dong
from core.errors import RuleError
from tochuc.audit import record
from tochuc.models import DonVi, NhatKy

from .cho_hop import ChoHop, cho_hop
from .loi_nhac import CanNhac, loi_nhac

DA_NHAC = "chi_doan.nhac"


@dataclass(frozen=True)
class DongNhac:
    """A branch to remind: of what, in which words, and when it was reminded last."""

    chi_doan: ChiDoan
    can_nhac: CanNhac
    loi: str
    nhac_luc: datetime | None = None


def chi_doan_can_nhac(don_vi: DonVi, day: date) -> list[DongNhac]:
    """Branches with something overdue, in the order of the tree. Six queries."""
    waiting = {row.chi_doan.pk: row for row in cho_hop(don_vi, day)}
    overdue, drafts = _overdue(don_vi, day), _drafts(don_vi, day)
    reminded = _reminded(don_vi)
    found = []
    for branch in chi_doan_hoat_dong(don_vi, day):
        row = waiting.get(branch.pk)
        needs = _needs(branch, row, overdue.get(branch.pk, ()), drafts.get(branch.pk, ()))
        if needs.cac_viec:
            words = loi_nhac(needs, str(don_vi), day)
            found.append(DongNhac(branch, needs, words, reminded.get(branch.pk)))
    return found


def _needs(branch: ChiDoan, row: ChoHop | None, overdue, drafts) -> CanNhac:
    if row is None or row.is_con_lau:
        return CanNhac(branch.ten, nghi_quyet=overdue, ban_nhap=drafts)
    return CanNhac(
        branch.ten,
        row.ky,
        row.con_ngay,
        row.chi_doan.hen_ngay,
        row.thang_khong_hop,
        overdue,
        drafts,
    )


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
