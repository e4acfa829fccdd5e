from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.models import ChiDoan
from chidoan.views.so import record_download
from core.form_page import run_form
from core.listing import list_page
from core.periods import read_day, today
from core.text.display import ngay as show_ngay
from tochuc.chon_ban_do import chon_ban_do
from tochuc.loc import named_unit, phuong_cua_chi_doan
from tochuc.models import DiaBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.services import assign_dia_ban

from .filters import DiaBanFilter, TheoDoiFilter
from .forms import GiaoDiaBanForm
from .queries import cua_bang, dia_ban_chua_co, load_theo_doi
from .tables import bang_chi_doan, bang_dia_ban, thay_gi
from .trang import theo_doi_context

XEM, GIAO = Quyen.XEM_CAN_BO, Quyen.DE_NGHI_SAP_XEP


@require_quyen(XEM)
def theo_doi(request):
    """What is watched in a unit, every number with its rows; a branch has its own page."""
    don_vi, day, chosen = _scope(request)
    if don_vi.is_chi_doan:
        return redirect("chidoan:detail", don_vi.pk)
    bang = load_theo_doi(don_vi, day, chosen.ban_do)
    areas = DiaBan.objects.under(don_vi).select_related("don_vi")
    context = theo_doi_context(bang, list(dia_ban_chua_co(areas, day)), chosen)
    context["title"] = "Theo dõi tổ chức"
    context["can_xem"] = [(row, thay_gi(row, bang.nguong)) for row in context["can_xem"]]
    return TemplateResponse(request, "chidoan/theo_doi/trang.html", context)


@require_quyen(XEM)
def theo_doi_list(request):
    """Exactly the branches behind one number, on the same day and the same map."""
    don_vi, day, chosen = _scope(request)
    bang = load_theo_doi(don_vi, day, chosen.ban_do)
    rows = {row.chi_doan.pk: row for row in bang.dong}
    return list_page(
        request,
        queryset=cua_bang(bang, ChiDoan.objects.visible_to(request.user)),
        filterset=TheoDoiFilter.of(bang),
        table=bang_chi_doan(rows, bang.nguong, phuong_cua_chi_doan(request.user, don_vi)),
        title="Theo dõi chi đoàn",
        noun="chi đoàn",
        template="chidoan/theo_doi/list.html",
        on_download=record_download("theo_doi.export"),
        extra={
            "subtitle": f"{don_vi} · tính đến {show_ngay(day)}",
            "ban_do": chosen,
        },
    )


@require_quyen(XEM)
def theo_doi_dia_ban(request):
    """Hamlets in which no branch works."""
    don_vi, day, _ = _scope(request)
    areas = DiaBan.objects.visible_to(request.user).under(don_vi)
    return list_page(
        request,
        queryset=dia_ban_chua_co(areas, day).select_related("don_vi", "chi_doan"),
        filterset=DiaBanFilter,
        table=bang_dia_ban(may_assign=request.user.has_quyen(GIAO)),
        title="Địa bàn chưa có chi đoàn",
        noun="địa bàn",
        template="chidoan/theo_doi/list.html",
        extra={"subtitle": f"{don_vi} · tính đến {show_ngay(day)}"},
    )


@require_quyen(GIAO)
def theo_doi_dia_ban_giao(request, pk):
    """Give an area without a branch to one of its ward."""
    rows = DiaBan.objects.select_related("don_vi")
    dia_ban = get_visible_or_404(rows, request.user, quyen=GIAO, pk=pk)
    back = f"{reverse('chidoan:theo_doi_dia_ban')}?don_vi={dia_ban.don_vi_id}"
    return run_form(
        request,
        form=GiaoDiaBanForm(request.POST or None, dia_ban=dia_ban),
        save=lambda data: assign_dia_ban(dia_ban=dia_ban, by=request.user, **data),
        done=lambda given: f"Đã giao {given} cho {given.chi_doan}.",
        back=back,
        title=f"Giao {dia_ban}",
        subtitle=str(dia_ban.don_vi),
        verb="Giao địa bàn",
    )


def _scope(request):
    """The unit and the day that the address asks for, and the map of that day."""
    don_vi = named_unit(request, XEM)
    day = don_vi.ngay_so_lieu(min(read_day(request.GET.get("ngay")), today()))
    return don_vi, day, chon_ban_do(request.GET, request.user, XEM, don_vi, day, ben_trong=True)
