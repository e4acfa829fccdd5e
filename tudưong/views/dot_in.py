"""Printing many: choose cases, see each one's outcome, call off, go on."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tudưong.filters import HoSoFilter
from tudưong.in_hang_loat import services
from tudưong.in_hang_loat.chon import CHUA, DA, TAT_CA, XEM, chon_xem, dong_chon
from tudưong.models import DotIn

from .chung import HO_SO

DOT_IN = DotIn.objects.select_related("cong_viec", "don_vi", "nguoi")
GAN_DAY = 5
SAU = {CHUA: ", chưa in", DA: ", đã in", TAT_CA: ""}


@require_quyen(Quyen.KY_HO_SO)
def dot_in_create(request):
    """The cases whose dossiers may be printed, by the filter of the list that led here."""
    may_sign = HO_SO.permitted_to(request.user, Quyen.KY_HO_SO)
    xem = request.GET.get("xem", CHUA)
    xem = xem if xem in XEM else CHUA
    cases = HoSoFilter(request.GET, queryset=chon_xem(may_sign, xem), request=request).qs
    if request.method == "POST":
        dot = _begin(request, may_sign)
        if dot:
            return redirect(dot)
    rows = dong_chon(cases)
    ticked = request.POST.getlist("chon")
    context = {
        "title": "In nhiều bộ hồ sơ",
        "subtitle": f"{len(rows)} hồ sơ có nghị quyết{SAU[xem]}",
        "back": reverse("tuduong:ho_so_list"),
        "rows": rows[: services.TOI_DA],
        "con_nua": max(0, len(rows) - services.TOI_DA),
        "toi_da": services.TOI_DA,
        "xem": [
            {"url": _keep(request, ma), "label": ten, "active": ma == xem}
            for ma, ten in XEM.items()
        ],
        "ticked": _numbers(ticked) or {row.ho_so.pk for row in rows if row.is_du and xem == CHUA},
        "ma_gui": request.POST.get("ma_gui") or uuid4(),
        "cac_dot": DOT_IN.visible_to(request.user).with_so_dong()[:GAN_DAY],
    }
    return TemplateResponse(request, "tuduong/dot_in_chon.html", context)


@require_quyen(Quyen.KY_HO_SO)
def dot_in(request, pk):
    """A batch: how far it is, and one row for each case; renewed by itself while it runs."""
    dot = get_visible_or_404(DOT_IN, request.user, pk=pk)
    rows = list(
        dot.dong.select_related("ho_so__doan_vien", "ho_so__chi_doan", "van_ban").defer(
            "van_ban__tep"
        )
    )
    state = dot.dong.model.TrangThai
    con_lai = [row for row in rows if row.trang_thai != state.XONG]
    context = {
        "title": f"In {len(rows)} bộ hồ sơ",
        "back": reverse("tuduong:dot_in_create"),
        "dot": dot,
        "rows": rows,
        "so_xong": len(rows) - len(con_lai),
        "so_hong": sum(row.trang_thai == state.HONG for row in rows),
        "so_cho": sum(row.trang_thai == state.CHO for row in rows),
        "con_lai": len(con_lai),
        "is_cua_toi": dot.cong_viec and dot.cong_viec.nguoi_id == request.user.pk,
    }
    return TemplateResponse(request, "tuduong/dot_in.html", context)


@require_POST
@require_quyen(Quyen.KY_HO_SO)
def dot_in_continue(request, pk):
    return _answer(request, pk, services.continue_dot_in, "Đang in tiếp phần còn lại.")


@require_POST
@require_quyen(Quyen.KY_HO_SO)
def dot_in_cancel(request, pk):
    done = "Đã dừng đợt in. Những bộ đã in vẫn giữ số đã cấp."
    return _answer(request, pk, services.cancel_dot_in, done)


def _answer(request, pk, service, done: str):
    dot = get_visible_or_404(DOT_IN, request.user, quyen=Quyen.KY_HO_SO, pk=pk)
    try:
        service(dot=dot, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(dot)


def _begin(request, may_sign):
    """The batch of what was ticked; None when it is refused, with the reason said."""
    chosen = may_sign.da_gioi_thieu().chon(_numbers(request.POST.getlist("chon")))
    try:
        return services.create_dot_in(
            ho_so=list(chosen),
            ma_gui=_uuid(request.POST.get("ma_gui", "")),
            by=request.user,
        )
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return None


def _keep(request, xem: str) -> str:
    params = request.GET.copy()
    params["xem"] = xem
    return f"?{params.urlencode()}"


def _numbers(texts: list[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdigit()}


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise RuleError("Trang đã cũ. Mở lại trang rồi chọn hồ sơ.") from error
