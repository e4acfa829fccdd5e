"""After the conclusion: answers of the inspected unit, the inspectors' word on them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.kiem_tra import khac_phuc
from chidoan.kiem_tra.filters import KienNghiFilter
from chidoan.kiem_tra.forms import TraLoiForm, YeuCauTiepForm
from chidoan.kiem_tra.tables import KIEN_NGHI_TABLE
from chidoan.models import KienNghi
from chidoan.views.so import record_download
from core.errors import RuleError
from core.form_page import run_form
from core.listing import Preset, list_page
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from .chung import GHI, KIEN_NGHI, XEM, get_cua_cuoc


@require_quyen(XEM)
def kien_nghi_list(request):
    rows = KienNghi.objects.visible_to(request.user).da_ban_hanh().for_list()
    return list_page(
        request,
        queryset=rows,
        filterset=KienNghiFilter,
        table=KIEN_NGHI_TABLE,
        title="Kiến nghị sau kiểm tra",
        noun="kiến nghị",
        template="chidoan/kiem_tra/kien_nghi_list.html",
        presets=(Preset("Chưa xong", "trang_thai=mo"), Preset("Quá hạn", "trang_thai=qua_han")),
        on_download=record_download("kien_nghi.export"),
        extra={
            "is_above": not request.user.don_vi.is_chi_doan,
            "back": reverse("chidoan:kiem_tra_list"),
        },
    )


@require_quyen(Quyen.GHI_SINH_HOAT)
def kien_nghi_answer(request, pk):
    row = _to_answer(request, pk)
    if not row.is_cho_don_vi:
        messages.info(request, f"Kiến nghị này: {row.get_trang_thai_display().lower()}.")
        return redirect(row)
    return run_form(
        request,
        form=TraLoiForm(request.POST or None),
        save=lambda data: khac_phuc.answer(kien_nghi=row, by=request.user, **data),
        done="Đã gửi báo cáo. Đoàn kiểm tra sẽ xác nhận tại đây.",
        back=row.get_absolute_url(),
        title="Báo cáo khắc phục",
        subtitle=row.noi_dung,
        verb="Gửi báo cáo",
        verb_icon="send",
    )


@require_POST
@require_quyen(Quyen.GHI_SINH_HOAT)
def kien_nghi_withdraw(request, pk):
    row = _to_answer(request, pk)
    return _act(
        request,
        row,
        lambda: khac_phuc.take_back(kien_nghi=row, by=request.user),
        "Đã lấy lại báo cáo. Sửa rồi gửi lại.",
    )


@require_POST
@require_quyen(GHI)
def kien_nghi_accept(request, pk):
    row = get_cua_cuoc(request, KIEN_NGHI, pk)
    return _act(
        request,
        row,
        lambda: khac_phuc.accept(kien_nghi=row, by=request.user),
        "Đã xác nhận khắc phục xong.",
    )


@require_quyen(GHI)
def kien_nghi_return(request, pk):
    """More is asked for; also of one that was closed by mistake."""
    row = get_cua_cuoc(request, KIEN_NGHI, pk)
    if row.is_cho_don_vi:
        messages.info(request, "Kiến nghị này đang chờ đơn vị khắc phục.")
        return redirect(row)
    return run_form(
        request,
        form=YeuCauTiepForm(request.POST or None),
        save=lambda data: khac_phuc.send_back(kien_nghi=row, by=request.user, **data),
        done="Đã yêu cầu đơn vị làm tiếp.",
        back=row.get_absolute_url(),
        title="Yêu cầu khắc phục tiếp",
        subtitle=row.noi_dung,
        verb="Yêu cầu làm tiếp",
    )


def _to_answer(request, pk) -> KienNghi:
    row = get_visible_or_404(KIEN_NGHI, request.user, pk=pk)
    if not khac_phuc.may_answer(row.cuoc, request.user):
        raise PermissionDenied(who_may(Quyen.GHI_SINH_HOAT))
    return row


def _act(request, row: KienNghi, act, done: str):
    try:
        act()
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(row)
