"""Collecting at a branch: one tap for everybody or for one, several months, and undoing."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError, try_service
from core.form_page import run_form
from core.periods import today
from core.text.display import tien
from doanvien.doan_phi import services, trang
from doanvien.doan_phi.forms import (
    HoanTacForm,
    MoSoForm,
    ThuForm,
    ThuHetForm,
    ThuNhanhForm,
    doan_vien_cua,
)
from doanvien.doan_phi.trang_thu import TrangThu
from doanvien.models import DoanPhi
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

THU = Quyen.THU_DOAN_PHI
HOAN_TAC = "Thu nhầm, hoàn tác trong ngày"
CHI_DOAN = DonVi.objects.select_related("so_thu_doan_phi")


@require_quyen(THU)
@require_POST
def doan_phi_thu_het(request, pk):
    """One tap: the month from everybody of the branch who owes it."""
    chi_doan = _chi_doan(request, pk)
    form = ThuHetForm(request.POST)

    def act(data):
        phieu = services.collect_all(chi_doan=chi_doan, ngay=today(), by=request.user, **data)
        so_phieu = f"phiếu {phieu[0]}" if len(phieu) == 1 else f"{len(phieu)} phiếu"
        return f"Đã thu cả chi đoàn {tien(data['tong'])}, {so_phieu}."

    return _tap(request, chi_doan, form, act)


@require_quyen(THU)
@require_POST
def doan_phi_thu_nhanh(request, pk):
    """One tap: one month of one member, at the rate."""
    chi_doan = _chi_doan(request, pk)
    form = ThuNhanhForm(request.POST)

    def act(data):
        phieu = services.collect(
            chi_doan=chi_doan,
            khoan=[(data["doan_vien"], data["thang"], None)],
            ngay=today(),
            ma_gui=data["ma_gui"],
            by=request.user,
        )
        return f"Đã thu {tien(phieu.tong)} của đồng chí {phieu.nguoi_nop}, phiếu {phieu}."

    return _tap(request, chi_doan, form, act)


@require_quyen(THU)
@require_POST
def doan_phi_hoan_tac(request, pk):
    """Take back one line that was collected today."""
    chi_doan = _chi_doan(request, pk)
    form = HoanTacForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Chưa hoàn tác. Tải lại trang rồi bấm lần nữa.")
        return redirect(trang.so_sach(chi_doan))
    lines = DoanPhi.objects.select_related("phieu__don_vi", "doan_vien")
    line = get_visible_or_404(
        lines, request.user, quyen=THU, pk=form.cleaned_data["dong"], chi_doan=chi_doan
    )
    try:
        counter = services.undo_dong(dong=line, ly_do=HOAN_TAC, by=request.user)
        messages.success(
            request, f"Đã hoàn tác phần của đồng chí {line.doan_vien}, bút toán {counter}."
        )
    except RuleError as refusal:
        messages.warning(request, str(refusal))
        return _back(chi_doan, line.thang, at="")
    return _back(chi_doan, line.thang)


@require_quyen(THU)
def doan_phi_thu(request, pk):
    """Several months of one member, another amount, an earlier day."""
    chi_doan = _chi_doan(request, pk)
    page = TrangThu(chi_doan, doan_vien_cua(request.GET.get("doan_vien")), today())
    if page.doan_vien is None:
        messages.info(request, "Chọn đồng chí trong danh sách của tháng, rồi bấm thu.")
        return redirect(trang.so_sach(chi_doan))
    form = ThuForm(
        request.POST or None,
        thang=page.lua_chon,
        muc_nuoc_ngoai=page.muc_nuoc_ngoai,
        initial={"thang": page.no, "ma_gui": uuid.uuid4()},
    )
    if form.is_valid():
        data = form.cleaned_data
        phieu = try_service(
            form,
            services.collect,
            chi_doan=chi_doan,
            khoan=[(page.doan_vien.pk, thang, data["muc"]) for thang in data["thang"]],
            ngay=data["ngay"],
            ma_gui=data["ma_gui"],
            nguoi_nop=data["nguoi_nop"],
            by=request.user,
        )
        if phieu:
            messages.success(request, f"Đã thu {tien(phieu.tong)}, phiếu {phieu}.")
            return redirect(phieu)
    context = {
        "title": f"Thu đoàn phí: {page.doan_vien}",
        "subtitle": f"{chi_doan} · mức {tien(page.muc)} một tháng",
        "form": form,
        "verb": "Thu, ghi phiếu",
        "verb_icon": "wallet",
        "back": trang.so_sach(chi_doan),
    }
    return TemplateResponse(request, "core/form.html", context)


@require_quyen(THU)
def doan_phi_mo_so(request, pk):
    """From which month a branch, or every branch of a ward without a book, collects here."""
    don_vi = get_visible_or_404(CHI_DOAN, request.user, quyen=THU, pk=pk)
    book = getattr(don_vi, "so_thu_doan_phi", None)
    form = MoSoForm(request.POST or None, initial={"tu_thang": book.tu_thang} if book else {})
    return run_form(
        request,
        form=form,
        save=lambda data: _open(don_vi=don_vi, by=request.user, **data),
        done=str,
        back=trang.so_sach(don_vi),
        title=f"Tháng bắt đầu thu đoàn phí của {don_vi}"
        if don_vi.is_chi_doan
        else "Mở sổ thu cho các chi đoàn chưa mở",
        verb="Lưu",
    )


def _open(*, don_vi, tu_thang, by) -> str:
    if don_vi.is_chi_doan:
        services.open_so_thu(chi_doan=don_vi, tu_thang=tu_thang, by=by)
        return f"Sổ thu của {don_vi} bắt đầu từ tháng {tu_thang:%m/%Y}."
    opened = services.open_so_thu_many(don_vi=don_vi, tu_thang=tu_thang, by=by)
    return f"Đã mở sổ thu của {opened} chi đoàn từ tháng {tu_thang:%m/%Y}."


def _chi_doan(request, pk) -> DonVi:
    return get_visible_or_404(CHI_DOAN.chi_doan(), request.user, quyen=THU, pk=pk)


def _tap(request, chi_doan, form, act):
    """Do what a button of the list says, and come back to the list with what became of it."""
    if not form.is_valid():
        messages.warning(request, "Chưa thu. Tải lại trang rồi bấm lần nữa.")
        return redirect(trang.so_sach(chi_doan))
    try:
        messages.success(request, act(form.cleaned_data))
    except RuleError as refusal:
        messages.warning(request, str(refusal))
        return _back(chi_doan, form.cleaned_data["thang"], at="")
    return _back(chi_doan, form.cleaned_data["thang"])


def _back(chi_doan, thang, at="#thang"):
    """To the list of the month; to the top of the page, where a refusal stands, with `at` empty."""
    url = reverse("doanvien:doan_phi_don_vi", args=[chi_doan.pk])
    return redirect(f"{url}?thang={thang:%Y-%m}{at}")
