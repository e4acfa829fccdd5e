"""Photos of a meeting, an activity, a visit …: seen, added, described, thrown away."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from chidoan.anh import services
from chidoan.anh.forms import AnhForm, ChuThichForm
from chidoan.anh.queries import (
    LIGHT,
    don_vi_cua,
    goi_ten,
    hang_xom,
    may_ghi,
    phan_anh,
    quyen_ghi,
    trang_anh,
    viec_de_ve,
)
from chidoan.models import Anh, BuoiSinhHoat, HoatDong, HoiThi, NhatKyMoHinh, ThamHoi
from core.errors import RuleError
from core.form_page import run_form
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

RIENG_TU = (
    "Chỉ chi đoàn và Đoàn phường, xã xem được ảnh này. Hỏi ý đồng chí được thăm trước khi chụp."
)


@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_buoi(request, pk):
    return _photos(request, BuoiSinhHoat.objects.select_related("chi_doan"), pk)


@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_hoat_dong(request, pk):
    return _photos(request, HoatDong.objects.select_related("don_vi"), pk)


@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_nhat_ky_mo_hinh(request, pk):
    return _photos(request, NhatKyMoHinh.objects.select_related("don_vi"), pk)


@require_quyen(Quyen.XEM_CAN_BO)
def anh_tham_hoi(request, pk):
    rows = ThamHoi.objects.trong_list()
    return _photos(request, rows, pk, quyen=Quyen.SUA_DOAN_VIEN)


@require_quyen(Quyen.XEM_CAN_BO)
def anh_hoi_thi(request, pk):
    return _photos(request, HoiThi.objects.co_don_vi(), pk)


def _photos(request, rows, pk, quyen=None):
    """The photos of one meeting, activity …, for who holds `quyen` there; POST adds some, from a
    form or one from a device."""
    viec = get_visible_or_404(rows, request.user, quyen=quyen, pk=pk)
    if request.method == "POST":
        _check_ghi(viec, don_vi_cua(viec), request.user)
        return receive(request, viec)
    part = phan_anh(viec, user=request.user)
    context = {
        "title": "Ảnh",
        "subtitle": goi_ten(viec, don_vi_cua(viec)),
        "back": viec.get_absolute_url(),
        "viec": viec,
        "cua": viec if isinstance(viec, BuoiSinhHoat) else None,
        "phan_anh": part,
        "luu_y": RIENG_TU if isinstance(viec, ThamHoi) else "",
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
    kept = 0
    for sent in form.gui():
        try:
            _add(form, sent, viec, request.user)
        except RuleError as refusal:
            messages.error(request, f"{sent.ten[-60:]}: {refusal}")
        else:
            kept += 1
    if kept:
        what = "ảnh phiếu" if form.cleaned_data["loai"] == Anh.Loai.PHIEU_GIAY else "ảnh"
        messages.success(request, f"Đã thêm {kept} {what}.")
    return redirect(request.get_full_path())


def _answer_device(form, viec, user):
    """200 with where the photo stands now; 400 with a sentence for what will never be taken."""
    if not form.is_valid():
        return JsonResponse({"loi": _said(form)}, status=400)
    try:
        anh = _add(form, form.gui_mot(), viec, user)
    except RuleError as refusal:
        return JsonResponse({"loi": str(refusal)}, status=400)
    return JsonResponse(
        {
            "anh": anh.pk,
            "trang": anh.get_absolute_url(),
            "nho": reverse("chidoan:anh_tep_nho", args=[anh.pk]),
        }
    )


def _add(form, sent, viec, user) -> Anh:
    return services.add_anh(
        viec=viec,
        tep=sent.tep,
        client_id=sent.client_id,
        loai=form.cleaned_data["loai"],
        chu_thich=form.cleaned_data["chu_thich"],
        by=user,
    )


def _said(form) -> str:
    return " ".join(error for errors in form.errors.values() for error in errors)


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_tep(request, pk):
    return _picture(request, pk, "tep")


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_tep_nho(request, pk):
    return _picture(request, pk, "tep_nho")


def _picture(request, pk, name: str):
    """The bytes, which never change: asked again, a browser is only told so, in scope."""
    anh = get_visible_or_404(Anh.objects.khong_tep(), request.user, pk=pk)
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


@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_xem(request, pk):
    """One photo large, with the one before and the one after it."""
    anh = get_visible_or_404(LIGHT, request.user, pk=pk)
    keys, place = hang_xom(anh)
    context = {
        "title": f"{anh.get_loai_display()} {place + 1}/{len(keys)}",
        "subtitle": goi_ten(anh.viec, anh.don_vi),
        "back": trang_anh(viec_de_ve(anh, request.user)),
        "anh": anh,
        "truoc": keys[place - 1] if place else None,
        "sau": keys[place + 1] if place + 1 < len(keys) else None,
        "may_edit": may_ghi(anh.viec, anh.don_vi, request.user),
    }
    return TemplateResponse(request, "chidoan/anh/anh_detail.html", context)


@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_update(request, pk):
    anh = _writable(request, pk)
    return run_form(
        request,
        form=ChuThichForm(request.POST or None, instance=anh),
        save=lambda data: services.update_anh(anh=anh, by=request.user, **data),
        done="Đã lưu chú thích.",
        back=anh.get_absolute_url(),
        title="Chú thích ảnh",
        subtitle=goi_ten(anh.viec, anh.don_vi),
        verb="Lưu",
    )


@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_delete(request, pk):
    anh = _writable(request, pk)
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


def _writable(request, pk) -> Anh:
    anh = get_visible_or_404(LIGHT, request.user, pk=pk)
    _check_ghi(anh.viec, anh.don_vi, request.user)
    return anh


def _check_ghi(viec, don_vi, user) -> None:
    if not may_ghi(viec, don_vi, user):
        raise PermissionDenied(who_may(quyen_ghi(viec)))
