"""What a group has on paper: its decisions and its plan of a year, to look at and to issue."""

from django.forms import Form
from django.http import Http404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from core.docx import docx_response, render_docx
from core.form_page import run_form, sent
from core.pdf import pdf_response
from core.text.numbers import ascii_slug, file_name
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.the_thuc import preview
from tudưong import services
from tudưong.forms.van_ban_to import DangVienGiupForm, KeHoachForm, KeHoachMoiForm, QuyetDinhForm
from tudưong.giay_to import ke_hoach_to, quyet_dinh_to
from tudưong.models import KeHoachTo, QuyetDinhTo
from tudưong.services.van_ban_to import (
    day_of_decision,
    issued_ke_hoach,
    next_quyet_dinh,
    start_of,
)

from .to import THANH_VIEN, TO

XEM, QUAN_LY, KY = Quyen.XEM_TU_DUONG, Quyen.QUAN_LY_TU_DUONG, Quyen.KY_HO_SO
QUYET_DINH = QuyetDinhTo.objects.select_related("to__don_vi")
KE_HOACH = KeHoachTo.objects.select_related("to__don_vi")


# ---- decisions -------------------------------------------------------------------------------


@require_quyen(XEM)
def quyet_dinh_list(request, pk):
    """The decisions about a group, and what the next one would be."""
    to = get_visible_or_404(TO, request.user, pk=pk)
    rows = list(to.quyet_dinh.with_con_gia_tri())
    context = {
        "title": "Quyết định về tổ",
        "subtitle": str(to),
        "back": to.get_absolute_url(),
        "to": to,
        "rows": rows,
        "may_issue": not to.ket_thuc and request.user.may(KY, to.don_vi),
        "ke_tiep": None if to.ket_thuc else next_quyet_dinh(to, day_of_decision(to)),
    }
    return TemplateResponse(request, "tuduong/quyet_dinh_list.html", context)


@require_quyen(KY)
def quyet_dinh_issue(request, pk):
    to = get_visible_or_404(TO, request.user, quyen=KY, pk=pk)
    day = day_of_decision(to)
    loai = next_quyet_dinh(to, day).get_loai_display().lower()
    return run_form(
        request,
        form=QuyetDinhForm(request.POST or None, initial={"ngay": day}),
        save=lambda data: services.issue_quyet_dinh(to=to, by=request.user, **data),
        done=lambda row: f"Đã ban hành quyết định số {row.so_van_ban}.",
        back=to.get_absolute_url(),
        template="core/confirm.html",
        title=f"Ban hành quyết định {loai} {to}?",
        text="Danh sách trong quyết định là các đồng chí ở trong tổ vào ngày ghi dưới đây. Quyết "
        "định lấy số vào sổ và không sửa được; tổ thay người thì ra quyết định kiện toàn mới.",
        verb="Ban hành",
    )


@require_safe
@require_quyen(XEM)
def quyet_dinh_draft(request, pk, ext):
    """The decision as it would be issued, without a number."""
    to = get_visible_or_404(TO, request.user, pk=pk)
    row = next_quyet_dinh(to, day_of_decision(to))
    return _draft(request, to, row, ext)


@require_safe
@require_quyen(XEM)
def quyet_dinh_giay(request, pk, ext):
    row = get_visible_or_404(QUYET_DINH, request.user, pk=pk)
    return (
        _issued(request, row, quyet_dinh_to.LOAI)
        if ext == "pdf"
        else _draft(request, row, row, ext)
    )


def _draft(request, target, row: QuyetDinhTo, ext: str):
    title = quyet_dinh_to.TIEU_DE[row.loai]
    return _answer(
        request,
        target,
        quyet_dinh_to.LOAI,
        lambda *a: quyet_dinh_to.giay_quyet_dinh(row, *a),
        title,
        row.ngay,
        ext,
    )


# ---- who helps -------------------------------------------------------------------------------


@require_quyen(QUAN_LY)
def thanh_vien_helper(request, pk):
    row = get_visible_or_404(THANH_VIEN, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=DangVienGiupForm(request.POST or None, initial={"ten": row.dang_vien_giup}),
        save=lambda data: services.assign_dang_vien_giup(thanh_vien=row, by=request.user, **data),
        done="Đã ghi đảng viên giúp đỡ.",
        back=row.get_absolute_url(),
        title="Đảng viên giúp đỡ",
        subtitle=f"{row.doan_vien.ho_ten} · {row.chi_doan}",
        verb="Lưu",
    )


# ---- the plan --------------------------------------------------------------------------------


@require_quyen(QUAN_LY)
def ke_hoach_create(request, pk):
    """A new plan begins with the words of the latest one."""
    to = get_visible_or_404(TO, request.user, quyen=QUAN_LY, pk=pk)
    form = KeHoachMoiForm(request.POST or None, to=to, initial=start_of(to))
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_ke_hoach(to=to, by=request.user, **data),
        done="Đã lập kế hoạch. Xem bản in rồi ban hành.",
        back=lambda row: row.get_absolute_url(),
        back_url=to.get_absolute_url(),
        title="Lập kế hoạch năm",
        subtitle=f"{to} · soạn sẵn theo kế hoạch gần nhất" if form.initial else str(to),
        verb="Lập kế hoạch",
    )


@require_quyen(XEM)
def ke_hoach_detail(request, pk):
    row = get_visible_or_404(KE_HOACH, request.user, pk=pk)
    issued = issued_ke_hoach(row)
    context = {
        "title": f"Kế hoạch năm {row.nam}",
        "subtitle": str(row.to),
        "back": row.to.get_absolute_url(),
        "ke_hoach": row,
        "issued": issued,
        "khac": row.to.ke_hoach.khac(row),
        "may_edit": not issued and request.user.may(QUAN_LY, row.to.don_vi),
        "may_issue": not issued and request.user.may(KY, row.to.don_vi),
    }
    return TemplateResponse(request, "tuduong/ke_hoach.html", context)


@require_quyen(QUAN_LY)
def ke_hoach_update(request, pk):
    row = get_visible_or_404(KE_HOACH, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=KeHoachForm(request.POST or None, instance=row),
        save=lambda data: services.update_ke_hoach(ke_hoach=row, by=request.user, **data),
        done="Đã lưu kế hoạch.",
        back=row.get_absolute_url(),
        title=f"Sửa kế hoạch năm {row.nam}",
        subtitle=str(row.to),
        verb="Lưu",
    )


@require_quyen(KY)
def ke_hoach_issue(request, pk):
    row = get_visible_or_404(KE_HOACH, request.user, quyen=KY, pk=pk)
    return run_form(
        request,
        form=Form(sent(request)),
        save=lambda _: services.issue_ke_hoach(ke_hoach=row, by=request.user),
        done=lambda paper: f"Đã ban hành kế hoạch số {paper.so_ky_hieu}.",
        back=row.get_absolute_url(),
        template="core/confirm.html",
        title=f"Ban hành kế hoạch năm {row.nam}?",
        text="Kế hoạch lấy số vào sổ; từ đó không sửa được. Xem bản in trước.",
        verb="Ban hành",
    )


@require_safe
@require_quyen(XEM)
def ke_hoach_giay(request, pk, ext):
    row = get_visible_or_404(KE_HOACH, request.user, pk=pk)
    if ext == "pdf" and issued_ke_hoach(row):
        return _issued(request, row, ke_hoach_to.LOAI)
    title = f"{ke_hoach_to.TIEU_DE} năm {row.nam}"
    return _answer(
        request,
        row,
        ke_hoach_to.LOAI,
        lambda *a: ke_hoach_to.giay_ke_hoach(row, *a),
        title,
        row.ngay,
        ext,
    )


# ---- what they share -------------------------------------------------------------------------


def _issued(request, row, loai: str):
    """The stored bytes; 404 for a paper that was declared void."""
    paper = VanBan.objects.issued(row, loai)
    if paper is None:
        raise Http404
    record(by=request.user, hanh_dong="van_ban.print", target=row, loai=loai)
    name = file_name(loai, paper.so_ky_hieu, ascii_slug(str(row.don_vi)), day=paper.ngay)
    return pdf_response(bytes(paper.tep), name)


def _answer(request, target, loai: str, declare, title: str, day, ext: str):
    """A draft: dots for its number, nothing to check."""
    name = file_name(loai, "du-thao", ascii_slug(str(target.don_vi)), day=day, ext=ext)
    if ext == "pdf":
        record(by=request.user, hanh_dong="van_ban.print", target=target, loai=loai)
        return pdf_response(preview(declare, title=title), name)
    record(by=request.user, hanh_dong="van_ban.word", target=target, loai=loai)
    return docx_response(render_docx(declare(), title=title), name)
