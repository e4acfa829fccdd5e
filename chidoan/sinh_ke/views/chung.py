"""What the views of livelihood share."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.errors import RuleError
from tochuc.permissions import Quyen

XEM, GHI = Quyen.XEM_SINH_HOAT, Quyen.GHI_SINH_HOAT


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
