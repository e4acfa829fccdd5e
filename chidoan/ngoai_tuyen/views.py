"""The outbox, who is signed in, and what makes the site an app: worker, manifest, a page for
places without a network. The last three are open to everybody: they say nothing of anybody."""

import json
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from tochuc.permissions import Quyen, require_quyen

from .giu import keep_on_device

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


@require_safe
@login_not_required
def sw(request):
    """The service worker; at the root, because it may only serve what lies below it."""
    said = json.dumps({"mat_mang": reverse("mat_mang"), "ghi": reverse("chidoan:buoi_create")})
    text = f"const NOI = {said};\n{WORKER.read_text('utf-8')}"
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
    """Shown by the service worker in place of a page that the network does not give."""
    return TemplateResponse(
        request, "chidoan/ngoai_tuyen/mat_mang.html", {"title": "Đang mất mạng"}
    )
