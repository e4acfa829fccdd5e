from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError, try_service
from core.form_page import run_form
from core.listing import Preset, list_page
from core.periods import today
from doanvien.models import DeNghiXoaTen, DoanVien
from doanvien.services import end_membership
from doanvien.tai_ve import quyen_cua
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from . import services, trang
from .filters import XoaTenFilter
from .forms import CAC_LOI, QuyetDinhXoaTenForm, SuaKetThucForm
from .tables import XOA_TEN_TABLE


@require_quyen(Quyen.SUA_DOAN_VIEN)
def doan_vien_end(request, pk):
    """The ways of leaving to choose from; `?ly_do=` is one of them, with its own few questions."""
    doan_vien = _editable_or_404(request, pk)
    may_decide = request.user.may(Quyen.DUYET_DOAN_VIEN, doan_vien.chi_doan)
    ly_do = request.POST.get("ly_do") or request.GET.get("ly_do")
    if request.method == "GET" and not doan_vien.is_dang_sinh_hoat:
        messages.warning(request, f"{doan_vien} đã thôi sinh hoạt ở {doan_vien.chi_doan}.")
        return redirect(doan_vien)
    if ly_do not in CAC_LOI:
        return _choose(request, doan_vien, may_decide)
    form = CAC_LOI[ly_do](request.POST or None, may_decide=may_decide)
    if form.is_valid() and try_service(
        form, _end_or_propose, chosen=form, doan_vien=doan_vien, ly_do=ly_do, by=request.user
    ):
        messages.success(request, trang.da_ghi(ly_do, doan_vien, is_de_nghi=form.is_de_nghi))
        if not form.is_de_nghi:
            nhac_chuc_vu(request, [doan_vien])
        return redirect(doan_vien)
    context = trang.loi_ve(ly_do, doan_vien, is_de_nghi=form.is_de_nghi)
    context |= {
        "subtitle": str(doan_vien.chi_doan),
        "form": form,
        "back": reverse("doanvien:end", args=[pk]),
    }
    return TemplateResponse(request, "doanvien/ket_thuc.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def doan_vien_reopen(request, pk):
    """Mend an ending that was recorded by mistake; what the ward decided, the ward mends."""
    doan_vien = _editable_or_404(request, pk)
    is_decided = doan_vien.trang_thai in (
        DoanVien.TrangThai.XOA_TEN,
        DoanVien.TrangThai.TRUONG_THANH,
        DoanVien.TrangThai.KHAI_TRU,
    )
    if is_decided and not request.user.may(Quyen.DUYET_DOAN_VIEN, doan_vien.chi_doan):
        raise PermissionDenied(who_may(Quyen.DUYET_DOAN_VIEN))
    form = SuaKetThucForm(request.POST or None)
    return run_form(
        request,
        form=form,
        save=lambda data: services.correct_ending(doan_vien=doan_vien, by=request.user, **data),
        done=f"{doan_vien} trở lại danh sách {doan_vien.chi_doan}.",
        back=doan_vien.get_absolute_url(),
        template="core/confirm.html",
        title=f"Sửa việc ghi nhầm: {doan_vien}",
        text=(
            f"Sổ đang ghi «{doan_vien.get_trang_thai_display()}». Sửa thì quá trình sinh hoạt ở "
            f"{doan_vien.chi_doan} liền lại như chưa kết thúc. Nếu đồng chí đã rời rồi trở lại "
            "thật, dùng «Tiếp nhận vào chi đoàn»."
        ),
        verb="Sửa lại",
    )


@require_quyen(Quyen.XEM_DOAN_VIEN)
def xoa_ten_list(request):
    user = request.user
    return list_page(
        request,
        queryset=DeNghiXoaTen.objects.permitted_to(user, quyen_cua(request)).trong_list(),
        filterset=XoaTenFilter,
        table=XOA_TEN_TABLE,
        title="Đề nghị xóa tên",
        noun="đề nghị",
        presets=(Preset("Chờ quyết định", "trang_thai=cho"),),
        template="doanvien/xoa_ten_list.html",
        on_download=_record_download,
        extra={
            "may_decide": user.has_quyen(Quyen.DUYET_DOAN_VIEN),
            "may_propose": user.has_quyen(Quyen.SUA_DOAN_VIEN),
        },
    )


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def xoa_ten_decide(request, pk):
    row = _row(request, pk, Quyen.DUYET_DOAN_VIEN)
    form = QuyetDinhXoaTenForm(request.POST or None)
    if form.is_valid() and (
        done := try_service(
            form, services.decide_xoa_ten, de_nghi=row, by=request.user, **form.cleaned_data
        )
    ):
        messages.success(request, f"{done.get_trang_thai_display()}: {row.doan_vien}.")
        if form.cleaned_data["dong_y"]:
            nhac_chuc_vu(request, [row.doan_vien])
        return redirect("doanvien:xoa_ten_list")
    context = {
        "title": f"Quyết định đề nghị xóa tên {row.doan_vien}",
        "text": (
            f"{row.chi_doan} đề nghị ngày {row.ngay:%d/%m/%Y}. {row.get_can_cu_display()}. "
            f"Ý kiến chi đoàn: {row.ly_do}"
        ),
        "form": form,
        "verb": "Ghi quyết định",
        "back": reverse("doanvien:xoa_ten_list"),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_POST
@require_quyen(Quyen.SUA_DOAN_VIEN)
def xoa_ten_withdraw(request, pk):
    row = _row(request, pk, Quyen.SUA_DOAN_VIEN)
    try:
        services.withdraw_xoa_ten(de_nghi=row, ngay=today(), by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã rút đề nghị xóa tên {row.doan_vien}.")
    return redirect("doanvien:xoa_ten_list")


def nhac_chuc_vu(request, people) -> None:
    """Remind of offices that people who left still hold on record."""
    if words := trang.con_chuc_vu(people):
        messages.warning(request, words)


def _choose(request, doan_vien, may_decide):
    context = {
        "title": f"{doan_vien} rời chi đoàn",
        "subtitle": str(doan_vien.chi_doan),
        "back": doan_vien.get_absolute_url(),
        "cac_loi": trang.cac_loi(doan_vien, may_decide=may_decide),
    }
    return TemplateResponse(request, "doanvien/roi_chi_doan.html", context)


def _end_or_propose(*, chosen, doan_vien, ly_do, by):
    data = chosen.cleaned_data
    if chosen.is_de_nghi:
        return services.propose_xoa_ten(
            doan_vien=doan_vien,
            can_cu=data["can_cu"],
            ly_do=data["ghi_chu"],
            ngay=data["den_ngay"],
            by=by,
        )
    return end_membership(doan_vien=doan_vien, ly_do=ly_do, by=by, **data)


def _editable_or_404(request, pk):
    members = DoanVien.objects.select_related("chi_doan")
    return get_visible_or_404(members, request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk)


def _row(request, pk, quyen):
    rows = DeNghiXoaTen.objects.trong_list()
    return get_visible_or_404(rows, request.user, quyen=quyen, pk=pk)


def _record_download(request, rows):
    record(by=request.user, hanh_dong="xoa_ten.export", don_vi=request.user.don_vi, so_dong=rows)
