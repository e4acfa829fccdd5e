"""Spreading an initiative: copied by the ward, offered by the office above, answered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.mo_hinh import services
from chidoan.mo_hinh.forms import ChuaNhanForm, DeNghiForm, NhanRongForm
from chidoan.mo_hinh.queries import MO_HINH, chi_doan_khac, don_vi_khac
from chidoan.models import ChiDoan, DeNghiNhanRong
from core.errors import RuleError
from core.form_page import run_form
from core.periods import today
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

XEM, QUAN_LY, DE_NGHI = (
    Quyen.XEM_DON_VI,
    Quyen.PHAN_CONG_PHU_TRACH,
    Quyen.TO_CHUC_BOI_DUONG,
)
OFFER = DeNghiNhanRong.objects.select_related(
    "don_vi", "mo_hinh__don_vi", "mo_hinh__diem", "ket_qua", "gui_boi"
)


@require_quyen(QUAN_LY)
def mo_hinh_copy(request, pk):
    """A ward takes its initiative to another of its branches."""
    mo_hinh = get_visible_or_404(MO_HINH, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=NhanRongForm(request.POST or None, chi_doan=chi_doan_khac(mo_hinh, today())),
        save=lambda data: services.copy_mo_hinh(
            goc=mo_hinh, don_vi=mo_hinh.don_vi, by=request.user, **data
        ),
        done=lambda row: f"Đã nhân rộng đến {row.diem}.",
        back=lambda row: row.get_absolute_url(),
        back_url=mo_hinh.get_absolute_url(),
        title="Nhân rộng mô hình",
        subtitle=mo_hinh.ten,
        verb="Nhân rộng",
        note="Mang theo mục tiêu và cam kết; nhật ký, kết quả, đánh giá bắt đầu lại từ đầu.",
    )


@require_quyen(DE_NGHI)
def mo_hinh_offer(request, pk):
    """An office offers an initiative of a ward to other wards below it."""
    mo_hinh = get_visible_or_404(MO_HINH, request.user, quyen=DE_NGHI, pk=pk)
    wards = don_vi_khac(mo_hinh, request.user, DE_NGHI, today())
    return run_form(
        request,
        form=DeNghiForm(request.POST or None, don_vi=wards),
        save=lambda data: services.offer_mo_hinh(mo_hinh=mo_hinh, by=request.user, **data),
        done=lambda rows: f"Đã gửi đề nghị đến {len(rows)} đơn vị.",
        back=mo_hinh.get_absolute_url(),
        title="Đề nghị nhân rộng",
        subtitle=f"{mo_hinh.ten} · {mo_hinh.don_vi}",
        verb="Gửi đề nghị",
        note="Đơn vị tự quyết định nhận hay chưa, chọn chi đoàn và ngày bắt đầu.",
    )


@require_quyen(XEM)
def nhan_rong_detail(request, pk):
    row = get_visible_or_404(OFFER, request.user, pk=pk)
    context = {
        "title": "Đề nghị nhân rộng",
        "subtitle": f"{row.don_vi} · {row.ngay:%d/%m/%Y}",
        "back": reverse("chidoan:mo_hinh_list"),
        "de_nghi": row,
        "mo_hinh": row.mo_hinh,
        "nhom": row.mo_hinh.nhom_cam_ket.prefetch_related("muc"),
        "may_answer": row.is_cho and request.user.may(QUAN_LY, row.don_vi),
        "may_withdraw": row.is_cho and _is_above(request.user, row.don_vi),
    }
    return TemplateResponse(request, "chidoan/mo_hinh/de_nghi.html", context)


@require_quyen(QUAN_LY)
def nhan_rong_accept(request, pk):
    row = get_visible_or_404(OFFER, request.user, quyen=QUAN_LY, pk=pk)
    branches = ChiDoan.objects.under(row.don_vi).dang_hoat_dong(today())
    return run_form(
        request,
        form=NhanRongForm(request.POST or None, chi_doan=branches, cung_don_vi=False),
        save=lambda data: services.accept_de_nghi(de_nghi=row, by=request.user, **data),
        done=lambda made: f"Đã nhận, {made.diem} bắt đầu thực hiện. Lập tổ thực hiện ở mục Sửa.",
        back=lambda made: made.get_absolute_url(),
        back_url=row.get_absolute_url(),
        title="Nhận mô hình",
        subtitle=row.mo_hinh.ten,
        verb="Nhận",
    )


@require_quyen(QUAN_LY)
def nhan_rong_decline(request, pk):
    row = get_visible_or_404(OFFER, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=ChuaNhanForm(request.POST or None),
        save=lambda data: services.decline_de_nghi(de_nghi=row, by=request.user, **data),
        done="Đã trả lời.",
        back=row.get_absolute_url(),
        title="Chưa nhận mô hình",
        subtitle=row.mo_hinh.ten,
        verb="Trả lời",
    )


@require_quyen(DE_NGHI)
def nhan_rong_withdraw(request, pk):
    row = get_visible_or_404(OFFER, request.user, quyen=DE_NGHI, pk=pk)
    if not _is_above(request.user, row.don_vi):
        raise PermissionDenied("Văn phòng cấp trên gửi đề nghị mới rút được.")
    if request.method == "POST":
        try:
            services.withdraw_de_nghi(de_nghi=row, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã rút đề nghị.")
        return redirect("chidoan:mo_hinh_list")
    context = {
        "title": "Rút đề nghị nhân rộng?",
        "text": f"{row.don_vi} sẽ không còn thấy đề nghị này.",
        "verb": "Rút đề nghị",
        "danger": True,
        "back": row.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _is_above(user, don_vi) -> bool:
    """Whether he holds the right to offer at an office above the unit, not at the unit itself."""
    paths = user.paths_with(DE_NGHI)
    return any(don_vi.path.startswith(path) and path != don_vi.path for path in paths)
