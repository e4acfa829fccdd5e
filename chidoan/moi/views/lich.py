"""The branch's calendar address: made, copied, renewed."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.chon import cac_chi_doan, choose_unit
from chidoan.models import ChiDoan
from chidoan.moi import services
from chidoan.moi.queries import khoa_lich_cua
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen


@require_quyen(Quyen.GHI_SINH_HOAT)
def lich_choose(request):
    branches = cac_chi_doan(request)
    if len(branches) != 1:
        title = "Lịch sinh hoạt trên điện thoại"
        return choose_unit(
            request, branches, title=title, page="chidoan:lich_choose", icon="smartphone"
        )
    (chi_doan,) = branches
    return redirect("chidoan:lich", chi_doan.pk)


@require_quyen(Quyen.GHI_SINH_HOAT)
def lich(request, pk):
    chi_doan = _branch(request, pk)
    khoa = khoa_lich_cua(chi_doan)
    if request.method == "POST":
        if khoa is None:
            services.make_khoa_lich(chi_doan=chi_doan, by=request.user)
            messages.success(request, "Đã tạo địa chỉ lịch. Chép và gửi vào nhóm chi đoàn.")
        return redirect("chidoan:lich", chi_doan.pk)
    address = reverse("chidoan:lich_ics", args=[khoa.ma]) if khoa else ""
    full = request.build_absolute_uri(address) if address else ""
    context = {
        "title": "Lịch sinh hoạt trên điện thoại",
        "subtitle": str(chi_doan),
        "back": reverse("chidoan:buoi_list"),
        "chi_doan": chi_doan,
        "khoa": khoa,
        "dia_chi": full,
        "webcal": f"webcal://{full.partition('://')[2]}",
    }
    return TemplateResponse(request, "chidoan/moi/lich.html", context)


@require_quyen(Quyen.GHI_SINH_HOAT)
def lich_renew(request, pk):
    chi_doan = _branch(request, pk)
    if request.method == "POST":
        services.make_khoa_lich(chi_doan=chi_doan, by=request.user)
        messages.success(request, "Đã đổi địa chỉ lịch. Địa chỉ cũ không dùng được nữa.")
        return redirect("chidoan:lich", chi_doan.pk)
    context = {
        "title": "Đổi địa chỉ lịch?",
        "text": "Điện thoại nào đang theo dõi địa chỉ cũ sẽ không thấy buổi mới nữa, "
        "phải thêm lại bằng địa chỉ mới.",
        "verb": "Đổi địa chỉ",
        "danger": True,
        "back": reverse("chidoan:lich", args=[chi_doan.pk]),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _branch(request, pk):
    return get_visible_or_404(ChiDoan.objects, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)
