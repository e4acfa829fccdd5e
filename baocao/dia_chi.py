"""Addresses: what a page is asked for, and where the rows behind a figure are."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from core.periods import today
from core.text.display import so
from tochuc.ban_do import KHI_DO, BanDo
from tochuc.chon_ban_do import THAM_SO
from tochuc.models import DonVi

from .chi_tieu import ChiTieu, So, ThoiKy


def read_den(text: str | None, don_vi: DonVi) -> date | None:
    """The day up to which an address wants figures, today or the end of the unit's records at the
    latest; None for nothing and for nonsense."""
    try:
        return min(date.fromisoformat(text or ""), don_vi.ngay_so_lieu(today()))
    except ValueError:
        return None


def rows_url(
    don_vi_id: int,
    chi_tieu: ChiTieu,
    thoi_ky: ThoiKy,
    *,
    luy_ke: bool = False,
    mau: bool = False,
    tru: int | None = None,
    user=None,
    ban_do: BanDo | None = None,
) -> str:
    """The list of exactly the rows that the figure counts; "" where names are not opened.

    `tru`: without those of that unit below. Rows that take a right of their own are linked for
    a `user` who holds it. `ban_do` is the map the figure was counted on.
    """
    if chi_tieu.is_nhap_tay or chi_tieu.nhay_cam:
        return ""
    if chi_tieu.quyen_mo and not (user and user.has_quyen(chi_tieu.quyen_mo)):
        return ""
    params = {"ky": thoi_ky.ky.code, "den": thoi_ky.den.isoformat()}
    if luy_ke:
        params["luy_ke"] = 1
    if mau:
        params["phan"] = "mau"
    if ban_do:
        params[THAM_SO] = KHI_DO
    if tru:
        params["tru"] = tru
    path = reverse("baocao:chi_tieu_rows", args=[don_vi_id, chi_tieu.ma])
    return f"{path}?{urlencode(params)}"


def fraction(figure: So) -> str:
    """ "112/138" of a ratio, nothing of a count."""
    return "" if figure.mau is None else f"{so(figure.tu)}/{so(figure.mau)}"
