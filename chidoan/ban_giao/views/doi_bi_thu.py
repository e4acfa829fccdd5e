"""The change of a secretary: one form, a look at what it comes to, and the act."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.debug import sensitive_post_parameters

from chidoan.ban_giao import services
from chidoan.ban_giao.forms import DoiBiThuForm
from chidoan.ban_giao.xem_truoc import cac_cau
from chidoan.models import ChiDoan
from core.errors import RuleError, add_refusal
from core.periods import today
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

ASSIGN = Quyen.PHAN_CONG_PHU_TRACH


@sensitive_post_parameters("password")
@require_quyen(ASSIGN)
def doi_bi_thu(request, pk):
    """GET: the form. POST: the preview; with `lam` the change itself."""
    chi_doan = get_visible_or_404(ChiDoan.objects, request.user, quyen=ASSIGN, pk=pk)
    cu = services.bi_thu_truoc(chi_doan, today())
    form = DoiBiThuForm(request.POST or None, user=request.user, chi_doan=chi_doan, cu=cu)
    context = {
        "title": "Đổi bí thư" if form.is_thoi else "Ghi bí thư mới",
        "subtitle": str(chi_doan),
        "back": chi_doan.get_absolute_url(),
        "form": form,
        "verb": "Xem trước",
        "cu": cu,
    }
    if request.method != "POST" or not form.is_valid() or "sua" in request.POST:
        return TemplateResponse(request, "chidoan/ban_giao/doi_bi_thu.html", context)
    facts = {"chi_doan": chi_doan, "by": request.user, **form.build()}
    is_sure = "lam" in request.POST
    act = services.change_secretary if is_sure else services.preview_change
    try:
        found = act(**facts)
    except RuleError as refusal:
        add_refusal(form, refusal)
        return TemplateResponse(request, "chidoan/ban_giao/doi_bi_thu.html", context)
    if not is_sure:
        context |= {"title": "Xem lại trước khi đổi", "cac_cau": cac_cau(found)}
        return TemplateResponse(request, "chidoan/ban_giao/xem_truoc.html", context)
    messages.success(request, f"Đồng chí {found.moi.ho_ten} là {found.moi.ten_chuc} {chi_doan}.")
    return redirect(found.ban_giao or chi_doan)
