"""A branch's cadence: what it was, what it is, and setting it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.lich_hop import SAP_XEP, KhoangNhip
from chidoan.models import ChiDoan, NhipSinhHoat
from core.errors import RuleError
from core.form_page import run_form
from core.periods import today
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from . import services
from .forms import NhipForm

ASSIGN = Quyen.PHAN_CONG_PHU_TRACH


@require_quyen(Quyen.XEM_DON_VI)
def nhip_list(request, pk):
    chi_doan = get_visible_or_404(ChiDoan.objects.with_nhip(), request.user, pk=pk)
    day = today()
    merges = [span for span in chi_doan.nhip if span.kieu == SAP_XEP]
    rows = list(NhipSinhHoat.objects.under(chi_doan).order_by("-tu_ngay"))
    running = next((row for row in rows if row.khoang.cham(day, day)), None)
    context = {
        "title": "Nhịp sinh hoạt",
        "subtitle": str(chi_doan),
        "back": chi_doan.get_absolute_url(),
        "chi_doan": chi_doan,
        "hien_nay": running.get_kieu_display() if running else NhipSinhHoat.Kieu.HANG_THANG.label,
        "entries": [_entry(row, day) for row in rows],
        "sap_xep": [_merge(span) for span in reversed(merges)],
        "nhip": rows,
        "may_set": request.user.may(ASSIGN, chi_doan),
    }
    return TemplateResponse(request, "chidoan/nhip/list.html", context)


@require_quyen(ASSIGN)
def nhip_set(request, pk):
    chi_doan = get_visible_or_404(ChiDoan.objects, request.user, quyen=ASSIGN, pk=pk)
    return run_form(
        request,
        form=NhipForm(request.POST or None),
        save=lambda data: services.set_nhip(chi_doan=chi_doan, by=request.user, **data),
        done=lambda row: f"Đã ghi nhịp sinh hoạt: {row}.",
        back=reverse("chidoan:nhip_list", args=[chi_doan.pk]),
        template="chidoan/nhip/form.html",
        title="Đặt nhịp sinh hoạt",
        subtitle=str(chi_doan),
        verb="Đặt nhịp",
    )


@require_quyen(ASSIGN)
def nhip_delete(request, pk):
    rows = NhipSinhHoat.objects.select_related("chi_doan")
    nhip = get_visible_or_404(rows, request.user, quyen=ASSIGN, pk=pk)
    back = reverse("chidoan:nhip_list", args=[nhip.chi_doan_id])
    if request.method == "POST":
        try:
            services.remove_nhip(nhip=nhip, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Đã xóa nhịp sinh hoạt ghi nhầm.")
        return redirect(back)
    context = {
        "title": "Xóa nhịp sinh hoạt này?",
        "text": f"{nhip.chi_doan}: {nhip}.",
        "warning": "Nhịp ngay trước nó, nếu có, sẽ kéo dài thay vào. "
        "Số buổi phải họp của những tháng ấy tính lại theo đó.",
        "verb": "Xóa nhịp",
        "danger": True,
        "back": back,
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _merge(span: KhoangNhip) -> dict:
    return {
        "title": f"Tháng {span.tu_ngay.month}/{span.tu_ngay.year} không phải họp",
        "lines": ["Đoàn viên đến, đi do sáp nhập hoặc tách chi đoàn, theo sổ đoàn viên."],
        "when": f"{span.tu_ngay:%d/%m/%Y}",
        "state": "done",
        "icon": "arrow-right-left",
    }


def _entry(row: NhipSinhHoat, day) -> dict:
    running = row.khoang.cham(day, day)
    until = f"đến hết {row.den_ngay:%d/%m/%Y}" if row.den_ngay else "chưa hẹn ngày hết"
    return {
        "title": row.get_kieu_display(),
        "lines": [line for line in (until, row.can_cu) if line],
        "when": f"{row.tu_ngay:%d/%m/%Y}",
        "state": "now" if running else "todo" if row.tu_ngay > day else "done",
        "icon": "calendar-clock" if row.kieu == NhipSinhHoat.Kieu.MIEN else "calendar-days",
    }
