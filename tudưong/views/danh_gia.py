"""The review of one member in a quarterly session, and its slip."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from core.docx import docx_response, render_docx
from core.errors import RuleError, StaleError, add_refusal
from core.form_page import run_form
from core.pdf import pdf_response, render_pdf
from core.periods import today
from core.text.numbers import ascii_slug, file_name
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tudưong import services
from tudưong.ban_ghi import BanYKien
from tudưong.forms.danh_gia import DanhGiaForm, YKienForm
from tudưong.giay_to.phat_hanh import TIEU_DE_PHIEU, issue_phieu, issued
from tudưong.giay_to.phieu_quy import phieu_nhan_xet
from tudưong.models import DanhGia
from tudưong.quyen import GHI_TRONG_TO, check_one_of
from tudưong.trang_danh_gia import Trang, read_trang

QUAN_LY = Quyen.QUAN_LY_TU_DUONG
DANH_GIA = DanhGia.objects.select_related(
    "ky__to__don_vi",
    "thanh_vien__doan_vien",
    "thanh_vien__chi_doan",
    "thanh_vien__to",
    "y_kien_boi",
)


@require_quyen(Quyen.XEM_TU_DUONG)
def danh_gia(request, pk):
    row = get_visible_or_404(DANH_GIA, request.user, pk=pk)
    trang = read_trang(row, user=request.user, day=today())
    form = None
    if trang.may_edit:
        form = _form(trang)
    return _review_page(request, trang, form)


@require_POST
@require_quyen(QUAN_LY)
def danh_gia_save(request, pk):
    row = get_visible_or_404(DANH_GIA, request.user, quyen=QUAN_LY, pk=pk)
    trang = read_trang(row, user=request.user, day=today())
    form = _form(trang, request.POST)
    if not form.is_valid():
        return _review_page(request, trang, form)
    try:
        services.save_danh_gia(
            danh_gia=row,
            version=form.cleaned_data["version"],
            changes=form.changes(),
            nhiem_vu=form.outcomes(),
            nhiem_vu_moi=form.nhiem_vu_moi(),
            by=request.user,
        )
    except StaleError as refusal:
        form.data = form.data.copy()
        form.data["version"] = refusal.current.version
        form.add_error(None, str(refusal))
        return _review_page(request, trang, form, current=refusal.current, status=409)
    except RuleError as refusal:
        add_refusal(form, refusal)
        return _review_page(request, trang, form)
    messages.success(request, f"Đã lưu đánh giá đồng chí {row.thanh_vien}.")
    return redirect(trang.sau if "sang" in request.POST and trang.sau else row)


@require_quyen(Quyen.XEM_TU_DUONG)
def danh_gia_y_kien(request, pk):
    row = get_visible_or_404(DANH_GIA, request.user, pk=pk)
    check_one_of(request.user, GHI_TRONG_TO, row.thanh_vien.chi_doan)
    form = YKienForm(request.POST or None, dong=BanYKien.cua(row))
    return run_form(
        request,
        form=form,
        save=lambda data: services.record_y_kien(danh_gia=row, by=request.user, **data),
        done="Đã ghi ý kiến của Ban Chấp hành chi đoàn.",
        back=row.get_absolute_url(),
        title="Ý kiến của Ban Chấp hành chi đoàn",
        subtitle=f"{row.thanh_vien.doan_vien.ho_ten} · quý {row.ky.quy_la_ma} năm {row.ky.nam}",
        verb="Ghi ý kiến",
    )


@require_quyen(Quyen.XEM_TU_DUONG)
def phieu_pdf(request, pk):
    """The quarterly slip; POST issues it (the right to lead), GET shows it as it stands."""
    quyen = QUAN_LY if request.method == "POST" else None
    row = get_visible_or_404(DANH_GIA, request.user, quyen=quyen, pk=pk)
    if request.method == "POST":
        try:
            issue_phieu(danh_gia=row, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
            return redirect(row)
        return redirect("tuduong:phieu_pdf", pk=row.pk)
    record(by=request.user, hanh_dong="danh_gia.print", target=row, don_vi=row.ky.to.don_vi)
    van_ban = issued(row, "PNX")
    content = van_ban.tep if van_ban else render_pdf(phieu_nhan_xet(row), title=TIEU_DE_PHIEU)
    return pdf_response(bytes(content), _slip_name(row, "pdf"))


@require_quyen(Quyen.XEM_TU_DUONG)
def phieu_word(request, pk):
    """The slip to go on writing in: no check code."""
    row = get_visible_or_404(DANH_GIA, request.user, pk=pk)
    record(by=request.user, hanh_dong="danh_gia.print", target=row, don_vi=row.ky.to.don_vi)
    content = render_docx(phieu_nhan_xet(row), title=TIEU_DE_PHIEU)
    return docx_response(content, _slip_name(row, "docx"))


def _slip_name(row: DanhGia, ext: str) -> str:
    name = ascii_slug(row.thanh_vien.doan_vien.ho_ten)
    return file_name("PNX", row.ky.ky.code, name, day=row.ky.ngay, ext=ext)


def _form(trang: Trang, data=None) -> DanhGiaForm:
    return DanhGiaForm(
        data,
        danh_gia=trang.danh_gia,
        dieu_truoc=trang.dieu_truoc,
        nhiem_vu=trang.nhiem_vu,
        so_du_hop=trang.so_du_hop,
    )


def _review_page(request, trang: Trang, form, *, current=None, status=200):
    row = trang.danh_gia
    context = {
        "title": row.thanh_vien.doan_vien.ho_ten,
        "back": trang.back,
        "trang": trang,
        "row": row,
        "form": form,
        "current": current,
    }
    return TemplateResponse(request, "tuduong/danh_gia.html", context, status=status)
