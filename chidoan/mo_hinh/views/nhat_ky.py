"""The log of an initiative: read, written in a minute, mended."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.anh.queries import trang_anh
from chidoan.mo_hinh import services
from chidoan.mo_hinh.forms import NhatKyForm
from chidoan.mo_hinh.queries import MO_HINH, may_ghi, nhat_ky
from chidoan.models import NhatKyMoHinh
from core.form_page import run_form
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

XEM, GHI = Quyen.XEM_DON_VI, Quyen.GHI_SINH_HOAT
NHAT_KY = NhatKyMoHinh.objects.select_related("mo_hinh__don_vi", "mo_hinh__diem", "don_vi")
TEMPLATE = "chidoan/mo_hinh/nhat_ky_form.html"


@require_quyen(XEM)
def nhat_ky_list(request, pk):
    mo_hinh = get_visible_or_404(MO_HINH, request.user, pk=pk)
    context = {
        "title": "Nhật ký",
        "subtitle": mo_hinh.ten,
        "back": mo_hinh.get_absolute_url(),
        "mo_hinh": mo_hinh,
        "nhat_ky": nhat_ky(mo_hinh).with_anh(),
        "may_ghi": may_ghi(request.user, mo_hinh) and not mo_hinh.is_ket_thuc,
        "may_see_photos": request.user.may(Quyen.XEM_SINH_HOAT, mo_hinh.noi_lam),
    }
    return TemplateResponse(request, "chidoan/mo_hinh/nhat_ky.html", context)


@require_quyen(GHI)
def nhat_ky_create(request, pk):
    mo_hinh = get_visible_or_404(MO_HINH, request.user, quyen=GHI, pk=pk)
    initial = {"client_id": uuid.uuid4(), "nguoi_lam": request.user.ho_ten}

    def save(data):
        client_id = data.pop("client_id") or uuid.uuid4()
        data.pop("version")
        return services.create_nhat_ky(
            mo_hinh=mo_hinh, client_id=client_id, by=request.user, **data
        )

    return run_form(
        request,
        form=NhatKyForm(request.POST or None, initial=initial),
        save=save,
        done="Đã ghi nhật ký.",
        back=lambda row: _next(request, row),
        back_url=reverse("chidoan:mo_hinh_nhat_ky", args=[mo_hinh.pk]),
        template=TEMPLATE,
        title="Ghi nhật ký",
        subtitle=mo_hinh.ten,
        verb="Lưu",
    )


@require_quyen(GHI)
def nhat_ky_update(request, pk):
    row = get_visible_or_404(NHAT_KY, request.user, quyen=GHI, pk=pk)

    def save(data):
        data.pop("client_id")
        return services.update_nhat_ky(nhat_ky=row, by=request.user, **data)

    return run_form(
        request,
        form=NhatKyForm(request.POST or None, instance=row),
        save=save,
        done="Đã sửa nhật ký.",
        back=lambda row: _next(request, row),
        back_url=reverse("chidoan:mo_hinh_nhat_ky", args=[row.mo_hinh_id]),
        template=TEMPLATE,
        title="Sửa nhật ký",
        subtitle=row.mo_hinh.ten,
        verb="Lưu",
    )


@require_quyen(GHI)
def nhat_ky_delete(request, pk):
    row = get_visible_or_404(NHAT_KY, request.user, quyen=GHI, pk=pk)
    back = reverse("chidoan:mo_hinh_nhat_ky", args=[row.mo_hinh_id])
    if request.method == "POST":
        services.delete_nhat_ky(nhat_ky=row, by=request.user)
        messages.success(request, "Đã xóa dòng nhật ký.")
        return redirect(back)
    context = {
        "title": "Xóa dòng nhật ký này?",
        "text": f"{row.viec}. Ảnh của dòng này cũng mất, không lấy lại được.",
        "verb": "Xóa",
        "danger": True,
        "back": back,
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _next(request, row: NhatKyMoHinh) -> str:
    """To the photos, when that was asked for; else to the log."""
    return trang_anh(row) if "anh" in request.POST else row.get_absolute_url()
