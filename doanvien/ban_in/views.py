from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError
from core.pdf import pdf_response, render_pdf
from core.periods import today
from core.text.numbers import file_name
from doanvien.danh_sach import nhay_cam
from doanvien.filters import DoanVienFilter
from doanvien.models import DoanVien
from doanvien.rieng_tu import xem
from doanvien.tuoi import MocTuoi
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.quy_dinh import gia_tri
from tochuc.the_thuc import issue_paper, preview

from .nhan_the import nhan_the
from .trich_yeu import LOAI, TIEU_DE, trich_yeu


@require_quyen(Quyen.XUAT_DOAN_VIEN)
def trich_yeu_pdf(request, pk):
    """The record as it stands, without a check code; whoever looks is recorded."""
    doan_vien, paper = _trich_yeu(request, pk)
    content = preview(paper, title=TIEU_DE)
    record(by=request.user, hanh_dong="doan_vien.print", target=doan_vien, loai=LOAI)
    return pdf_response(content, file_name(LOAI, doan_vien.ho_ten, day=today()))


@require_POST
@require_quyen(Quyen.XUAT_DOAN_VIEN)
def trich_yeu_issue(request, pk):
    """The record with a check code, kept as it was printed."""
    doan_vien, paper = _trich_yeu(request, pk)
    try:
        van_ban = issue_paper(
            paper,
            target=doan_vien,
            don_vi=doan_vien.chi_doan,
            loai=LOAI,
            ngay=today(),
            title=TIEU_DE,
            by=request.user,
            co_so=False,
        )
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(doan_vien)
    return pdf_response(bytes(van_ban.tep), file_name(LOAI, doan_vien.ho_ten, day=today()))


@require_quyen(Quyen.XUAT_DOAN_VIEN)
def nhan_the_pdf(request):
    """Labels of the members that the list's filters leave, in its order."""
    user, day = request.user, today()
    if nhay_cam.is_masked(request):
        return redirect(f"{reverse('doanvien:list')}?{request.GET.urlencode()}")
    members = DoanVien.objects.dang_sinh_hoat().permitted_to(user, Quyen.XUAT_DOAN_VIEN)
    moc = MocTuoi(day, gia_tri("tuoi_truong_thanh", ngay=day, don_vi=user.don_vi))
    filters = partial(DoanVienFilter, moc=moc)(request.GET, queryset=members, request=request)
    try:
        people = list(filters.qs.co_chi_doan())
        content = render_pdf(nhan_the(people), title="Nhãn thẻ đoàn viên")
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('doanvien:list')}?{request.GET.urlencode()}")
    record(by=user, hanh_dong="doan_vien.label", don_vi=user.don_vi, so_nguoi=len(people))
    return pdf_response(content, file_name("NHAN-THE", day=day))


def _trich_yeu(request, pk):
    members = DoanVien.objects.for_detail()
    doan_vien = get_visible_or_404(members, request.user, quyen=Quyen.XUAT_DOAN_VIEN, pk=pk)
    paper = trich_yeu(
        doan_vien,
        today(),
        is_readable=xem.duoc_xem(request, doan_vien),
        is_contact=xem.sees_contact(request, doan_vien),
    )
    return doan_vien, paper
