"""Prepared figures of an inspected unit with their rows; admissions held against the rules."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django_filters import FilterSet

from chidoan.kiem_tra.filters import KetNapThieuFilter
from chidoan.kiem_tra.forms import KhoangXemForm
from chidoan.kiem_tra.ket_nap import ket_nap_nam
from chidoan.kiem_tra.so_lieu import TEN, KhoangXem, doc_so_lieu, dong_so_lieu, khoang_cua
from chidoan.kiem_tra.tables import CO_TEN, DONG_TABLES, KET_NAP_THIEU_TABLE
from chidoan.models import CuocKiemTra
from chidoan.views.so import record_download
from core.listing import list_page
from core.periods import read_year, today
from core.text.display import ngay as show_day
from doanvien.tai_ve import quyen_cua
from tochuc.permissions import Quyen, require_quyen

from .chung import GHI, XEM, get_cuoc


@require_quyen(XEM)
def kiem_tra_so_lieu(request, pk):
    cuoc = get_cuoc(request, pk)
    form, xem = _khoang(request, cuoc)
    query = f"?tu={show_day(xem.tu)}&den={show_day(xem.den)}"
    context = {
        "title": "Số liệu chuẩn bị",
        "subtitle": f"{cuoc.doi_tuong} · từ {show_day(xem.tu)} đến {show_day(xem.den)}",
        "back": cuoc.get_absolute_url(),
        "crumbs": [
            ("Kiểm tra, giám sát", reverse("chidoan:kiem_tra_list")),
            (cuoc.chuyen_de, cuoc.get_absolute_url()),
            ("Số liệu chuẩn bị", ""),
        ],
        "cuoc": cuoc,
        "form": form,
        "rows": [(row, f"{_rows_url(cuoc, row.ma)}{query}") for row in doc_so_lieu(xem)],
        "may_take": cuoc.is_da_tien_hanh and request.user.may_at(GHI, cuoc.don_vi),
    }
    return TemplateResponse(request, "chidoan/kiem_tra/so_lieu.html", context)


@require_quyen(XEM)
def kiem_tra_so_lieu_rows(request, pk, ma):
    """The very rows that a figure counts."""
    if ma not in DONG_TABLES:
        raise Http404
    cuoc = get_cuoc(request, pk)
    _, xem = _khoang(request, cuoc)
    table, related, order = DONG_TABLES[ma]
    rows = dong_so_lieu(ma, xem)
    if ma in CO_TEN:
        rows = rows.permitted_to(request.user, quyen_cua(request, rows.quyen_xem))
    else:
        rows = rows.visible_to(request.user)
    if related:
        rows = rows.select_related(*related)
    query = f"?tu={show_day(xem.tu)}&den={show_day(xem.den)}"
    return list_page(
        request,
        queryset=rows.order_by(*order),
        filterset=FilterSet,
        table=table,
        title=TEN[ma],
        noun="dòng",
        on_download=record_download("kiem_tra.export"),
        extra={
            "subtitle": f"{cuoc.doi_tuong} · từ {show_day(xem.tu)} đến {show_day(xem.den)}",
            "back": f"{reverse('chidoan:kiem_tra_so_lieu', args=[pk])}{query}",
            "may_export": ma not in CO_TEN or request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(XEM)
def ket_nap_thieu_list(request):
    """Admissions of a year that lack a step: not to run after numbers."""
    nam = read_year(request.GET.get("nam"))
    rows = ket_nap_nam(request.user.don_vi, nam)
    rows = rows.permitted_to(request.user, quyen_cua(request, rows.quyen_xem))
    return list_page(
        request,
        queryset=rows.order_by("tu_ngay", "pk"),
        filterset=KetNapThieuFilter,
        table=KET_NAP_THIEU_TABLE,
        title=f"Kết nạp năm {nam} đối chiếu quy trình",
        noun="trường hợp",
        template="chidoan/kiem_tra/ket_nap.html",
        on_download=record_download("ket_nap.export"),
        extra={
            "nam": nam,
            "truoc": nam - 1,
            "sau": nam + 1 if nam < today().year else 0,
            "is_above": not request.user.don_vi.is_chi_doan,
            "back": reverse("chidoan:kiem_tra_list"),
            "may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


def _khoang(request, cuoc: CuocKiemTra) -> tuple[KhoangXemForm, KhoangXem]:
    """The span that was asked for, else the one of the inspection, else the year so far."""
    own = khoang_cua(cuoc)
    asked = "tu" in request.GET
    form = KhoangXemForm(request.GET if asked else None, initial={"tu": own.tu, "den": own.den})
    if asked and form.is_valid():
        return form, KhoangXem(cuoc.doi_tuong, **form.cleaned_data)
    return form, own


def _rows_url(cuoc: CuocKiemTra, ma: str) -> str:
    return reverse("chidoan:kiem_tra_so_lieu_rows", args=[cuoc.pk, ma])
