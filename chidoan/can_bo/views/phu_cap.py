"""Allowances: what the ward's cadres come to in a quarter, and recording them."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.can_bo import services
from chidoan.can_bo.filters import PhuCapFilter
from chidoan.can_bo.forms import KetThucPhuCapForm, PhuCapForm
from chidoan.can_bo.queries import don_vi_da_giu_chuc, phu_cap_trong
from chidoan.can_bo.quy_tac import tong_chi
from chidoan.can_bo.tables import phu_cap_table
from chidoan.models import PhuCap
from chidoan.queries import ngay_xem
from chidoan.views.so import record_download
from core.form_page import run_form
from core.listing import list_page
from core.periods import KyBaoCao, read_ky
from doanvien.models import DoanVien
from doanvien.tai_ve import quyen_cua
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

GHI = Quyen.QUAN_LY_CAN_BO


@require_quyen(Quyen.XEM_CAN_BO)
def phu_cap_list(request):
    day = ngay_xem(request.user)
    ky = read_ky(request.GET.get("ky"), KyBaoCao.quarter_of(day))
    rows = PhuCap.objects.permitted_to(request.user, quyen_cua(request, Quyen.XEM_CAN_BO))
    rows = phu_cap_trong(rows, ky)
    shown = PhuCapFilter(request.GET, queryset=rows, request=request).qs
    den = min(ky.end, day)
    return list_page(
        request,
        queryset=rows,
        filterset=PhuCapFilter,
        table=phu_cap_table(ky, den),
        title=f"Phụ cấp {ky.ten}",
        noun="dòng",
        template="chidoan/can_bo/phu_cap_list.html",
        on_download=record_download("phu_cap.export"),
        extra={
            "ky": ky,
            "ky_truoc": ky.previous.code,
            "ky_sau": ky.next.code if ky.next.start <= day else "",
            "kept": [("ky", ky.code)],
            "den": den,
            "tong": tong_chi(shown, ky, den),
            "may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(GHI)
def phu_cap_create(request, pk):
    doan_vien = get_visible_or_404(DoanVien.objects.co_chi_doan(), request.user, quyen=GHI, pk=pk)
    units = don_vi_da_giu_chuc(doan_vien, request.user)
    back = reverse("chidoan:can_bo_detail", args=[pk])
    if not units.exists():
        messages.warning(
            request, f"{doan_vien} chưa giữ chức vụ nào ở chi đoàn, nên chưa ghi phụ cấp được."
        )
        return redirect(back)
    return run_form(
        request,
        form=PhuCapForm(request.POST or None, don_vi=units),
        save=lambda data: services.create_phu_cap(doan_vien=doan_vien, by=request.user, **data),
        done="Đã ghi phụ cấp.",
        back=back,
        title="Ghi phụ cấp, ngày công",
        subtitle=str(doan_vien),
        verb="Lưu",
    )


@require_quyen(GHI)
def phu_cap_end(request, pk):
    row = _row(request, pk)
    return run_form(
        request,
        form=KetThucPhuCapForm(request.POST or None),
        save=lambda data: services.end_phu_cap(phu_cap=row, by=request.user, **data),
        done="Đã ghi ngày thôi hưởng phụ cấp.",
        back=_back(row),
        template="core/confirm.html",
        title=f"{row.doan_vien} thôi hưởng phụ cấp?",
        text=f"Đang hưởng từ {row.tu_ngay:%d/%m/%Y}, căn cứ {row.can_cu}.",
        verb="Ghi ngày thôi",
    )


@require_quyen(GHI)
def phu_cap_delete(request, pk):
    row = _row(request, pk)
    if request.method == "POST":
        services.delete_phu_cap(phu_cap=row, by=request.user)
        messages.success(request, "Đã xóa phụ cấp ghi nhầm.")
        return redirect(_back(row))
    context = {
        "title": f"Xóa phụ cấp của {row.doan_vien}?",
        "text": f"{row}. Chỉ xóa khi ghi nhầm; thôi hưởng thì ghi ngày thôi.",
        "warning": "Xóa rồi không lấy lại được.",
        "verb": "Xóa",
        "danger": True,
        "back": _back(row),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _row(request, pk) -> PhuCap:
    return get_visible_or_404(PhuCap.objects.trong_list(), request.user, quyen=GHI, pk=pk)


def _back(row: PhuCap) -> str:
    return reverse("chidoan:can_bo_detail", args=[row.doan_vien_id])
