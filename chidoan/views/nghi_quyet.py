from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan import services
from chidoan.filters import NghiQuyetFilter
from chidoan.forms import KetThucNghiQuyetForm
from chidoan.models import NghiQuyet
from chidoan.tables import NGHI_QUYET_TABLE
from core.errors import RuleError
from core.listing import Preset, list_page
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
        extra={"may_finish": request.user.has_quyen(Quyen.GHI_SINH_HOAT)},
    )


@require_quyen(Quyen.GHI_SINH_HOAT)
def nghi_quyet_finish(request, pk):
    nghi_quyet = get_visible_or_404(NGHI_QUYET, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)
    form = KetThucNghiQuyetForm(request.POST or None)
    if form.is_valid():
        try:
            services.finish_nghi_quyet(nghi_quyet=nghi_quyet, by=request.user, **form.cleaned_data)
        except RuleError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, "Đã ghi kết quả nghị quyết.")
            return redirect("chidoan:nghi_quyet_list")
    context = {
        "title": "Báo kết quả nghị quyết",
        "subtitle": (
            f"{nghi_quyet.noi_dung} · {nghi_quyet.phu_trach} · hạn {nghi_quyet.han:%d/%m/%Y}"
        ),
        "form": form,
        "verb": "Ghi kết quả",
        "back": reverse("chidoan:nghi_quyet_list"),
    }
    return TemplateResponse(request, "core/form.html", context)


@require_POST
@require_quyen(Quyen.GHI_SINH_HOAT)
def nghi_quyet_reopen(request, pk):
    nghi_quyet = get_visible_or_404(NGHI_QUYET, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)
    try:
        services.reopen_nghi_quyet(nghi_quyet=nghi_quyet, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Nghị quyết trở lại đang làm.")
    return redirect("chidoan:nghi_quyet_list")
