"""Exemptions: proposed on a member's page, decided by the ward."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.errors import RuleError, try_service
from core.form_page import run_form
from core.listing import list_page
from doanvien.doan_phi import services
from doanvien.doan_phi.bang import MIEN_TABLE, pill_mien
from doanvien.doan_phi.filters import MienFilter
from doanvien.doan_phi.forms import DuyetMienForm, KetThucSomForm, KhongMienForm, MienForm
from doanvien.models import DoanVien, MienDoanPhi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

XEM, THU, DUYET = Quyen.XEM_DOAN_PHI, Quyen.THU_DOAN_PHI, Quyen.DUYET_DOAN_VIEN
MIEN = MienDoanPhi.objects.for_list()


@require_quyen(XEM)
def mien_doan_phi_list(request):
    return list_page(
        request,
        queryset=MIEN.visible_to(request.user),
        filterset=MienFilter,
        table=MIEN_TABLE,
        title="Miễn đoàn phí",
        noun="đề nghị",
        template="doanvien/doan_phi/list.html",
        extra={"back": reverse("doanvien:doan_phi")},
    )


@require_quyen(THU)
def doan_phi_doan_vien_mien(request, pk):
    """The branch asks the ward to exempt a member for some months."""
    members = DoanVien.objects.select_related("chi_doan")
    doan_vien = get_visible_or_404(members, request.user, quyen=THU, pk=pk)
    form = MienForm(request.POST or None)
    return run_form(
        request,
        form=form,
        save=lambda data: services.propose_mien(
            doan_vien=doan_vien, chi_doan=doan_vien.chi_doan, by=request.user, **data
        ),
        done=f"Đã gửi phường đề nghị miễn đoàn phí cho {doan_vien}.",
        back=lambda mien: mien.get_absolute_url(),
        back_url=reverse("doanvien:doan_phi_doan_vien", args=[doan_vien.pk]),
        title=f"Đề nghị miễn đoàn phí: {doan_vien}",
        subtitle=str(doan_vien.chi_doan),
        verb="Gửi phường xét",
    )


@require_quyen(XEM)
def mien_doan_phi_detail(request, pk):
    mien = get_visible_or_404(MIEN, request.user, pk=pk)
    decides = request.user.may(DUYET, mien.chi_doan)
    context = {
        "title": f"Miễn đoàn phí: {mien.doan_vien}",
        "subtitle": str(mien.chi_doan),
        "back": reverse("doanvien:mien_doan_phi_list"),
        "mien": mien,
        "state": pill_mien(mien),
        "may_decide": mien.is_cho_duyet and decides,
        "may_shorten": mien.is_duoc_mien and decides,
        "may_withdraw": mien.is_cho_duyet and not decides and request.user.may(THU, mien.chi_doan),
        "facts": [
            ("Thời gian", f"tháng {mien.tu_thang:%m/%Y} đến hết tháng {mien.den_thang:%m/%Y}"),
            ("Lý do", mien.get_ly_do_display()),
            ("Ngày xét", f"{mien.ngay_quyet:%d/%m/%Y}" if mien.ngay_quyet else "Chưa xét"),
            *([("Văn bản", mien.van_ban)] if mien.van_ban else []),
            *([("Ý kiến của phường", mien.y_kien)] if mien.y_kien else []),
        ],
    }
    return TemplateResponse(request, "doanvien/doan_phi/mien.html", context)


@require_quyen(DUYET)
def mien_doan_phi_approve(request, pk):
    context = {
        "text": "Các tháng trong đề nghị sẽ không phải đóng. Tháng đã đóng vẫn giữ nguyên.",
        "verb": "Đồng ý miễn",
    }
    return _decide(request, pk, DuyetMienForm, services.approve_mien, "Đã đồng ý miễn.", context)


@require_quyen(DUYET)
def mien_doan_phi_reject(request, pk):
    context = {"text": "Chi đoàn sẽ đọc được ý kiến này.", "verb": "Không miễn", "danger": True}
    return _decide(request, pk, KhongMienForm, services.reject_mien, "Đã ghi ý kiến.", context)


@require_quyen(DUYET)
def mien_doan_phi_shorten(request, pk):
    context = {
        "text": "Các tháng thôi miễn lại phải đóng. Tháng đã đóng vẫn giữ nguyên.",
        "verb": "Kết thúc sớm việc miễn",
        "danger": True,
    }
    said = "Đã kết thúc sớm việc miễn."
    return _decide(request, pk, KetThucSomForm, services.shorten_mien, said, context)


@require_quyen(THU)
def mien_doan_phi_withdraw(request, pk):
    """The branch takes back a request that the ward has not looked at."""
    mien = get_visible_or_404(MIEN, request.user, quyen=THU, pk=pk)
    form = forms.Form(request.POST or None)
    back = reverse("doanvien:doan_phi_doan_vien", args=[mien.doan_vien_id])
    if request.method == "POST":
        try:
            services.withdraw_mien(mien=mien, by=request.user)
        except RuleError as refusal:
            messages.warning(request, str(refusal))
            return redirect(mien)
        messages.success(request, "Đã rút đề nghị.")
        return redirect(back)
    context = {
        "title": f"Rút đề nghị miễn đoàn phí của {mien.doan_vien}?",
        "text": "Phường không xét nữa. Cần thì đề nghị lại.",
        "form": form,
        "verb": "Rút đề nghị",
        "danger": True,
        "back": mien.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _decide(request, pk, form_class, service, said, context):
    mien = get_visible_or_404(MIEN, request.user, quyen=DUYET, pk=pk)
    form = form_class(request.POST or None)
    if form.is_valid() and try_service(
        form, service, mien=mien, by=request.user, **form.cleaned_data
    ):
        messages.success(request, said)
        return redirect(mien)
    context |= {
        "title": f"{context['verb']} đoàn phí cho {mien.doan_vien}?",
        "form": form,
        "back": mien.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)
