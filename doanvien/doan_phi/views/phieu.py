"""Receipts: the list, one of them, its paper, taking it back."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.listing import asked_filters, list_page
from core.pdf import pdf_response
from core.text.display import tien
from core.text.numbers import file_name
from doanvien.doan_phi import services, trang
from doanvien.doan_phi.bang import PHIEU_TABLE, pill_phieu
from doanvien.doan_phi.filters import PhieuThuFilter
from doanvien.doan_phi.forms import LyDoForm
from doanvien.doan_phi.giay_to import bang_chu, issue_phieu_thu, stored_or_preview
from doanvien.models import PhieuThu
from tochuc.audit import record
from tochuc.chon_ban_do import ban_do_cua_ky
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

XEM, THU = Quyen.XEM_DOAN_PHI, Quyen.THU_DOAN_PHI
PHIEU = PhieuThu.objects.for_list()


@require_quyen(XEM)
def phieu_thu_list(request):
    return list_page(
        request,
        queryset=PHIEU.visible_to(request.user).with_bi_huy(),
        filterset=PhieuThuFilter,
        table=PHIEU_TABLE,
        title="Phiếu thu đoàn phí",
        noun="phiếu",
        template="doanvien/doan_phi/list.html",
        on_download=_on_download,
        extra={"back": reverse("doanvien:doan_phi"), **ban_do_cua_ky(request, XEM)},
    )


@require_quyen(XEM)
def phieu_thu_detail(request, pk):
    phieu = get_visible_or_404(PHIEU.with_bi_huy(), request.user, pk=pk)
    lines = phieu.dong_huy if phieu.is_but_toan_huy else phieu.dong
    lines = list(lines.in_name_order())
    may_cancel = request.user.may(THU, phieu.don_vi) and any(not row.huy_phieu_id for row in lines)
    context = {
        "title": f"Phiếu thu {phieu}",
        "subtitle": f"{phieu.don_vi} · {tien(phieu.tong)}",
        "back": trang.so_sach(phieu.don_vi),
        "phieu": phieu,
        "state": pill_phieu(phieu),
        "lines": lines,
        "bang_chu": bang_chu(phieu.tong),
        "but_toan_huy": phieu.but_toan_huy.all() if phieu.bi_huy else (),
        "may_cancel": may_cancel,
    }
    return TemplateResponse(request, "doanvien/doan_phi/phieu.html", context)


@require_quyen(XEM)
def phieu_thu_pdf(request, pk):
    """Both copies; POST issues them for who collects, GET opens what was issued."""
    quyen = THU if request.method == "POST" else None
    phieu = get_visible_or_404(PHIEU, request.user, quyen=quyen, pk=pk)
    if request.method == "POST":
        issue_phieu_thu(phieu=phieu, by=request.user)
        return redirect("doanvien:phieu_thu_pdf", pk=phieu.pk)
    record(by=request.user, hanh_dong="van_ban.print", target=phieu, loai="PT")
    content = stored_or_preview(phieu)
    return pdf_response(content, file_name(phieu.so_phieu, str(phieu.don_vi), day=phieu.ngay))


@require_quyen(THU)
def phieu_thu_cancel(request, pk):
    """The counter-entry, with its reason; the months are owed again."""
    phieu = get_visible_or_404(PHIEU, request.user, quyen=THU, pk=pk)
    form = LyDoForm(request.POST or None)
    return run_form(
        request,
        form=form,
        save=lambda data: services.cancel_phieu(phieu=phieu, by=request.user, **data),
        done=lambda counter: f"Đã hủy phiếu {phieu} bằng bút toán {counter}.",
        back=phieu.get_absolute_url(),
        template="core/confirm.html",
        title=f"Hủy phiếu thu {phieu}?",
        text=(
            f"{phieu.noi_dung}, {tien(phieu.tong)}. Phiếu vẫn giữ nguyên trong sổ; một bút "
            "toán ghi giảm được lập và các tháng ấy lại phải thu."
        ),
        verb="Hủy phiếu",
        danger=True,
    )


def _on_download(request, rows: int) -> None:
    record(
        by=request.user,
        hanh_dong="phieu_thu.export",
        don_vi=request.user.don_vi,
        so_dong=rows,
        loc=asked_filters(request),
    )
