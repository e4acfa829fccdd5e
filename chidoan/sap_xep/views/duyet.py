from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.models import SapXep
from chidoan.sap_xep import nen, services
from chidoan.sap_xep.forms import DuyetForm, HoanTacForm, LyDoForm
from core.errors import RuleError
from core.form_page import run_form
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

DRAFT, DECIDE = Quyen.DE_NGHI_SAP_XEP, Quyen.QUYET_SAP_XEP


@require_POST
@require_quyen(DRAFT)
def sap_xep_submit(request, pk):
    sap_xep = _row(request, pk, DRAFT)
    try:
        services.submit(sap_xep=sap_xep, by=request.user)
    except RuleError as refusal:
        messages.error(request, f"Chưa trình được. {refusal}")
    else:
        messages.success(request, "Đã trình. Văn phòng cấp trên thấy việc này ở trang của mình.")
    return redirect(sap_xep)


@require_quyen(DECIDE)
def sap_xep_approve(request, pk):
    """The last look, the decision's number and the password."""
    sap_xep = _row(request, pk, DECIDE)
    form = DuyetForm.cua(sap_xep, services.bam_cua(sap_xep), request.POST or None)

    def save(data):
        done = services.approve(sap_xep=sap_xep, by=request.user, **data)
        return _ap_dung(request, done)

    seen = sap_xep.xem_truoc
    return run_form(
        request,
        form=form,
        save=save,
        done=lambda result: result[0],
        back=lambda result: result[1],
        back_url=sap_xep.get_absolute_url(),
        template="chidoan/sap_xep/duyet.html",
        title="Duyệt sắp xếp?",
        subtitle=sap_xep.ten,
        sap_xep=sap_xep,
        xem=seen if seen.get("bam") == services.bam_cua(sap_xep) else {},
        verb="Duyệt",
        verb_icon="badge-check",
    )


def _ap_dung(request, sap_xep: SapXep) -> tuple[str, str]:
    """What to say and where to go once it is approved: done now, in the background, or later."""
    back = sap_xep.get_absolute_url()
    if sap_xep.is_da_ap_dung:
        return "Đợt sắp xếp này đã áp dụng.", back
    if sap_xep.is_cho_hieu_luc and not services.is_den_ngay(sap_xep):
        return f"Đã duyệt. Tự áp dụng ngày {sap_xep.hieu_luc:%d/%m/%Y}.", back
    if nen.is_lon(sap_xep):
        work = nen.begin(sap_xep, request.user)
        return "Đã duyệt. Đang áp dụng, trang này cho biết đến đâu.", work.get_absolute_url()
    services.apply(sap_xep=sap_xep, by=request.user)
    return "Đã duyệt và áp dụng.", back


@require_POST
@require_quyen(DECIDE)
def sap_xep_apply(request, pk):
    """Once more, after what stood in the way is settled."""
    sap_xep = _row(request, pk, DECIDE)
    try:
        words, url = _ap_dung(request, sap_xep)
    except RuleError as refusal:
        messages.error(request, f"Chưa áp dụng được. {refusal}")
        return redirect(sap_xep)
    messages.success(request, words)
    return redirect(url)


@require_quyen(DECIDE)
def sap_xep_return(request, pk):
    sap_xep = _row(request, pk, DECIDE)
    return run_form(
        request,
        form=LyDoForm(request.POST or None),
        save=lambda data: services.give_back(sap_xep=sap_xep, by=request.user, **data),
        done="Đã trả lại để sửa.",
        back=sap_xep.get_absolute_url(),
        template="core/confirm.html",
        title="Trả lại kế hoạch để sửa?",
        text=sap_xep.ten,
        verb="Trả lại",
    )


@require_quyen(DECIDE)
def sap_xep_revert(request, pk):
    sap_xep = _row(request, pk, DECIDE)
    return run_form(
        request,
        form=HoanTacForm(request.POST or None),
        save=lambda data: services.revert(sap_xep=sap_xep, by=request.user, **data),
        done="Đã hoàn tác. Đơn vị, đoàn viên, chức vụ, vai trò trở lại như trước.",
        back=sap_xep.get_absolute_url(),
        template="core/confirm.html",
        title="Hoàn tác đợt sắp xếp này?",
        text=(
            "Đơn vị, đoàn viên, chức vụ, vai trò và việc đang làm trở lại như trước. Chỉ hoàn tác "
            "được khi đơn vị nhận chưa có gì mới."
        ),
        verb="Hoàn tác",
        danger=True,
    )


@require_quyen(DRAFT)
def sap_xep_discard(request, pk):
    sap_xep = _row(request, pk, DRAFT)
    return run_form(
        request,
        form=LyDoForm(request.POST or None),
        save=lambda data: services.discard(sap_xep=sap_xep, by=request.user, **data),
        done="Đã bỏ kế hoạch.",
        back=reverse("chidoan:sap_xep_list"),
        back_url=sap_xep.get_absolute_url(),
        template="core/confirm.html",
        title="Bỏ kế hoạch này?",
        text="Kế hoạch giữ lại trong danh sách, không áp dụng.",
        verb="Bỏ kế hoạch",
        danger=True,
    )


def _row(request, pk, quyen: Quyen) -> SapXep:
    rows = SapXep.objects.cho_trang()
    return get_visible_or_404(rows, request.user, quyen=quyen, pk=pk)
