"""Comments on single cells of a report: written above, answered by the unit."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from baocao import services
from baocao.bang_so_lieu import load_bang
from baocao.forms import GopYForm, TraLoiGopYForm
from baocao.models import GopY
from baocao.o_bao_cao import noi_dung_o, ten_o
from core.errors import RuleError
from core.form_page import run_form, sent
from tochuc.permissions import Quyen, require_quyen

from .chung import own_report, report_to_judge


@require_quyen(Quyen.DUYET_BAO_CAO)
def gop_y_create(request, pk, phan, o):
    bao_cao = report_to_judge(request, pk)
    bang = load_bang(bao_cao)
    cells = noi_dung_o(bang, bao_cao.phan_loi.all())
    if (phan, o) not in cells:
        raise Http404
    return run_form(
        request,
        form=GopYForm(sent(request)),
        save=lambda data: services.add_gop_y(
            bao_cao=bao_cao, phan=phan, o=o, by=request.user, **data
        ),
        done="Đã ghi góp ý. Xem hết các ô rồi bấm Trả lại một lần.",
        back=f"{bao_cao.get_absolute_url()}?xem=tat-ca#{o}",
        template="baocao/gop_y_form.html",
        title=f"Góp ý: {ten_o(bang, phan, o)}",
        subtitle=f"{bao_cao.don_vi} · {bao_cao.ky_bao_cao.ten}",
        verb="Ghi góp ý",
        noi_dung=cells[phan, o],
        thread=GopY.objects.cua_o(bao_cao, phan, o),
    )


@require_POST
@require_quyen(Quyen.LAP_BAO_CAO)
def gop_y_answer(request, pk):
    rows = GopY.objects.visible_to(request.user)
    row = get_object_or_404(rows, pk=pk)
    bao_cao = own_report(request, row.bao_cao_id)
    form = TraLoiGopYForm(request.POST)
    words = form.cleaned_data["tra_loi"] if form.is_valid() else ""
    try:
        services.answer_gop_y(gop_y=row, tra_loi=words, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Đã trả lời góp ý")
    return redirect(f"{bao_cao.get_absolute_url()}#can-sua")
