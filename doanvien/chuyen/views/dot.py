"""Many at once: the request for several members, and the signature of a whole batch."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from doanvien.chuyen import dot
from doanvien.chuyen.filters import DI
from doanvien.chuyen.forms import ChuyenNhieuForm, KyForm
from doanvien.chuyen.quy_trinh import KE_TIEP
from doanvien.forms import chi_doan_to_edit
from doanvien.models import BuocChuyen
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from .chung import get_chuyen

Loai = BuocChuyen.Loai
_VIEC = {
    Loai.PHUONG_DI: ("Ký giới thiệu", "Giấy giới thiệu của từng đồng chí được lấy số khi ký."),
    Loai.PHUONG_DEN: ("Giới thiệu về chi đoàn", ""),
    Loai.XAC_NHAN: ("Xác nhận tiếp nhận", "Từ ngày này các đồng chí sinh hoạt tại chi đoàn."),
    Loai.NOI_KHAC: ("Ghi xác nhận của nơi đến", ""),
}


@require_quyen(Quyen.SUA_DOAN_VIEN)
def chuyen_choose_branch(request):
    """Whose members; a branch secretary has one branch and goes straight on."""
    branches = list(chi_doan_to_edit(request.user))
    if len(branches) == 1:
        return redirect("doanvien:chuyen_many", don_vi=branches[0].pk)
    context = {
        "title": "Chuyển nhiều đồng chí",
        "subtitle": "Chọn chi đoàn đi",
        "back": reverse("doanvien:chuyen_list"),
        "branches": branches,
    }
    return TemplateResponse(request, "doanvien/chuyen_chon_chi_doan.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def chuyen_many(request, don_vi):
    branch = get_visible_or_404(
        _branches(request.user), request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=don_vi
    )
    form = ChuyenNhieuForm(request.POST or None, chi_doan_di=branch)
    if form.is_valid():
        result = dot.request_many(by=request.user, **form.build())
        if result.xong:
            say(request, result, f"Đã gửi Đoàn cơ sở {len(result.xong)} đồng chí.")
            return redirect(f"{reverse('doanvien:chuyen_list')}?muc={DI}")
        refuse_all(form, result)
    context = {
        "title": "Chuyển nhiều đồng chí",
        "subtitle": f"Từ {branch}",
        "form": form,
        "verb": "Gửi Đoàn cơ sở",
        "back": reverse("doanvien:chuyen_list"),
    }
    return TemplateResponse(request, "doanvien/chuyen_form.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def chuyen_sign_many(request, pk):
    """One signature under all of a batch that stand at the same step."""
    chuyen = get_chuyen(request, pk)
    rows = dot.waiting_with(chuyen, request.user)
    if not rows:
        if request.method == "POST" or not request.user.has_quyen(Quyen.DUYET_DOAN_VIEN):
            raise PermissionDenied(who_may(Quyen.DUYET_DOAN_VIEN))
        messages.warning(request, "Không còn ai trong đợt này chờ đồng chí ký.")
        return redirect(chuyen)
    verb, hint = _VIEC[KE_TIEP[chuyen.trang_thai]]
    form = _form(request, chuyen)
    if form.is_valid():
        data = {name: form.cleaned_data.get(name) for name in ("ngay", "chi_doan_den")}
        result = dot.sign_many(rows=rows, by=request.user, **data)
        if result.xong:
            say(request, result, f"{verb}: xong {len(result.xong)} đồng chí.")
            return redirect(chuyen)
        refuse_all(form, result)
    context = {
        "title": f"{verb} cả {len(rows)} đồng chí?",
        "text": ", ".join(row.doan_vien.ho_ten for row in rows) + ".",
        "warning": hint,
        "form": form,
        "verb": f"{verb} cả {len(rows)}",
        "back": chuyen.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def say(request, result: dot.KetQua, done: str) -> None:
    """What was done, and for each that was not, why."""
    messages.success(request, done)
    for refusal in result.ly_do:
        messages.error(request, refusal)


def refuse_all(form: forms.Form, result: dot.KetQua) -> None:
    """Nobody went through: the form stays, and says why."""
    for refusal in result.ly_do:
        form.add_error(None, refusal)


def _form(request, chuyen) -> forms.Form:
    form = KyForm(request.POST or None, chuyen=chuyen)
    del form.fields["version"]
    if KE_TIEP[chuyen.trang_thai] in (Loai.XAC_NHAN, Loai.NOI_KHAC):
        form.fields.pop("chi_doan_den", None)
        form.fields["ngay"].label = "Sinh hoạt từ ngày"
    return form


def _branches(user):
    return chi_doan_to_edit(user)
