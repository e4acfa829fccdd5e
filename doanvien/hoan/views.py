from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.listing import Preset, list_page
from core.periods import today
from doanvien.models import DoanVien, HoanSinhHoat
from doanvien.tai_ve import quyen_cua
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.quy_dinh import gia_tri

from . import services
from .filters import HoanFilter
from .forms import HoanForm, ThoiHoanForm
from .tables import HOAN_TABLE


@require_quyen(Quyen.XEM_DOAN_VIEN)
def hoan_list(request):
    user = request.user
    return list_page(
        request,
        queryset=HoanSinhHoat.objects.permitted_to(user, quyen_cua(request)).trong_list(),
        filterset=HoanFilter,
        table=HOAN_TABLE,
        title="Hoãn sinh hoạt",
        noun="lần hoãn",
        presets=(Preset("Đang hoãn", "tinh_trang=dang_hoan"),),
        template="doanvien/hoan_list.html",
        on_download=_record_download,
        extra={
            "may_edit": user.has_quyen(Quyen.SUA_DOAN_VIEN),
            "may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def hoan_create(request, pk):
    doan_vien = get_visible_or_404(
        DoanVien.objects.co_chi_doan(), request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk
    )
    months = gia_tri("thoi_han_hoan", ngay=today(), don_vi=doan_vien.chi_doan)
    form = HoanForm(request.POST or None, initial={"den_ngay": services.muon_nhat(today(), months)})
    return run_form(
        request,
        form=form,
        save=lambda data: services.defer(doan_vien=doan_vien, by=request.user, **data),
        done=f"Đã ghi hoãn sinh hoạt cho {doan_vien}.",
        back=doan_vien.get_absolute_url(),
        title=f"Hoãn sinh hoạt: {doan_vien}",
        subtitle=(
            f"Chi đoàn quyết định, mỗi lần không quá {months} tháng. Đồng chí vẫn là đoàn viên, "
            "vẫn đóng đoàn phí."
        ),
        verb="Ghi hoãn sinh hoạt",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def hoan_end(request, pk):
    hoan = _row(request, pk)
    form = ThoiHoanForm(request.POST or None)
    return run_form(
        request,
        form=form,
        save=lambda data: services.end_deferral(hoan=hoan, by=request.user, **data),
        done=f"{hoan.doan_vien} sinh hoạt trở lại.",
        back=reverse("doanvien:hoan_list"),
        template="core/confirm.html",
        title=f"{hoan.doan_vien} sinh hoạt trở lại trước hạn?",
        text=f"Đang hoãn từ {hoan.tu_ngay:%d/%m/%Y} đến {hoan.den_ngay:%d/%m/%Y}.",
        verb="Ghi sinh hoạt trở lại",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def hoan_delete(request, pk):
    hoan = _row(request, pk)
    if request.method == "POST":
        services.delete_deferral(hoan=hoan, by=request.user)
        messages.success(request, "Đã xóa lần hoãn ghi nhầm.")
        return redirect("doanvien:hoan_list")
    context = {
        "title": f"Xóa lần hoãn của {hoan.doan_vien}?",
        "text": f"{hoan}. Chỉ xóa khi ghi nhầm; nếu đồng chí sinh hoạt trở lại sớm, ghi «Trở lại».",
        "verb": "Xóa",
        "danger": True,
        "back": reverse("doanvien:hoan_list"),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _row(request, pk):
    rows = HoanSinhHoat.objects.trong_list()
    return get_visible_or_404(rows, request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk)


def _record_download(request, rows):
    record(
        by=request.user, hanh_dong="hoan_sinh_hoat.export", don_vi=request.user.don_vi, so_dong=rows
    )
