"""Papers of a case as PDF and as Word: shown as they stand, issued by the right to sign.

Looking never issues: a paper that has no number yet is shown as a draft with dots.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from core.docx import docx_response, render_docx
from core.errors import RuleError
from core.pdf import pdf_response, render_pdf
from core.pdf.prints import Print
from core.periods import today
from core.text.numbers import ascii_slug, file_name
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may
from tudưong.giay_to import phat_hanh
from tudưong.giay_to.bang import BANG, Giay, LoaiGiay, giay_cua
from tudưong.giay_to.bo_ho_so import bo_ho_so, missing_for_print, read_buoc
from tudưong.giay_to.cong_van import cong_van
from tudưong.giay_to.de_trong import de_trong
from tudưong.models import BuocHoSo, ChatVan, HoSo
from tudưong.quy_trinh import may_take
from tudưong.services.cap_uy import draft_chat_van
from tudưong.services.van_ban import nhan_xet_du_bi_cua

from .cap_uy import get_sent
from .chung import HO_SO, get_ho_so, get_ho_so_for


@require_quyen(Quyen.XEM_HO_SO)
def ho_so_giay(request, pk, loai):
    return _answer(request, get_ho_so(request, pk), loai, _pdf)


@require_quyen(Quyen.XEM_HO_SO)
def ho_so_giay_word(request, pk, loai):
    return _answer(request, get_ho_so(request, pk), loai, _word)


@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_giay(request, pk, loai):
    """What was sent along; the remark on a probationer once the ward has issued it."""
    ho_so = get_sent(request, pk)
    if loai == "nhan-xet-du-bi" and not phat_hanh.issued(nhan_xet_du_bi_cua(ho_so), "NX"):
        raise Http404
    return _answer(request, ho_so, loai, _pdf)


@require_POST
@require_quyen(Quyen.XEM_HO_SO)
def ho_so_issue(request, pk, loai):
    """Give the paper its number and check code, and keep its bytes."""
    ho_so = get_ho_so(request, pk)
    kind = _kind(loai)
    if not kind.ky:
        raise Http404
    if not kind.may_issue(ho_so, request.user):
        raise PermissionDenied(who_may(kind.ky[0]))
    try:
        van_ban = phat_hanh.issue_giay(ho_so=ho_so, loai=kind, by=request.user)
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
    thieu = missing_for_print(ho_so, read_buoc(ho_so))
    if thieu:
        return _missing_page(request, ho_so, thieu)
    answer = _issue_dossier if request.method == "POST" else _show_dossier
    try:
        return answer(request, ho_so)
    except RuleError as refusal:
        return _missing_page(request, ho_so, [str(refusal)])


@require_quyen(Quyen.XEM_HO_SO)
def bo_ho_so_word(request, pk):
    """Cover, contents, checklist and every paper of the case, to go on writing in."""
    ho_so = get_ho_so(request, pk)
    thieu = missing_for_print(ho_so, read_buoc(ho_so))
    if thieu:
        return _missing_page(request, ho_so, thieu)
    booklet = bo_ho_so(ho_so, nhay_cam=request.user.may(Quyen.XEM_NHAY_CAM, ho_so.don_vi))
    try:
        content = render_docx(booklet.settled(), title=booklet.title)
    except RuleError as refusal:
        return _missing_page(request, ho_so, [str(refusal)])
    phat_hanh.record_print(ho_so=ho_so, giay="HS", by=request.user)
    return docx_response(content, file_name(ho_so.ma, _nguoi(ho_so), ext="docx"))


@require_quyen(Quyen.XEM_HO_SO)
def cong_van_word(request, pk, lan_thu):
    """The letter as it was written, without its number, for a letter like it."""
    ho_so = get_ho_so(request, pk)
    letter = get_object_or_404(ho_so.chat_van, lan_thu=lan_thu)
    phat_hanh.record_print(ho_so=ho_so, giay="CV", by=request.user)
    paper = Print(cong_van(letter), phat_hanh.TIEU_DE_CV)
    content = render_docx(paper.settled(), title=paper.title)
    name = _name("CV", "du-thao", ho_so.don_vi, ho_so, letter.ngay, ext="docx")
    return docx_response(content, name)


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
    return pdf_response(content, _name("CV", "du-thao", ho_so.don_vi, ho_so, letter.ngay))


@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_cong_van_pdf(request, pk, lan_thu):
    return _letter(request, get_sent(request, pk), lan_thu)


def _kind(ma: str) -> LoaiGiay:
    if ma not in BANG:
        raise Http404
    return BANG[ma]


def _answer(request, ho_so: HoSo, ma: str, answer):
    """A paper of the case, to `answer` with; 404 before there is one."""
    kind = _kind(ma)
    day_du = kind.sees_all(ho_so, request.user)
    giay = giay_cua(ho_so, kind, day_du=day_du)
    if giay is None:
        raise Http404
    response = answer(ho_so, kind, giay, day_du)
    phat_hanh.record_print(ho_so=ho_so, giay=ma, by=request.user)
    return response


def _pdf(ho_so: HoSo, kind: LoaiGiay, giay: Giay, day_du: bool):
    """Stored bytes when the paper was issued, else a draft.

    Who may not see all of it gets it printed anew, under its number.
    """
    issued = phat_hanh.issued(giay.target, kind.so) if kind.ky and giay.target.pk else None
    if issued and day_du:
        content = bytes(issued.tep)
    else:
        content = render_pdf(giay.declare(issued.so_ky_hieu if issued else ""), title=kind.ten)
    so = issued.so_ky_hieu if issued else "du-thao" if kind.ky else ""
    return pdf_response(content, _name(kind.so, so, giay.don_vi, ho_so, giay.ngay))


def _word(ho_so: HoSo, kind: LoaiGiay, giay: Giay, _day_du: bool):
    """A draft to go on writing in: dots for the number, no check code, laid out as in print."""
    content = render_docx(Print(giay.declare(), kind.ten).settled(), title=kind.ten)
    name = _name(kind.so, "du-thao", giay.don_vi, ho_so, giay.ngay, ext="docx")
    return docx_response(content, name)


def _name(loai: str, so: str, don_vi, ho_so: HoSo, ngay, ext: str = "pdf") -> str:
    """As papers.md 5.3 names files: kind, number, unit, member, day."""
    names = (ascii_slug(str(don_vi)), _nguoi(ho_so))
    return file_name(loai, so, *names, day=ngay, ext=ext)


def _nguoi(ho_so: HoSo) -> str:
    return ascii_slug(ho_so.doan_vien.ho_ten)


def _letter(request, ho_so: HoSo, lan_thu: int):
    letter = get_object_or_404(
        ChatVan.objects.select_related("van_ban"), ho_so=ho_so, lan_thu=lan_thu
    )
    if letter.van_ban is None:
        raise Http404
    phat_hanh.record_print(ho_so=ho_so, giay="CV", by=request.user)
    van_ban = letter.van_ban
    name = _name("CV", van_ban.so_ky_hieu, ho_so.don_vi, ho_so, letter.ngay)
    return pdf_response(bytes(van_ban.tep), name)


def _show_dossier(request, ho_so: HoSo):
    nhay_cam = request.user.may(Quyen.XEM_NHAY_CAM, ho_so.don_vi)
    issued = phat_hanh.issued(ho_so, "HS") if nhay_cam else None
    content = bytes(issued.tep) if issued else bo_ho_so(ho_so, nhay_cam=nhay_cam).pdf()
    phat_hanh.record_print(ho_so=ho_so, giay="HS", by=request.user)
    return pdf_response(content, _dossier_name(ho_so))


def _issue_dossier(request, ho_so: HoSo):
    """Issue it; the first time only after the person has read what will be a blank line."""
    asked = "de_trong" in request.POST or phat_hanh.issued(ho_so, "HS")
    trong = [] if asked else de_trong(bo_ho_so(ho_so, nhay_cam=True))
    if trong:
        return _blank_page(request, ho_so, trong)
    phat_hanh.issue_bo_ho_so(ho_so=ho_so, by=request.user)
    return redirect("tuduong:bo_ho_so_pdf", pk=ho_so.pk)


def _blank_page(request, ho_so: HoSo, trong: list[str]):
    context = {
        "title": "Bộ hồ sơ sẽ để trống",
        "subtitle": f"{ho_so.ma} · {ho_so.doan_vien.ho_ten}",
        "back": ho_so.get_absolute_url(),
        "ho_so": ho_so,
        "items": [{"title": line, "family": "warn"} for line in trong],
    }
    return TemplateResponse(request, "tuduong/ho_so_de_trong.html", context)


def _missing_page(request, ho_so: HoSo, thieu: list[str]):
    context = {
        "title": "Chưa in được bộ hồ sơ",
        "subtitle": f"{ho_so.ma} · {ho_so.doan_vien.ho_ten}",
        "back": ho_so.get_absolute_url(),
        "ho_so": ho_so,
        "items": [{"title": line, "family": "bad"} for line in thieu],
    }
    return TemplateResponse(request, "tuduong/ho_so_thieu.html", context, status=409)


def _dossier_name(ho_so: HoSo) -> str:
    return file_name(ho_so.ma, ascii_slug(ho_so.doan_vien.ho_ten))
