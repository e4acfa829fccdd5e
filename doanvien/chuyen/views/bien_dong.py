"""Movement of a unit's members in a period, and the people behind each figure."""

from urllib.parse import urlencode

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse

from core.listing import list_page
from core.periods import KyBaoCao, today
from core.xlsx import xlsx_response
from doanvien import bien_dong
from doanvien.chuyen.filters import DongBienDongFilter
from doanvien.chuyen.tables import BIEN_DONG_COLUMNS, dong_bien_dong_table
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, require_quyen

TIEU_DE = {
    "dau_ky": "Có đầu kỳ",
    "vao": "Vào trong kỳ",
    "ra": "Ra trong kỳ",
    "cuoi_ky": "Có cuối kỳ",
}


@require_quyen(Quyen.XEM_DOAN_VIEN)
def bien_dong_page(request):
    don_vi, ky = _asked(request)
    rows = bien_dong.bien_dong(don_vi, ky, den=today())
    total = bien_dong.tong(rows, don_vi)
    if request.GET.get("export") == "xlsx":
        _record(request, len(rows))
        labels = [label for label, _ in BIEN_DONG_COLUMNS]
        table = [[value(row) for _, value in BIEN_DONG_COLUMNS] for row in [*rows, total]]
        return xlsx_response(f"bien-dong-{ky.code}", labels, table)
    _, den = bien_dong.khoang(ky, today())
    context = {
        "title": "Biến động đoàn viên",
        "subtitle": f"{don_vi}, {ky.ten}",
        "don_vi": don_vi,
        "den": den,
        "periods": _periods(don_vi, ky),
        "kpis": [
            {"label": TIEU_DE[muc], "value": figure, "url": _url(don_vi, ky, muc)}
            for muc, figure in (
                ("dau_ky", total.dau_ky),
                ("vao", total.tong_vao),
                ("ra", total.tong_ra),
                ("cuoi_ky", total.cuoi_ky),
            )
        ],
        "reasons": [*_reasons(don_vi, ky, "vao", total.vao), *_reasons(don_vi, ky, "ra", total.ra)],
        "rows": [_branch(row, ky) for row in rows],
        "export_url": f"?{_query(don_vi, ky)}&export=xlsx",
    }
    return TemplateResponse(request, "doanvien/bien_dong.html", context)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def bien_dong_rows(request):
    """The membership periods that one figure counts."""
    don_vi, ky = _asked(request)
    muc = request.GET.get("muc", "cuoi_ky")
    rows = bien_dong.dong(don_vi, ky, muc, den=today())
    if rows is None:
        raise Http404
    back = f"{reverse('doanvien:bien_dong')}?{_query(don_vi, ky)}"
    return list_page(
        request,
        queryset=rows.cho_trang_khach().order_by("doan_vien__khoa_sap_xep", "pk"),
        filterset=DongBienDongFilter,
        table=dong_bien_dong_table(request.user),
        title=_title(muc),
        noun="đồng chí",
        template="doanvien/bien_dong_dong.html",
        on_download=_record,
        extra={
            "subtitle": f"{don_vi}, {ky.ten}",
            "back": back,
            "crumbs": [("Biến động", back), (_title(muc), "")],
        },
    )


def _asked(request) -> tuple[DonVi, KyBaoCao]:
    """Unit and period of the address; the own unit and this quarter without them."""
    try:
        ky = KyBaoCao.parse(request.GET.get("ky") or KyBaoCao.quarter_of(today()).code)
    except ValueError as error:
        raise Http404 from error
    text = request.GET.get("don_vi", "")
    pk = int(text) if text.isdecimal() and len(text) < 18 else request.user.don_vi.pk
    units = DonVi.objects.permitted_to(request.user, Quyen.XEM_DOAN_VIEN)
    don_vi = units.in_bulk([pk]).get(pk)
    if don_vi is None:
        raise Http404
    return don_vi, ky


def _title(muc: str) -> str:
    if muc in TIEU_DE:
        return TIEU_DE[muc]
    side, _, reason = muc.partition("_")
    return f"{TIEU_DE[side]}: {bien_dong.NHAN[reason].lower()}"


def _reasons(don_vi, ky, side: str, figures: dict) -> list[tuple]:
    word = "Vào" if side == "vao" else "Ra"
    return [
        (f"{word}: {bien_dong.NHAN[key].lower()}", figure, _url(don_vi, ky, f"{side}_{key}"))
        for key, figure in figures.items()
        if figure
    ]


def _branch(row: bien_dong.BienDong, ky: KyBaoCao) -> dict:
    figures = (
        ("dau_ky", row.dau_ky),
        ("vao", row.tong_vao),
        ("ra", row.tong_ra),
        ("cuoi_ky", row.cuoi_ky),
    )
    cells = [(figure, _url(row.don_vi, ky, muc) if figure else "") for muc, figure in figures]
    return {"don_vi": row.don_vi, "cells": cells}


def _periods(don_vi: DonVi, ky: KyBaoCao) -> list[dict]:
    day = today()
    found = [
        ("Kỳ trước", ky.previous),
        ("Tháng này", KyBaoCao.month_of(day)),
        ("Quý này", KyBaoCao.quarter_of(day)),
        ("Năm nay", KyBaoCao.year_of(day)),
    ]
    if ky.next.start <= day:
        found.append(("Kỳ sau", ky.next))
    return [
        {"label": label, "url": f"?{_query(don_vi, other)}", "active": other == ky}
        for label, other in found
    ]


def _query(don_vi: DonVi, ky: KyBaoCao) -> str:
    return urlencode({"don_vi": don_vi.pk, "ky": ky.code})


def _url(don_vi: DonVi, ky: KyBaoCao, muc: str) -> str:
    query = urlencode({"don_vi": don_vi.pk, "ky": ky.code, "muc": muc})
    return f"{reverse('doanvien:bien_dong_rows')}?{query}"


def _record(request, rows: int) -> None:
    record(
        by=request.user,
        hanh_dong="bien_dong.export",
        don_vi=request.user.don_vi,
        so_dong=rows,
        ky=request.GET.get("ky", ""),
    )
