"""The figures that a unit types into its open report."""

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from baocao import services
from baocao.bang_so_lieu import Dong, load_bang, thoi_ky_cua
from baocao.forms import SoLieuForm
from baocao.mau import chi_tieu_cua
from baocao.models import GopY
from baocao.o_bao_cao import noi_dung_dong
from baocao.trang_bao_cao import load_trang
from core.errors import RuleError
from core.text.display import ngay, show
from tochuc.permissions import Quyen, require_quyen

from .bao_cao import report_page
from .chung import own_report


@require_quyen(Quyen.LAP_BAO_CAO)
def so_lieu_edit(request, pk, ma):
    bao_cao = own_report(request, pk)
    line = next((line for line in load_bang(bao_cao) if line.ma == ma), None)
    if line is None:
        raise Http404
    initial = {"gia_tri": line.nhap, "ly_do": line.ly_do}
    form = SoLieuForm(request.POST or None, is_nhap_tay=line.is_nhap_tay, initial=initial)
    if form.is_valid():
        try:
            services.override_so_lieu(bao_cao=bao_cao, ma=ma, by=request.user, **form.cleaned_data)
        except RuleError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"Đã ghi chỉ tiêu {line.so}")
            return redirect(f"{bao_cao.get_absolute_url()}?xem=tat-ca#{ma}")
    thread = GopY.objects.cua_o(bao_cao, GopY.Phan.SO_LIEU, ma)
    context = {
        **_so_lieu_context(bao_cao, line, form),
        "noi_dung": noi_dung_dong(line),
        "thread": thread,
    }
    template = "baocao/gop_y_form.html" if thread else "core/form.html"
    return TemplateResponse(request, template, context)


@require_POST
@require_quyen(Quyen.LAP_BAO_CAO)
def so_lieu_save(request, pk):
    bao_cao = own_report(request, pk)
    try:
        count = _save_typed(request, bao_cao)
    except RuleError as error:
        return _typed_again(request, bao_cao, error)
    messages.success(request, f"Đã lưu {count} chỉ tiêu" if count else "Không có gì thay đổi")
    return redirect(f"{bao_cao.get_absolute_url()}?xem=tat-ca")


@require_POST
@require_quyen(Quyen.LAP_BAO_CAO)
def so_lieu_zero(request, pk):
    bao_cao = own_report(request, pk)
    try:
        _save_typed(request, bao_cao)
        count = services.zero_so_lieu_nhap(bao_cao=bao_cao, by=request.user)
    except RuleError as error:
        return _typed_again(request, bao_cao, error)
    messages.success(request, f"Đã ghi 0 cho {count} chỉ tiêu")
    return redirect(bao_cao)


def _save_typed(request, bao_cao) -> int:
    values, before = _typed(request.POST, bao_cao)
    return services.save_so_lieu_nhap(
        bao_cao=bao_cao, gia_tri=values, truoc=before, by=request.user
    )


def _typed_again(request, bao_cao, error: RuleError) -> TemplateResponse:
    """The report once more with everything that was typed, and why it could not be saved."""
    messages.error(request, str(error))
    typed = {name[3:]: text for name, text in request.POST.items() if name.startswith("gt_")}
    return report_page(
        request, bao_cao, load_trang(bao_cao, request.user, {}, xem="tat-ca", go=typed)
    )


def _so_lieu_context(bao_cao, line: Dong, form: SoLieuForm) -> dict:
    system = "tự nhập" if line.he_thong is None else show(line.gia_tri_he_thong)
    return {
        "title": f"{line.so} {line.chi_tieu.ten}",
        "subtitle": f"Hệ thống: {system} ({line.chi_tieu.don_vi_tinh}), "
        f"tính đến {ngay(thoi_ky_cua(bao_cao).den)}",
        "form": form,
        "verb": "Lưu chỉ tiêu",
        "back": f"{bao_cao.get_absolute_url()}#{line.ma}",
    }


def _typed(data, bao_cao) -> tuple[dict[str, Decimal | None], dict[str, Decimal | None]]:
    """Numbers typed into the table, and those it showed; fields left out are not touched."""
    field = forms.DecimalField(localize=True, required=False, max_digits=14, decimal_places=1)
    values, before = {}, {}
    for item in chi_tieu_cua(bao_cao):
        name = f"gt_{item.ma}"
        if not item.may_go or name not in data:
            continue
        try:
            values[item.ma] = field.clean(data[name])
            before[item.ma] = field.clean(data.get(f"cu_{item.ma}", ""))
        except forms.ValidationError as error:
            raise RuleError(
                f"«{item.ten}»: «{data[name]}» không phải là số. Gõ chữ số, ví dụ 22."
            ) from error
    return values, before
