from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from core.errors import try_service
from tochuc import services
from tochuc.audit import record
from tochuc.auth import new_thiet_bi
from tochuc.forms import DangNhapForm, DoiMatKhauForm
from tochuc.middleware import VAI_TRO
from tochuc.nav import rest_of_menu
from tochuc.permissions import Quyen, require_quyen

DEVICE = "thiet_bi"
DAY = 24 * 60 * 60
REMEMBERED, YEAR = 30 * DAY, 365 * DAY


@sensitive_post_parameters("password")
@csrf_protect
@never_cache
@login_not_required
def dang_nhap(request):
    if request.user.is_authenticated:
        return redirect(_next_url(request))
    thiet_bi = request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, "", salt=DEVICE)
    form = DangNhapForm(request.POST or None, thiet_bi=thiet_bi)
    if form.is_valid():
        login(request, form.user)
        if form.cleaned_data["remember"]:
            request.session.set_expiry(REMEMBERED)
        record(by=form.user, hanh_dong="tai_khoan.login", target=form.user)
        return _mark_device(redirect(_next_url(request)), form.user)
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return TemplateResponse(request, "registration/login.html", context)


@require_POST
def dang_xuat(request):
    """Open to everybody who is signed in, also without any role."""
    record(by=request.user, hanh_dong="tai_khoan.logout", target=request.user)
    logout(request)
    messages.success(request, "Đã đăng xuất.")
    response = redirect("login")
    # What another account has written on this device and not sent yet stays for it.
    others = request.POST.get("giu")
    response.headers["Clear-Site-Data"] = '"cache"' if others else '"cache", "storage"'
    return response


@sensitive_post_parameters()
@require_quyen(Quyen.VAO_HE_THONG)
def doi_mat_khau(request):
    form = DoiMatKhauForm(request.POST or None, user=request.user)
    if form.is_valid() and try_service(
        form,
        services.change_password,
        nguoi_dung=request.user,
        password=form.cleaned_data["password"],
        by=request.user,
    ):
        update_session_auth_hash(request, request.user)
        messages.success(request, "Đã đổi mật khẩu. Các máy khác phải đăng nhập lại.")
        return redirect("home")
    context = {
        "title": "Đổi mật khẩu",
        "form": form,
        "verb": "Đổi mật khẩu",
        "back": resolve_url("tochuc:them"),
    }
    return TemplateResponse(request, "core/form.html", context)


@require_quyen(Quyen.VAO_HE_THONG)
def them(request):
    vai_tro = request.user.phan_cong_chinh.vai_tro
    context = {
        "title": "Thêm",
        "items": rest_of_menu(vai_tro=vai_tro),
        "may_log": bool(request.user.paths_with(Quyen.GHI_SINH_HOAT)),
    }
    return TemplateResponse(request, "tochuc/them.html", context)


@require_POST
@require_quyen(Quyen.VAO_HE_THONG)
def vai_tro_choose(request, pk):
    """Another menu and home page for who holds several roles; the rights are those of all."""
    chosen = next((role for role in request.user.phan_cong_hom_nay if role.pk == pk), None)
    if chosen is None:
        raise Http404
    request.session[VAI_TRO] = pk
    messages.success(request, f"Đang làm việc với vai {chosen}.")
    return redirect("home")


def _mark_device(response, user):
    """Let this device be known as one of the account's, for counting wrong tries."""
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        new_thiet_bi(user),
        salt=DEVICE,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _next_url(request) -> str:
    url = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if safe else resolve_url("home")
