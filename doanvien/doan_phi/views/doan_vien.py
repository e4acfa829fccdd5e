"""One member's dues over the years, and who is behind."""

from django.template.response import TemplateResponse
from django.urls import reverse

from core.periods import today
from doanvien.doan_phi.bang import NO_TABLE
from doanvien.doan_phi.no_cu import danh_sach_no, loi_nhac_chung, nguong_nhac
from doanvien.doan_phi.trang import so_sach
from doanvien.doan_phi.trang_doan_vien import TrangDoanVien
from doanvien.models import DoanVien
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

XEM, THU = Quyen.XEM_DOAN_PHI, Quyen.THU_DOAN_PHI


@require_quyen(XEM)
def doan_phi_doan_vien(request, pk):
    members = DoanVien.objects.select_related("chi_doan__so_thu_doan_phi")
    doan_vien = get_visible_or_404(members, request.user, quyen=XEM, pk=pk)
    page = TrangDoanVien(doan_vien, today())
    context = {
        "title": f"Đoàn phí: {doan_vien}",
        "subtitle": f"{doan_vien.chi_doan}",
        "back": reverse("doanvien:detail", args=[doan_vien.pk]),
        "doan_vien": doan_vien,
        "page": page,
        "may_collect": request.user.may(THU, doan_vien.chi_doan),
    }
    return TemplateResponse(request, "doanvien/doan_phi/doan_vien.html", context)


@require_quyen(XEM)
def doan_phi_no(request, pk):
    """Who owes for so many months that a reminder is due, with its words."""
    don_vi = get_visible_or_404(DonVi.objects, request.user, quyen=XEM, pk=pk)
    hom_nay = today()
    so_thang = nguong_nhac(don_vi, hom_nay)
    rows = danh_sach_no(don_vi, hom_nay, so_thang)
    context = {
        "title": "Còn nợ đoàn phí",
        "subtitle": f"{don_vi}, nợ từ {so_thang} tháng, chưa kể tháng này",
        "back": so_sach(don_vi),
        "no": rows,
        "tong": sum(row.so_tien for row in rows),
        "table": NO_TABLE,
        "headings": NO_TABLE.headings(""),
        "rows": list(NO_TABLE.page_rows(rows)),
        "loi_nhac": loi_nhac_chung(rows, hom_nay) if rows else "",
        "is_chi_doan": don_vi.is_chi_doan,
    }
    return TemplateResponse(request, "doanvien/doan_phi/no.html", context)
