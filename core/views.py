"""Answers that belong to no page: health, a stale form, a fault."""

import logging
import secrets
import sys

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.utils import Error, OperationalError
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)


@require_safe
@login_not_required
def healthz(request):
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@login_not_required
def readyz(request):
    """The process can work: the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        log.exception("readyz: the database does not answer")
        return HttpResponse("database\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def csrf_failure(request, reason=""):
    """A form whose protection has run out, usually because somebody signed out meanwhile."""
    return render(request, "403_csrf.html", {"title": "Biểu mẫu đã hết hạn"}, status=403)


@login_not_required
def server_error(request):
    """A fault: a code for the operator, and no second query that might fail as well."""
    if isinstance(sys.exception(), OperationalError):
        return _busy(request)
    code = f"{secrets.choice('ABCDEGHKLMNPQRSTUVXY')}{secrets.randbelow(90_000) + 10_000}"
    log.error("Fault shown to a user: code %s, path %s", code, request.path)
    return HttpResponseServerError(render_to_string("500.html", {"code": code}))


def _busy(request):
    """The database waits for others too long, is full or does not answer: nothing was written."""
    log.error("The database could not work for a user: path %s", request.path)
    page = render_to_string("503.html")
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})
