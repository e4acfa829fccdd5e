"""What the views of livelihood share."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.errors import RuleError
from core.periods import today
from tochuc.loc import named_pk
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404

XEM, GHI = Quyen.XEM_SINH_HOAT, Quyen.GHI_SINH_HOAT


def units_to_write(request) -> list[DonVi]:
    """The unit that the address names; else all for which the person may write."""
    named = request.GET.get("don_vi", "")
    if named:
        return [get_visible_or_404(DonVi.objects, request.user, quyen=GHI, pk=named_pk(named))]
    units = DonVi.objects.permitted_to(request.user, GHI).dang_hoat_dong(today())
    return list(units.order_by("path"))


def own_unit(request) -> DonVi:
    """The unit itself that writes: a branch for its members, a ward for all of them."""
    named = request.GET.get("don_vi", "")
    if named:
        return units_to_write(request)[0]
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
