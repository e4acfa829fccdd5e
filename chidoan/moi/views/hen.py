"""Calling a meeting, changing it, calling it off."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.models import ChiDoan
from chidoan.moi import services
from chidoan.moi.forms import HenForm
from chidoan.moi.goi_y import goi_y_hen
from chidoan.moi.queries import cau_tra_loi, chi_doan_ghi_duoc
from core.errors import RuleError
from core.form_page import run_form
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .chung import get_buoi


@require_quyen(Quyen.GHI_SINH_HOAT)
def hen_create(request):
    chi_doan = chosen_branch(request)
    if chi_doan is None:
        return choose(request, "Hẹn buổi sinh hoạt", reverse("chidoan:hen_create"))
    form = HenForm(
        request.POST or None,
        initial=None if request.POST else {**goi_y_hen(chi_doan), "client_id": uuid.uuid4()},
    )

    def save(data):
        return services.create_hen(
            chi_doan=chi_doan, client_id=data["client_id"], hen=form.hen(), by=request.user
        )

    return run_form(
        request,
        form=form,
        save=save,
        done=lambda buoi: f"Đã hẹn buổi sinh hoạt ngày {buoi.ngay:%d/%m/%Y}. Mời đoàn viên ở đây.",
        back=lambda buoi: reverse("chidoan:moi", args=[buoi.pk]),
        back_url=reverse("chidoan:buoi_list"),
        title="Hẹn buổi sinh hoạt",
        subtitle=str(chi_doan),
        verb="Hẹn",
    )


@require_quyen(Quyen.GHI_SINH_HOAT)
def hen_update(request, pk):
    buoi = get_buoi(request, pk)
    if not buoi.is_hen:
        return redirect(buoi)
    answers = len(cau_tra_loi(buoi))
    names = ("loai", "ngay", "bat_dau", "dia_diem", "chu_diem", "version")
    form = HenForm(request.POST or None, initial={name: getattr(buoi, name) for name in names})

    def save(data):
        return services.update_hen(
            buoi=buoi, version=data["version"] or 0, hen=form.hen(), by=request.user
        )

    return run_form(
        request,
        form=form,
        save=save,
        done=lambda new: _changed(new.ngay, buoi.ngay, answers),
        back=reverse("chidoan:moi", args=[buoi.pk]),
        title="Đổi lịch hẹn",
        subtitle=str(buoi.chi_doan),
        verb="Lưu",
        note=f"Đổi ngày thì {answers} câu trả lời cũ được bỏ." if answers else "",
    )


def _changed(new: date, old: date, answers: int) -> str:
    if new != old and answers:
        return f"Đã đổi sang ngày {new:%d/%m/%Y}. {answers} câu trả lời cũ đã bỏ, gửi lại lời mời."
    return "Đã đổi lịch hẹn. Gửi lại lời mời để đoàn viên biết."


@require_quyen(Quyen.GHI_SINH_HOAT)
def hen_cancel(request, pk):
    buoi = get_buoi(request, pk)
    back = reverse("chidoan:moi", args=[buoi.pk])
    if request.method == "POST":
        try:
            services.cancel_hen(buoi=buoi, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
            return redirect(buoi)
        messages.success(request, f"Đã hủy buổi sinh hoạt ngày {buoi.ngay:%d/%m/%Y}.")
        return redirect("chidoan:buoi_list")
    if not buoi.is_hen:
        return redirect(buoi)
    context = {
        "title": f"Hủy buổi sinh hoạt ngày {buoi.ngay:%d/%m/%Y}?",
        "text": "Liên kết đã gửi hết dùng được, câu trả lời và phần biên bản đang ghi dở mất theo. "
        "Nhắn cho nhóm chi đoàn biết buổi này không họp.",
        "verb": "Hủy buổi hẹn",
        "danger": True,
        "back": back,
    }
    return TemplateResponse(request, "core/confirm.html", context)


def chosen_branch(request) -> ChiDoan | None:
    """The branch that was named, or the only one the person may write for."""
    named = request.POST.get("chi_doan") or request.GET.get("chi_doan")
    if named:
        if not named.isdecimal() or len(named) > 18:
            raise Http404
        return get_visible_or_404(
            ChiDoan.objects, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=int(named)
        )
    branches = chi_doan_ghi_duoc(request.user)
    return branches[0] if len(branches) == 1 else None


def choose(request, title: str, url: str):
    """For which branch, when one may write for several."""
    rows = [(branch, f"{url}?chi_doan={branch.pk}") for branch in chi_doan_ghi_duoc(request.user)]
    context = {"title": title, "rows": rows, "back": reverse("chidoan:buoi_list")}
    return TemplateResponse(request, "chidoan/moi/chon.html", context)
