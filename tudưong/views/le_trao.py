"""Ceremonies: the occasion, its list as paper, Word and workbook, and the handing over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.docx import docx_response, render_docx
from core.errors import RuleError
from core.form_page import run_form, sent
from core.listing import Create, list_page
from core.pdf import pdf_response, render_pdf
from core.text.numbers import ascii_slug, file_name
from core.xlsx import xlsx_response
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may
from tudưong.filters import LeTraoFilter
from tudưong.forms.le_trao import ChonHoSoForm, LeTraoForm
from tudưong.giay_to import le_trao as giay
from tudưong.giay_to.phat_hanh import issued
from tudưong.giay_to.trich_ngang import missing_ly_lich
from tudưong.models import LeTrao
from tudưong.services import le_trao as services
from tudưong.tables import LE_TRAO_TABLE, trang_thai_ho_so

LAP = Quyen.LAP_HO_SO
LE_TRAO = LeTrao.objects.select_related("don_vi", "van_ban").defer("van_ban__tep")


@require_quyen(LAP)
def le_trao_list(request):
    return list_page(
        request,
        queryset=LE_TRAO.permitted_to(request.user, LAP).with_so_ho_so(),
        filterset=LeTraoFilter,
        table=LE_TRAO_TABLE,
        title="Lễ trao danh sách",
        noun="buổi lễ",
        on_download=_record_list,
        create=Create("tuduong:le_trao_create", "Lập buổi lễ", may=_wards(request.user).exists()),
    )


@require_quyen(LAP)
def le_trao_create(request):
    don_vi = _wards(request.user).first()
    if don_vi is None:
        raise PermissionDenied(who_may(LAP))
    return run_form(
        request,
        form=LeTraoForm(sent(request)),
        save=lambda data: services.create_le_trao(
            don_vi=don_vi, by=request.user, **_without_version(data)
        ),
        done="Đã lập buổi lễ. Chọn hồ sơ trao cho cấp ủy.",
        back=lambda row: row.get_absolute_url(),
        back_url=reverse("tuduong:le_trao_list"),
        title="Lập buổi lễ trao danh sách",
        subtitle=str(don_vi),
        verb="Lập buổi lễ",
    )


@require_quyen(LAP)
def le_trao_detail(request, pk):
    row = _get(request, pk)
    ho_so = giay.cac_ho_so(row)
    record(by=request.user, hanh_dong="le_trao.view", target=row)
    context = {
        "title": row.ten,
        "subtitle": str(row.don_vi),
        "back": reverse("tuduong:le_trao_list"),
        "le_trao": row,
        "dong": [{"ho_so": one, "state": trang_thai_ho_so(one)} for one in ho_so],
        "thieu": missing_ly_lich(ho_so),
        "may_issue": request.user.may(Quyen.KY_HO_SO, row.don_vi) and not row.is_khoa,
    }
    return TemplateResponse(request, "tuduong/le_trao_detail.html", context)


@require_quyen(LAP)
def le_trao_update(request, pk):
    row = _get(request, pk)

    def save(data):
        return services.update_le_trao(le_trao=row, by=request.user, **data)

    return run_form(
        request,
        form=LeTraoForm(sent(request), instance=row),
        save=save,
        done="Đã sửa buổi lễ.",
        back=row.get_absolute_url(),
        title="Sửa buổi lễ",
        subtitle=row.ten,
        verb="Lưu",
    )


@require_quyen(LAP)
def le_trao_pick(request, pk):
    row = _get(request, pk)
    return run_form(
        request,
        form=ChonHoSoForm(sent(request), le_trao=row),
        save=lambda data: services.pick_ho_so(le_trao=row, ho_so=data["ho_so"], by=request.user),
        done="Đã lưu danh sách.",
        back=row.get_absolute_url(),
        title="Chọn hồ sơ trao cho cấp ủy",
        subtitle=row.ten,
        verb="Lưu danh sách",
    )


@require_quyen(LAP)
def le_trao_send(request, pk):
    """One press for the whole list; who could not be sent is named, the others are."""
    row = _get(request, pk)

    def done(ket_qua):
        for line in ket_qua.loi:
            messages.warning(request, f"Chưa ghi được {line}")
        return f"Đã ghi gửi cấp ủy {ket_qua.da_gui} hồ sơ."

    return run_form(
        request,
        form=Form(sent(request)),
        save=lambda _: services.send_all(le_trao=row, by=request.user),
        done=done,
        back=row.get_absolute_url(),
        template="core/confirm.html",
        title="Ghi cả danh sách đã trao cho cấp ủy?",
        text=f"Mỗi hồ sơ còn chờ gửi được ghi một bước gửi cấp ủy ngày {row.ngay:%d/%m/%Y}. "
        "Bước đã ghi không rút lại được.",
        verb="Ghi đã trao",
    )


@require_POST
@require_quyen(LAP)
def le_trao_issue(request, pk):
    row = _get(request, pk)
    if not request.user.may(Quyen.KY_HO_SO, row.don_vi):
        raise PermissionDenied(who_may(Quyen.KY_HO_SO))
    try:
        van_ban = giay.issue_danh_sach(le_trao=row, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã ban hành {van_ban.so_ky_hieu}.")
    return redirect(row)


@require_safe
@require_quyen(LAP)
def le_trao_pdf(request, pk):
    """The issued list for who may see its sensitive column, else as it would be printed."""
    row, ho_so, nhay_cam = _to_print(request, pk)
    van_ban = issued(row, "DS")
    if van_ban and nhay_cam:
        content = bytes(van_ban.tep)
    else:
        so = van_ban.so_ky_hieu if van_ban else ""
        content = render_pdf(giay.danh_sach_trao(row, ho_so, so, nhay_cam=nhay_cam), title=giay.TEN)
    return pdf_response(content, _name(row, van_ban.so_ky_hieu if van_ban else "du-thao"))


@require_safe
@require_quyen(LAP)
def le_trao_word(request, pk):
    row, ho_so, nhay_cam = _to_print(request, pk)
    paper = giay.danh_sach_trao(row, ho_so, nhay_cam=nhay_cam)
    return docx_response(render_docx(paper, title=giay.TEN), _name(row, "du-thao", ext="docx"))


@require_safe
@require_quyen(LAP)
def le_trao_xlsx(request, pk):
    row, ho_so, nhay_cam = _to_print(request, pk)
    return xlsx_response(f"danh-sach-{row.pk}", *giay.bang_tinh(ho_so, nhay_cam=nhay_cam))


def _get(request, pk) -> LeTrao:
    return get_visible_or_404(LE_TRAO, request.user, quyen=LAP, pk=pk)


def _to_print(request, pk):
    """The ceremony, its cases, and whether the sensitive column is shown; each print is logged."""
    row = _get(request, pk)
    ho_so = giay.cac_ho_so(row)
    if not ho_so:
        raise Http404
    record(by=request.user, hanh_dong="le_trao.print", target=row, so_ho_so=len(ho_so))
    return row, ho_so, request.user.may(Quyen.XEM_NHAY_CAM, row.don_vi)


def _name(row: LeTrao, so: str, ext: str = "pdf") -> str:
    return file_name("DS", so, ascii_slug(str(row.don_vi)), day=row.ngay, ext=ext)


def _wards(user):
    return DonVi.objects.permitted_to(user, LAP).co_so()


def _without_version(data: dict) -> dict:
    return {name: value for name, value in data.items() if name != "version"}


def _record_list(request, rows):
    don_vi = request.user.phan_cong_chinh.don_vi
    record(by=request.user, hanh_dong="le_trao.export", don_vi=don_vi, so_dong=rows)
