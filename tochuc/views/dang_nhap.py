from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
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
from tochuc.forms import DangNhapForm, DoiMatKhauForm
from tochuc.nav import rest_of_menu
from tochuc.permissions import Quyen, require_quyen


@sensitive_post_parameters("password")
@csrf_protect
@never_cache
@login_not_required
def dang_nhap(request):
    if request.user.is_authenticated:
        return redirect(_next_url(request))
    form = DangNhapForm(request.POST or None)
    if form.is_valid():
        login(request, form.user)
        record(by=form.user, hanh_dong="tai_khoan.login", target=form.user)
        return redirect(_next_url(request))
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return TemplateResponse(request, "registration/login.html", context)


@require_POST
def dang_xuat(request):
    """Open to everybody who is signed in, also without any role."""
    record(by=request.user, hanh_dong="tai_khoan.logout", target=request.user)
    logout(request)
    messages.success(request, "Đã đăng xuất.")
    response = redirect("login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
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
    context = {"title": "Thêm", "items": rest_of_menu(vai_tro=vai_tro)}
    return TemplateResponse(request, "tochuc/them.html", context)


def _next_url(request) -> str:
    url = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if safe else resolve_url("home")
