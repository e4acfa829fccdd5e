"""The page of figures of a unit, its paper, and the rows that have no list elsewhere."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from django_filters import FilterSet

from baocao.chi_tieu import THEO_MA, ThoiKy, rows
from baocao.tables import prepared, rows_table
from baocao.tong_quan.cap_tren import cap_tren_context
from baocao.tong_quan.da_bao_cao import da_bao_cao_context
from baocao.tong_quan.dan_so import CHUA_GHI
from baocao.tong_quan.giay import giay_cap_tren, giay_phuong
from baocao.tong_quan.giay_da_bao_cao import giay_da_bao_cao
from baocao.tong_quan.ngay_xem import NgayXem, chuyen_so, url_bang
from baocao.tong_quan.trang_phuong import trang_phuong
from core.listing import list_page
from core.pdf import pdf_response, render_pdf
from core.text.display import ngay
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.chon_ban_do import chon_ban_do
from tochuc.models import DonVi
from tochuc.permissions import Quyen, require_quyen, who_may


@require_quyen(Quyen.XEM_BAO_CAO)
def tong_quan(request, don_vi):
    unit = _unit(request, don_vi)
    if unit.is_chi_doan:
        return HttpResponseRedirect(unit.get_absolute_url())
    xem = NgayXem.read(request.GET, unit)
    template, context = _page(request, unit, xem)
    context |= {"xem": xem, "chuyen": chuyen_so(unit, xem)}
    return TemplateResponse(request, f"baocao/{template}.html", context)


def _page(request, unit, xem):
    if xem.is_da_bao_cao:
        return "tong_quan_da_bao_cao", da_bao_cao_context(unit, xem, request.GET)
    if unit.is_co_so:
        return "tong_quan_phuong", trang_phuong(request.user, unit, xem, request.GET)
    context = cap_tren_context(request.user, unit, xem, request.GET, is_nha=False)
    return "tong_quan_cap_tren", context


@require_safe
@require_quyen(Quyen.XEM_BAO_CAO)
def tong_quan_pdf(request, don_vi):
    """The same figures of the same day as a sheet to print."""
    unit = _unit(request, don_vi)
    if unit.is_chi_doan:
        raise Http404
    xem = NgayXem.read(request.GET, unit)
    template, context = _page(request, unit, xem)
    content = render_pdf(_GIAY[template](unit, xem, context), title=f"{context['title']}, {unit}")
    return pdf_response(content, file_name("bang-tong-hop", str(unit), day=xem.ngay))


_GIAY = {
    "tong_quan_da_bao_cao": giay_da_bao_cao,
    "tong_quan_phuong": giay_phuong,
    "tong_quan_cap_tren": giay_cap_tren,
}


@require_quyen(Quyen.XEM_BAO_CAO)
def tong_quan_di_xa(request, don_vi):
    """Members who are away at one place (`?noi=`)."""
    unit = _unit(request, don_vi)
    xem = NgayXem.read(request.GET, unit)
    noi = request.GET.get("noi", "")
    may_export = request.user.may(Quyen.XUAT_DOAN_VIEN, unit)
    if request.GET.get("export") == "xlsx" and not may_export:
        raise PermissionDenied(who_may(Quyen.XUAT_DOAN_VIEN))
    chosen = chon_ban_do(
        request.GET, request.user, Quyen.XEM_BAO_CAO, unit, xem.ngay, ben_trong=True
    )
    item, thoi_ky = THEO_MA["di_lam_xa"], ThoiKy.of(xem.ky, unit, xem.ngay)
    found = rows(item, unit, thoi_ky, ban_do=chosen.ban_do).di_xa_o(noi).visible_to(request.user)
    return list_page(
        request,
        queryset=prepared(item.nguon.ma, found),
        filterset=FilterSet,
        table=rows_table(item.nguon.ma, ten=f"di-xa-{unit.ma}"),
        title=f"Đi làm xa: {noi or CHUA_GHI.lower()}",
        noun="đồng chí",
        template="baocao/chi_tieu_rows.html",
        on_download=lambda request, count: record(
            by=request.user,
            hanh_dong="chi_tieu.export",
            target=unit,
            ma=item.ma,
            so_dong=str(count),
        ),
        extra={
            "subtitle": f"{unit} · tính đến {ngay(xem.ngay)}",
            "may_export": may_export,
            "ban_do": chosen,
            "back": url_bang(unit, xem, chosen),
        },
    )


def _unit(request, pk) -> DonVi:
    units = DonVi.objects.permitted_to(request.user, Quyen.XEM_BAO_CAO)
    return get_object_or_404(units, pk=pk)
