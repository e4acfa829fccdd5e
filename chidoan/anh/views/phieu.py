"""The roll on paper: printed with a QR, photographed back."""

import uuid

from django.template.response import TemplateResponse

from chidoan.anh.forms import AnhForm
from chidoan.anh.phieu import sheet, ten_phieu
from chidoan.anh.queries import phan_anh
from chidoan.models import Anh, BuoiSinhHoat
from core.pdf import pdf_response, render_pdf
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .anh import receive

BUOI = BuoiSinhHoat.objects.select_related("chi_doan", "chu_tri", "thu_ky")


@require_quyen(Quyen.GHI_SINH_HOAT)
def phieu_giay(request, pk):
    """Where the QR of a sheet leads: photograph it, it hangs on this meeting."""
    buoi = get_visible_or_404(BUOI, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)
    if request.method == "POST":
        return receive(request, buoi)
    context = {
        "title": "Phiếu điểm danh giấy",
        "subtitle": f"{buoi} · {buoi.chi_doan}",
        "back": buoi.get_absolute_url(),
        "buoi": buoi,
        "phieu": phan_anh(buoi, user=request.user).phieu,
        "form": AnhForm(initial={"client_id": uuid.uuid4(), "loai": Anh.Loai.PHIEU_GIAY}),
    }
    return TemplateResponse(request, "chidoan/anh/phieu_giay.html", context)


@require_quyen(Quyen.GHI_SINH_HOAT)
def phieu_pdf(request, pk):
    """The sheet to print; it holds names: recorded."""
    buoi = get_visible_or_404(BUOI, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)
    content = render_pdf(sheet(buoi), title=ten_phieu(buoi))
    record(by=request.user, hanh_dong="phieu_giay.print", target=buoi, ngay=buoi.ngay)
    return pdf_response(content, file_name("phieu", str(buoi.chi_doan), day=buoi.ngay))
