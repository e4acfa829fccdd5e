"""The pages of photos, whatever they belong to; who may see or add them is decided before."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response

from chidoan.anh import services
from chidoan.anh.forms import AnhForm, ChuThichForm
from chidoan.anh.queries import PhanAnh, hang_xom, trang_anh
from chidoan.models import Anh
from chidoan.models.anh import AnhVeLai
from core.errors import RuleError
from core.form_page import run_form


def photos_page(
    request, part: PhanAnh, *, subtitle, back, cua=None, luu_y="", khong_nhan="", title="Ảnh"
):
    """All photos of one thing, and where some are added."""
    context = {
        "title": title,
        "subtitle": subtitle,
        "back": back,
        "cua": cua,
        "phan_anh": part,
        "luu_y": luu_y,
        "khong_nhan": khong_nhan,
        "form": AnhForm(initial={"client_id": uuid.uuid4(), "loai": Anh.Loai.ANH}),
    }
    return TemplateResponse(request, "chidoan/anh/anh_list.html", context)


def receive(request, viec):
    """Keep what was sent. A device that asks for JSON hears of its one photo."""
    form = AnhForm(request.POST, request.FILES)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return _answer_device(form, viec, request.user)
    if not form.is_valid():
        messages.error(request, _said(form))
        return redirect(request.get_full_path())
    kept = keep_all(request, form, viec)
    if kept:
        what = "ảnh phiếu" if form.cleaned_data["loai"] == Anh.Loai.PHIEU_GIAY else "ảnh"
        messages.success(request, f"Đã thêm {kept} {what}.")
    return redirect(request.get_full_path())


def keep_all(request, form: AnhForm, viec) -> int:
    """Keep each photo of a form, saying of each that is not taken why; how many were kept."""
    kept = 0
    for sent in form.gui():
        try:
            _add(form, sent, viec, request.user)
        except RuleError as refusal:
            messages.error(request, f"{sent.ten[-60:]}: {refusal}")
        else:
            kept += 1
    return kept


def picture(request, rows, pk, name: str):
    """The bytes, which never change: asked again, a browser is only told so, in scope."""
    anh = get_object_or_404(rows.khong_tep(), pk=pk)
    response = get_conditional_response(request, etag=f'"{anh.client_id.hex}-{name}"')
    if response is None:
        file = f"anh-{anh.pk}.jpg" if name == "tep" else f"anh-{anh.pk}-nho.jpg"
        response = HttpResponse(
            bytes(getattr(anh, name)),
            content_type="image/jpeg",
            headers={"Content-Disposition": f'inline; filename="{file}"'},
        )
    response.headers["ETag"] = f'"{anh.client_id.hex}-{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def photo_page(request, anh: AnhVeLai, *, subtitle, back, may_edit: bool):
    """One photo large, with the one before and the one after it."""
    rows, place = hang_xom(anh)
    context = {
        "title": f"{anh.ten_loai} {place + 1}/{len(rows)}",
        "subtitle": subtitle,
        "back": back,
        "anh": anh,
        "truoc": rows[place - 1] if place else None,
        "sau": rows[place + 1] if place + 1 < len(rows) else None,
        "may_edit": may_edit,
        "url_sua": anh.trang("update"),
        "url_xoa": anh.trang("delete"),
    }
    return TemplateResponse(request, "chidoan/anh/anh_detail.html", context)


def caption_page(request, anh: AnhVeLai, *, subtitle):
    return run_form(
        request,
        form=ChuThichForm(request.POST or None, initial={"chu_thich": anh.chu_thich}),
        save=lambda data: services.update_anh(anh=anh, by=request.user, **data),
        done="Đã lưu chú thích.",
        back=anh.get_absolute_url(),
        title="Chú thích ảnh",
        subtitle=subtitle,
        verb="Lưu",
    )


def delete_page(request, anh: AnhVeLai):
    if request.method == "POST":
        services.delete_anh(anh=anh, by=request.user)
        messages.success(request, "Đã xóa ảnh.")
        return redirect(trang_anh(anh.viec))
    context = {
        "title": "Xóa ảnh này?",
        "text": "Ảnh bị xóa hẳn, không lấy lại được.",
        "verb": "Xóa ảnh",
        "danger": True,
        "back": anh.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _answer_device(form, viec, user):
    """200 with where the photo stands now; 400 with a sentence for what will never be taken."""
    if not form.is_valid():
        return JsonResponse({"loi": _said(form)}, status=400)
    try:
        anh = _add(form, form.gui_mot(), viec, user)
    except RuleError as refusal:
        return JsonResponse({"loi": str(refusal)}, status=400)
    return JsonResponse({"anh": anh.pk, "trang": anh.get_absolute_url(), "nho": anh.url_nho})


def _add(form, sent, viec, user) -> AnhVeLai:
    kieu = {"loai": form.cleaned_data["loai"]} if viec.anh.model is Anh else {}
    return services.add_anh(
        viec=viec,
        tep=sent.tep,
        client_id=sent.client_id,
        chu_thich=form.cleaned_data["chu_thich"],
        by=user,
        **kieu,
    )


def _said(form) -> str:
    return " ".join(error for errors in form.errors.values() for error in errors)
