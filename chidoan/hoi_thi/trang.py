"""What the pages of contests show."""

from collections.abc import Sequence

from chidoan.models import ChucVu, DiemThi, HoiThi, ThiSinh, VongThi
from chidoan.tap_huan.queries import can_bo_chi_doan
from chidoan.tap_huan.services import moi_nguoi_mot_lan, nguoi_cu
from core.periods import today

from .services import ai_du_thi


def bang_diem(hoi_thi: HoiThi, vong: Sequence[VongThi]) -> list[ThiSinh]:
    """Contestants, winners first, each with `cac_diem`: a mark or nothing for every round.

    Two queries.
    """
    marks = DiemThi.objects.of_hoi_thi(hoi_thi)
    rows = hoi_thi.thi_sinh.with_tong_diem().order_by("khoa_sap_xep", "pk")
    rows = sorted(rows, key=lambda row: (not row.giai, row.giai, -(row.tong_diem or 0)))
    for row in rows:
        row.cac_diem = [marks.get((row.pk, one.pk)) for one in vong]
    return rows


def chua_du_thi(hoi_thi: HoiThi) -> list[ChucVu]:
    """Secretaries and deputies of the branches who take no part yet, by branch. Two queries."""
    there = {ai_du_thi(row) for row in hoi_thi.thi_sinh.all()}
    terms = can_bo_chi_doan(ChucVu.objects.under(hoi_thi.don_vi), today())
    terms = terms.select_related("don_vi", "doan_vien").order_by("don_vi__path", "chuc_danh", "pk")
    return [term for term in moi_nguoi_mot_lan(terms) if nguoi_cu(term).ai not in there]
