"""Findings, and recommendations before the conclusion."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from chidoan.kiem_tra import services
from chidoan.kiem_tra.forms import KetQuaForm, KienNghiForm
from chidoan.kiem_tra.so_lieu import so_lieu_cua
from chidoan.models import CuocKiemTra, KetQuaKiemTra
from core.errors import RuleError
from tochuc.permissions import require_quyen

from .chung import GHI, KET_QUA, KIEN_NGHI, form_of, get_cua_cuoc, get_cuoc, out_of_step

Loai = KetQuaKiemTra.Loai


@require_quyen(GHI)
def ket_qua_create(request, pk):
    """A finding; `?so_lieu=` brings along the sentence of a prepared figure, and whether it
    speaks well of the unit."""
    cuoc = get_cuoc(request, pk, to_write=True)
    ma = request.GET.get("so_lieu")
    figure = so_lieu_cua(cuoc, ma) if ma and cuoc.is_da_tien_hanh else None
    is_good = figure is not None and figure.family == "ok"
    initial = {"loai": Loai.UU_DIEM if is_good else Loai.HAN_CHE}
    if figure:
        initial["so_lieu"] = figure.cau
    return out_of_step(request, cuoc, cuoc.is_da_tien_hanh) or form_of(
        request,
        cuoc,
        form=KetQuaForm(request.POST or None, initial=initial),
        save=lambda data: services.save_ket_qua(cuoc=cuoc, by=request.user, **data),
        done="Đã ghi kết quả.",
        title="Ghi kết quả",
        verb="Lưu",
    )


@require_quyen(GHI)
def ket_qua_edit(request, pk):
    row = get_cua_cuoc(request, KET_QUA, pk)
    return out_of_step(request, row.cuoc, row.cuoc.is_da_tien_hanh) or form_of(
        request,
        row.cuoc,
        form=KetQuaForm(request.POST or None, dong=row),
        save=lambda data: services.save_ket_qua(cuoc=row.cuoc, pk=row.pk, by=request.user, **data),
        done="Đã lưu.",
        title="Sửa kết quả",
        verb="Lưu",
    )


@require_quyen(GHI)
def ket_qua_delete(request, pk):
    row = get_cua_cuoc(request, KET_QUA, pk)
    return _delete(
        request,
        row.cuoc,
        lambda: services.delete_ket_qua(ket_qua=row, by=request.user),
        title="Xóa kết quả này?",
        text=row.noi_dung,
    )


@require_quyen(GHI)
def kien_nghi_create(request, pk):
    cuoc = get_cuoc(request, pk, to_write=True)
    return out_of_step(request, cuoc, cuoc.is_da_tien_hanh) or form_of(
        request,
        cuoc,
        form=KienNghiForm(request.POST or None),
        save=lambda data: services.save_kien_nghi(cuoc=cuoc, by=request.user, **data),
        done="Đã ghi kiến nghị.",
        title="Ghi kiến nghị",
        verb="Lưu",
    )


@require_quyen(GHI)
def kien_nghi_edit(request, pk):
    row = get_cua_cuoc(request, KIEN_NGHI, pk)
    return out_of_step(request, row.cuoc, row.cuoc.is_da_tien_hanh) or form_of(
        request,
        row.cuoc,
        form=KienNghiForm(request.POST or None, dong=row),
        save=lambda data: services.save_kien_nghi(
            cuoc=row.cuoc, pk=row.pk, by=request.user, **data
        ),
        done="Đã lưu.",
        title="Sửa kiến nghị",
        verb="Lưu",
    )


@require_quyen(GHI)
def kien_nghi_delete(request, pk):
    row = get_cua_cuoc(request, KIEN_NGHI, pk)
    return _delete(
        request,
        row.cuoc,
        lambda: services.delete_kien_nghi(kien_nghi=row, by=request.user),
        title="Xóa kiến nghị này?",
        text=row.noi_dung,
    )


def _delete(request, cuoc: CuocKiemTra, delete, **context):
    if request.method == "POST":
        try:
            delete()
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã xóa.")
        return redirect(cuoc)
    context |= {"verb": "Xóa", "danger": True, "back": cuoc.get_absolute_url()}
    return TemplateResponse(request, "core/confirm.html", context)
