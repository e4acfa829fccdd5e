"""What stands around the list of members: its search, its saved filters."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError
from doanvien.models import BoLoc
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from . import services
from .forms import LuuBoLocForm
from .tim_so import read_so, seal


@require_POST
@require_quyen(Quyen.XEM_DOAN_VIEN)
def tim(request):
    """Lead to the list with what was asked; a citizen id or phone only as a sealed token."""
    params = request.POST.copy()
    params.pop("csrfmiddlewaretoken", None)
    text = params.get("q", "")
    if text:
        params.pop("so", None)
    if so := read_so(text):
        params.pop("q")
        params["so"] = seal(so, request.user)
    return redirect(_list_url(params))


@require_POST
@require_quyen(Quyen.XEM_DOAN_VIEN)
def bo_loc_save(request):
    form = LuuBoLocForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Ghi tên bộ lọc, không quá 40 chữ, rồi lưu.")
        return redirect("doanvien:list")
    kept = form.cleaned_data["dieu_kien"]
    try:
        bo_loc = services.save_bo_loc(ten=form.cleaned_data["ten"], dieu_kien=kept, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(_list_url(QueryDict(services.dieu_kien_giu(kept))))
    messages.success(request, f"Đã lưu bộ lọc «{bo_loc}».")
    return redirect(_list_url(QueryDict(bo_loc.dieu_kien)))


@require_quyen(Quyen.XEM_DOAN_VIEN)
def bo_loc_list(request):
    context = {
        "title": "Bộ lọc đã lưu",
        "back": reverse("doanvien:list"),
        "bo_loc": BoLoc.objects.visible_to(request.user),
    }
    return TemplateResponse(request, "doanvien/bo_loc_list.html", context)


@require_POST
@require_quyen(Quyen.XEM_DOAN_VIEN)
def bo_loc_delete(request, pk):
    bo_loc = get_visible_or_404(BoLoc.objects, request.user, pk=pk)
    services.delete_bo_loc(bo_loc=bo_loc, by=request.user)
    messages.success(request, f"Đã xóa bộ lọc «{bo_loc}».")
    return redirect("doanvien:bo_loc_list")


def _list_url(params: QueryDict) -> str:
    """The list with the parameters that say something."""
    kept = QueryDict(mutable=True)
    for name, values in params.lists():
        if said := [value for value in values if value]:
            kept.setlist(name, said)
    query = kept.urlencode()
    return reverse("doanvien:list") + (f"?{query}" if query else "")
