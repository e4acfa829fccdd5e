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
from core.text.numbers import file_name
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may
from tudưong.giay_to import phat_hanh
from tudưong.giay_to.bo_ho_so import missing_for_print, read_buoc, render_bo_ho_so
from tudưong.giay_to.nghi_quyet import nghi_quyet_bch, nghi_quyet_chi_doan
from tudưong.giay_to.trich_ngang import trich_ngang
from tudưong.models import ChatVan, HoSo

from .cap_uy import get_sent
from .chung import HO_SO, get_ho_so

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


@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_cong_van_pdf(request, pk, lan_thu):
    return _letter(request, get_sent(request, pk), lan_thu)


def _paper(request, ho_so: HoSo, loai: str, *, nhay_cam: bool):
    """Stored bytes when the paper was issued, else a draft; 404 before its vote."""
    buoc = read_buoc(ho_so)
    if loai == "4_1-knd" and buoc.de_nghi:
        target, paper, ma = buoc.de_nghi, nghi_quyet_chi_doan(ho_so, buoc.de_nghi), "NQ"
    elif loai == "4-knd" and buoc.nghi_quyet:
        target, paper, ma = buoc.nghi_quyet, nghi_quyet_bch(ho_so, buoc.nghi_quyet), "NQ"
    elif loai == "trich-ngang" and buoc.nghi_quyet:
        target, paper, ma = ho_so, trich_ngang(ho_so, nhay_cam=nhay_cam), "DS"
    else:
        raise Http404
    phat_hanh.record_print(ho_so=ho_so, giay=loai, by=request.user)
    may_stored = nhay_cam or loai != "trich-ngang"
    issued = phat_hanh.issued(target, ma) if may_stored else None
    content = bytes(issued.tep) if issued else render_pdf(paper, title=f"Bản thảo {loai}")
    return pdf_response(content, file_name(ma, loai, ho_so.doan_vien.ho_ten))


def _letter(request, ho_so: HoSo, lan_thu: int):
    letter = get_object_or_404(
        ChatVan.objects.select_related("van_ban"), ho_so=ho_so, lan_thu=lan_thu
    )
    if letter.van_ban is None:
        raise Http404
    phat_hanh.record_print(ho_so=ho_so, giay="CV", by=request.user)
    name = file_name("CV", letter.van_ban.so_ky_hieu, day=letter.ngay)
    return pdf_response(bytes(letter.van_ban.tep), name)


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
    return file_name(ho_so.ma, ho_so.doan_vien.ho_ten)
