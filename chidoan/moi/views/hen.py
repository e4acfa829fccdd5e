"""Calling a meeting, changing it, calling it off."""

import uuid
from datetime import date

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.chon import cac_chi_doan, choose_unit
from chidoan.moi import services
from chidoan.moi.forms import HenForm
from chidoan.moi.goi_y import goi_y_hen
from chidoan.moi.queries import cau_tra_loi
from core.errors import RuleError
from core.form_page import run_form
from tochuc.permissions import Quyen, require_quyen

from .chung import get_buoi


@require_quyen(Quyen.GHI_SINH_HOAT)
def hen_create(request):
    branches = cac_chi_doan(request)
    if len(branches) != 1:
        title = "Hẹn buổi sinh hoạt"
        return choose_unit(
            request, branches, title=title, page="chidoan:hen_create", icon="calendar-plus"
        )
    (chi_doan,) = branches
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
        "text": "Ai mở liên kết đã gửi sẽ thấy buổi này đã hủy. Câu trả lời và phần biên bản "
        "đang ghi dở mất theo. Nhắn cho nhóm chi đoàn biết buổi này không họp.",
        "verb": "Hủy buổi hẹn",
        "danger": True,
        "back": back,
    }
    return TemplateResponse(request, "core/confirm.html", context)
