"""Offices, coaching and the themes of the year: the ward's work for its branches."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan import services
from chidoan.forms import ChuDiemForm, PhuTrachForm
from chidoan.mau.queries import chu_diem_nam
from chidoan.models import ChiDoan, ChucVu, PhuTrach
from core.errors import RuleError
from core.form_page import run_form
from core.periods import today
from tochuc.loc import named_unit
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

ASSIGN = Quyen.PHAN_CONG_PHU_TRACH


@require_quyen(Quyen.XEM_DON_VI)
def bch(request, pk):
    """The committee of a ward: its members are the base of votes and coach branches."""
    don_vi = get_visible_or_404(DonVi.objects, request.user, pk=pk)
    rows = list(ChucVu.objects.filter(don_vi=don_vi).order_by("-tu_ngay", "pk"))
    context = {
        "title": "Ban Chấp hành",
        "subtitle": str(don_vi),
        "back": don_vi.get_absolute_url() if not don_vi.is_co_so else reverse("chidoan:list"),
        "don_vi_xem": don_vi,
        "chuc_vu": [row for row in rows if row.den_ngay is None or row.den_ngay >= today()],
        "chuc_vu_cu": [row for row in rows if row.den_ngay and row.den_ngay < today()],
        "may_assign": request.user.may(ASSIGN, don_vi),
    }
    return TemplateResponse(request, "chidoan/bch.html", context)


@require_quyen(ASSIGN)
def phu_trach_assign(request, pk):
    chi_doan = get_visible_or_404(ChiDoan.objects, request.user, quyen=ASSIGN, pk=pk)
    ward = chi_doan.cap_tren
    uy_vien = ChucVu.objects.filter(don_vi=ward).tai_ngay(today())
    form = PhuTrachForm(request.POST or None, uy_vien=uy_vien)
    if form.is_valid():
        try:
            phu_trach = services.assign_phu_trach(
                chi_doan=chi_doan, by=request.user, **form.cleaned_data
            )
        except RuleError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(
                request, f"Đã phân công đồng chí {phu_trach.chuc_vu.ho_ten} phụ trách {chi_doan}."
            )
            return redirect(chi_doan)
    context = {
        "title": "Phân công phụ trách",
        "subtitle": str(chi_doan),
        "form": form,
        "verb": "Phân công",
        "back": chi_doan.get_absolute_url(),
        "bch_url": reverse("chidoan:bch", args=[ward.pk]),
        "co_uy_vien": uy_vien.exists(),
    }
    return TemplateResponse(request, "chidoan/phu_trach_form.html", context)


@require_POST
@require_quyen(ASSIGN)
def phu_trach_end(request, pk):
    rows = PhuTrach.objects.select_related("chi_doan")
    phu_trach = get_visible_or_404(rows, request.user, quyen=ASSIGN, pk=pk)
    try:
        services.end_phu_trach(phu_trach=phu_trach, den_ngay=today(), by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Đã kết thúc phân công phụ trách.")
    return redirect("chidoan:detail", phu_trach.chi_doan_id)


@require_quyen(Quyen.GHI_SINH_HOAT)
def chu_diem(request):
    """Twelve themes of a year: the ward's for its branches, or a branch's own where it differs."""
    don_vi = named_unit(request, Quyen.GHI_SINH_HOAT)
    text = request.GET.get("nam", "")
    year = int(text) if text.isdecimal() and 2000 <= int(text) <= 2100 else today().year
    own, above = chu_diem_nam(don_vi, year)
    form = ChuDiemForm(
        request.POST or None,
        initial={f"thang_{month}": text for month, text in own.items()},
        cap_tren=above,
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.set_chu_diem(
            don_vi=don_vi, nam=year, chu_diem=form.chu_diem, by=request.user
        ),
        done=f"Đã lưu chủ điểm năm {year}.",
        back=reverse("chidoan:buoi_list" if don_vi.is_chi_doan else "chidoan:list"),
        template="chidoan/chu_diem.html",
        title=f"Chủ điểm năm {year}",
        subtitle=str(don_vi),
        nam=year,
        don_vi_mau=don_vi,
        verb="Lưu chủ điểm",
    )
