"""Check-in by QR as the secretary sees it: open, the big screen, close, strike."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.models import TuDiemDanh
from chidoan.moi import services
from chidoan.moi.mot_ma import si_so
from core.errors import RuleError
from core.text.display import gio_phut
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .chung import get_buoi, qr

TU_DIEM_DANH = TuDiemDanh.objects.select_related("buoi__chi_doan", "doan_vien")


@require_quyen(Quyen.GHI_SINH_HOAT)
def man_hinh(request, pk):
    """The code as large as the screen allows; the count renews itself."""
    buoi = get_buoi(request, pk)
    da_den, danh_sach = si_so(buoi)
    context = {
        "title": "Điểm danh bằng mã QR",
        "subtitle": str(buoi.chi_doan),
        "back": reverse("chidoan:moi", args=[buoi.pk]),
        "buoi": buoi,
        "dang_mo": services.is_dang_mo(buoi),
        "da_den": da_den,
        "danh_sach": danh_sach,
    }
    if request.htmx:
        headers = (
            {} if context["dang_mo"] else {"HX-Refresh": "true"}
        )  # the code is worth nothing now
        return TemplateResponse(request, "chidoan/moi/_si_so.html", context, headers=headers)
    if context["dang_mo"]:
        address = reverse("chidoan:moi_mo", args=[buoi.ma_diem_danh])
        short = request.build_absolute_uri(reverse("chidoan:moi_vao"))
        context |= {
            "qr": qr(request.build_absolute_uri(address)),
            "dia_chi_ngan": short.partition("://")[2].rstrip("/"),
            "ma": f"{buoi.ma_diem_danh[:4]} {buoi.ma_diem_danh[4:]}",
        }
    return TemplateResponse(request, "chidoan/moi/man_hinh.html", context)


@require_POST
@require_quyen(Quyen.GHI_SINH_HOAT)
def mo(request, pk):
    buoi = get_buoi(request, pk)
    try:
        buoi = services.open_diem_danh(buoi=buoi, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("chidoan:moi", buoi.pk)
    messages.success(request, f"Mã điểm danh dùng được đến {gio_phut(buoi.diem_danh_den)}.")
    return redirect("chidoan:ma_qr", buoi.pk)


@require_POST
@require_quyen(Quyen.GHI_SINH_HOAT)
def dong(request, pk):
    buoi = get_buoi(request, pk)
    services.close_diem_danh(buoi=buoi, by=request.user)
    messages.success(request, "Đã đóng tự điểm danh. Mã cũ không dùng được nữa.")
    return redirect("chidoan:moi", buoi.pk)


@require_POST
@require_quyen(Quyen.GHI_SINH_HOAT)
def bo(request, pk):
    row = get_visible_or_404(TU_DIEM_DANH, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)
    try:
        services.strike_diem_danh(tu_diem_danh=row, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Đã bỏ lượt tự điểm danh của đồng chí {row.doan_vien}.")
    return redirect("chidoan:moi", row.buoi_id)
