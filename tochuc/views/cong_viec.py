from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError
from tochuc.models import CongViec
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.viec_nen import restart
from tochuc.viec_nen.registry import folder_of

LAST = 20


@require_quyen(Quyen.VAO_HE_THONG)
def cong_viec_list(request):
    context = {
        "title": "Việc chạy nền",
        "back": reverse("tochuc:them"),
        "items": CongViec.objects.visible_to(request.user)[:LAST],
    }
    return TemplateResponse(request, "tochuc/cong_viec_list.html", context)


@require_quyen(Quyen.VAO_HE_THONG)
def cong_viec_detail(request, pk):
    cong_viec = get_visible_or_404(CongViec.objects, request.user, pk=pk)
    context = {
        "title": cong_viec.ten,
        "back": reverse("tochuc:cong_viec_list"),
        "cong_viec": cong_viec,
    }
    return TemplateResponse(request, "tochuc/cong_viec_detail.html", context)


@require_quyen(Quyen.VAO_HE_THONG)
def cong_viec_file(request, pk):
    """The file that was made, for who asked for it; recorded when it was asked for."""
    cong_viec = get_visible_or_404(CongViec.objects, request.user, pk=pk)
    path = folder_of(cong_viec) / cong_viec.tep
    if not cong_viec.tep or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=cong_viec.tep)


@require_POST
@require_quyen(Quyen.VAO_HE_THONG)
def cong_viec_restart(request, pk):
    cong_viec = get_visible_or_404(CongViec.objects.select_related("don_vi"), request.user, pk=pk)
    try:
        return redirect(restart(cong_viec=cong_viec, by=request.user))
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(cong_viec)
