from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.errors import try_service
from core.periods import read_year, today
from core.xlsx import xlsx_response
from doanvien.models import ThuChi
from tochuc.audit import record
from tochuc.loc import units_nearby
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .forms import GachBoForm, ThuChiForm
from .queries import SoThuChi, so_thu_chi
from .services import add_thu_chi, strike_out


@require_quyen(Quyen.XEM_DOAN_PHI)
def thu_chi_list(request):
    """The cash book of the own unit."""
    return redirect("doanvien:thu_chi", request.user.don_vi.pk)


@require_quyen(Quyen.XEM_DOAN_PHI)
def thu_chi(request, pk):
    don_vi = _don_vi(request, pk)
    nam = read_year(request.GET.get("nam"))
    so = so_thu_chi(don_vi, nam)
    if request.GET.get("export") == "xlsx":
        record(by=request.user, hanh_dong="thu_chi.export", target=don_vi, nam=nam)
        return xlsx_response("so-thu-chi", LABELS, _file_rows(so))
    context = {
        "title": "Sổ thu – chi",
        "subtitle": f"{don_vi}, năm {nam}",
        "back": reverse("doanvien:list"),
        "don_vi_so": don_vi,
        "units": units_nearby(request.user, Quyen.XEM_DOAN_PHI, don_vi),
        "nam": nam,
        "nam_truoc": nam - 1,
        "nam_sau": nam + 1 if nam < today().year else None,
        "so": so,
        "may_write": request.user.may(Quyen.THU_DOAN_PHI, don_vi),
    }
    return TemplateResponse(request, "doanvien/thu_chi.html", context)


@require_quyen(Quyen.THU_DOAN_PHI)
def thu_chi_create(request, pk):
    don_vi = _don_vi(request, pk, quyen=Quyen.THU_DOAN_PHI)
    form = ThuChiForm(request.POST or None)
    if form.is_valid() and (
        entry := try_service(form, add_thu_chi, don_vi=don_vi, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Đã ghi vào sổ thu – chi.")
        return redirect(f"{_so(entry)}#khoan-{entry.pk}")
    context = {
        "title": f"Ghi thu – chi của {don_vi}",
        "form": form,
        "verb": "Ghi vào sổ",
        "back": reverse("doanvien:thu_chi", args=[don_vi.pk]),
    }
    return TemplateResponse(request, "core/form.html", context)


@require_quyen(Quyen.THU_DOAN_PHI)
def thu_chi_cancel(request, pk):
    entries = ThuChi.objects.select_related("don_vi")
    entry = get_visible_or_404(entries, request.user, quyen=Quyen.THU_DOAN_PHI, pk=pk)
    back = _so(entry)
    form = GachBoForm(request.POST or None)
    if form.is_valid() and try_service(
        form, strike_out, thu_chi=entry, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Đã gạch bỏ khoản này khỏi sổ.")
        return redirect(back)
    context = {
        "title": "Gạch bỏ khoản này?",
        "text": f"{entry}: {entry.noi_dung}. Khoản gạch bỏ không tính vào sổ nữa.",
        "form": form,
        "verb": "Gạch bỏ",
        "danger": True,
        "back": back,
    }
    return TemplateResponse(request, "core/confirm.html", context)


LABELS = ["Ngày", "Nội dung", "Chứng từ", "Thu", "Chi", "Còn lại"]


def _file_rows(so: SoThuChi):
    yield [None, "Năm trước chuyển sang", "", None, None, so.dau_ky]
    for row in so.dong:
        yield [
            row.ngay,
            row.noi_dung,
            row.chung_tu,
            row.thu or None,
            row.chi or None,
            row.ton,
        ]


def _so(entry: ThuChi) -> str:
    """The year of the book in which the entry stands."""
    return f"{reverse('doanvien:thu_chi', args=[entry.don_vi_id])}?nam={entry.ngay.year}"


def _don_vi(request, pk, quyen=Quyen.XEM_DOAN_PHI) -> DonVi:
    return get_visible_or_404(DonVi.objects, request.user, quyen=quyen, pk=pk)
