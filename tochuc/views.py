from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from .audit import record
from .forms import DangNhapForm
from .models import VanBan
from .permissions import Quyen, require_quyen


@sensitive_post_parameters("password")
@csrf_protect
@never_cache
@login_not_required
def dang_nhap(request):
    if request.user.is_authenticated:
        return redirect("home")
    form = DangNhapForm(request.POST or None)
    if form.is_valid():
        login(request, form.user)
        record(by=form.user, hanh_dong="tai_khoan.login", target=form.user)
        return redirect(_next_url(request))
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return TemplateResponse(request, "registration/login.html", context)


@require_POST
@require_quyen(Quyen.VAO_HE_THONG)
def dang_xuat(request):
    record(by=request.user, hanh_dong="tai_khoan.logout", target=request.user)
    logout(request)
    messages.success(request, "Đã đăng xuất.")
    response = redirect("login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
def van_ban_check(request, ma):
    """Anyone who holds a paper sees whether it is genuine: no personal data."""
    rows = VanBan.objects.select_related("don_vi").defer("tep")
    van_ban = rows.filter(ma_kiem_tra=ma.upper()).first()
    if van_ban is None:
        raise Http404
    return TemplateResponse(request, "tochuc/van_ban_check.html", {"van_ban": van_ban})


@require_quyen(Quyen.VAO_HE_THONG)
def them(request):
    return TemplateResponse(request, "tochuc/them.html", {"title": "Thêm"})


def _next_url(request) -> str:
    url = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if safe else resolve_url("home")
