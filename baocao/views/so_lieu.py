"""Figures of a unit, and the rows behind one of them."""

from dataclasses import replace
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django_filters import FilterSet

from baocao.chi_tieu import MO_DUOC, ThoiKy, rows, total
from baocao.dia_chi import read_den
from baocao.tables import CA_NHAN, prepared, rows_table, ten_co_so
from baocao.trang_so_lieu import don_vi_duoi, so_lieu_context, so_lieu_sheets
from core.listing import list_page
from core.periods import KyBaoCao, read_ky, today
from core.text.display import ngay, so
from core.xlsx import workbook_response
from tochuc.audit import record
from tochuc.chon_ban_do import chon_ban_do
from tochuc.loc import named_pk
from tochuc.models import DonVi
from tochuc.permissions import Quyen, require_quyen, who_may

THEM = "them"
"""`?phan=`: the rows of a figure's second table."""
CHI_XEM_SO = {
    Quyen.XEM_NGUYEN_VONG: (
        "Chỉ tiêu này đơn vị chỉ xem số. Nội dung do Bí thư chi đoàn và Đoàn phường, xã giữ kín."
    ),
    Quyen.XEM_DOAN_PHI: (
        "Chỉ tiêu này đồng chí chỉ xem số. Ai đóng đoàn phí, đóng bao nhiêu thì người được giao "
        "xem đoàn phí của đơn vị mới mở được."
    ),
    Quyen.XEM_QUY_HOACH: (
        "Chỉ tiêu này chi đoàn chỉ xem số. Quy hoạch ai là việc của Đoàn phường, xã và cấp ủy."
    ),
}


@require_quyen(Quyen.XEM_BAO_CAO)
def don_vi_so_lieu(request, don_vi):
    unit = _unit(request, don_vi)
    ky = read_ky(request.GET.get("ky"), KyBaoCao.quarter_of(unit.ngay_so_lieu(today())))
    context = so_lieu_context(unit, ky, request.user, request.GET)
    if request.GET.get("export") == "xlsx":
        units = don_vi_duoi(unit, request.user, context["table"])
        return workbook_response(f"so-lieu-{unit.ma}-{ky.code}", so_lieu_sheets(context, units))
    return TemplateResponse(request, "baocao/don_vi_so_lieu.html", context)


@require_quyen(Quyen.XEM_BAO_CAO)
def chi_tieu_rows(request, don_vi, ma):
    unit = _unit(request, don_vi)
    chi_tieu = MO_DUOC.get(ma)
    if chi_tieu is None or chi_tieu.is_nhap_tay:
        raise Http404
    if chi_tieu.nhay_cam:
        raise PermissionDenied("Chỉ tiêu này chỉ xem dưới dạng tổng số, không mở danh sách.")
    if chi_tieu.quyen_mo and not request.user.may(chi_tieu.quyen_mo, unit):
        raise PermissionDenied(CHI_XEM_SO[chi_tieu.quyen_mo])
    ky = read_ky(request.GET.get("ky"), KyBaoCao.quarter_of(unit.ngay_so_lieu(today())))
    thoi_ky = ThoiKy.of(ky, unit, read_den(request.GET.get("den"), unit))
    views = _views(request, chi_tieu)
    if chi_tieu.nguon_them and request.GET.get("phan") == THEM:
        chi_tieu = replace(chi_tieu, nguon=chi_tieu.nguon_them)
    luy_ke = request.GET.get("luy_ke") == "1" and bool(chi_tieu.nguon.ngay)
    mau = request.GET.get("phan") == "mau" and chi_tieu.is_ty_le
    chosen = chon_ban_do(
        request.GET, request.user, Quyen.XEM_BAO_CAO, unit, thoi_ky.den, ben_trong=True
    )
    tru = _left_out(request, unit)
    found = rows(chi_tieu, unit, thoi_ky, luy_ke=luy_ke, mau=mau, tru=tru, ban_do=chosen.ban_do)
    found = found.visible_to(request.user)
    may_export = chi_tieu.nguon.ma not in CA_NHAN or request.user.may(Quyen.XUAT_DOAN_VIEN, unit)
    if request.GET.get("export") == "xlsx" and not may_export:
        raise PermissionDenied(who_may(Quyen.XUAT_DOAN_VIEN))
    return list_page(
        request,
        queryset=prepared(chi_tieu.nguon.ma, found),
        filterset=FilterSet,
        table=_table(chi_tieu, unit, chosen.ban_do),
        title=chi_tieu.ten,
        noun="dòng" if chi_tieu.is_ty_le or chi_tieu.tong else chi_tieu.don_vi_tinh,
        template="baocao/chi_tieu_rows.html",
        on_download=_recorded(chi_tieu, unit),
        extra={
            "subtitle": _subtitle(unit, thoi_ky, chi_tieu, luy_ke=luy_ke, tru=tru)
            + _cong(chi_tieu, found),
            "views": views,
            "may_export": may_export,
            "ban_do": chosen,
            "back": _back(unit, ky, chosen),
        },
    )


def _back(unit, ky, chosen) -> str:
    query = urlencode({"ky": ky.code, **chosen.tham_so})
    return f"{reverse('baocao:don_vi_so_lieu', args=[unit.pk])}?{query}"


def _unit(request, pk) -> DonVi:
    units = DonVi.objects.permitted_to(request.user, Quyen.XEM_BAO_CAO)
    return get_object_or_404(units, pk=pk)


def _table(chi_tieu, unit, ban_do):
    """The rows with their wards, from above wards; on the map they are read on. One query."""
    name = f"{chi_tieu.ma}-{unit.ma}"
    if unit.is_co_so or unit.is_chi_doan or chi_tieu.nguon.ma == "don_vi":
        return rows_table(chi_tieu.nguon.ma, ten=name)
    owner = chi_tieu.nguon.path.split("__")[:-1]

    def don_vi(row):
        for field in owner:
            row = getattr(row, field)
        return row

    if ban_do:
        names = ban_do.ten_co_so(unit)
        return rows_table(
            chi_tieu.nguon.ma, ten=name, co_so=lambda row: names.get(don_vi(row).pk, "")
        )
    wards = list(DonVi.objects.under(unit).co_so())
    co_so = ten_co_so(wards, lambda row: don_vi(row).path)
    return rows_table(chi_tieu.nguon.ma, ten=name, co_so=co_so)


def _left_out(request, unit) -> DonVi | None:
    """The unit below whose rows are not wanted (`?tru=`)."""
    named = request.GET.get("tru", "")
    if not named:
        return None
    found = _unit(request, named_pk(named))
    return found if found.path.startswith(unit.path) and found != unit else None


def _subtitle(unit, thoi_ky, chi_tieu, *, luy_ke: bool, tru: DonVi | None) -> str:
    if not chi_tieu.nguon.ngay:
        when = f"tính đến {ngay(thoi_ky.den)}"
    else:
        first, last = thoi_ky.luy_ke if luy_ke else thoi_ky.trong_ky
        when = f"từ {ngay(first)} đến {ngay(last)}"
    without = f", trừ {tru}" if tru else ""
    return f"{unit}{without} · {when}"


def _cong(chi_tieu, found) -> str:
    """What the rows come to, where a column of them is added up."""
    if not chi_tieu.tong:
        return ""
    return f" · cộng {so(total(chi_tieu, found).gia_tri)} {chi_tieu.don_vi_tinh}"


def _views(request, chi_tieu) -> list[dict]:
    """A ratio has two lists, the rows that count and all it is measured against; so has a figure
    of two tables."""
    if chi_tieu.is_ty_le:
        lists = (("Tử số", ""), ("Mẫu số", "mau"))
    elif chi_tieu.nguon_them:
        lists = tuple(zip(chi_tieu.ten_phan, ("", THEM), strict=True))
    else:
        return []
    params = request.GET.copy()
    chosen = params.get("phan", "")
    options = []
    for label, value in lists:
        params["phan"] = value
        is_chosen = chosen == value if value else chosen != lists[1][1]
        options.append({"label": label, "url": f"?{params.urlencode()}", "active": is_chosen})
    return options


def _recorded(chi_tieu, unit):
    if chi_tieu.nguon.ma not in CA_NHAN:
        return None

    def write(request, count):
        record(
            by=request.user,
            hanh_dong="chi_tieu.export",
            target=unit,
            ma=chi_tieu.ma,
            so_dong=so(count),
        )

    return write
