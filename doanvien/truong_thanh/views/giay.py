"""The papers as PDF: looking never gives a number, POST does."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from core.errors import RuleError
from core.pdf import pdf_response, render_pdf
from core.text.numbers import ascii_slug, file_name
from doanvien.models import DotTruongThanh, XetTruongThanh
from doanvien.truong_thanh import giay_to, trang
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen


@require_quyen(Quyen.XEM_DOAN_VIEN)
def truong_thanh_qd(request, pk):
    """The issued decision; before that, or when it was signed on paper, as it stands."""
    dot = _dot(request, pk)
    issued = VanBan.objects.issued(dot, giay_to.QUYET_DINH)
    if issued:
        content = bytes(issued.tep)
    else:
        paper = giay_to.quyet_dinh(dot, dot.so_quyet_dinh)
        content = render_pdf(paper, title=giay_to.TIEU_DE_QD)
    return _answer(request, dot, content, giay_to.QUYET_DINH, issued)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def truong_thanh_ds(request, pk):
    """The ceremony's list; POST gives it its number."""
    dot = _dot_to_act(request, pk)
    if request.method == "POST":
        return _issued(request, dot, lambda: [giay_to.issue_danh_sach(dot=dot, by=request.user)])
    issued = VanBan.objects.issued(dot, giay_to.DANH_SACH)
    if issued:
        content = bytes(issued.tep)
    else:
        content = render_pdf(giay_to.danh_sach_le(dot), title=giay_to.TIEU_DE_DS)
    return _answer(request, dot, content, giay_to.DANH_SACH, issued)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def truong_thanh_cac_giay(request, pk):
    """All certificates of a decision in one file; POST gives each its number."""
    dot = _dot_to_act(request, pk)
    rows = giay_to.nguoi_truong_thanh(dot)
    if not rows:
        raise Http404
    if request.method == "POST":
        return _issued(
            request,
            dot,
            lambda: [giay_to.issue_chung_nhan(dot=dot, xet=row, by=request.user) for row in rows],
        )
    issued = trang.chung_nhan_cua(rows)
    papers = [_certificate(dot, row, issued.get(row.pk)) for row in rows]
    try:
        content = render_pdf(papers, title=giay_to.TIEU_DE_GCN)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(dot)
    return _answer(request, dot, content, giay_to.CHUNG_NHAN, None)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def truong_thanh_giay(request, pk):
    """One member's certificate: the issued bytes, else a preview without a number."""
    rows = XetTruongThanh.objects.select_related("doan_vien", "chi_doan", "dot__don_vi")
    row = get_visible_or_404(rows, request.user, pk=pk)
    if row.dot is None or row.ket_qua != giay_to.KQ.TRUONG_THANH:
        raise Http404
    issued = VanBan.objects.issued(row, giay_to.CHUNG_NHAN)
    if issued:
        content = bytes(issued.tep)
    else:
        content = render_pdf(_certificate(row.dot, row, None), title=giay_to.TIEU_DE_GCN)
    return _answer(
        request, row.dot, content, giay_to.CHUNG_NHAN, issued, ascii_slug(row.doan_vien.ho_ten)
    )


def _certificate(dot, row, paper):
    so, ma = (paper.so_ky_hieu, paper.ma_kiem_tra) if paper else ("", "")
    return giay_to.chung_nhan(dot, row, so, ma)


def _dot(request, pk, quyen=None):
    rows = DotTruongThanh.objects.select_related("don_vi")
    return get_visible_or_404(rows, request.user, quyen=quyen, pk=pk)


def _dot_to_act(request, pk):
    """Looking takes the right to see, numbers the ward's right to decide."""
    return _dot(request, pk, Quyen.DUYET_DOAN_VIEN if request.method == "POST" else None)


def _issued(request, dot, issue):
    if not dot.is_ban_hanh:
        messages.error(request, "Ban hành quyết định trước, rồi mới cấp giấy.")
        return redirect(dot)
    try:
        papers = issue()
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        numbers = ", ".join(dict.fromkeys(paper.so_ky_hieu for paper in papers[:3]))
        more = f" và {len(papers) - 3} giấy khác" if len(papers) > 3 else ""
        messages.success(request, f"Đã ban hành {numbers}{more}.")
    return redirect(dot)


def _answer(request, dot, content, loai, issued, *names):
    record(by=request.user, hanh_dong="truong_thanh.print", target=dot, loai=loai)
    so = issued.so_ky_hieu if issued else "" if dot.is_ban_hanh else "du-thao"
    return pdf_response(
        content, file_name(loai, so, ascii_slug(str(dot.don_vi)), *names, day=dot.ngay)
    )
