from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.chon import choose_unit, don_vi_tai_cho
from chidoan.de_nghi_khen import giay_to, quyet_dinh
from chidoan.de_nghi_khen.forms import LyDoForm, QuyetDinhForm
from chidoan.de_nghi_khen.tables import QUYET_DINH_TABLE
from chidoan.models import DeNghiKhen, QuyetDinhKhen
from chidoan.views.so import record_download
from core.form_page import run_form
from core.listing import list_page
from core.pdf import pdf_response
from core.text.display import ngay
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.chon_ban_do import ban_do_cua_ky
from tochuc.loc_ky import UnitFilterSet
from tochuc.models import VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

XEM, XET = Quyen.XEM_CAN_BO, Quyen.DUYET_KHEN_THUONG
LIST = "chidoan:quyet_dinh_khen_list"


@require_quyen(XEM)
def quyet_dinh_khen_list(request):
    user = request.user
    return list_page(
        request,
        queryset=QuyetDinhKhen.objects.visible_to(user).co_don_vi(),
        filterset=UnitFilterSet,
        table=QUYET_DINH_TABLE,
        title="Quyết định khen thưởng",
        noun="quyết định",
        template="chidoan/de_nghi_khen/quyet_dinh_list.html",
        on_download=record_download("quyet_dinh_khen.export"),
        extra={
            "may_decide": user.has_quyen(XET),
            "back": reverse("chidoan:de_nghi_khen_list"),
            **ban_do_cua_ky(request, XEM),
        },
    )


@require_quyen(XEM)
def quyet_dinh_khen_detail(request, pk):
    row = _decision(request, pk)
    context = {
        "title": f"Quyết định {row}",
        "subtitle": f"{row.don_vi} · {ngay(row.ngay)}",
        "back": reverse(LIST),
        "crumbs": [
            ("Đề nghị khen thưởng", reverse("chidoan:de_nghi_khen_list")),
            ("Quyết định", reverse(LIST)),
            (str(row), ""),
        ],
        "quyet_dinh": row,
        "rows": giay_to.cac_dong(row),
        "may_cancel": not row.is_huy and quyet_dinh.may_decide(request.user, row.don_vi),
    }
    return TemplateResponse(request, "chidoan/de_nghi_khen/quyet_dinh.html", context)


@require_quyen(XET)
def quyet_dinh_khen_create(request):
    """A decision about proposals that were agreed to, all of one form."""
    units = don_vi_tai_cho(request, XET)
    if len(units) != 1:
        return choose_unit(
            request,
            units,
            title="Ra quyết định khen thưởng",
            page="chidoan:quyet_dinh_khen_create",
            icon="award",
            key="don_vi",
        )
    (don_vi,) = units
    if not DeNghiKhen.objects.cho_quyet_dinh(don_vi).exists():
        messages.error(request, "Chưa có đề nghị nào được đồng ý. Xem xét đề nghị trước.")
        return redirect("chidoan:de_nghi_khen_list")
    return run_form(
        request,
        form=QuyetDinhForm(request.POST or None, don_vi=don_vi),
        save=lambda data: _decide(don_vi, data, request.user),
        done=lambda row: f"Đã ban hành quyết định {row}; khen thưởng đã vào sổ.",
        back=lambda row: row.get_absolute_url(),
        back_url=reverse("chidoan:de_nghi_khen_list"),
        title="Ra quyết định khen thưởng",
        subtitle=str(don_vi),
        verb="Ban hành quyết định",
        note="Ban hành rồi không sửa được, chỉ hủy có lý do.",
    )


@require_quyen(XET)
def quyet_dinh_khen_cancel(request, pk):
    row = _decision(request, pk, XET)
    return run_form(
        request,
        form=LyDoForm(request.POST or None),
        save=lambda data: quyet_dinh.cancel(quyet_dinh=row, by=request.user, **data),
        done="Đã hủy quyết định. Các đề nghị trở lại chờ quyết định.",
        back=row.get_absolute_url(),
        template="core/confirm.html",
        title=f"Hủy quyết định {row}?",
        text="Khen thưởng theo quyết định này bị xóa khỏi sổ; ai quét mã trên giấy sẽ thấy không "
        "còn hiệu lực. Số đã cấp không dùng lại.",
        verb="Hủy quyết định",
        danger=True,
    )


@require_quyen(XEM)
def quyet_dinh_khen_pdf(request, pk):
    """The decision's bytes, those of a cancelled one too."""
    row = _decision(request, pk)
    paper = VanBan.objects.of(row).last_of(giay_to.LOAI)
    if paper is None:
        raise Http404
    record(by=request.user, hanh_dong="quyet_dinh_khen.print", target=row)
    return pdf_response(bytes(paper.tep), file_name("QD", paper.so_ky_hieu, day=row.ngay))


def _decide(don_vi, data: dict, by) -> QuyetDinhKhen:
    data = dict(data)
    return quyet_dinh.decide(don_vi=don_vi, by=by, **data | {"de_nghi": list(data["de_nghi"])})


def _decision(request, pk, quyen=None) -> QuyetDinhKhen:
    return get_visible_or_404(QuyetDinhKhen.objects.co_don_vi(), request.user, quyen=quyen, pk=pk)
