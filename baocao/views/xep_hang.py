"""The ranking of branches, and the ward's assessment of one of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from baocao.chi_tieu import ThoiKy
from baocao.forms import DanhGiaForm, danh_gia_initial
from baocao.models import DanhGiaTieuChi
from baocao.services import assess_chi_doan, bo_danh_gia
from baocao.trang_xep_hang import NHAN_FILE, file_rows, nam_xem, xep_hang_context
from baocao.xep_hang import load_xep_hang
from chidoan.models import ChiDoan
from core.errors import RuleError
from core.periods import KyBaoCao, today
from core.text.display import ngay
from core.xlsx import xlsx_response
from tochuc.chon_ban_do import chon_ban_do
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen


@require_quyen(Quyen.XEM_XEP_HANG)
def xep_hang(request):
    """A branch sees its own row with its rank in the ward; others all branches below them."""
    don_vi, only = _scope(request.user)
    nam = nam_xem(don_vi, request.GET.get("ky"))
    day = ThoiKy.of(KyBaoCao(nam), don_vi).den
    chosen = chon_ban_do(request.GET, request.user, Quyen.XEM_XEP_HANG, don_vi, day, ben_trong=True)
    bang = load_xep_hang(don_vi, nam, ban_do=chosen.ban_do)
    if request.GET.get("export") == "xlsx" and only is None:
        name = f"xep-hang-{bang.thoi_ky.ky.code}"
        return xlsx_response(name, list(NHAN_FILE), file_rows(bang, request.GET))
    context = xep_hang_context(bang, request.GET, only=only)
    context["ban_do"] = chosen
    context["is_danh_gia"] = request.user.has_quyen(Quyen.DANH_GIA_CHI_DOAN)
    query = request.GET.copy()
    query["ky"], query["export"] = bang.thoi_ky.ky.code, "xlsx"
    context["export_url"] = "" if only else f"?{query.urlencode()}"
    return TemplateResponse(request, "baocao/xep_hang.html", context)


@require_quyen(Quyen.DANH_GIA_CHI_DOAN)
def chi_doan_assess(request, pk):
    chi_doan = get_visible_or_404(
        ChiDoan.objects, request.user, quyen=Quyen.DANH_GIA_CHI_DOAN, pk=pk
    )
    nam = nam_xem(chi_doan, request.GET.get("ky"))
    bo = bo_danh_gia(chi_doan, nam)
    if bo is None:
        raise Http404
    form = DanhGiaForm(request.POST or None, bo=bo, initial=_initial(chi_doan, nam))
    back = f"{reverse('baocao:xep_hang')}?ky={nam}&mo={pk}#r{pk}"
    if form.is_valid() and _assess(request, chi_doan, nam, form):
        return redirect(back)
    context = {
        "title": f"Đánh giá {chi_doan}",
        "subtitle": f"Năm {nam} · {bo.can_cu}. Tiêu chí nào chưa rõ thì để trống.",
        "form": form,
        "verb": "Ghi đánh giá",
        "back": back,
    }
    return TemplateResponse(request, "core/form.html", context)


def _assess(request, chi_doan: ChiDoan, nam: int, form: DanhGiaForm) -> bool:
    """Write what was answered; False when a rule refuses it, said at its field."""
    day = form.cleaned_data["ngay"]
    try:
        count = assess_chi_doan(
            chi_doan=chi_doan, nam=nam, danh_gia=form.danh_gia, ngay=day, by=request.user
        )
    except RuleError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    messages.success(request, f"Đã ghi {count} tiêu chí của {chi_doan}")
    return True


def _initial(chi_doan: ChiDoan, nam: int) -> dict[str, str]:
    """What was found last, so that only changes are typed."""
    found = {
        row.tieu_chi: row
        for row in DanhGiaTieuChi.objects.filter(chi_doan=chi_doan, nam=nam).order_by("ngay", "pk")
    }
    return {"ngay": ngay(today()), **danh_gia_initial(found)}


def _scope(user):
    """The unit whose branches are ranked, and the one branch that its people see."""
    role = next(pc for pc in user.phan_cong_hom_nay if Quyen.XEM_XEP_HANG in pc.quyen)
    if role.don_vi.is_chi_doan:
        return role.don_vi.cap_tren, role.don_vi_id
    return role.don_vi, None
