from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan import services
from chidoan.filters import NghiQuyetFilter
from chidoan.forms import DoiNghiQuyetForm, KetThucNghiQuyetForm, TienDoForm
from chidoan.models import NghiQuyet
from chidoan.queries import nguoi_phu_trach
from chidoan.tables import NGHI_QUYET_TABLE, trang_thai_nghi_quyet
from core.errors import RuleError
from core.form_page import run_form
from core.listing import Preset, list_page
from tochuc.chon_ban_do import ban_do_cua_ky
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .so import record_download

NGHI_QUYET = NghiQuyet.objects.select_related("chi_doan", "phu_trach", "buoi")


@require_quyen(Quyen.XEM_SINH_HOAT)
def nghi_quyet_list(request):
    return list_page(
        request,
        queryset=NGHI_QUYET.visible_to(request.user).order_by("trang_thai", "han", "pk"),
        filterset=NghiQuyetFilter,
        table=NGHI_QUYET_TABLE,
        title="Nghị quyết",
        noun="nghị quyết",
        template="chidoan/nghi_quyet_list.html",
        presets=(
            Preset("Quá hạn", "tinh_trang=qua_han"),
            Preset("Đang làm", "tinh_trang=dang_lam"),
            Preset("Đã xong", "tinh_trang=xong"),
        ),
        on_download=record_download("nghi_quyet.export"),
        extra={
            "may_finish": request.user.has_quyen(Quyen.GHI_SINH_HOAT),
            **ban_do_cua_ky(request, Quyen.XEM_SINH_HOAT),
        },
    )


@require_quyen(Quyen.XEM_SINH_HOAT)
def nghi_quyet_detail(request, pk):
    """One resolution: who, until when, what was done for it since, and how it ended."""
    nghi_quyet = get_visible_or_404(NGHI_QUYET, request.user, pk=pk)
    may_log = request.user.may(Quyen.GHI_SINH_HOAT, nghi_quyet.chi_doan)
    context = {
        "title": "Nghị quyết",
        "subtitle": str(nghi_quyet.chi_doan),
        "nghi_quyet": nghi_quyet,
        "state": trang_thai_nghi_quyet(nghi_quyet),
        "tien_do": nghi_quyet.tien_do.select_related("ghi_boi"),
        "may_report": may_log and not nghi_quyet.is_ket_thuc,
        "may_reopen": may_log and nghi_quyet.is_ket_thuc and not nghi_quyet.ket_thuc_tai_id,
        "back": reverse("chidoan:nghi_quyet_list"),
    }
    return TemplateResponse(request, "chidoan/nghi_quyet_detail.html", context)


@require_quyen(Quyen.GHI_SINH_HOAT)
def nghi_quyet_finish(request, pk):
    nghi_quyet = _own(request, pk)
    return run_form(
        request,
        form=KetThucNghiQuyetForm(request.POST or None),
        save=lambda data: services.finish_nghi_quyet(
            nghi_quyet=nghi_quyet, by=request.user, **data
        ),
        done="Đã ghi kết quả nghị quyết.",
        back=reverse("chidoan:nghi_quyet_list"),
        title="Báo kết quả nghị quyết",
        subtitle=_words(nghi_quyet),
        verb="Ghi kết quả",
    )


@require_quyen(Quyen.GHI_SINH_HOAT)
def nghi_quyet_tien_do(request, pk):
    nghi_quyet = _own(request, pk)
    return run_form(
        request,
        form=TienDoForm(request.POST or None),
        save=lambda data: services.report_tien_do(nghi_quyet=nghi_quyet, by=request.user, **data),
        done="Đã ghi tiến độ.",
        back=nghi_quyet.get_absolute_url(),
        title="Ghi tiến độ",
        subtitle=_words(nghi_quyet),
        verb="Ghi tiến độ",
    )


@require_quyen(Quyen.GHI_SINH_HOAT)
def nghi_quyet_change(request, pk):
    nghi_quyet = _own(request, pk)
    form = DoiNghiQuyetForm(
        request.POST or None,
        initial={"phu_trach": nghi_quyet.phu_trach_id, "han": nghi_quyet.han},
        nguoi=nguoi_phu_trach(nghi_quyet),
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.change_nghi_quyet(
            nghi_quyet=nghi_quyet, by=request.user, **data
        ),
        done="Đã đổi. Lý do nằm trong tiến độ của nghị quyết.",
        back=nghi_quyet.get_absolute_url(),
        title="Đổi người phụ trách, hạn",
        subtitle=nghi_quyet.noi_dung,
        verb="Lưu thay đổi",
    )


@require_POST
@require_quyen(Quyen.GHI_SINH_HOAT)
def nghi_quyet_reopen(request, pk):
    nghi_quyet = _own(request, pk)
    try:
        services.reopen_nghi_quyet(nghi_quyet=nghi_quyet, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Nghị quyết trở lại đang làm.")
    return redirect("chidoan:nghi_quyet_list")


def _own(request, pk) -> NghiQuyet:
    return get_visible_or_404(NGHI_QUYET, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)


def _words(row: NghiQuyet) -> str:
    return f"{row.noi_dung} · {row.phu_trach} · hạn {row.han:%d/%m/%Y}"
