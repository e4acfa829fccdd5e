from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.so_chi_doan.bang import NamSo
from chidoan.so_chi_doan.in_so import print_so
from chidoan.so_chi_doan.so import pages, so_cua
from core.errors import RuleError
from core.pdf import pdf_response, render_pdf
from core.periods import read_year, today
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.loc import units_nearby
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.viec_nen import start


@require_quyen(Quyen.XUAT_DOAN_VIEN)
def so_sach_list(request):
    """The books of the own unit; from above the wards are chosen first."""
    don_vi = request.user.don_vi
    if don_vi.is_chi_doan or don_vi.is_co_so:
        return redirect("chidoan:so_sach", don_vi.pk)
    return redirect("tochuc:don_vi_list")


@require_quyen(Quyen.XUAT_DOAN_VIEN)
def so_sach(request, pk):
    nam_so = _nam_so(request, pk)
    so, don_vi = so_cua(nam_so), nam_so.don_vi
    context = {
        "title": so.ten,
        "subtitle": f"{don_vi}, năm {nam_so.nam}",
        "back": reverse("doanvien:list"),
        "so": so,
        "don_vi_so": don_vi,
        "units": units_nearby(request.user, Quyen.XUAT_DOAN_VIEN, don_vi),
        "nam": nam_so.nam,
        "nam_truoc": nam_so.nam - 1,
        "nam_sau": nam_so.nam + 1 if nam_so.nam < today().year else None,
    }
    return TemplateResponse(request, "chidoan/so_sach.html", context)


@require_quyen(Quyen.XUAT_DOAN_VIEN)
def so_bang_pdf(request, pk, so):
    """One table as it stands, to be looked at or printed; it holds personal data: recorded."""
    nam_so = _nam_so(request, pk)
    bang = so_cua(nam_so).lay(so)
    if bang is None:
        raise Http404
    title = f"{so_cua(nam_so).ten} năm {nam_so.nam}: {bang.ten}"
    content = render_pdf(pages(nam_so, (bang,)), title=title)
    record(by=request.user, hanh_dong="so_sach.print", target=nam_so.don_vi, nam=nam_so.nam, so=so)
    name = file_name("SCD", bang.so, nam_so.nam, nam_so.don_vi.ten_day_du)
    return pdf_response(content, name)


@require_POST
@require_quyen(Quyen.XUAT_DOAN_VIEN)
def so_sach_print(request, pk):
    nam_so = _nam_so(request, pk)
    try:
        job = start(
            print_so,
            ten=f"In {so_cua(nam_so).ten} năm {nam_so.nam}",
            don_vi=nam_so.don_vi,
            by=request.user,
            tham_so={"don_vi": nam_so.don_vi.pk, "nam": nam_so.nam},
        )
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect("chidoan:so_sach", pk)
    return redirect(job)


def _nam_so(request, pk) -> NamSo:
    don_vi = get_visible_or_404(DonVi.objects, request.user, quyen=Quyen.XUAT_DOAN_VIEN, pk=pk)
    if not (don_vi.is_chi_doan or don_vi.is_co_so):
        raise Http404
    return NamSo(don_vi, read_year(request.GET.get("nam") or request.POST.get("nam")))
