"""What the office above grants a unit for a period: more time, a reopened lock, a waiver."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from baocao import services
from baocao.forms import NgoaiLeForm
from core.form_page import run_form, sent
from core.periods import KyBaoCao
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .chung import attempt, check_duyet, confirm, report_to_judge


@require_quyen(Quyen.DUYET_BAO_CAO)
def ngoai_le_create(request, don_vi, ky):
    unit = get_visible_or_404(DonVi.objects, request.user, quyen=Quyen.DUYET_BAO_CAO, pk=don_vi)
    check_duyet(request.user, unit)
    period = _ky(ky)
    return run_form(
        request,
        form=NgoaiLeForm(sent(request)),
        save=lambda data: services.grant_ngoai_le(don_vi=unit, ky=period, by=request.user, **data),
        done=lambda bao_cao: f"Đã ghi. {unit}: {bao_cao.get_trang_thai_display().lower()}.",
        back=lambda bao_cao: bao_cao.get_absolute_url(),
        back_url=f"{reverse('baocao:list')}?ky={period.code}",
        title=f"Gia hạn, mở lại, miễn nộp {period.ten}",
        subtitle=str(unit),
        verb="Ghi",
    )


@require_quyen(Quyen.DUYET_BAO_CAO)
def mien_end(request, pk):
    bao_cao = report_to_judge(request, pk)
    if request.method == "POST":
        attempt(
            request,
            lambda: services.end_mien(bao_cao=bao_cao, by=request.user),
            f"Đã bỏ miễn nộp của {bao_cao.don_vi}",
        )
        return redirect(bao_cao)
    return confirm(
        request,
        bao_cao,
        title=f"Bỏ miễn nộp {bao_cao.ky_bao_cao.ten}?",
        text=f"{bao_cao.don_vi} lại phải nộp báo cáo kỳ này.",
        verb="Bỏ miễn nộp",
    )


def _ky(code: str) -> KyBaoCao:
    try:
        return KyBaoCao.parse(code)
    except ValueError as error:
        raise Http404 from error
