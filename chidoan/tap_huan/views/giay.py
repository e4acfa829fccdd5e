from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from chidoan.models import HocVien
from chidoan.tap_huan import giay_to, services
from chidoan.tap_huan.forms import LyDoForm
from chidoan.tap_huan.services.khoa import check_cap_giay
from chidoan.tap_huan.viec_nen import start_cap_giay
from core.errors import RuleError
from core.form_page import run_form
from core.pdf import pdf_response, render_pdf
from core.text.numbers import ascii_slug, file_name
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import get_visible_or_404, require_quyen

from .chung import TO_CHUC, XEM, hoc_vien_to_certify, lop_to_run, lop_to_see


@require_quyen(XEM)
def hoc_vien_giay(request, pk):
    """A participant's certificate: the issued bytes, else a preview without a number; POST gives
    it its number."""
    if request.method == "POST":
        return _issue(request, hoc_vien_to_certify(request, pk))
    row = get_visible_or_404(HocVien.objects.cho_trang(), request.user, pk=pk)
    if not row.is_dat:
        raise Http404
    paper = VanBan.objects.issued(row, giay_to.CHUNG_NHAN)
    content = (
        bytes(paper.tep)
        if paper
        else render_pdf(giay_to.chung_nhan(row), title=giay_to.TIEU_DE_GCN)
    )
    record(by=request.user, hanh_dong="lop_tap_huan.print", target=row.lop, loai="GCN")
    so = paper.so_ky_hieu if paper else "xem-thu"
    name = file_name("GCN", so, ascii_slug(row.ho_ten), day=row.lop.den_ngay)
    return pdf_response(content, name)


@require_POST
@require_quyen(TO_CHUC)
def tap_huan_cap_giay(request, pk):
    """Certificates for all who passed, in the background."""
    lop = lop_to_see(request, pk)
    check_cap_giay(lop, request.user)
    try:
        return redirect(start_cap_giay(lop=lop, by=request.user))
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(lop)


@require_quyen(TO_CHUC)
def hoc_vien_huy_giay(request, pk):
    row = hoc_vien_to_certify(request, pk)
    return run_form(
        request,
        form=LyDoForm(request.POST or None),
        save=lambda data: services.huy_giay(hoc_vien=row, by=request.user, **data) or row,
        done="Đã hủy giấy chứng nhận. Ai quét mã trên giấy sẽ thấy giấy không còn hiệu lực.",
        back=row.lop.get_absolute_url(),
        template="core/confirm.html",
        title=f"Hủy giấy chứng nhận của {row}?",
        text="Số đã cấp không dùng lại. Sau đó có thể cấp giấy mới, mang số khác.",
        verb="Hủy giấy",
        danger=True,
    )


@require_quyen(XEM)
def tap_huan_danh_sach(request, pk):
    """The list to be signed at the door, for who runs the class."""
    lop = lop_to_run(request, pk)
    rows = list(lop.hoc_vien.dang_ky())
    record(by=request.user, hanh_dong="lop_tap_huan.print", target=lop, loai="DS")
    content = render_pdf(giay_to.danh_sach(lop, rows), title=giay_to.TIEU_DE_DS)
    return pdf_response(content, file_name("danh-sach-lop", day=lop.tu_ngay))


def _issue(request, row):
    try:
        paper = services.cap_giay(hoc_vien=row, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã cấp giấy chứng nhận số {paper.so_ky_hieu} cho {row}.")
    return redirect(row.lop)
