"""Pages of an initiative that need figures: before and after, reviews, its report."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from baocao.chi_tieu import ThoiKy
from chidoan.mo_hinh import services
from chidoan.mo_hinh.queries import MO_HINH, cam_ket, danh_gia_theo_ky, danh_gia_truoc, tien_do
from chidoan.mo_hinh.quy_tac import cac_quy
from chidoan.models import DanhGiaMoHinh, MoHinh
from core.docx import docx_response, render_docx
from core.errors import RuleError
from core.form_page import run_form
from core.pdf import pdf_response
from core.periods import KyBaoCao, today
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may
from tochuc.the_thuc import preview

from .forms import DanhGiaForm, KyForm
from .giay_to import (
    LOAI,
    bao_cao_mo_hinh,
    con_thieu,
    doc_noi_dung,
    issue_bao_cao_mo_hinh,
    ten_bao_cao,
)
from .so_sanh import (
    compare,
    default_periods,
    figures,
    freeze,
    notes,
    quarters_chart,
    so_tu,
)
from .trang import danh_gia_trang, ky_danh_gia

XEM, QUAN_LY = Quyen.XEM_DON_VI, Quyen.PHAN_CONG_PHU_TRACH
XEM_GIAY, LAP = Quyen.XEM_BAO_CAO, Quyen.LAP_BAO_CAO
DANH_GIA = DanhGiaMoHinh.objects.select_related("mo_hinh__don_vi", "mo_hinh__diem")


@require_safe
@require_quyen(XEM)
def mo_hinh_so_sanh(request, pk):
    """Does it work: the pilot and the other branches before and after."""
    mo_hinh = get_visible_or_404(MO_HINH, request.user, pk=pk)
    day = mo_hinh.don_vi.ngay_so_lieu(today())
    first = so_tu(mo_hinh.don_vi)
    before, after = default_periods(mo_hinh, first, day)
    oldest = min(KyBaoCao.quarter_of(mo_hinh.tu_ngay).previous, before)
    oldest = KyBaoCao(oldest.nam, quy=1)
    form = KyForm(request.GET, first=oldest, last=KyBaoCao.quarter_of(day))
    before, after = form.chosen("truoc", before), form.chosen("sau", after)
    form.initial = {"truoc": before.code, "sau": after.code}
    truoc, sau = (
        figures(mo_hinh, ThoiKy.of(ky, mo_hinh.don_vi), user=request.user) for ky in (before, after)
    )
    context = {
        "title": "Trước và sau",
        "subtitle": mo_hinh.ten,
        "back": mo_hinh.get_absolute_url(),
        "mo_hinh": mo_hinh,
        "form": KyForm(initial=form.initial, first=oldest, last=KyBaoCao.quarter_of(day)),
        "truoc": truoc,
        "sau": sau,
        "dong": compare(truoc, sau),
        "ghi_chu": notes(mo_hinh, truoc, sau, first),
        "hinh": quarters_chart(mo_hinh, first, day),
    }
    return TemplateResponse(request, "baocao/mo_hinh/so_sanh.html", context)


@require_safe
@require_quyen(XEM)
def mo_hinh_danh_gia(request, pk):
    """The reviews, newest first, each with what it froze; quarters without one."""
    mo_hinh = get_visible_or_404(MO_HINH, request.user, pk=pk)
    reviews = danh_gia_theo_ky(mo_hinh)
    day = mo_hinh.don_vi.ngay_so_lieu(today())
    context = {
        "title": "Đánh giá",
        "subtitle": mo_hinh.ten,
        "back": mo_hinh.get_absolute_url(),
        "mo_hinh": mo_hinh,
        "danh_gia": [danh_gia_trang(reviews[ky]) for ky in sorted(reviews, reverse=True)],
        "chua": ky_danh_gia(mo_hinh, reviews, day),
        "may_edit": request.user.may(QUAN_LY, mo_hinh.don_vi),
    }
    return TemplateResponse(request, "baocao/mo_hinh/danh_gia.html", context)


@require_quyen(QUAN_LY)
def mo_hinh_danh_gia_ghi(request, pk, ky):
    """Review a quarter: what was promised, what the checks and the figures say, then the words."""
    mo_hinh = get_visible_or_404(MO_HINH, request.user, quyen=QUAN_LY, pk=pk)
    ky = _quarter(mo_hinh, ky)
    review = danh_gia_theo_ky(mo_hinh).get(ky.code)
    earlier = danh_gia_truoc(mo_hinh, ky)
    promised = earlier.viec_tiep if earlier else ""
    seen = figures(mo_hinh, ThoiKy.of(ky, mo_hinh.don_vi))
    groups = cam_ket(mo_hinh, ky)

    def save(data):
        version = data.pop("version")
        again = data.pop("chot_lai", False)
        return services.save_danh_gia(
            mo_hinh=mo_hinh,
            ky=ky,
            values=data,
            so_lieu=freeze(seen),
            so_lieu_den=seen.den,
            version=version,
            chot_lai=again,
            by=request.user,
        )

    return run_form(
        request,
        form=DanhGiaForm(request.POST or None, instance=review, co_hen=bool(promised)),
        save=save,
        done=f"Đã ghi đánh giá {ky.ten}.",
        back=reverse("baocao:mo_hinh_danh_gia", args=[mo_hinh.pk]),
        template="baocao/mo_hinh/danh_gia_form.html",
        title=f"Đánh giá {ky.ten}",
        subtitle=mo_hinh.ten,
        verb="Lưu đánh giá",
        mo_hinh=mo_hinh,
        ky=ky,
        da_hen=promised,
        truoc=earlier,
        tien_do=tien_do(groups),
        so_lieu=freeze(seen),
        den=seen.den,
    )


@require_quyen(QUAN_LY)
def mo_hinh_danh_gia_xoa(request, pk):
    review = get_visible_or_404(DANH_GIA, request.user, quyen=QUAN_LY, pk=pk)
    back = reverse("baocao:mo_hinh_danh_gia", args=[review.mo_hinh_id])
    if request.method == "POST":
        services.delete_danh_gia(danh_gia=review, by=request.user)
        messages.success(request, "Đã xóa đánh giá.")
        return redirect(back)
    context = {
        "title": f"Xóa đánh giá {review.ky_bao_cao}?",
        "text": "Lời đánh giá và số liệu đã chốt mất hẳn. Cam kết của quý mở ra để sửa.",
        "verb": "Xóa đánh giá",
        "danger": True,
        "back": back,
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(XEM_GIAY)
def mo_hinh_bao_cao(request, pk):
    """The report: looked at, taken as Word, issued with a number (POST) by its own unit alone."""
    mo_hinh = get_visible_or_404(MO_HINH, request.user, pk=pk)
    may_issue = request.user.may_at(LAP, mo_hinh.don_vi)
    here = reverse("baocao:mo_hinh_bao_cao", args=[mo_hinh.pk])
    if request.method == "POST":
        if not may_issue:
            raise PermissionDenied(who_may(LAP))
        try:
            van_ban = issue_bao_cao_mo_hinh(mo_hinh=mo_hinh, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã ban hành báo cáo số {van_ban.so_ky_hieu}.")
        return redirect(here)
    context = {
        "title": "Báo cáo kết quả",
        "subtitle": mo_hinh.ten,
        "back": mo_hinh.get_absolute_url(),
        "mo_hinh": mo_hinh,
        "thieu": con_thieu(mo_hinh),
        "van_ban": VanBan.objects.issued(mo_hinh, LOAI),
        "may_issue": may_issue,
    }
    return TemplateResponse(request, "baocao/mo_hinh/bao_cao.html", context)


@require_safe
@require_quyen(XEM_GIAY)
def mo_hinh_bao_cao_pdf(request, pk):
    """The issued paper (`?ban=1`), else the report as it stands, without a number."""
    mo_hinh = get_visible_or_404(MO_HINH, request.user, pk=pk)
    van_ban = VanBan.objects.issued(mo_hinh, LOAI) if request.GET.get("ban") else None
    if van_ban:
        content = bytes(van_ban.tep)
    else:
        told = doc_noi_dung(mo_hinh)
        content = preview(lambda so, ma: bao_cao_mo_hinh(told, so, ma), title=ten_bao_cao(mo_hinh))
    record(by=request.user, hanh_dong="van_ban.print", target=mo_hinh, loai=LOAI)
    return pdf_response(content, file_name("bao-cao-mo-hinh", str(mo_hinh.noi_lam), day=today()))


@require_safe
@require_quyen(XEM_GIAY)
def mo_hinh_bao_cao_word(request, pk):
    mo_hinh = get_visible_or_404(MO_HINH, request.user, pk=pk)
    record(by=request.user, hanh_dong="van_ban.word", target=mo_hinh, loai=LOAI)
    paper = bao_cao_mo_hinh(doc_noi_dung(mo_hinh), "", "")
    content = render_docx(paper, title=ten_bao_cao(mo_hinh))
    name = file_name("bao-cao-mo-hinh", str(mo_hinh.noi_lam), day=today(), ext="docx")
    return docx_response(content, name)


def _quarter(mo_hinh: MoHinh, text: str) -> KyBaoCao:
    """A quarter of the initiative; another one is no page."""
    try:
        ky = KyBaoCao.parse(text)
    except ValueError as error:
        raise Http404 from error
    day = mo_hinh.don_vi.ngay_so_lieu(today())
    if ky not in cac_quy(mo_hinh.tu_ngay, mo_hinh.den_ngay, day):
        raise Http404
    return ky
