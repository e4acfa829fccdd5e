"""The nine tables of a unit: what is filled, what is to be typed, and the workbook."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from baocao.dia_chi import rows_url
from core.errors import RuleError
from core.periods import KyBaoCao, read_ky, today
from core.text.display import ngay
from core.text.numbers import file_name
from core.xlsx import file_response
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, require_quyen
from tochuc.viec_nen import start

from . import viec
from .doc import SoLieuBieu, bieu_xlsx, doc_bieu, ky_bieu, so_co_so
from .khai_bao import CAC_BIEU

TEN = "Biểu 6 tháng, năm của phần mềm quốc gia"


@require_quyen(Quyen.XEM_BAO_CAO)
def bieu(request, don_vi):
    unit, ky = _unit(request, don_vi), _ky(request.GET)
    found = doc_bieu(unit, ky)
    tables = [_bang(found, declared, request.user) for declared in CAC_BIEU]
    context = {
        "title": TEN,
        "subtitle": f"{unit} · {ky.ten}, số liệu đến {ngay(found.thoi_ky.den)}",
        "back": reverse("baocao:list"),
        "crumbs": [("Báo cáo", reverse("baocao:list")), ("Biểu quốc gia", "")],
        "unit": unit,
        "ky": ky,
        "cac_ky": _cac_ky(ky),
        "cac_bieu": tables,
        "so_o": sum(len(table["o"]) for table in tables),
        "so_go": sum(len(declared.go_tay) for declared in CAC_BIEU),
        "so_co_so": len(found.co_so),
    }
    return TemplateResponse(request, "baocao/bieu.html", context)


@require_POST
@require_quyen(Quyen.XEM_BAO_CAO)
def bieu_tai(request, don_vi):
    """The workbook; of many wards made in the background."""
    unit, ky = _unit(request, don_vi), _ky(request.POST)
    record(by=request.user, hanh_dong="bieu_quoc_gia.export", target=unit, ky=ky.code)
    if so_co_so(unit, ky) < viec.DAI:
        name = file_name("bieu-quoc-gia", unit.ma, ky.code, ext="xlsx")
        return file_response(bieu_xlsx(doc_bieu(unit, ky)), name)
    try:
        work = start(
            viec.bieu_quoc_gia,
            ten=f"{TEN}, {ky.ten}",
            don_vi=unit,
            by=request.user,
            tham_so={"don_vi": unit.pk, "ky": ky.code},
        )
    except RuleError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('baocao:bieu', args=[unit.pk])}?ky={ky.code}")
    return redirect(work)


def _unit(request, pk) -> DonVi:
    """A ward or an office above wards; a branch hands in none of these tables."""
    units = DonVi.objects.permitted_to(request.user, Quyen.XEM_BAO_CAO)
    unit = get_object_or_404(units, pk=pk)
    if unit.is_chi_doan:
        raise Http404
    return unit


def _ky(params) -> KyBaoCao:
    """The first half of a year, or the whole of it."""
    default = ky_bieu(today())
    ky = read_ky(params.get("ky"), default)
    return ky if ky.is_nam or ky.nua == 1 else default


def _cac_ky(ky: KyBaoCao) -> list[dict]:
    """The two tables of the year and those of the year before."""
    shown = [KyBaoCao(ky.nam - 1), KyBaoCao(ky.nam, nua=1), KyBaoCao(ky.nam)]
    return [
        {"label": capfirst(item.ten), "url": f"?ky={item.code}", "active": item == ky}
        for item in shown
    ]


def _bang(found: SoLieuBieu, declared, user) -> dict:
    cells = [
        {
            "ten": cot.ten,
            "la_so": cot.chi_tieu is not None,
            "gia_tri": found.gia_tri(found.don_vi, cot),
            "url": rows_url(
                found.don_vi.pk, cot.chi_tieu, found.thoi_ky, user=user, ban_do=found.ban_do
            )
            if cot.chi_tieu
            else "",
        }
        for cot in declared.cot
    ]
    return {"so": declared.so, "ten": declared.ten, "o": cells, "go_tay": declared.go_tay}
