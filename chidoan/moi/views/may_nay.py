"""What this phone remembers below /m/: who has answered from it, and for whom it checked in."""

from django.conf import settings
from django.urls import reverse

from chidoan.moi.queries import tren_danh_sach

AI, MAY = "moi_ai", "moi_may"
"""Signed cookies: branch and member; meeting and member."""
NHO_AI, NHO_MAY = 180 * 24 * 60 * 60, 24 * 60 * 60


def known(request, rows):
    """Whom this phone belongs to and his branch's own among these meetings, when he is on its
    roster."""
    chi_doan, doan_vien = _pair(request, AI, NHO_AI)
    buoi = next((row for row in rows if row.chi_doan_id == chi_doan), None)
    person = tren_danh_sach(buoi, doan_vien) if buoi else None
    return (buoi, person) if person else None


def has_checked_in_another(request, buoi, doan_vien) -> bool:
    seen_buoi, seen = _pair(request, MAY, NHO_MAY)
    return seen_buoi == buoi.pk and seen != doan_vien.pk


def remember(response, buoi, doan_vien):
    """The phone is his from now on."""
    _set(response, AI, f"{buoi.chi_doan_id}:{doan_vien.pk}", NHO_AI)
    return response


def remember_arrival(response, buoi, doan_vien):
    """It has checked him in by the code of this meeting: the next one from here is marked."""
    _set(response, MAY, f"{buoi.pk}:{doan_vien.pk}", NHO_MAY)
    return response


def _pair(request, name: str, max_age: int) -> tuple[int, int]:
    text = request.get_signed_cookie(name, "0:0", salt=name, max_age=max_age)
    one, _, other = text.partition(":")
    return int(one), int(other)


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
