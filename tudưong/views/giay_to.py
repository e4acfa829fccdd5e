"""Papers of a case as PDF: shown as they stand, issued by the right to sign.

Looking never issues: a paper that has no number yet is shown as a draft with dots.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError
from core.pdf import pdf_response, render_pdf
from core.periods import today
from core.text.numbers import ascii_slug, file_name
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may
from tudưong.giay_to import phat_hanh
from tudưong.giay_to.bo_ho_so import missing_for_print, read_buoc, render_bo_ho_so
from tudưong.giay_to.cong_van import cong_van
from tudưong.giay_to.nghi_quyet import nghi_quyet_bch, nghi_quyet_chi_doan
from tudưong.giay_to.phieu_quy import phieu_nhan_xet
from tudưong.giay_to.trich_ngang import trich_ngang
from tudưong.models import BuocHoSo, ChatVan, HoSo
from tudưong.queries import danh_gia_vao_ho_so
from tudưong.quy_trinh import may_take
from tudưong.services.cap_uy import draft_chat_van

from .cap_uy import get_sent
from .chung import HO_SO, get_ho_so, get_ho_so_for

ISSUE = {
    "4_1-knd": (phat_hanh.issue_nghi_quyet_chi_doan, (Quyen.DE_NGHI_HO_SO, Quyen.KY_HO_SO)),
    "4-knd": (phat_hanh.issue_nghi_quyet_bch, (Quyen.KY_HO_SO,)),
    "trich-ngang": (phat_hanh.issue_trich_ngang, (Quyen.KY_HO_SO,)),
}
"""What issues each paper, and who may: a branch signs its own, the ward the others."""


@require_quyen(Quyen.XEM_HO_SO)
def ho_so_giay(request, pk, loai):
    ho_so = get_ho_so(request, pk)
    return _paper(request, ho_so, loai, nhay_cam=request.user.may(Quyen.XEM_NHAY_CAM, ho_so.don_vi))


@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_giay(request, pk, loai):
    return _paper(request, get_sent(request, pk), loai, nhay_cam=False)


@require_POST
@require_quyen(Quyen.XEM_HO_SO)
def ho_so_issue(request, pk, loai):
    """Give the paper its number and check code, and keep its bytes."""
    ho_so = get_ho_so(request, pk)
    if loai not in ISSUE:
        raise Http404
    issue, rights = ISSUE[loai]
    if not any(request.user.may(quyen, ho_so.chi_doan) for quyen in rights):
        raise PermissionDenied(who_may(rights[0]))
    try:
        van_ban = issue(ho_so=ho_so, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã ban hành {van_ban.so_ky_hieu}.")
    return redirect(ho_so)


@require_quyen(Quyen.XEM_HO_SO)
def bo_ho_so_pdf(request, pk):
    """The whole dossier; POST issues it (the right to sign), GET shows it as it stands."""
    quyen = Quyen.KY_HO_SO if request.method == "POST" else None
    ho_so = get_visible_or_404(HO_SO, request.user, quyen=quyen, pk=pk)
    buoc = read_buoc(ho_so)
    thieu = missing_for_print(ho_so, buoc)
    if thieu:
        return _missing_page(request, ho_so, thieu)
    if request.method == "POST":
        phat_hanh.issue_bo_ho_so(ho_so=ho_so, by=request.user)
        return redirect("tuduong:bo_ho_so_pdf", pk=ho_so.pk)
    phat_hanh.record_print(ho_so=ho_so, giay="HS", by=request.user)
    nhay_cam = request.user.may(Quyen.XEM_NHAY_CAM, ho_so.don_vi)
    issued = phat_hanh.issued(ho_so, "HS") if nhay_cam else None
    content = bytes(issued.tep) if issued else _draft_dossier(ho_so, buoc, nhay_cam)
    return pdf_response(content, _dossier_name(ho_so))


@require_quyen(Quyen.XEM_HO_SO)
def cong_van_pdf(request, pk, lan_thu):
    return _letter(request, get_ho_so(request, pk), lan_thu)


@require_quyen(Quyen.KY_HO_SO)
def cong_van_draft(request, pk):
    """The letter as it would go out today, without a number; only where one may be written."""
    ho_so = get_ho_so_for(request, pk, BuocHoSo.Loai.CONG_VAN)
    if not may_take(BuocHoSo.Loai.CONG_VAN, ho_so, request.user):
        raise Http404
    phat_hanh.record_print(ho_so=ho_so, giay="CV", by=request.user)
    letter = draft_chat_van(ho_so=ho_so, ngay=today(), by=request.user)
    content = render_pdf(cong_van(letter), title=phat_hanh.TIEU_DE_CV)
    return _answer(content, "CV", None, ho_so, ho_so.don_vi, letter.ngay)


@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_cong_van_pdf(request, pk, lan_thu):
    return _letter(request, get_sent(request, pk), lan_thu)


def _paper(request, ho_so: HoSo, loai: str, *, nhay_cam: bool):
    """Stored bytes when the paper was issued, else a draft; 404 before its vote."""
    buoc = read_buoc(ho_so)
    if loai == "4_1-knd" and buoc.de_nghi:
        step, draft, title = buoc.de_nghi, nghi_quyet_chi_doan, phat_hanh.TIEU_DE_NQ_CHI_DOAN
        answer = _resolution(ho_so, ho_so.chi_doan, step, draft, title)
    elif loai == "4-knd" and buoc.nghi_quyet:
        step, draft, title = buoc.nghi_quyet, nghi_quyet_bch, phat_hanh.TIEU_DE_NQ_BCH
        answer = _resolution(ho_so, ho_so.don_vi, step, draft, title)
    elif loai == "trich-ngang" and buoc.nghi_quyet:
        answer = _list(ho_so, nhay_cam=nhay_cam)
    elif loai == "phieu-quy":
        answer = _slips(ho_so)
    else:
        raise Http404
    phat_hanh.record_print(ho_so=ho_so, giay=loai, by=request.user)
    return answer


def _resolution(ho_so: HoSo, don_vi, step, draft, title: str):
    issued = phat_hanh.issued(step, "NQ")
    content = bytes(issued.tep) if issued else render_pdf(draft(ho_so, step), title=title)
    return _answer(content, "NQ", issued, ho_so, don_vi, step.ngay_van_ban or step.ngay)


def _list(ho_so: HoSo, *, nhay_cam: bool):
    """Without the right to the sensitive column the list is printed anew, under its number."""
    issued = phat_hanh.issued(ho_so, "DS")
    if issued and nhay_cam:
        content = bytes(issued.tep)
    else:
        so = issued.so_ky_hieu if issued else ""
        paper = trich_ngang(ho_so, so, nhay_cam=nhay_cam)
        content = render_pdf(paper, title=phat_hanh.TIEU_DE_DS)
    return _answer(content, "DS", issued, ho_so, ho_so.don_vi, ho_so.ngay_gioi_thieu)


def _slips(ho_so: HoSo):
    """The slips of the last quarters, those that go into the dossier, as one file."""
    reviews = danh_gia_vao_ho_so(ho_so)
    if not reviews:
        raise Http404
    papers = [phieu_nhan_xet(row) for row in reviews]
    content = render_pdf(papers, title=phat_hanh.TIEU_DE_PHIEU)
    return _answer(content, "PNX", None, ho_so, ho_so.don_vi, reviews[-1].ky.ngay)


def _answer(content: bytes, loai: str, issued, ho_so: HoSo, don_vi, ngay):
    """The PDF under the name of papers.md 5.3: kind, number, unit, member, day."""
    so = issued.so_ky_hieu if issued else "" if loai == "PNX" else "du-thao"
    names = (ascii_slug(str(don_vi)), ascii_slug(ho_so.doan_vien.ho_ten))
    return pdf_response(content, file_name(loai, so, *names, day=ngay))


def _letter(request, ho_so: HoSo, lan_thu: int):
    letter = get_object_or_404(
        ChatVan.objects.select_related("van_ban"), ho_so=ho_so, lan_thu=lan_thu
    )
    if letter.van_ban is None:
        raise Http404
    phat_hanh.record_print(ho_so=ho_so, giay="CV", by=request.user)
    content = bytes(letter.van_ban.tep)
    return _answer(content, "CV", letter.van_ban, ho_so, ho_so.don_vi, letter.ngay)


def _draft_dossier(ho_so: HoSo, buoc, nhay_cam: bool) -> bytes:
    so_ds = phat_hanh.issued(ho_so, "DS")
    return render_bo_ho_so(
        ho_so,
        buoc,
        so_ds=so_ds.so_ky_hieu if so_ds else "",
        ma="",
        nhay_cam=nhay_cam,
        title=phat_hanh.TIEU_DE_HS,
    )


def _missing_page(request, ho_so: HoSo, thieu: list[str]):
    context = {
        "title": "Chưa in được bộ hồ sơ",
        "subtitle": f"{ho_so.ma} · {ho_so.doan_vien.ho_ten}",
        "back": ho_so.get_absolute_url(),
        "ho_so": ho_so,
        "items": [{"title": line, "family": "bad"} for line in thieu],
        "nhan_xet_url": reverse("tuduong:ho_so_nhan_xet", args=[ho_so.pk]),
    }
    return TemplateResponse(request, "tuduong/ho_so_thieu.html", context, status=409)


def _dossier_name(ho_so: HoSo) -> str:
    return file_name(ho_so.ma, ascii_slug(ho_so.doan_vien.ho_ten))
