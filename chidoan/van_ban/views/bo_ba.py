"""The papers of one meeting: the set in one tap, each singly, as PDF and as Word."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from chidoan.giay_to.bien_ban import du_thao, read_bien_ban, ten_bien_ban
from chidoan.giay_to.doc_buoi import doc_buoi
from chidoan.giay_to.nghi_quyet import LOAI as NGHI_QUYET
from chidoan.giay_to.nghi_quyet import co_nghi_quyet, issue_nghi_quyet, nghi_quyet, ten_nghi_quyet
from chidoan.models import BuoiSinhHoat
from chidoan.van_ban.queries import tep
from chidoan.van_ban.services import issue_bo_ba
from chidoan.van_ban.trang import the_cua_buoi
from core.docx import docx_response, render_docx
from core.errors import RuleError
from core.pdf import pdf_response
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.the_thuc import preview

BUOI = BuoiSinhHoat.objects.da_hop().select_related("chi_doan")


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def bo_ba(request, pk):
    """The three papers of a finished meeting, and what each of them is at."""
    buoi = get_visible_or_404(BUOI, request.user, pk=pk)
    cards = the_cua_buoi(buoi)
    context = {
        "title": f"Văn bản tháng {buoi.ngay.month}",
        "subtitle": f"{buoi.chi_doan} · {buoi}",
        "back": buoi.get_absolute_url(),
        "buoi": buoi,
        "the": cards,
        "da_lap": [card for card in cards if card.van_ban],
        "is_moi": all(card.is_moi for card in cards),
        "co_nghi_quyet": not any(card.khong_co for card in cards),
        "may_edit": request.user.may(Quyen.GHI_SINH_HOAT, buoi.chi_doan),
    }
    return TemplateResponse(request, "chidoan/van_ban/bo_ba.html", context)


@require_POST
@require_quyen(Quyen.GHI_SINH_HOAT)
def bo_ba_issue(request, pk):
    buoi = get_visible_or_404(BUOI, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)
    try:
        papers = issue_bo_ba(buoi=buoi, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect("chidoan:bo_ba", buoi.pk)
    numbers = ", ".join(row.so_ky_hieu for row in papers.van_ban if row.so_ky_hieu)
    messages.success(request, f"Đã lập văn bản tháng {buoi.ngay.month}: {numbers}.")
    if papers.nghi_quyet is None:
        messages.warning(
            request, "Buổi này không ra nghị quyết và không còn việc nào: không có bản nghị quyết."
        )
    return redirect("chidoan:bo_ba", buoi.pk)


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def bo_ba_zip(request, pk):
    """All issued papers of the meeting in one file to send on."""
    buoi = get_visible_or_404(BUOI, request.user, pk=pk)
    papers = [card.van_ban for card in the_cua_buoi(buoi) if card.van_ban]
    if not papers:
        messages.warning(request, "Chưa lập văn bản nào. Lập bộ ba rồi tải về.")
        return redirect("chidoan:bo_ba", buoi.pk)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for row in papers:
            archive.writestr(_name(buoi, row.so_ky_hieu or row.loai), tep(row))
    record(by=request.user, hanh_dong="van_ban.download", target=buoi, so_van_ban=len(papers))
    name = file_name("BoBa", str(buoi.chi_doan), day=buoi.ngay, ext="zip")
    response = HttpResponse(out.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response


@require_quyen(Quyen.XEM_SINH_HOAT)
def nghi_quyet_pdf(request, pk):
    """The branch's resolution; POST issues it (the right to log), GET shows it as it stands."""
    quyen = Quyen.GHI_SINH_HOAT if request.method == "POST" else None
    buoi = get_visible_or_404(BUOI, request.user, quyen=quyen, pk=pk)
    van_ban = VanBan.objects.issued(buoi, NGHI_QUYET)
    told = None if van_ban and request.method != "POST" else doc_buoi(buoi)
    if told and not co_nghi_quyet(told):
        return _khong_co(request, buoi)
    if request.method == "POST":
        issue_nghi_quyet(buoi=buoi, by=request.user)
        return redirect("chidoan:nghi_quyet_pdf", buoi.pk)
    record(by=request.user, hanh_dong="van_ban.print", target=buoi, loai=NGHI_QUYET)
    title = ten_nghi_quyet(buoi.chi_doan, told) if told else ""
    content = (
        preview(lambda so, ma: nghi_quyet(buoi.chi_doan, told, so, ma), title=title)
        if told
        else bytes(van_ban.tep)
    )
    so = van_ban.so_ky_hieu if van_ban else f"{NGHI_QUYET}-du-thao"
    return pdf_response(content, _name(buoi, so))


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def buoi_word(request, pk, giay):
    """Minutes or resolution as a draft to go on writing in: dots for the number, no code."""
    buoi = get_visible_or_404(BUOI, request.user, pk=pk)
    if giay == "bien-ban":
        content = read_bien_ban(buoi)
        paper, title, loai = du_thao(buoi, content), ten_bien_ban(content), "BB"
    else:
        told = doc_buoi(buoi)
        if not co_nghi_quyet(told):
            return _khong_co(request, buoi)
        paper = nghi_quyet(buoi.chi_doan, told)
        title, loai = ten_nghi_quyet(buoi.chi_doan, told), NGHI_QUYET
    record(by=request.user, hanh_dong="van_ban.word", target=buoi, loai=loai)
    return docx_response(render_docx(paper, title=title), _name(buoi, f"{loai}-du-thao", "docx"))


def _khong_co(request, buoi):
    context = {"title": "Chưa có nghị quyết", "buoi": buoi, "back": buoi.get_absolute_url()}
    return TemplateResponse(request, "chidoan/van_ban/khong_nghi_quyet.html", context, status=409)


def _name(buoi: BuoiSinhHoat, so: str, ext: str = "pdf") -> str:
    return file_name(so.replace("/", "-"), str(buoi.chi_doan), day=buoi.ngay, ext=ext)
