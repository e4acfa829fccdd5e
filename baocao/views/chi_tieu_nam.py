"""The yearly targets of one's own unit."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from baocao.chi_tieu import Kieu, chi_tieu_bao_cao
from baocao.forms import ChiTieuNamForm
from baocao.models import ChiTieuNam
from baocao.services import set_chi_tieu_nam
from core.errors import RuleError
from core.periods import KyBaoCao, read_ky, today
from tochuc.permissions import Quyen, require_quyen

from .chung import role_of


@require_quyen(Quyen.LAP_BAO_CAO)
def chi_tieu_nam_edit(request):
    """Targets are set for wards and offices above; a branch reports and has none."""
    don_vi = role_of(request.user, Quyen.LAP_BAO_CAO).don_vi
    if don_vi.is_chi_doan:
        raise PermissionDenied("Chỉ tiêu năm do Đoàn phường, xã và cấp trên giao.")
    year = KyBaoCao.year_of(don_vi.ngay_so_lieu(today()))
    nam = read_ky(request.GET.get("ky"), year).nam
    saved = ChiTieuNam.objects.filter(don_vi=don_vi, nam=nam)
    form = ChiTieuNamForm(
        request.POST or None,
        chi_tieu=_targets(don_vi),
        initial=dict(saved.values_list("ma", "gia_tri")),
    )
    if form.is_valid() and _save(request, don_vi, nam, form):
        return redirect("baocao:list")
    context = {
        "title": f"Chỉ tiêu năm {nam}",
        "subtitle": f"{don_vi} · ô để trống là không giao chỉ tiêu",
        "form": form,
        "verb": "Lưu chỉ tiêu",
        "back": reverse("baocao:list"),
    }
    return TemplateResponse(request, "core/form.html", context)


def _targets(don_vi) -> list:
    """Figures that add up over the year, and how many branches meet as they should."""
    quarter = KyBaoCao.quarter_of(today())
    return [
        item
        for item in chi_tieu_bao_cao(don_vi, quarter)
        if (item.kieu == Kieu.FLOW and not item.nhay_cam) or item.ma == "chi_doan_sinh_hoat_du"
    ]


def _save(request, don_vi, nam: int, form: ChiTieuNamForm) -> bool:
    try:
        count = set_chi_tieu_nam(don_vi=don_vi, nam=nam, gia_tri=form.cleaned_data, by=request.user)
    except RuleError as error:
        form.add_error(error.field, str(error))
        return False
    messages.success(request, f"Đã lưu {count} chỉ tiêu" if count else "Không có gì thay đổi")
    return True
