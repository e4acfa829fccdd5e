"""The papers of an inspection and of a year's programme, as PDF and as Word."""

from django.forms import Form
from django.views.decorators.http import require_safe

from chidoan.kiem_tra import services
from chidoan.kiem_tra.giay_chuong_trinh import giay_chuong_trinh
from chidoan.kiem_tra.giay_to import Giay, giay_bien_ban, giay_ket_luan
from core.docx import docx_response, render_docx
from core.form_page import sent
from core.pdf import pdf_response
from core.text.numbers import ascii_slug, file_name
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import get_visible_or_404, require_quyen
from tochuc.the_thuc import preview

from .chung import CHUONG_TRINH, GHI, XEM, form_of, get_cuoc, out_of_step

GIAY = {"bien-ban": giay_bien_ban, "ket-luan": giay_ket_luan}


@require_safe
@require_quyen(XEM)
def kiem_tra_pdf(request, pk, giay):
    """The minutes or the conclusion: issued bytes, else as they stand or would be."""
    return _cua_cuoc(request, pk, giay, _pdf)


@require_quyen(GHI)
def kiem_tra_bien_ban_issue(request, pk):
    cuoc = get_cuoc(request, pk, to_write=True)
    return out_of_step(request, cuoc, cuoc.is_da_tien_hanh) or form_of(
        request,
        cuoc,
        form=Form(sent(request)),
        save=lambda _: services.issue_bien_ban(cuoc=cuoc, by=request.user),
        done=lambda paper: f"Đã ban hành biên bản số {paper.so_ky_hieu}.",
        title="Ban hành biên bản?",
        text="Biên bản lấy số vào sổ; kết quả kiểm tra từ đó không sửa được. Xem bản in trước.",
        verb="Ban hành",
        template="core/confirm.html",
    )


@require_safe
@require_quyen(XEM)
def kiem_tra_word(request, pk, giay):
    return _cua_cuoc(request, pk, giay, _word)


@require_safe
@require_quyen(XEM)
def chuong_trinh_pdf(request, pk):
    row = get_visible_or_404(CHUONG_TRINH, request.user, pk=pk)
    return _pdf(request, row, giay_chuong_trinh(row), str(row.don_vi))


@require_safe
@require_quyen(XEM)
def chuong_trinh_word(request, pk):
    row = get_visible_or_404(CHUONG_TRINH, request.user, pk=pk)
    return _word(request, row, giay_chuong_trinh(row), str(row.don_vi))


def _cua_cuoc(request, pk, giay: str, answer):
    """A paper of an inspection, from the visit on."""
    cuoc = get_cuoc(request, pk)
    return out_of_step(request, cuoc, cuoc.ngay is not None) or answer(
        request, cuoc, GIAY[giay](cuoc), str(cuoc.doi_tuong)
    )


def _pdf(request, target, giay: Giay, noi: str):
    issued = VanBan.objects.issued(target, giay.loai)
    content = bytes(issued.tep) if issued else preview(giay.declare, title=giay.ten)
    record(by=request.user, hanh_dong="van_ban.print", target=target, loai=giay.loai)
    so = issued.so_ky_hieu if issued else "du-thao"
    return pdf_response(content, file_name(giay.loai, so, ascii_slug(noi), day=giay.ngay))


def _word(request, target, giay: Giay, noi: str):
    """A draft to go on writing in: dots for the number of what is issued here, no code."""
    content = render_docx(giay.declare(), title=giay.ten)
    record(by=request.user, hanh_dong="van_ban.word", target=target, loai=giay.loai)
    name = file_name(f"{giay.loai}-du-thao", ascii_slug(noi), day=giay.ngay, ext="docx")
    return docx_response(content, name)
