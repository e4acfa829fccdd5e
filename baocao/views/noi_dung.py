"""What a unit writes into its open report: sections and figures."""

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from baocao import services
from baocao.bang_so_lieu import Dong, load_bang, thoi_ky_cua
from baocao.forms import PhanLoiForm, SoLieuForm
from baocao.mau import chi_tieu_cua, mau_da_mo
from baocao.models import PhanLoi
from baocao.trang_bao_cao import load_trang
from core.errors import RuleError, StaleError
from core.text.display import ngay, show
from tochuc.permissions import Quyen, require_quyen

from .bao_cao import report_page
from .chung import own_report


@require_quyen(Quyen.LAP_BAO_CAO)
def phan_loi_edit(request, pk, muc):
    bao_cao = own_report(request, pk)
    if muc not in mau_da_mo(bao_cao).muc:
        raise Http404
    part = PhanLoi.objects.filter(bao_cao=bao_cao, muc=muc).first() or PhanLoi(version=0)
    form = PhanLoiForm(request.POST or None, instance=part, initial={"version": str(part.version)})
    other = None
    if form.is_valid():
        try:
            services.save_phan_loi(bao_cao=bao_cao, muc=muc, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            other = stale.current
            form = _renewed(request, other)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Đã lưu mục “{PhanLoi.Muc(muc).label}”")
            return redirect(f"{bao_cao.get_absolute_url()}#phan-loi")
    context = _phan_loi_context(bao_cao, muc, form, other)
    return TemplateResponse(request, "baocao/phan_loi_form.html", context)


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
    return TemplateResponse(request, "core/form.html", _so_lieu_context(bao_cao, line, form))


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


def _phan_loi_context(bao_cao, muc: str, form: PhanLoiForm, other: PhanLoi | None) -> dict:
    return {
        "title": PhanLoi.Muc(muc).label,
        "subtitle": f"Báo cáo {bao_cao.ky_bao_cao.ten} · {bao_cao.don_vi}",
        "form": form,
        "other": other,
        "verb": "Lưu mục này",
        "back": f"{bao_cao.get_absolute_url()}#phan-loi",
    }


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


def _renewed(request, other: PhanLoi) -> PhanLoiForm:
    """The same words once more, on top of the version that somebody else has saved."""
    data = request.POST.copy()
    data["version"] = str(other.version)
    return PhanLoiForm(data, instance=PhanLoi(version=other.version))


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
