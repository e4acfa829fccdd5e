"""What the pages of contests show."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse

from chidoan.models import ChucVu, DiemThi, HoiThi, ThiSinh, VongThi
from chidoan.tap_huan.queries import can_bo_chi_doan
from chidoan.tap_huan.services import moi_nguoi_mot_lan, nguoi_cu
from core.periods import today
from tochuc.permissions import Quyen

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


def de_nghi_khen(hoi_thi: HoiThi, rows: Sequence[ThiSinh], user) -> str:
    """Where the winners who are members are proposed for an award, "" where the person may not."""
    winners = [row.doan_vien_id for row in rows if row.giai and row.doan_vien_id]
    if not winners or not hoi_thi.is_xong or not user.may_at(Quyen.SUA_DOAN_VIEN, hoi_thi.don_vi):
        return ""
    query = urlencode({"don_vi": hoi_thi.don_vi_id, "doan_vien": winners}, doseq=True)
    return f"{reverse('chidoan:de_nghi_khen_create')}?{query}"


def chua_du_thi(hoi_thi: HoiThi) -> list[ChucVu]:
    """Secretaries and deputies of the branches who take no part yet, by branch. Two queries."""
    there = {ai_du_thi(row) for row in hoi_thi.thi_sinh.all()}
    terms = can_bo_chi_doan(ChucVu.objects.under(hoi_thi.don_vi), today())
    terms = terms.select_related("don_vi", "doan_vien").order_by("don_vi__path", "chuc_danh", "pk")
    return [term for term in moi_nguoi_mot_lan(terms) if nguoi_cu(term).ai not in there]
