"""Records that look like one person: the list, the two side by side, and what is decided."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError, try_service
from doanvien.models import DoanVien, GopDoanVien
from doanvien.rieng_tu import xem
from tochuc.loc import is_khoa
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from . import services
from .forms import GopForm
from .tim import find_pairs

PAGE_SIZE = 30


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def trung_list(request):
    pairs = find_pairs(request.user, Quyen.DUYET_DOAN_VIEN)
    merges = GopDoanVien.objects.permitted_to(request.user, Quyen.DUYET_DOAN_VIEN).gan_day()
    context = {
        "title": "Bản ghi trùng",
        "back": reverse("doanvien:list"),
        "page": Paginator(pairs, PAGE_SIZE).get_page(request.GET.get("page")),
        "da_gop": services.con_hoan_duoc(merges, request.user.don_vi),
    }
    return TemplateResponse(request, "doanvien/trung_list.html", context)


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def trung_detail(request, pk):
    giu = _record(request, pk)
    bo = _other(request, giu)
    if bo is None:
        messages.warning(request, "Chọn hai bản ghi để so sánh.")
        return redirect("doanvien:trung_list")
    form = GopForm(request.POST or None, giu=giu, bo=bo, is_readable=_is_readable(request, giu, bo))
    if request.method == "POST" and form.is_valid():
        gop = try_service(
            form, services.merge_doan_vien, giu=giu, bo=bo, values=form.values(), by=request.user
        )
        if gop:
            day = services.han_hoan(gop)
            messages.success(request, f"Đã gộp. Nếu nhầm, hoàn lại được đến hết {day:%d/%m/%Y}.")
            return redirect(gop.giu)
    context = {
        "title": f"Hai bản ghi của {giu}",
        "back": reverse("doanvien:trung_list"),
        "giu": giu,
        "bo": bo,
        "form": form,
    }
    return TemplateResponse(request, "doanvien/trung_detail.html", context)


@require_POST
@require_quyen(Quyen.DUYET_DOAN_VIEN)
def trung_khac(request, pk):
    mot = _record(request, pk)
    hai = _other(request, mot)
    if hai is None:
        messages.warning(request, "Chọn hai bản ghi để so sánh.")
    else:
        services.mark_khac_nguoi(mot=mot, hai=hai, by=request.user)
        messages.success(request, f"Đã ghi: hai bản ghi tên {mot} không phải một người.")
    return redirect("doanvien:trung_list")


@require_POST
@require_quyen(Quyen.DUYET_DOAN_VIEN)
def gop_undo(request, pk):
    merges = GopDoanVien.objects.select_related("giu")
    gop = get_visible_or_404(merges, request.user, quyen=Quyen.DUYET_DOAN_VIEN, pk=pk)
    try:
        bo = services.undo_merge(gop=gop, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect("doanvien:trung_list")
    messages.success(request, f"Đã tách lại thành hai bản ghi của {bo}.")
    return redirect(f"{reverse('doanvien:trung_detail', args=[gop.giu_id])}?voi={bo.pk}")


def _record(request, pk):
    members = DoanVien.objects.select_related("chi_doan", "nguoi_gioi_thieu")
    return get_visible_or_404(members, request.user, quyen=Quyen.DUYET_DOAN_VIEN, pk=pk)


def _other(request, mot):
    """The second record, named in the address or in the form; None when it is not named."""
    number = request.POST.get("voi") or request.GET.get("voi", "")
    return _record(request, number) if is_khoa(number) and int(number) != mot.pk else None


def _is_readable(request, *records):
    """Sensitive fields are compared in sight once a reason was given for both records."""
    return all(xem.duoc_xem(request, row) for row in records)
