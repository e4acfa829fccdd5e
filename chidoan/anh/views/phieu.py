"""The roll on paper: printed with a QR, photographed back."""

import uuid

from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.anh.forms import AnhForm
from chidoan.anh.phieu import sheet, ten_phieu
from chidoan.anh.queries import phan_anh
from chidoan.chon import cac_chi_doan, choose_unit
from chidoan.models import Anh, BuoiSinhHoat
from chidoan.moi.forms import HenForm
from chidoan.moi.goi_y import goi_y_phieu
from chidoan.moi.services import find_or_create_hen
from core.form_page import run_form
from core.pdf import pdf_response, render_pdf
from core.text import lowfirst
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .chung import receive

IN_DANH_SACH = "In danh sách điểm danh"
BUOI = BuoiSinhHoat.objects.select_related("chi_doan", "chu_tri", "thu_ky")


@require_quyen(Quyen.GHI_SINH_HOAT)
def phieu_create(request):
    """A sheet for a day: of the meeting that is there, or of one that is called with it."""
    branches = cac_chi_doan(request)
    if len(branches) != 1:
        return choose_unit(
            request, branches, title=IN_DANH_SACH, page="chidoan:phieu_create", icon="printer"
        )
    (chi_doan,) = branches
    start = None if request.POST else {**goi_y_phieu(chi_doan), "client_id": uuid.uuid4()}
    form = HenForm(request.POST or None, initial=start)

    def save(data):
        return find_or_create_hen(
            chi_doan=chi_doan, client_id=data["client_id"], hen=form.hen(), by=request.user
        )

    return run_form(
        request,
        form=form,
        save=save,
        done=lambda buoi: f"Phiếu của {_small(buoi)}. Bấm In phiếu.",
        back=lambda buoi: reverse("chidoan:phieu_giay", args=[buoi.pk]),
        back_url=reverse("chidoan:buoi_list"),
        title=IN_DANH_SACH,
        subtitle=str(chi_doan),
        verb="Lập phiếu",
        note="Mã QR trên phiếu mang tên buổi này. Ngày chưa có buổi nào thì buổi được hẹn luôn.",
    )


def _small(buoi: BuoiSinhHoat) -> str:
    words = str(buoi)
    return lowfirst(words)


@require_quyen(Quyen.GHI_SINH_HOAT)
def phieu_giay(request, pk):
    """Where the QR of a sheet leads: photograph it, it hangs on this meeting."""
    buoi = get_visible_or_404(BUOI, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)
    if request.method == "POST":
        return receive(request, buoi)
    context = {
        "title": "Phiếu điểm danh giấy",
        "subtitle": f"{buoi} · {buoi.chi_doan}",
        "back": buoi.get_absolute_url(),
        "buoi": buoi,
        "phieu": phan_anh(buoi, user=request.user).phieu,
        "form": AnhForm(initial={"client_id": uuid.uuid4(), "loai": Anh.Loai.PHIEU_GIAY}),
    }
    return TemplateResponse(request, "chidoan/anh/phieu_giay.html", context)


@require_quyen(Quyen.GHI_SINH_HOAT)
def phieu_pdf(request, pk):
    """The sheet to print; it holds names: recorded."""
    buoi = get_visible_or_404(BUOI, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)
    content = render_pdf(sheet(buoi), title=ten_phieu(buoi))
    record(by=request.user, hanh_dong="phieu_giay.print", target=buoi, ngay=buoi.ngay)
    return pdf_response(content, file_name("phieu", str(buoi.chi_doan), day=buoi.ngay))
