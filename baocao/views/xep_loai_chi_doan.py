"""Branches' own levels into the decision on their members, as the criteria come out."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from baocao.services.quyet_dinh import record_muc_theo_quyet_dinh
from baocao.xep_hang import load_xep_hang
from core.errors import RuleError
from doanvien.models import QuyetDinhXepLoai
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen


@require_quyen(Quyen.DANH_GIA_CHI_DOAN)
def xep_loai_chi_doan_record(request, pk):
    rows = QuyetDinhXepLoai.objects.select_related("don_vi")
    decision = get_visible_or_404(rows, request.user, quyen=Quyen.DANH_GIA_CHI_DOAN, pk=pk)
    bang = load_xep_hang(decision.don_vi, decision.nam)
    theirs = decision.chi_doan_ids()
    open_rows = [r for r in bang.dong if r.chi_doan.pk in theirs and r.quyet_dinh is None]
    levels = {r.chi_doan: r.muc for r in open_rows if r.muc}
    if request.method == "POST":
        try:
            record_muc_theo_quyet_dinh(quyet_dinh=decision, muc=levels, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã ghi xếp loại của {len(levels)} chi đoàn.")
        return redirect(decision)
    missing = [str(r.chi_doan) for r in open_rows if not r.muc]
    context = {
        "title": f"Ghi xếp loại chi đoàn năm {decision.nam}?",
        "text": "; ".join(f"{r.chi_doan}: {r.ten_muc.lower()}" for r in open_rows if r.muc)
        or "Chưa chi đoàn nào đủ dữ liệu để xếp loại.",
        "warning": f"Chưa đủ dữ liệu: {', '.join(missing)}." if missing else "",
        "verb": "Ghi xếp loại chi đoàn",
        "back": decision.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)
