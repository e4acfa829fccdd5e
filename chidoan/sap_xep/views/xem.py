from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from chidoan.models import DongSapXep, SapXep
from chidoan.sap_xep import services, trang
from chidoan.sap_xep.filters import SapXepFilter
from chidoan.sap_xep.tables import SAP_XEP_TABLE, tinh_trang
from core.listing import list_page
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

_MIME = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".png": "image/png"}


@require_quyen(Quyen.XEM_DON_VI)
def sap_xep_list(request):
    return list_page(
        request,
        queryset=SapXep.objects.visible_to(request.user).cho_trang(),
        filterset=SapXepFilter,
        table=SAP_XEP_TABLE,
        title="Sắp xếp đơn vị",
        noun="đợt",
        template="chidoan/sap_xep/list.html",
        extra={"may_draft": request.user.has_quyen(Quyen.DE_NGHI_SAP_XEP)},
    )


@require_quyen(Quyen.XEM_DON_VI)
def sap_xep_detail(request, pk):
    """A decision: its lineage, what it does or did, its steps, and what one may do with it."""
    sap_xep = get_visible_or_404(SapXep.objects.cho_trang(), request.user, pk=pk)
    seen = sap_xep.xem_truoc if sap_xep.trang_thai in SapXep.CON_MO else {}
    is_current = seen.get("bam") == services.bam_cua(sap_xep)
    units = DonVi.objects.in_bulk(trang.don_vi_trong_dot(sap_xep) if sap_xep.is_nhap else ())
    lines = trang.dong_da_ghi(sap_xep) or (seen.get("dong", []) if is_current else [])
    context = {
        "title": sap_xep.ten,
        "subtitle": f"{sap_xep.don_vi} · có hiệu lực từ ngày {sap_xep.hieu_luc:%d/%m/%Y}",
        "crumbs": [("Sắp xếp", reverse("chidoan:sap_xep_list")), (sap_xep.ten, "")],
        "back": reverse("chidoan:sap_xep_list"),
        "sap_xep": sap_xep,
        "state": tinh_trang(sap_xep),
        "xem": seen if is_current else {},
        "is_cu": bool(seen) and not is_current,
        "cay": trang.ve_cay(lines),
        "kpis": trang.kpis(seen) if is_current and not seen["can_tro"] else [],
        "viec": trang.viec_trong_dot(sap_xep, units) if sap_xep.is_nhap else [],
        "entries": trang.cac_buoc(sap_xep),
        "ma_loai": [],
        **trang.quyen_cua(request.user, sap_xep),
    }
    return TemplateResponse(request, "chidoan/sap_xep/detail.html", context)


@require_quyen(Quyen.XEM_DON_VI)
def sap_xep_don_vi(request, pk):
    """Where a unit came from and what became of it."""
    unit = get_visible_or_404(DonVi.objects, request.user, pk=pk)
    lines = DongSapXep.objects.da_ap_dung().cua(unit).select_related("sap_xep", "truoc", "sau")
    lines = list(lines.order_by("-sap_xep__hieu_luc", "-sap_xep", "pk"))
    context = {
        "title": "Nguồn gốc đơn vị",
        "subtitle": str(unit),
        "back": unit.get_absolute_url(),
        "unit": unit,
        "lines": [(line, _truoc_url(request.user, unit, line)) for line in lines],
        "chia": any(line.loai == DongSapXep.Loai.CHIA_TACH for line in lines),
        "seen": set(
            SapXep.objects.visible_to(request.user).da_qua(unit).values_list("pk", flat=True)
        ),
    }
    return TemplateResponse(request, "chidoan/sap_xep/don_vi.html", context)


def _truoc_url(user, unit: DonVi, line: DongSapXep) -> str:
    """The page of the unit before, for who may open it."""
    before = line.truoc
    is_other = before is not None and before != unit
    return before.get_absolute_url() if is_other and user.may(Quyen.XEM_DON_VI, before) else ""


@require_quyen(Quyen.XEM_DON_VI)
def sap_xep_tep(request, pk):
    """The decision as it was photographed or scanned."""
    sap_xep = get_visible_or_404(SapXep.objects, request.user, pk=pk)
    if not sap_xep.tep:
        raise Http404
    record(by=request.user, hanh_dong="sap_xep.download", target=sap_xep)
    kind = _MIME.get(sap_xep.ten_tep[-4:], "application/octet-stream")
    response = HttpResponse(bytes(sap_xep.tep), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, sap_xep.ten_tep)
    return response
