"""Pages without an account: answering an invitation, checking in, the calendar feed.

What opens them is a signed link, the code of a check-in that runs now, or a secret key. Looking
changes nothing, for chats look at every link; a link that is not good is answered like any other.
"""

from functools import wraps
from hashlib import sha256

from django.conf import settings
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
from chidoan.moi.queries import (
    buoi_tren_lich,
    cua_nguoi,
    find_diem_danh,
    find_khoa_lich,
    find_loi_moi,
    tren_danh_sach,
)
from chidoan.moi.xung_danh import xung_danh
from core.errors import RuleError, add_refusal
from core.periods import today

AI, MAY = "moi_ai", "moi_may"
"""Cookies below /m/: who has answered from this phone, and for whom it has checked in last."""
NHO_AI, NHO_MAY = 180 * 24 * 60 * 60, 24 * 60 * 60
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
    typed = "".join(filter(str.isalnum, request.GET.get("ma", ""))).upper()
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
        return _khong_thay(request)
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
    content = make_lich(chi_doan, buoi_tren_lich(chi_doan, today()))
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
    """One member's own page: comes, or is away with a reason; one tap each."""
    error = ""
    if request.method == "POST":
        du_hop = request.POST.get("tra_loi") == "di"
        form = VangForm(request.POST)
        ly_do = form.cleaned_data["ly_do"] if form.is_valid() else ""
        try:
            services.answer(buoi=buoi, doan_vien=doan_vien, du_hop=du_hop, ly_do=ly_do)
        except RuleError as refusal:
            error = str(refusal)
        else:
            return _remember(redirect(request.path), buoi, doan_vien)
    context = {
        **_about(buoi),
        "title": "Mời sinh hoạt",
        "ten": ten_goi(doan_vien),
        "cau": cua_nguoi(buoi, doan_vien),
        "ly_do": DiemDanh.LyDo.choices,
        "loi": error,
    }
    return TemplateResponse(request, "chidoan/moi/tra_loi.html", context)


def _say_who(request, buoi):
    """The group's link: who it is leads to the member's own page."""
    form = TheForm(request.POST or None)
    doan_vien = _identified(form, buoi) if request.method == "POST" else None
    if doan_vien:
        own = reverse("chidoan:moi_mo", args=[sign(LienKet(buoi.pk, doan_vien.pk))])
        return redirect(own)
    context = {**_about(buoi), "title": "Mời sinh hoạt", "form": form}
    return TemplateResponse(request, "chidoan/moi/xung_danh.html", context)


def _check_in(request, ma):
    """Somebody in the room: one tap on a phone that knows him, else card and birthday."""
    buoi = find_diem_danh(ma)
    if buoi is None:
        return _khong_thay(request)
    known = None if "khac" in request.GET else _known(request, buoi)
    form = TheForm(request.POST or None) if known is None else None
    if request.method == "POST":
        doan_vien = known or _identified(form, buoi)
        if doan_vien:
            cach = TuDiemDanh.Cach.LIEN_KET if known else TuDiemDanh.Cach.SO_THE
            return _checked_in(request, buoi, doan_vien, cach)
    context = {
        **_about(buoi),
        "title": "Tự điểm danh",
        "ten": ten_goi(known) if known else "",
        "cau": cua_nguoi(buoi, known) if known else None,
        "form": form,
        "khac": "khac" in request.GET,
    }
    return TemplateResponse(request, "chidoan/moi/diem_danh.html", context)


def _checked_in(request, buoi, doan_vien, cach):
    shared = _has_checked_in_another(request, buoi, doan_vien)
    try:
        services.check_in(buoi=buoi, doan_vien=doan_vien, cach=cach, cung_may=shared)
    except RuleError:
        return _khong_thay(request)
    if shared:
        context = {**_about(buoi), "title": "Tự điểm danh", "ten": ten_goi(doan_vien)}
        return TemplateResponse(request, "chidoan/moi/da_diem_danh.html", context)
    response = redirect(request.path)
    _remember(response, buoi, doan_vien)
    _set(response, MAY, f"{buoi.pk}:{doan_vien.pk}", NHO_MAY)
    return response


def _identified(form: TheForm, buoi):
    """The member who says so rightly; a refusal stands above the form."""
    if not form.is_valid():
        return None
    try:
        return xung_danh(buoi, **form.cleaned_data)
    except RuleError as refusal:
        add_refusal(form, refusal)
        return None


def _about(buoi) -> dict:
    return {"buoi": buoi, "luc_nao": luc_nao(buoi), "chi_doan": buoi.chi_doan}


def _known(request, buoi):
    """Whom this phone belongs to, when he is of this branch and on its roster."""
    chi_doan, doan_vien = _pair(request, AI, NHO_AI)
    return tren_danh_sach(buoi, doan_vien) if chi_doan == buoi.chi_doan_id else None


def _has_checked_in_another(request, buoi, doan_vien) -> bool:
    seen_buoi, seen = _pair(request, MAY, NHO_MAY)
    return seen_buoi == buoi.pk and seen != doan_vien.pk


def _pair(request, name: str, max_age: int) -> tuple[int, int]:
    text = request.get_signed_cookie(name, "0:0", salt=name, max_age=max_age)
    one, _, other = text.partition(":")
    return int(one), int(other)


def _remember(response, buoi, doan_vien):
    _set(response, AI, f"{buoi.chi_doan_id}:{doan_vien.pk}", NHO_AI)
    return response


def _set(response, name: str, value: str, max_age: int) -> None:
    response.set_signed_cookie(
        name,
        value,
        salt=name,
        max_age=max_age,
        path=reverse("chidoan:moi_vao"),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _khong_thay(request):
    """One answer for what never was, is over, or belongs to somebody else."""
    context = {"title": "Liên kết không dùng được"}
    return TemplateResponse(request, "chidoan/moi/khong_thay.html", context, status=404)
