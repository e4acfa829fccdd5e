"""What services need to know of a request without seeing it, and who may go on."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from .audit import dia_chi_hien_tai

VAI_TRO = "vai_tro"
"""Where the session keeps the assignment that a person with several has chosen."""


class DangNhapMiddleware(LoginRequiredMiddleware):
    """Every page asks to sign in; a form sent too late says so, and leads back to its page."""

    def handle_no_permission(self, request, view_func):
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        if request.path != reverse("logout"):
            messages.warning(
                request,
                "Việc vừa gửi chưa được ghi vì phiên đăng nhập đã hết. Đăng nhập rồi gửi lại.",
            )
        return redirect_to_login(_page_of_form(request))


class NguonMiddleware:
    """Tell the audit log where the request came from, and the account which role is in use."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if chosen := request.session.get(VAI_TRO):
            request.user.vai_tro_dang_dung = chosen
        token = dia_chi_hien_tai.set(_address_of(request))
        try:
            return self.get_response(request)
        finally:
            dia_chi_hien_tai.reset(token)


def _page_of_form(request) -> str:
    """The page that held the form, when the browser says so and it is ours."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return request.get_full_path()
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _address_of(request) -> str:
    """The caller's address; a header is believed only from the servers in front of us."""
    address = request.META.get("REMOTE_ADDR", "")
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")
    while address in settings.TRUSTED_PROXIES and passed_on:
        try:
            address = str(ip_address(passed_on.pop().strip()))
        except ValueError:
            break
    return address
