from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.errors import RuleError
from core.form_page import run_form
from core.listing import list_page
from core.periods import today
from doanvien.ky_luat.services import record_look
from doanvien.models import DoanVien, KhenThuong, KyLuat
from doanvien.rieng_tu import xem
from doanvien.tai_ve import quyen_cua
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from . import services
from .filters import KhenThuongFilter
from .forms import ChonChiDoanForm, KhenThuongForm
from .tables import KHEN_THUONG_TABLE


@require_quyen(Quyen.XEM_DOAN_VIEN)
def khen_thuong_list(request):
    user = request.user
    return list_page(
        request,
        queryset=KhenThuong.objects.permitted_to(user, quyen_cua(request)).trong_list(),
        filterset=KhenThuongFilter,
        table=KHEN_THUONG_TABLE,
        title="Khen thưởng",
        noun="lượt khen thưởng",
        template="doanvien/khen_thuong_list.html",
        on_download=_record_download,
        extra={
            "may_create": user.has_quyen(Quyen.SUA_DOAN_VIEN),
            "may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def khen_thuong_create(request):
    """One award for one or several members; `?chi_doan=` shortens the list of names."""
    chon = ChonChiDoanForm(request.GET or None, user=request.user)
    chi_doan = chon.cleaned_data["chi_doan"] if chon.is_valid() else None
    form = KhenThuongForm(
        request.POST or None,
        user=request.user,
        chi_doan=chi_doan,
        chon=_numbers(request.GET.getlist("doan_vien")),
    )
    back = reverse("doanvien:khen_thuong_list")
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_khen_thuong(
            don_vi=request.user.don_vi, by=request.user, **data
        ),
        done=lambda rows: f"Đã ghi khen thưởng cho {len(rows)} đồng chí.",
        back=back,
        template="doanvien/khen_thuong_form.html",
        title="Ghi khen thưởng",
        subtitle="Một lần cho mọi đồng chí có tên trong cùng quyết định",
        chon=chon,
        co_nhieu=chon.fields["chi_doan"].queryset.count() > 1,
        verb="Ghi khen thưởng",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def khen_thuong_delete(request, pk):
    row = get_visible_or_404(
        KhenThuong.objects.trong_list(), request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk
    )
    back = reverse("doanvien:khen_ky", args=[row.doan_vien_id])
    if request.method == "POST":
        try:
            services.delete_khen_thuong(khen_thuong=row, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã xóa khen thưởng ghi nhầm.")
        return redirect(back)
    context = {
        "title": f"Xóa khen thưởng của {row.doan_vien}?",
        "text": f"{row.get_hinh_thuc_display()}, {row.get_cap_display()}: {row.noi_dung}. "
        "Chỉ xóa khi ghi nhầm.",
        "verb": "Xóa",
        "danger": True,
        "back": back,
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def khen_ky(request, pk):
    """Awards of a member; discipline too once its reader said why, and each look is logged."""
    user = request.user
    doan_vien = get_visible_or_404(DoanVien.objects.co_chi_doan(), user, pk=pk)
    is_readable = xem.duoc_xem(request, doan_vien)
    ky_luat = list(KyLuat.objects.visible_to(user).cua(doan_vien)) if is_readable else []
    if ky_luat or (is_readable and doan_vien.ky_luat):
        record_look(by=user, don_vi=doan_vien.chi_doan, doan_vien=doan_vien)
    day = today()
    context = {
        "title": "Khen thưởng, kỷ luật",
        "doan_vien": doan_vien,
        "crumbs": [
            ("Đoàn viên", reverse("doanvien:list")),
            (doan_vien.ho_ten, doan_vien.get_absolute_url()),
            ("Khen thưởng, kỷ luật", ""),
        ],
        "back": doan_vien.get_absolute_url(),
        "khen_thuong": KhenThuong.objects.cua(doan_vien),
        "ky_luat": [(row, row.is_con_hieu_luc(day)) for row in ky_luat],
        "is_readable": is_readable,
        "may_reveal": xem.may_reveal(user, doan_vien),
        "may_edit": user.may(Quyen.SUA_DOAN_VIEN, doan_vien.chi_doan),
        "may_decide": user.may(Quyen.DUYET_DOAN_VIEN, doan_vien.chi_doan),
    }
    return TemplateResponse(request, "doanvien/khen_ky.html", context)


def _numbers(texts) -> list[int]:
    """The people that an address names; what is no number names nobody."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= 18]


def _record_download(request, rows):
    record(
        by=request.user, hanh_dong="khen_thuong.export", don_vi=request.user.don_vi, so_dong=rows
    )
