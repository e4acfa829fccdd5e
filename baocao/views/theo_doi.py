"""Who has handed in: the table of units by periods, and words to remind those who have not."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from baocao.mau import KieuKy
from baocao.theo_doi import (
    CHU,
    BangTheoDoi,
    cac_ky,
    can_nhac,
    cap_xem,
    load_theo_doi,
    loi_nhac,
    loi_nhac_chung,
)
from core.periods import today
from core.xlsx import xlsx_response
from tochuc.permissions import Quyen, require_quyen

from .chung import role_of


@require_quyen(Quyen.XEM_BAO_CAO)
def theo_doi(request):
    """A branch has nobody below it: it goes to its own reports."""
    don_vi = role_of(request.user, Quyen.XEM_BAO_CAO).don_vi
    if don_vi.is_chi_doan:
        return redirect("baocao:list")
    kieu, co_so, bang = _bang(request, don_vi)
    state = request.GET.get("tinh_trang", "")
    shown = bang.loc(state) if state in CHU else bang
    if request.GET.get("export") == "xlsx":
        return _xlsx(kieu, shown)
    context = {
        "title": "Theo dõi nộp báo cáo",
        "subtitle": str(don_vi),
        "kieu": kieu,
        "cac_kieu": _lua_chon(request, "kieu", [(item.value, item.ten) for item in KieuKy], kieu),
        "cac_cap": _lua_chon(
            request, "cap", [("", "Đơn vị trực thuộc"), ("co_so", "Xã, phường")], co_so
        )
        if cap_xem(don_vi)
        else [],
        "cac_trang_thai": [(ma, word) for ma, (_, _, word) in CHU.items()],
        "tinh_trang": state if state in CHU else "",
        "co_so": co_so,
        "bang": shown,
        "ty_le": bang.ty_le,
        "export_url": _address(request, export="xlsx"),
        "is_nhac": request.user.may(Quyen.DUYET_BAO_CAO, don_vi),
    }
    return TemplateResponse(request, "baocao/theo_doi.html", context)


@require_quyen(Quyen.DUYET_BAO_CAO)
def nhac_nop(request):
    don_vi = role_of(request.user, Quyen.DUYET_BAO_CAO).don_vi
    _, _, bang = _bang(request, don_vi)
    rows = can_nhac(bang, don_vi.ngay_so_lieu(today()))
    context = {
        "title": "Nhắc nộp báo cáo",
        "subtitle": str(don_vi),
        "back": reverse("baocao:theo_doi"),
        "rows": [(unit, owed, loi_nhac(owed)) for unit, owed in rows],
        "loi_chung": loi_nhac_chung(rows),
    }
    return TemplateResponse(request, "baocao/nhac_nop.html", context)


def _bang(request, don_vi) -> tuple[KieuKy, str, BangTheoDoi]:
    """The table an address asks for; the page's own for nonsense."""
    asked = request.GET.get("kieu")
    kieu = KieuKy(asked) if asked in list(KieuKy) else KieuKy.QUY
    co_so = "co_so" if request.GET.get("cap") == "co_so" and cap_xem(don_vi) else ""
    day = don_vi.ngay_so_lieu(today())
    return kieu, co_so, load_theo_doi(don_vi, cac_ky(kieu, day), day, co_so=bool(co_so))


def _lua_chon(request, name: str, options, chosen: str) -> list[dict]:
    return [
        {"label": label, "url": _address(request, **{name: value}), "active": value == chosen}
        for value, label in options
    ]


def _address(request, **params: str) -> str:
    query = request.GET.copy()
    for name, value in params.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _xlsx(kieu: KieuKy, bang: BangTheoDoi):
    labels = ["Đơn vị", *(ky.ten.replace("\u00a0", " ") for ky in bang.ky)]
    rows = [[str(row.don_vi), *(cell.chu for cell in row.o)] for row in bang.dong]
    return xlsx_response(f"theo-doi-bao-cao-{kieu.value.replace('_', '-')}", labels, rows)
