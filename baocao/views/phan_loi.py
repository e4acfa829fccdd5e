"""The sections of a report: read together, written one by one, given back to the books."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from baocao import services
from baocao.forms import PhanLoiForm, TheoSoForm
from baocao.mau import mau_da_mo
from baocao.models import GopY, PhanLoi
from baocao.trang_bao_cao import may_write
from baocao.trang_phan_loi import MucTrang, load_muc, load_phan_loi
from core.errors import RuleError, StaleError
from tochuc.permissions import Quyen, require_quyen

from .chung import confirm, own_report, visible_report


@require_quyen(Quyen.XEM_BAO_CAO)
def phan_loi_list(request, pk):
    bao_cao = visible_report(request, pk)
    parts = load_phan_loi(bao_cao, request.user)
    context = {
        "title": "Phần lời",
        "subtitle": f"Báo cáo {bao_cao.ky_bao_cao.ten} · {bao_cao.don_vi}",
        "back": bao_cao.get_absolute_url(),
        "crumbs": [
            ("Báo cáo", reverse("baocao:list")),
            (f"Báo cáo {bao_cao.ky_bao_cao.ten}", bao_cao.get_absolute_url()),
            ("Phần lời", ""),
        ],
        "bao_cao": bao_cao,
        "cac_muc": parts,
        "so_theo_so": sum(part.is_theo_so for part in parts),
        "is_sua": may_write(request.user, bao_cao),
    }
    return TemplateResponse(request, "baocao/phan_loi.html", context)


@require_quyen(Quyen.LAP_BAO_CAO)
def phan_loi_edit(request, pk, muc):
    bao_cao = own_report(request, pk)
    shown = _muc(request, bao_cao, muc)
    part = PhanLoi(version=shown.version, noi_dung=shown.loi)
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
            messages.success(request, f"Đã lưu mục “{shown.ten}”")
            return redirect(_here(bao_cao, muc))
    context = {
        "title": shown.ten,
        "subtitle": f"Báo cáo {bao_cao.ky_bao_cao.ten} · {bao_cao.don_vi}",
        "form": form,
        "other": other,
        "muc": shown,
        "thread": GopY.objects.cua_o(bao_cao, GopY.Phan.PHAN_LOI, muc),
        "verb": "Lưu mục này",
        "back": _here(bao_cao, muc),
    }
    return TemplateResponse(request, "baocao/phan_loi_form.html", context)


@require_quyen(Quyen.LAP_BAO_CAO)
def phan_loi_theo_so(request, pk, muc):
    """Give up what was written: the section says again what the books say."""
    bao_cao = own_report(request, pk)
    shown = _muc(request, bao_cao, muc)
    form = TheoSoForm(request.POST or None, initial={"version": shown.version})
    if form.is_valid():
        try:
            services.take_ban_nhap(bao_cao=bao_cao, muc=muc, by=request.user, **form.cleaned_data)
        except RuleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Mục “{shown.ten}” lấy lại theo sổ")
        return redirect(_here(bao_cao, muc))
    return confirm(
        request,
        bao_cao,
        title=f"Lấy lại bản nháp của mục “{shown.ten}”?",
        text="Lời đồng chí đã viết ở mục này bị bỏ; mục theo sổ đến khi nộp.",
        form=form,
        verb="Lấy lại bản nháp",
        danger=True,
        back=_here(bao_cao, muc),
    )


def _muc(request, bao_cao, muc: str) -> MucTrang:
    if muc not in mau_da_mo(bao_cao).muc:
        raise Http404
    return load_muc(bao_cao, muc, request.user)


def _here(bao_cao, muc: str) -> str:
    return f"{reverse('baocao:phan_loi_list', args=[bao_cao.pk])}#{muc}"


def _renewed(request, other: PhanLoi) -> PhanLoiForm:
    """The same words once more, on top of the version that somebody else has saved."""
    data = request.POST.copy()
    data["version"] = str(other.version)
    return PhanLoiForm(data, instance=PhanLoi(version=other.version))
