from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from core.errors import RuleError
from core.form_page import run_form
from core.listing import list_page
from core.periods import today
from tochuc import services
from tochuc.audit import record
from tochuc.filters import TaiKhoanFilter
from tochuc.forms import KetThucForm, MatKhauMoiForm, PhanCongForm, TaiKhoanForm
from tochuc.models import NguoiDung, PhanCong
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.tables import TAI_KHOAN_TABLE, tai_khoan_state


@require_quyen(Quyen.QUAN_LY_TAI_KHOAN)
def tai_khoan_list(request):
    held = PhanCong.objects.visible_to(request.user).tai_ngay(today()).select_related("don_vi")
    accounts = NguoiDung.objects.visible_to(request.user)
    return list_page(
        request,
        queryset=accounts.prefetch_related(Prefetch("phan_cong", held, to_attr="dang_giu")),
        filterset=TaiKhoanFilter,
        table=TAI_KHOAN_TABLE,
        title="Tài khoản",
        noun="tài khoản",
        template="tochuc/tai_khoan_list.html",
        on_download=_record_download,
    )


@require_quyen(Quyen.QUAN_LY_TAI_KHOAN)
def tai_khoan_detail(request, pk):
    roles = PhanCong.objects.visible_to(request.user).select_related("don_vi")
    accounts = NguoiDung.objects.prefetch_related(Prefetch("phan_cong", roles, to_attr="vai_tro"))
    account = get_visible_or_404(accounts, request.user, pk=pk)
    account.dang_giu = [row for row in account.vai_tro if not row.is_ket_thuc]
    context = {
        "title": account.ho_ten,
        "back": reverse("tochuc:tai_khoan_list"),
        "account": account,
        "state": tai_khoan_state(account),
        "refusal": _refusal(request, account),
        "is_self": account == request.user,
    }
    return TemplateResponse(request, "tochuc/tai_khoan_detail.html", context)


@sensitive_post_parameters("password")
@require_quyen(Quyen.QUAN_LY_TAI_KHOAN)
def tai_khoan_create(request):
    form = TaiKhoanForm(request.POST or None, user=request.user)
    return run_form(
        request,
        form=form,
        save=lambda data: services.open_account(by=request.user, **data),
        done=lambda phan_cong: f"Đã cấp tài khoản {phan_cong.nguoi_dung.username}.",
        back=lambda phan_cong: phan_cong.nguoi_dung.get_absolute_url(),
        back_url=reverse("tochuc:tai_khoan_list"),
        title="Cấp tài khoản",
        verb="Cấp tài khoản",
    )


@sensitive_post_parameters("password")
@require_quyen(Quyen.QUAN_LY_TAI_KHOAN)
def tai_khoan_password(request, pk):
    account = _manageable_or_404(request, pk)
    form = MatKhauMoiForm(request.POST or None)
    return run_form(
        request,
        form=form,
        save=lambda data: services.change_password(nguoi_dung=account, by=request.user, **data),
        done=f"Đã đặt mật khẩu mới cho {account}.",
        back=account.get_absolute_url(),
        title=f"Đặt mật khẩu mới cho {account}",
        subtitle="Mọi máy đang đăng nhập bằng tài khoản này phải đăng nhập lại.",
        verb="Đặt mật khẩu",
    )


@require_quyen(Quyen.QUAN_LY_TAI_KHOAN)
def tai_khoan_close(request, pk):
    account = _manageable_or_404(request, pk)
    question = {
        "title": f"Khóa tài khoản của {account}?",
        "text": "Đồng chí ấy bị đăng xuất ngay và không đăng nhập được. "
        "Tên trong biên bản, hồ sơ cũ vẫn còn. Mở lại lúc nào cũng được.",
        "verb": "Khóa tài khoản",
        "danger": True,
    }
    return _set_active(request, account, question, active=False)


@require_quyen(Quyen.QUAN_LY_TAI_KHOAN)
def tai_khoan_open(request, pk):
    account = _manageable_or_404(request, pk)
    question = {
        "title": f"Mở lại tài khoản của {account}?",
        "text": "Đồng chí ấy đăng nhập lại được với mật khẩu cũ.",
        "verb": "Mở lại tài khoản",
    }
    return _set_active(request, account, question, active=True)


@require_quyen(Quyen.QUAN_LY_TAI_KHOAN)
def phan_cong_create(request, pk):
    account = get_visible_or_404(NguoiDung.objects, request.user, pk=pk)
    form = PhanCongForm(request.POST or None, user=request.user)
    return run_form(
        request,
        form=form,
        save=lambda data: services.assign_role(nguoi_dung=account, by=request.user, **data),
        done=lambda phan_cong: f"Đã giao vai trò {phan_cong}.",
        back=account.get_absolute_url(),
        title=f"Giao vai trò cho {account}",
        verb="Giao vai trò",
    )


@require_quyen(Quyen.QUAN_LY_TAI_KHOAN)
def phan_cong_end(request, pk):
    roles = PhanCong.objects.select_related("don_vi", "nguoi_dung")
    phan_cong = get_visible_or_404(roles, request.user, pk=pk)
    account = phan_cong.nguoi_dung
    form = KetThucForm(request.POST or None)
    return run_form(
        request,
        form=form,
        save=lambda data: services.end_role(phan_cong=phan_cong, by=request.user, **data),
        done=lambda ended: f"Vai trò {ended} kết thúc ngày {ended.den_ngay:%d/%m/%Y}.",
        back=account.get_absolute_url(),
        template="core/confirm.html",
        title=f"Kết thúc vai trò {phan_cong.get_vai_tro_display()} của {account}?",
        text=f"Tại {phan_cong.don_vi}. Việc đồng chí ấy đã ghi vẫn giữ nguyên.",
        verb="Kết thúc vai trò",
        danger=True,
    )


def _set_active(request, account, question, *, active):
    if request.method == "POST":
        try:
            services.set_active(nguoi_dung=account, active=active, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã mở lại tài khoản." if active else "Đã khóa tài khoản.")
        return redirect(account)
    return TemplateResponse(
        request, "core/confirm.html", {**question, "back": account.get_absolute_url()}
    )


def _manageable_or_404(request, pk) -> NguoiDung:
    account = get_visible_or_404(NguoiDung.objects, request.user, pk=pk)
    if refusal := _refusal(request, account):
        raise PermissionDenied(refusal)
    return account


def _refusal(request, account) -> str:
    try:
        services.check_may_manage(account, request.user)
    except RuleError as refusal:
        return str(refusal)
    return ""


def _record_download(request, rows):
    record(by=request.user, hanh_dong="tai_khoan.export", don_vi=request.user.don_vi, so_dong=rows)
