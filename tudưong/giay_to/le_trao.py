"""The list of a ceremony: its members on one danh sách trích ngang, as paper and as workbook."""

from collections.abc import Sequence

from django.db import transaction

from core.errors import RuleError
from core.pdf import Paper
from tochuc.models import DonVi, VanBan
from tochuc.the_thuc import issue_paper
from tudưong.models import HoSo, LeTrao

from .bang import BANG
from .trich_ngang import cot, danh_sach, hang

TEN = BANG["trich-ngang"].ten


def cac_ho_so(le_trao: LeTrao) -> list[HoSo]:
    """The cases on the list with all that it says of them; two queries."""
    rows = HoSo.objects.filter(le_trao__le_trao=le_trao)
    rows = rows.select_related("doan_vien", "chi_doan", "don_vi")
    rows = rows.prefetch_related("doan_vien__xep_loai")
    return list(rows.order_by("doan_vien__khoa_sap_xep", "pk"))


def danh_sach_trao(
    le_trao: LeTrao, ho_so: Sequence[HoSo], so: str = "", ma: str = "", *, nhay_cam: bool
) -> Paper:
    return danh_sach(ho_so, le_trao.don_vi, le_trao.ngay, so, ma, nhay_cam=nhay_cam)


def bang_tinh(ho_so: Sequence[HoSo], *, nhay_cam: bool) -> tuple[list[str], list[list[str]]]:
    """Labels and rows of the same list for a workbook."""
    rows = [[str(number), *hang(row, nhay_cam)] for number, row in enumerate(ho_so, start=1)]
    return cot(nhay_cam), rows


@transaction.atomic
def issue_danh_sach(*, le_trao: LeTrao, by) -> VanBan:
    """The list under a number of the ward's register, with its sensitive column."""
    DonVi.objects.select_for_update(of=("self",)).get(pk=le_trao.don_vi_id)
    le_trao = LeTrao.objects.select_for_update(of=("self",)).get(pk=le_trao.pk)
    ho_so = cac_ho_so(le_trao)
    if not ho_so:
        raise RuleError("Danh sách còn trống. Chọn hồ sơ trước.")
    dung = next((row for row in ho_so if not (row.is_dang_mo or row.ngay_gui)), None)
    if dung:
        raise RuleError(f"Hồ sơ của {dung.doan_vien} đã dừng. Chọn lại danh sách.")
    van_ban = issue_paper(
        lambda so, ma: danh_sach_trao(le_trao, ho_so, so, ma, nhay_cam=True),
        target=le_trao,
        don_vi=le_trao.don_vi,
        loai="DS",
        ngay=le_trao.ngay,
        title=TEN,
        by=by,
    )
    LeTrao.objects.filter(pk=le_trao.pk).update(van_ban=van_ban)
    return van_ban
