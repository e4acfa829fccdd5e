"""Pages without an account: answering an invitation, checking in, the calendar feed.

What opens them is a signed link, the code of a check-in that runs now, or a secret key. Looking
changes nothing, for chats look at every link; a link that is not good is answered like any other.
"""

from functools import wraps
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import quote_etag
from django.views.decorators.http import condition, require_http_methods, require_safe

from chidoan.models import DiemDanh, TuDiemDanh
from chidoan.moi import services
from chidoan.moi.forms import TheForm, VangForm
from chidoan.moi.lich_ics import make_lich
from chidoan.moi.lien_ket import LienKet, sign
from chidoan.moi.loi_moi import luc_nao, ten_goi
from chidoan.moi.mot_ma import cac_buoi
from chidoan.moi.queries import (
    buoi_huy_tren_lich,
    buoi_tren_lich,
    cua_nguoi,
    find_da_huy,
    find_diem_danh,
    find_khoa_lich,
    find_loi_moi,
)
from chidoan.moi.xung_danh import chi_so_the, xung_danh
from core.errors import RuleError, add_refusal
from core.periods import today

from .may_nay import has_checked_in_another, known, remember, remember_arrival

DI, DEN = "di", "den"
"""What the buttons of a member's own page send as `tra_loi`; all else is away."""
KHONG_TIM = "noindex, nofollow, noarchive"


def cong_khai(view):
    """Open to strangers, unknown to search engines."""

    @wraps(view)
    def public(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = KHONG_TIM
        return response

    return login_not_required(public)


@cong_khai
@require_safe
def moi_vao(request):
    """Where the code on the screen is typed by who cannot scan it."""
    typed = chi_so_the(request.GET.get("ma", ""))
    if typed.isascii() and len(typed) == services.DAI_MA:
        return redirect("chidoan:moi_mo", typed)
    context = {"title": "Tự điểm danh", "ma": typed[: services.DAI_MA]}
    return TemplateResponse(request, "chidoan/moi/vao.html", context)


@cong_khai
@require_http_methods(["GET", "HEAD", "POST"])
def moi_mo(request, ma):
    if len(ma) == services.DAI_MA:
        return _check_in(request, ma)
    said = find_loi_moi(ma)
    if said is None:
        return _da_huy(request, ma) or _khong_thay(request)
    if said.doan_vien is None:
        return _say_who(request, said.buoi)
    return _answer(request, said.buoi, said.doan_vien)


@cong_khai
@require_safe
def lich_ics(request, khoa):
    found = find_khoa_lich(khoa)
    if found is None:
        return _khong_thay(request)
    chi_doan = found.chi_doan
    content = make_lich(
        chi_doan, buoi_tren_lich(chi_doan, today()), buoi_huy_tren_lich(chi_doan, today())
    )
    return _feed(request, content)


def _feed(request, content: bytes) -> HttpResponse:
    etag = quote_etag(sha256(content).hexdigest()[:32])

    @condition(etag_func=lambda request: etag)
    def send(request):
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = 'inline; filename="sinh-hoat.ics"'
        return response

    response = send(request)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _answer(request, buoi, doan_vien):
    """One member's own page: comes, or is away with a reason, one tap each; in the room, the
    code on the screen."""
    error = ""
    if request.method == "POST":
        act = _arrive if request.POST.get("tra_loi") == DEN else _say
        try:
            return act(request, buoi, doan_vien)
        except RuleError as refusal:
            error = str(refusal)
    context = {
        **_about(buoi),
        "title": "Mời sinh hoạt",
        "ten": ten_goi(doan_vien),
        "cau": cua_nguoi(buoi, doan_vien),
        "ly_do": DiemDanh.LyDo.choices,
        "dang_mo": services.mo_cho(buoi) is not None,
        "ma": request.POST.get("ma", ""),
        "loi": error,
    }
    return TemplateResponse(request, "chidoan/moi/tra_loi.html", context)


def _say(request, buoi, doan_vien):
    form = VangForm(request.POST)
    services.answer(
        buoi=buoi,
        doan_vien=doan_vien,
        du_hop=request.POST.get("tra_loi") == DI,
        ly_do=form.cleaned_data["ly_do"] if form.is_valid() else "",
    )
    return remember(redirect(request.path), buoi, doan_vien)


def _arrive(request, buoi, doan_vien):
    services.arrive(
        buoi=buoi,
        doan_vien=doan_vien,
        ma=chi_so_the(request.POST.get("ma", "")),
        cung_may=has_checked_in_another(request, buoi, doan_vien),
    )
    response = remember(redirect(request.path), buoi, doan_vien)
    return remember_arrival(response, buoi, doan_vien)


def _say_who(request, buoi):
    """The group's link: who it is leads to the member's own page."""
    form = TheForm(request.POST or None)
    found = _identified(form, [buoi]) if request.method == "POST" else None
    if found:
        own = reverse("chidoan:moi_mo", args=[sign(LienKet(buoi.pk, found[1].pk))])
        return redirect(own)
    context = {**_about(buoi), "title": "Mời sinh hoạt", "form": form}
    return TemplateResponse(request, "chidoan/moi/xung_danh.html", context)


def _check_in(request, ma):
    """Somebody in the room: one tap on a phone that knows him, else card and birthday."""
    buoi = find_diem_danh(ma)
    if buoi is None:
        return _khong_thay(request)
    rows = cac_buoi(buoi)
    owner = None if "khac" in request.GET else known(request, rows)
    form = TheForm(request.POST or None) if owner is None else None
    if request.method == "POST":
        found = owner or _identified(form, rows)
        if found:
            cach = TuDiemDanh.Cach.LIEN_KET if owner else TuDiemDanh.Cach.SO_THE
            return _checked_in(request, buoi, *found, cach)
    context = {
        **_about(buoi),
        "title": "Tự điểm danh",
        "ten": ten_goi(owner[1]) if owner else "",
        "cau": cua_nguoi(*owner) if owner else None,
        "form": form,
        "khac": "khac" in request.GET,
    }
    return TemplateResponse(request, "chidoan/moi/diem_danh.html", context)


def _checked_in(request, ma_cua, buoi, doan_vien, cach):
    shared = has_checked_in_another(request, ma_cua, doan_vien)
    try:
        services.check_in(buoi=buoi, doan_vien=doan_vien, cach=cach, cung_may=shared)
    except RuleError:
        return _khong_thay(request)
    if shared:
        context = {**_about(buoi), "title": "Tự điểm danh", "ten": ten_goi(doan_vien)}
        return TemplateResponse(request, "chidoan/moi/da_diem_danh.html", context)
    response = remember(redirect(request.path), buoi, doan_vien)
    return remember_arrival(response, ma_cua, doan_vien)


def _identified(form: TheForm, rows):
    """The meeting and the member who says so rightly; a refusal stands above the form."""
    if not form.is_valid():
        return None
    try:
        return xung_danh(rows, **form.cleaned_data)
    except RuleError as refusal:
        add_refusal(form, refusal)
        return None


def _about(buoi) -> dict:
    return {"buoi": buoi, "luc_nao": luc_nao(buoi), "chi_doan": buoi.chi_doan}


def _da_huy(request, ma):
    """Whoever holds a good link to a meeting that was called off is told so."""
    row = find_da_huy(ma)
    if row is None:
        return None
    context = {**_about(row), "title": "Buổi sinh hoạt đã hủy"}
    return TemplateResponse(request, "chidoan/moi/da_huy.html", context, status=410)


def _khong_thay(request):
    """One answer for what never was, is over, or belongs to somebody else."""
    context = {"title": "Liên kết không dùng được"}
    return TemplateResponse(request, "chidoan/moi/khong_thay.html", context, status=404)
