"""The outbox, who is signed in, and what makes the site an app: worker, manifest, a page for
places without a network. The last three are open to everybody: they say nothing of anybody."""

import json
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chidoan.anh.queries import trang_anh
from chidoan.anh.services import add_anh
from chidoan.models import BuoiSinhHoat
from core.errors import RuleError
from core.periods import today
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.quy_dinh import gia_tri

from .forms import AnhCuaBuoiForm
from .giu import keep_on_device
from .tra_loi import NGUOI

CHO_RA = "cho-dang-xuat"
WORKER = Path(__file__).parent / "sw.js"
ICONS = (
    ("img/app-192.png", "192x192", "any"),
    ("img/app-512.png", "512x512", "any"),
    ("img/app-maskable-512.png", "512x512", "maskable"),
)


@keep_on_device
@require_safe
@require_quyen(Quyen.GHI_SINH_HOAT)
def hop_cho_gui(request):
    context = {"title": "Hộp chờ gửi", "back": reverse("chidoan:buoi_list")}
    return TemplateResponse(request, "chidoan/ngoai_tuyen/hop_cho_gui.html", context)


@require_safe
@require_quyen(Quyen.GHI_SINH_HOAT)
def hop_cho_gui_toi(request):
    """Whose meetings may be sent now, and the token that a form needs."""
    return JsonResponse({"nguoi": str(request.user.pk), "token": get_token(request)})


@require_POST
@require_quyen(Quyen.GHI_SINH_HOAT)
def hop_cho_gui_anh(request):
    """One photo that a device has kept for its meeting, and what came of it.

    Never under another's name. A meeting that is not on record, or not the account's to log, is
    no fault: the device waits for it, or asks what to do.
    """
    if request.headers.get(NGUOI) != str(request.user.pk):
        return JsonResponse({"ket_qua": "khac_nguoi"})
    form = AnhCuaBuoiForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(error for errors in form.errors.values() for error in errors)
    try:
        buoi = get_visible_or_404(
            BuoiSinhHoat.objects.select_related("chi_doan"),
            request.user,
            quyen=Quyen.GHI_SINH_HOAT,
            **form.buoi_can_tim(),
        )
        add_anh(viec=buoi, by=request.user, **form.anh())
    except Http404:
        return JsonResponse({"ket_qua": "chua_co"})
    except RuleError as refusal:
        return _refused([str(refusal)])
    return JsonResponse({"ket_qua": "da_ghi", "url": trang_anh(buoi)})


def _refused(sentences):
    return JsonResponse({"ket_qua": "tu_choi", "cau": list(sentences)})


@require_safe
@login_not_required
def sw(request):
    """The service worker; at the root, because it may only serve what lies below it."""
    said = {
        "mat_mang": reverse("mat_mang"),
        "cho_ra": f"{reverse('mat_mang')}?{CHO_RA}",
        "toi": reverse("chidoan:hop_cho_gui_toi"),
        "ra": reverse("logout"),
        "giu_ngay": gia_tri("giu_tren_may_ngay", ngay=today()),
    }
    text = f"const NOI = {json.dumps(said)};\n{WORKER.read_text('utf-8')}"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@require_safe
@login_not_required
def manifest(request):
    icons = [
        {"src": static(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for path, sizes, purpose in ICONS
    ]
    said = {
        "name": "Sổ Đoàn",
        "short_name": "Sổ Đoàn",
        "description": "Ghi sinh hoạt chi đoàn, cả khi mất mạng.",
        "lang": "vi",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b4fa0",
        "icons": icons,
        "shortcuts": [
            {"name": "Ghi buổi sinh hoạt", "url": reverse("chidoan:buoi_create")},
            {"name": "Hộp chờ gửi", "url": reverse("chidoan:hop_cho_gui")},
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
@login_not_required
def mat_mang(request):
    """Shown by the service worker in place of a page that the network does not give, and of every
    page after somebody signed out without a network."""
    context = {"title": "Đang mất mạng"}
    if CHO_RA in request.GET:
        context = {"title": "Đã xóa phần giữ trên máy này", "cho_ra": True}
    return TemplateResponse(request, "chidoan/ngoai_tuyen/mat_mang.html", context)
