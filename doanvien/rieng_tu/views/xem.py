"""Seeing what is masked: the reason first, and masking it again."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core.errors import RuleError
from doanvien.models import DoanVien
from doanvien.rieng_tu import xem
from doanvien.rieng_tu.forms import LyDoXemForm
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

MEMBERS = DoanVien.objects.select_related("chi_doan")


@require_quyen(Quyen.XEM_NHAY_CAM)
def du_lieu_reveal(request, pk):
    doan_vien = get_visible_or_404(MEMBERS, request.user, quyen=Quyen.XEM_NHAY_CAM, pk=pk)
    back = _next(request, doan_vien)
    form = LyDoXemForm(request.POST or None)
    if form.is_valid():
        try:
            xem.mo_xem(request, doan_vien, xem.LyDo(**form.cleaned_data))
        except RuleError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(
                request, f"Đang mở các mục riêng tư, {xem.con_lai(request, doan_vien)} phút."
            )
            return redirect(back)
    context = {
        "title": f"Xem các mục riêng tư của {doan_vien}?",
        "text": (
            "Dân tộc, tôn giáo, Đảng, kỷ luật và số CCCD. Người xem, giờ xem và lý do được ghi "
            "lại; đồng chí ấy có quyền biết."
        ),
        "form": form,
        "verb": "Xem",
        "back": back,
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_POST
@require_quyen(Quyen.XEM_NHAY_CAM)
def du_lieu_hide(request, pk):
    doan_vien = get_visible_or_404(MEMBERS, request.user, quyen=Quyen.XEM_NHAY_CAM, pk=pk)
    xem.che_lai(request, doan_vien)
    messages.success(request, "Đã che lại các mục riêng tư.")
    return redirect(_next(request, doan_vien))


def _next(request, doan_vien) -> str:
    """Where the person came from, when that is a page of ours."""
    url = request.GET.get("next", "")
    is_ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if is_ours else doan_vien.get_absolute_url()
