"""Hopes and concerns: the list, one of them, what is done about it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError
from core.form_page import run_form
from core.listing import Create, Preset, list_page
from core.periods import today
from doanvien.models import DoanVien, NguyenVong
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from . import services, trang
from .filters import NguyenVongFilter
from .forms import BuocNguyenVongForm, GhiNguyenVongForm, SuaNguyenVongForm
from .tables import NGUYEN_VONG_TABLE, state_of

ROWS = NguyenVong.objects.select_related("chi_doan", "doan_vien", "ghi_boi")
PRESETS = (Preset("Chưa xong", "tinh_trang=mo"), Preset("Quá hạn", "tinh_trang=qua_han"))


@require_quyen(Quyen.XEM_NGUYEN_VONG)
def nguyen_vong_list(request):
    return list_page(
        request,
        queryset=NguyenVong.objects.visible_to(request.user).for_list(today()),
        filterset=NguyenVongFilter,
        table=NGUYEN_VONG_TABLE,
        title="Tâm tư, nguyện vọng",
        noun="nguyện vọng",
        presets=PRESETS,
        template="doanvien/nguyen_vong_list.html",
        on_download=_record_download,
        create=Create(
            "doanvien:nguyen_vong_create",
            "Ghi nguyện vọng",
            may=request.user.has_quyen(Quyen.GHI_NGUYEN_VONG),
        ),
    )


@require_quyen(Quyen.XEM_NGUYEN_VONG)
def nguyen_vong_cua(request, pk):
    """The tab of one member."""
    members = DoanVien.objects.select_related("chi_doan")
    doan_vien = get_visible_or_404(members, request.user, quyen=Quyen.XEM_NGUYEN_VONG, pk=pk)
    rows = NguyenVong.objects.visible_to(request.user).cua(doan_vien).for_list(today())
    context = {
        "title": doan_vien.ho_ten,
        "subtitle": f"{doan_vien.chi_doan} · tâm tư, nguyện vọng",
        "back": doan_vien.get_absolute_url(),
        "doan_vien": doan_vien,
        "rows": [(row, state_of(row)) for row in rows],
        "may_write": doan_vien.is_dang_sinh_hoat
        and request.user.may(Quyen.GHI_NGUYEN_VONG, doan_vien.chi_doan),
    }
    return TemplateResponse(request, "doanvien/nguyen_vong_cua.html", context)


@require_quyen(Quyen.XEM_NGUYEN_VONG)
def nguyen_vong_detail(request, pk):
    nguyen_vong = get_visible_or_404(ROWS, request.user, pk=pk)
    buoc = list(nguyen_vong.buoc.select_related("boi"))
    may_write = services.may_write(nguyen_vong, request.user)
    edit_url = reverse("doanvien:nguyen_vong_edit", args=[pk]) if may_write else ""
    context = {
        "title": str(nguyen_vong),
        "back": reverse("doanvien:nguyen_vong_list"),
        "crumbs": [
            ("Tâm tư, nguyện vọng", reverse("doanvien:nguyen_vong_list")),
            (str(nguyen_vong), ""),
        ],
        "nguyen_vong": nguyen_vong,
        "state": state_of(nguyen_vong),
        "entries": trang.timeline(nguyen_vong, buoc),
        "facts": trang.facts(nguyen_vong, today(), edit_url=edit_url),
        "may_write": may_write,
        "may_delete": not buoc,
    }
    return TemplateResponse(request, "doanvien/nguyen_vong_detail.html", context)


@require_quyen(Quyen.GHI_NGUYEN_VONG)
def nguyen_vong_create(request):
    branches = _branches(request)
    if len(branches) != 1:
        context = {
            "title": "Ghi nguyện vọng",
            "chi_doan": branches,
            "back": reverse("doanvien:nguyen_vong_list"),
        }
        return TemplateResponse(request, "doanvien/nguyen_vong_choose.html", context)
    (chi_doan,) = branches
    form = GhiNguyenVongForm(
        request.POST or None,
        chi_doan=chi_doan,
        initial={"nguoi": request.GET.get("doan_vien") or NguyenVong.Cua.CHUNG},
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_nguyen_vong(
            chi_doan=chi_doan, by=request.user, **form.values()
        ),
        done="Đã ghi nguyện vọng.",
        back=lambda saved: saved.get_absolute_url(),
        back_url=reverse("doanvien:nguyen_vong_list"),
        title="Ghi nguyện vọng",
        subtitle=str(chi_doan),
        verb="Lưu",
    )


@require_quyen(Quyen.GHI_NGUYEN_VONG)
def nguyen_vong_edit(request, pk):
    nguyen_vong = _writable(request, pk)
    form = SuaNguyenVongForm(request.POST or None, instance=nguyen_vong)
    return run_form(
        request,
        form=form,
        save=lambda data: services.update_nguyen_vong(
            nguyen_vong=nguyen_vong,
            version=data["version"],
            changes={name: data[name] for name in form.Meta.fields},
            by=request.user,
        ),
        done="Đã lưu.",
        back=nguyen_vong.get_absolute_url(),
        title="Sửa nguyện vọng",
        subtitle=f"{nguyen_vong.cua_ai} · {nguyen_vong.chi_doan}",
        verb="Lưu",
    )


@require_quyen(Quyen.GHI_NGUYEN_VONG)
def nguyen_vong_step(request, pk):
    nguyen_vong = _writable(request, pk)
    form = BuocNguyenVongForm(
        request.POST or None, initial={"trang_thai": NguyenVong.TrangThai.DANG}
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.add_buoc(nguyen_vong=nguyen_vong, by=request.user, **data),
        done="Đã ghi việc đã làm.",
        back=nguyen_vong.get_absolute_url(),
        title="Ghi việc đã làm",
        subtitle=f"{nguyen_vong} · {nguyen_vong.cua_ai}",
        verb="Lưu",
    )


@require_POST
@require_quyen(Quyen.GHI_NGUYEN_VONG)
def nguyen_vong_send(request, pk):
    nguyen_vong = _writable(request, pk)
    try:
        services.send_to_phuong(nguyen_vong=nguyen_vong, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã chuyển lên. Đoàn phường, xã sẽ trả lời tại đây.")
    return redirect(nguyen_vong)


@require_quyen(Quyen.GHI_NGUYEN_VONG)
def nguyen_vong_delete(request, pk):
    nguyen_vong = _writable(request, pk)
    if request.method == "POST":
        try:
            services.delete_nguyen_vong(nguyen_vong=nguyen_vong, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
            return redirect(nguyen_vong)
        messages.success(request, "Đã xóa nguyện vọng ghi nhầm.")
        return redirect("doanvien:nguyen_vong_list")
    context = {
        "title": "Xóa nguyện vọng này?",
        "text": f"{nguyen_vong.cua_ai} · {nguyen_vong.chi_doan}. Chỉ xóa khi ghi nhầm.",
        "warning": "Xóa rồi không lấy lại được.",
        "verb": "Xóa",
        "danger": True,
        "back": nguyen_vong.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _writable(request, pk) -> NguyenVong:
    nguyen_vong = get_visible_or_404(ROWS, request.user, pk=pk)
    if not services.may_write(nguyen_vong, request.user):
        raise PermissionDenied(who_may(Quyen.GHI_NGUYEN_VONG))
    return nguyen_vong


def _branches(request) -> list[DonVi]:
    """The branch that the address asks for, else all for which the person may write."""
    units = DonVi.objects.permitted_to(request.user, Quyen.GHI_NGUYEN_VONG)
    branches = list(units.chi_doan().dang_hoat_dong(today()))
    asked = request.GET.get("chi_doan", "")
    return [unit for unit in branches if str(unit.pk) == asked] or branches


def _record_download(request, rows):
    record(
        by=request.user,
        hanh_dong="nguyen_vong.export",
        don_vi=request.user.don_vi,
        so_dong=rows,
    )
