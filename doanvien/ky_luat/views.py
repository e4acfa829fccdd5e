from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.errors import RuleError, try_service
from core.form_page import run_form
from core.listing import list_page
from doanvien.models import DoanVien, KyLuat
from doanvien.rieng_tu import xem
from doanvien.roi_doan.views import nhac_chuc_vu
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from . import services
from .filters import KyLuatFilter
from .forms import HetHieuLucForm, KhieuNaiForm, KyLuatForm
from .tables import KY_LUAT_TABLE

DANH_SACH = "ky_luat"
THOI_CHUC_VU = (KyLuat.HinhThuc.CACH_CHUC, KyLuat.HinhThuc.KHAI_TRU)


@require_quyen(Quyen.XEM_NHAY_CAM)
def ky_luat_list(request):
    """Opens for a while once a reason was given; the file needs the right to files too."""
    user = request.user
    is_download = request.GET.get("export") == "xlsx"
    if is_download and not user.has_quyen(Quyen.XUAT_DOAN_VIEN):
        raise PermissionDenied(who_may(Quyen.XUAT_DOAN_VIEN))
    rows = KyLuat.objects.visible_to(user)
    if not xem.is_list_open(request, DANH_SACH):
        return _ask_why(request, rows)
    if is_download:
        rows = rows.permitted_to(user, Quyen.XUAT_DOAN_VIEN)
    else:
        services.record_look(by=user, don_vi=user.don_vi)
    return list_page(
        request,
        queryset=rows.trong_list(),
        filterset=KyLuatFilter,
        table=KY_LUAT_TABLE,
        title="Kỷ luật",
        noun="quyết định",
        template="doanvien/ky_luat_list.html",
        on_download=_record_download,
        extra={"may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN)},
    )


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def ky_luat_create(request, pk):
    doan_vien = get_visible_or_404(
        DoanVien.objects.co_chi_doan(), request.user, quyen=Quyen.DUYET_DOAN_VIEN, pk=pk
    )
    form = KyLuatForm(request.POST or None, instance=KyLuat(doan_vien=doan_vien))
    back = reverse("doanvien:khen_ky", args=[pk])
    if form.is_valid() and try_service(
        form, services.create_ky_luat, ky_luat=form.build(), by=request.user
    ):
        messages.success(request, f"Đã ghi quyết định kỷ luật {doan_vien}.")
        if form.cleaned_data["hinh_thuc"] in THOI_CHUC_VU:
            nhac_chuc_vu(request, [doan_vien])
        return redirect(back)
    context = {
        "title": f"Ghi kỷ luật: {doan_vien}",
        "subtitle": str(doan_vien.chi_doan),
        "form": form,
        "verb": "Ghi quyết định",
        "back": back,
    }
    return TemplateResponse(request, "core/form.html", context)


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def ky_luat_appeal(request, pk):
    row = _row(request, pk)
    form = KhieuNaiForm(request.POST or None, initial={"khieu_nai": row.khieu_nai})
    return run_form(
        request,
        form=form,
        save=lambda data: services.update_khieu_nai(ky_luat=row, by=request.user, **data),
        done="Đã ghi tình trạng khiếu nại.",
        back=_back(row),
        template="core/confirm.html",
        title=_title("Khiếu nại", row),
        text="Trong khi khiếu nại, quyết định vẫn có hiệu lực. Hủy thì coi như chưa bị kỷ luật.",
        verb="Ghi khiếu nại",
    )


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def ky_luat_end(request, pk):
    row = _row(request, pk)
    return run_form(
        request,
        form=HetHieuLucForm(request.POST or None),
        save=lambda data: services.end_ky_luat(ky_luat=row, by=request.user, **data),
        done="Đã ghi ngày chấm dứt hiệu lực.",
        back=_back(row),
        template="core/confirm.html",
        title=_title("Chấm dứt hiệu lực", row),
        text="Khi hết thời hạn hoặc được xóa kỷ luật. Từ ngày này không còn ảnh hưởng xếp loại.",
        verb="Ghi ngày chấm dứt",
    )


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def ky_luat_delete(request, pk):
    row = _row(request, pk)
    if request.method == "POST":
        try:
            services.delete_ky_luat(ky_luat=row, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã xóa quyết định ghi nhầm.")
        return redirect("doanvien:khen_ky", row.doan_vien_id)
    context = {
        "title": _title("Xóa", row),
        "text": "Chỉ xóa khi ghi nhầm. Khai trừ ghi nhầm thì đồng chí trở lại danh sách chi đoàn.",
        "verb": "Xóa",
        "danger": True,
        "back": _back(row),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _ask_why(request, rows):
    """The reason before the list, once for the minutes that the setting gives."""
    ly_do, page = xem.require_ly_do(
        request,
        title="Xem danh sách kỷ luật?",
        text="Người xem, giờ xem và lý do được ghi lại; đồng chí có tên có quyền biết.",
        verb="Xem danh sách",
        back=reverse("doanvien:list"),
    )
    if page is not None:
        return page
    xem.mo_danh_sach(request, DANH_SACH, services.nguoi_cua(rows), ly_do)
    return redirect(request.get_full_path())


def _row(request, pk):
    rows = KyLuat.objects.trong_list()
    return get_visible_or_404(rows, request.user, quyen=Quyen.DUYET_DOAN_VIEN, pk=pk)


def _title(what: str, row: KyLuat) -> str:
    return f"{what}: quyết định {row.so_quyet_dinh}, {row.doan_vien}"


def _back(row: KyLuat) -> str:
    return reverse("doanvien:khen_ky", args=[row.doan_vien_id])


def _record_download(request, rows):
    record(by=request.user, hanh_dong="ky_luat.export", don_vi=request.user.don_vi, so_dong=rows)
