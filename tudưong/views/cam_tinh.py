"""Danh sách cảm tình Đảng: the list, who is put on it and taken off, its paper."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.docx import docx_response, render_docx
from core.form_page import run_form
from core.listing import Create, list_page
from core.pdf import pdf_response, render_pdf
from core.periods import today
from core.text.numbers import ascii_slug, file_name
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.loc import named_unit
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tudưong import services, ung_vien
from tudưong.filters_nguon import CamTinhFilter, ThoiCamTinhFilter
from tudưong.forms.nguon import CamTinhForm, ThoiCamTinhForm
from tudưong.giay_to.cam_tinh import LOAI, TIEU_DE, danh_sach
from tudưong.models import ThoiCamTinh
from tudưong.tables_nguon import THOI_CAM_TINH_TABLE, cam_tinh_table

from .chung import record_to_export

XEM, QUAN_LY = Quyen.XEM_TU_DUONG, Quyen.QUAN_LY_TU_DUONG
LIST = "tuduong:cam_tinh_list"


@require_quyen(XEM)
def cam_tinh_list(request):
    leads = request.user.has_quyen(QUAN_LY)
    return list_page(
        request,
        queryset=ung_vien.cam_tinh_dang(request.user),
        filterset=CamTinhFilter,
        table=cam_tinh_table(may_manage=leads),
        title="Danh sách cảm tình Đảng",
        noun="đồng chí",
        template="tuduong/cam_tinh_list.html",
        create=Create("tuduong:cam_tinh_record", "Ghi cảm tình Đảng", may=leads),
        on_download=record_to_export,
    )


@require_quyen(XEM)
def thoi_cam_tinh_list(request):
    rows = ThoiCamTinh.objects.visible_to(request.user).select_related("doan_vien__chi_doan")
    return list_page(
        request,
        queryset=rows,
        filterset=ThoiCamTinhFilter,
        table=THOI_CAM_TINH_TABLE,
        title="Đã đưa ra khỏi danh sách cảm tình Đảng",
        noun="đồng chí",
        template="tuduong/list.html",
        on_download=record_to_export,
    )


@require_quyen(QUAN_LY)
def cam_tinh_record(request):
    return run_form(
        request,
        form=CamTinhForm(request.POST or None, user=request.user),
        save=lambda data: services.record_cam_tinh(by=request.user, **data),
        done=lambda nguoi: f"Đã ghi đồng chí {nguoi} vào danh sách cảm tình Đảng.",
        back=reverse(LIST),
        title="Ghi cảm tình Đảng",
        verb="Ghi vào danh sách",
    )


@require_quyen(QUAN_LY)
def cam_tinh_remove(request, pk):
    nguoi = get_visible_or_404(DoanVien.objects, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=ThoiCamTinhForm(request.POST or None),
        save=lambda data: services.remove_cam_tinh(doan_vien=nguoi, by=request.user, **data),
        done=f"Đã đưa đồng chí {nguoi} ra khỏi danh sách.",
        back=reverse(LIST),
        template="core/confirm.html",
        title=f"Đưa đồng chí {nguoi} ra khỏi danh sách cảm tình Đảng?",
        text="Ngày xét, chi bộ xét và lý do được giữ ở mục Đã đưa ra.",
        verb="Đưa ra khỏi danh sách",
        danger=True,
    )


@require_safe
@require_quyen(XEM)
def cam_tinh_pdf(request):
    return _paper(request, lambda paper, name: pdf_response(render_pdf(paper, title=TIEU_DE), name))


@require_safe
@require_quyen(XEM)
def cam_tinh_word(request):
    return _paper(
        request,
        lambda paper, name: docx_response(render_docx(paper, title=TIEU_DE), name),
        ext="docx",
    )


def _paper(request, answer, *, ext="pdf"):
    """The list of one ward or branch, the person's own unless the address names another."""
    don_vi = named_unit(request, XEM)
    if not (don_vi.is_co_so or don_vi.is_chi_doan):
        messages.warning(request, "Lọc theo một Đoàn cơ sở hoặc chi đoàn rồi in danh sách.")
        return redirect(LIST)
    people = ung_vien.cam_tinh_dang(request.user).under(don_vi)
    record(by=request.user, hanh_dong="cam_tinh.print", don_vi=don_vi)
    name = file_name(LOAI, "cam-tinh-dang", ascii_slug(str(don_vi)), day=today(), ext=ext)
    return answer(danh_sach(don_vi, people, today()), name)
