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
    if request.method == "POST":
        _record(request, decision)
        return redirect(decision)
    context = {
        "title": f"Ghi xếp loại chi đoàn năm {decision.nam}?",
        "text": f"Mức của từng chi đoàn lấy theo bảng xếp hạng năm {decision.nam}, ghi vào Quyết "
        f"định số {decision.so_ky_hieu}. Chi đoàn chưa đủ dữ liệu để lại, ghi sau.",
        "warning": "Xem bảng xếp hạng trước: ghi rồi thì mức không tính lại nữa.",
        "verb": "Ghi xếp loại chi đoàn",
        "back": decision.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _record(request, decision: QuyetDinhXepLoai) -> None:
    """Write every level that is known, and say which branches are left."""
    theirs = decision.chi_doan_ids()
    ranked = load_xep_hang(decision.don_vi, decision.nam).dong
    rows = [row for row in ranked if row.chi_doan.pk in theirs and row.quyet_dinh is None]
    levels = {row.chi_doan: row.muc for row in rows if row.muc}
    try:
        record_muc_theo_quyet_dinh(quyet_dinh=decision, muc=levels, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return
    messages.success(request, f"Đã ghi xếp loại của {len(levels)} chi đoàn.")
    if missing := [str(row.chi_doan) for row in rows if not row.muc]:
        messages.warning(request, f"Chưa đủ dữ liệu: {', '.join(missing)}.")
