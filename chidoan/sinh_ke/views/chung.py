"""What the views of livelihood share."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from chidoan.chon import cac_don_vi
from core.errors import RuleError
from tochuc.models import DonVi
from tochuc.permissions import Quyen

XEM, GHI = Quyen.XEM_SINH_HOAT, Quyen.GHI_SINH_HOAT


def own_unit(request) -> DonVi:
    """The unit itself that writes: a branch for its members, a ward for all of them."""
    named = request.GET.get("don_vi", "")
    if named:
        return cac_don_vi(request)[0]
    return next(role.don_vi for role in request.user.phan_cong_hom_nay if GHI in role.quyen)


def confirm_delete(request, *, row, delete, title: str, text: str, back: str, done_at: str):
    if request.method == "POST":
        try:
            delete()
        except RuleError as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
        messages.success(request, "Đã xóa.")
        return redirect(done_at)
    context = {"title": title, "text": text, "verb": "Xóa", "danger": True, "back": back}
    return TemplateResponse(request, "core/confirm.html", context)
