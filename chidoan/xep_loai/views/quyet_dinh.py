"""Decisions: their list, one of them, its papers."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.xep_loai.giay_to import (
    LOAI,
    LOAI_DANH_SACH,
    issue_danh_sach,
    issue_quyet_dinh,
)
from chidoan.xep_loai.muc_chi_doan import muc_trong_nam
from chidoan.xep_loai.trang_quyet_dinh import hang_chi_doan, sheets, tong
from core.pdf import pdf_response
from core.text.numbers import file_name
from core.xlsx import Sheet, workbook_response
from doanvien.models import QuyetDinhXepLoai
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

QUYET_DINH = QuyetDinhXepLoai.objects.select_related("don_vi", "lap_boi", "huy_boi")


@require_quyen(Quyen.XEM_DOAN_VIEN)
def quyet_dinh_list(request):
    rows = QuyetDinhXepLoai.objects.visible_to(request.user).select_related("don_vi")
    context = {
        "title": "Quyết định xếp loại",
        "back": reverse("chidoan:xep_loai_list"),
        "rows": rows.with_so_dong()[:100],
    }
    return TemplateResponse(request, "chidoan/xep_loai/quyet_dinh_list.html", context)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def quyet_dinh_detail(request, pk):
    decision = get_visible_or_404(QUYET_DINH, request.user, pk=pk)
    rows = hang_chi_doan(decision)
    levels = muc_trong_nam(decision.nam, [row["chi_doan_id"] for row in rows])
    user = request.user
    context = {
        "title": f"Quyết định {decision.so_ky_hieu}",
        "subtitle": f"Công nhận xếp loại đoàn viên năm {decision.nam}, {decision.don_vi}",
        "crumbs": [
            ("Xếp loại", reverse("chidoan:xep_loai_list")),
            ("Quyết định", reverse("chidoan:xep_loai_decisions")),
            (decision.so_ky_hieu, ""),
        ],
        "back": reverse("chidoan:xep_loai_decisions"),
        "row": decision,
        "rows": [(row, levels.get(row["chi_doan_id"])) for row in rows],
        "tong": tong(rows),
        "may_take": user.may(Quyen.XUAT_DOAN_VIEN, decision.don_vi),
        "may_decide": user.may(Quyen.DUYET_DOAN_VIEN, decision.don_vi),
        "thieu_chi_doan": len(rows) - len(levels),
    }
    return TemplateResponse(request, "chidoan/xep_loai/quyet_dinh.html", context)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def quyet_dinh_pdf(request, pk):
    """The paper as it was issued; POST issues it again when branches' levels have come."""
    quyen = Quyen.DUYET_DOAN_VIEN if request.method == "POST" else None
    decision = get_visible_or_404(QUYET_DINH, request.user, quyen=quyen, pk=pk)
    if request.method == "POST":
        issue_quyet_dinh(quyet_dinh=decision, by=request.user)
        return redirect("chidoan:xep_loai_quyet_dinh_pdf", pk=pk)
    van_ban = VanBan.objects.issued(decision, LOAI)
    if van_ban is None:
        return redirect(decision)
    record(by=request.user, hanh_dong="van_ban.print", target=decision, loai=LOAI)
    name = file_name(van_ban.so_ky_hieu.replace("/", "-"), str(decision.don_vi), day=decision.ngay)
    return pdf_response(bytes(van_ban.tep), name)


@require_quyen(Quyen.XUAT_DOAN_VIEN)
def danh_sach_pdf(request, pk):
    """The members by branch; POST makes it, GET shows what was made."""
    decision = get_visible_or_404(QUYET_DINH, request.user, quyen=Quyen.XUAT_DOAN_VIEN, pk=pk)
    if request.method == "POST":
        issue_danh_sach(quyet_dinh=decision, by=request.user)
        return redirect("chidoan:xep_loai_quyet_dinh_danh_sach", pk=pk)
    van_ban = VanBan.objects.issued(decision, LOAI_DANH_SACH)
    if van_ban is None:
        return redirect(decision)
    record(by=request.user, hanh_dong="van_ban.print", target=decision, loai=LOAI_DANH_SACH)
    name = file_name("DS-xep-loai-doan-vien", str(decision.don_vi), day=decision.ngay)
    return pdf_response(bytes(van_ban.tep), name)


@require_quyen(Quyen.XUAT_DOAN_VIEN)
def danh_sach_xlsx(request, pk):
    decision = get_visible_or_404(QUYET_DINH, request.user, quyen=Quyen.XUAT_DOAN_VIEN, pk=pk)
    found: list[Sheet] = sheets(decision)
    record(
        by=request.user,
        hanh_dong="xep_loai.export",
        target=decision,
        so_dong=sum(len(sheet.rows) for sheet in found),
    )
    return workbook_response(f"xep-loai-{decision.nam}", found)
