"""Which pages a device may keep: those on which a meeting is logged, and the outbox."""

from functools import wraps
from urllib.parse import urlencode

from django.urls import reverse

GIU = "X-Giu-Tren-May"
"""Names the account, and a second address under which the service worker finds the page."""


def keep_on_device(view):
    """Let the service worker keep the page of a GET; one about a finished meeting is not kept."""

    @wraps(view)
    def kept(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        page = context.get("page")
        done = page is not None and page.is_da_hoan_thanh
        if request.method == "GET" and response.status_code == 200 and not done:
            response.headers[GIU] = f"{request.user.pk} {_address(request, page)}"
        return response

    return kept


def _address(request, page) -> str:
    """A new meeting of one branch has one address, however its page was asked for."""
    if page is None or page.buoi:
        return request.path
    return f"{reverse('chidoan:buoi_create')}?{urlencode({'chi_doan': page.chi_doan.pk})}"
