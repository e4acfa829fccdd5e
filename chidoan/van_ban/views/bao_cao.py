"""The monthly report of a branch: its words, the paper, the draft for Word."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from chidoan.giay_to.bao_cao import LOAI, doc_so_lieu, ten_bao_cao
from chidoan.giay_to.bao_cao import bao_cao_thang as giay_bao_cao
from chidoan.models import BaoCaoThang, ChiDoan
from chidoan.van_ban import services
from chidoan.van_ban.forms import BaoCaoThangForm
from chidoan.van_ban.queries import SuaDoi, bao_cao_cua_thang, buoi_cua_thang, tep, van_ban_bao_cao
from chidoan.van_ban.trang import the_bao_cao
from core.docx import docx_response, render_docx
from core.errors import RuleError
from core.form_page import run_form
from core.pdf import pdf_response
from core.periods import KyBaoCao, today
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.the_thuc import preview


@require_quyen(Quyen.GHI_SINH_HOAT)
def bao_cao_thang(request, pk, nam, thang):
    """What the branch says beside the figures; the paper is issued from here, too."""
    chi_doan, ky = _branch(request, pk, Quyen.GHI_SINH_HOAT), _ky(nam, thang)
    row = _row(chi_doan, ky, request.user)
    form = BaoCaoThangForm(
        request.POST or None,
        instance=row,
        sees_dues=request.user.may(Quyen.XEM_DOAN_PHI, chi_doan),
    )
    here = reverse("chidoan:bao_cao_thang", args=[chi_doan.pk, nam, thang])
    held = list(buoi_cua_thang(chi_doan, ky))
    return run_form(
        request,
        form=form,
        save=lambda data: services.save_bao_cao_thang(
            chi_doan=chi_doan, ky=ky, by=request.user, **data
        ),
        done="Đã lưu báo cáo. Xem trước rồi lập văn bản.",
        back=here,
        back_url=reverse("chidoan:buoi_list"),
        template="chidoan/van_ban/bao_cao_thang.html",
        title=f"Báo cáo tháng {thang} năm {nam}",
        subtitle=str(chi_doan),
        verb="Lưu",
        the=the_bao_cao(chi_doan, ky, row if row.pk else None, SuaDoi(held)),
        buoi=held,
        truoc=_address(chi_doan, ky.previous),
        sau=_address(chi_doan, ky.next),
        ky=ky,
    )


@require_quyen(Quyen.XEM_SINH_HOAT)
def bao_cao_thang_pdf(request, pk, nam, thang):
    """The report; POST issues it (the right to log), GET shows it as it stands."""
    quyen = Quyen.GHI_SINH_HOAT if request.method == "POST" else None
    chi_doan, ky = _branch(request, pk, quyen), _ky(nam, thang)
    if request.method == "POST":
        try:
            services.issue_bao_cao(chi_doan=chi_doan, ky=ky, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
            return redirect("chidoan:buoi_list")
        return redirect("chidoan:bao_cao_thang_pdf", chi_doan.pk, nam, thang)
    row = _row(chi_doan, ky, request.user)
    van_ban = van_ban_bao_cao(row)
    record(by=request.user, hanh_dong="van_ban.print", target=chi_doan, loai=LOAI, ky=ky.code)
    content = tep(van_ban) if van_ban else _preview(row)
    so = van_ban.so_ky_hieu.replace("/", "-") if van_ban else f"{LOAI}-du-thao"
    return pdf_response(content, file_name(so, str(chi_doan), day=row.ngay))


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def bao_cao_thang_word(request, pk, nam, thang):
    chi_doan, ky = _branch(request, pk, None), _ky(nam, thang)
    row = _row(chi_doan, ky, request.user)
    record(by=request.user, hanh_dong="van_ban.word", target=chi_doan, loai=LOAI, ky=ky.code)
    content = render_docx(giay_bao_cao(row, doc_so_lieu(row)), title=ten_bao_cao(row))
    name = file_name(f"{LOAI}-du-thao", str(chi_doan), day=row.ngay, ext="docx")
    return docx_response(content, name)


def _preview(row: BaoCaoThang) -> bytes:
    so_lieu = doc_so_lieu(row)
    return preview(lambda so, ma: giay_bao_cao(row, so_lieu, so, ma), title=ten_bao_cao(row))


def _branch(request, pk, quyen) -> ChiDoan:
    return get_visible_or_404(ChiDoan.objects, request.user, quyen=quyen, pk=pk)


def _row(chi_doan, ky: KyBaoCao, user) -> BaoCaoThang:
    """The month's report, or the one that nobody has stored yet."""
    row = bao_cao_cua_thang(chi_doan, ky)
    return row or services.new_bao_cao_thang(chi_doan=chi_doan, ky=ky, by=user)


def _ky(nam: int, thang: int) -> KyBaoCao:
    """A month that has begun; another one has no report."""
    try:
        ky = KyBaoCao.parse(f"{nam}-{thang:02d}")
    except ValueError as error:
        raise Http404 from error
    if ky.start > today():
        raise Http404
    return ky


def _address(chi_doan, ky: KyBaoCao) -> dict:
    if ky.start > today() or ky.start < date(2000, 1, 1):
        return {}
    url = reverse("chidoan:bao_cao_thang", args=[chi_doan.pk, ky.nam, ky.thang])
    return {"url": url, "label": f"Tháng {ky.thang}/{ky.nam}"}
