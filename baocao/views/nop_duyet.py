"""The steps of a report: submitted by its unit, judged by the office above, spoken about."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baocao import services
from baocao.forms import NopForm, TraLaiForm, YKienForm
from baocao.giay_to import submit_and_issue
from baocao.models import BaoCao
from baocao.trang_bao_cao import load_trang
from core.form_page import run_form, sent
from tochuc.permissions import Quyen, require_quyen, who_may

from .chung import attempt, confirm, may_speak, own_report, report_to_judge, visible_report

_NOP_XONG = (
    "Khi nộp, báo cáo được lấy số văn bản và số liệu giữ nguyên như lúc đó. Muốn sửa thì đề nghị "
    "cấp trên trả lại."
)


@require_quyen(Quyen.LAP_BAO_CAO)
def bao_cao_submit(request, pk):
    bao_cao = own_report(request, pk)
    trang = load_trang(bao_cao, request.user, request.GET)
    version = {"version": str(bao_cao.version)}
    form = NopForm(request.POST or None, so_trong=trang.so_trong, initial=version)
    if form.is_valid():
        return _submit(request, bao_cao, form)
    return confirm(
        request,
        bao_cao,
        title=f"Nộp báo cáo {bao_cao.ky_bao_cao.ten}?",
        text=_NOP_XONG,
        items=trang.truoc_khi_nop,
        form=form,
        verb="Nộp báo cáo",
    )


@require_quyen(Quyen.DUYET_BAO_CAO)
def bao_cao_accept(request, pk):
    bao_cao = report_to_judge(request, pk)
    if request.method == "POST":
        attempt(
            request,
            lambda: services.accept_bao_cao(bao_cao=bao_cao, by=request.user),
            f"Đã chấp nhận báo cáo của {bao_cao.don_vi}",
        )
        return redirect(bao_cao)
    return confirm(
        request,
        bao_cao,
        title=f"Chấp nhận báo cáo {bao_cao.ky_bao_cao.ten}?",
        text=f"{bao_cao.don_vi}. Số liệu giữ nguyên như lúc nộp.",
        verb="Chấp nhận",
    )


@require_quyen(Quyen.DUYET_BAO_CAO)
def bao_cao_return(request, pk):
    bao_cao = report_to_judge(request, pk)
    so_gop_y = bao_cao.gop_y.chua_tra_loi().count()
    return run_form(
        request,
        form=TraLaiForm(sent(request), so_gop_y=so_gop_y),
        save=lambda data: services.return_bao_cao(bao_cao=bao_cao, by=request.user, **data),
        done=f"Đã trả lại báo cáo của {bao_cao.don_vi}",
        back=bao_cao.get_absolute_url(),
        template="core/confirm.html",
        title=f"Trả lại báo cáo {bao_cao.ky_bao_cao.ten}?",
        text=f"{bao_cao.don_vi} sẽ sửa và nộp lại.",
        verb="Trả lại",
        danger=True,
    )


@require_quyen(Quyen.DUYET_BAO_CAO)
def bao_cao_unaccept(request, pk):
    bao_cao = report_to_judge(request, pk)
    if request.method == "POST":
        attempt(
            request,
            lambda: services.unaccept_bao_cao(bao_cao=bao_cao, by=request.user),
            f"Đã rút lại việc chấp nhận báo cáo của {bao_cao.don_vi}",
        )
        return redirect(bao_cao)
    return confirm(
        request,
        bao_cao,
        title=f"Rút lại chấp nhận {bao_cao.ky_bao_cao.ten}?",
        text=f"Báo cáo của {bao_cao.don_vi} trở về tình trạng đã nộp, chờ xem xét lại.",
        verb="Rút lại chấp nhận",
    )


@require_POST
@require_quyen(Quyen.XEM_BAO_CAO)
def bao_cao_comment(request, pk):
    bao_cao = visible_report(request, pk)
    if not may_speak(request.user, bao_cao):
        raise PermissionDenied(who_may(Quyen.LAP_BAO_CAO))
    form = YKienForm(request.POST)
    if form.is_valid():
        services.comment_bao_cao(bao_cao=bao_cao, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã gửi ý kiến")
    else:
        messages.error(request, "Viết ý kiến rồi gửi.")
    return redirect(f"{bao_cao.get_absolute_url()}#trao-doi")


def _submit(request, bao_cao: BaoCao, form: NopForm):
    attempt(
        request,
        lambda: submit_and_issue(bao_cao=bao_cao, by=request.user, **form.cleaned_data),
        f"Đã nộp báo cáo {bao_cao.ky_bao_cao.ten}",
    )
    return redirect(bao_cao)
