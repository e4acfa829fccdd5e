from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
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
    return run_form(
        request,
        form=form,
        save=lambda data: add_thu_chi(don_vi=don_vi, by=request.user, **data),
        done="Đã ghi vào sổ thu – chi.",
        back=lambda entry: f"{_so(entry)}#khoan-{entry.pk}",
        back_url=reverse("doanvien:thu_chi", args=[don_vi.pk]),
        title=f"Ghi thu – chi của {don_vi}",
        verb="Ghi vào sổ",
    )


@require_quyen(Quyen.THU_DOAN_PHI)
def thu_chi_cancel(request, pk):
    entries = ThuChi.objects.select_related("don_vi")
    entry = get_visible_or_404(entries, request.user, quyen=Quyen.THU_DOAN_PHI, pk=pk)
    back = _so(entry)
    form = GachBoForm(request.POST or None)
    return run_form(
        request,
        form=form,
        save=lambda data: strike_out(thu_chi=entry, by=request.user, **data),
        done="Đã gạch bỏ khoản này khỏi sổ.",
        back=back,
        template="core/confirm.html",
        title="Gạch bỏ khoản này?",
        text=f"{entry}: {entry.noi_dung}. Khoản gạch bỏ không tính vào sổ nữa.",
        verb="Gạch bỏ",
        danger=True,
    )


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
