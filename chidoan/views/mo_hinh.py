from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan import services
from chidoan.forms import MoHinhForm, ThanhVienFormSet
from chidoan.models import ChiDoan, MoHinh
from chidoan.so_sanh_diem import compare_quarters, so_sinh_hoat_tu
from core.errors import RuleError
from core.periods import today
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

QUAN_LY = Quyen.PHAN_CONG_PHU_TRACH
MO_HINH = MoHinh.objects.select_related("don_vi", "diem")


@require_quyen(Quyen.XEM_DON_VI)
def mo_hinh_list(request):
    context = {
        "title": "Mô hình",
        "mo_hinh": MO_HINH.visible_to(request.user).prefetch_related("thanh_vien"),
        "may_create": request.user.has_quyen(QUAN_LY),
    }
    return TemplateResponse(request, "chidoan/mo_hinh_list.html", context)


@require_quyen(Quyen.XEM_DON_VI)
def mo_hinh_detail(request, pk):
    mo_hinh = get_visible_or_404(MO_HINH, request.user, pk=pk)
    so_tu = so_sinh_hoat_tu(mo_hinh.don_vi)
    quarters = compare_quarters(mo_hinh, today(), so_tu=so_tu) if mo_hinh.diem_id else []
    context = {
        "title": mo_hinh.ten,
        "subtitle": str(mo_hinh.don_vi),
        "back": reverse("chidoan:mo_hinh_list"),
        "mo_hinh": mo_hinh,
        "thanh_vien": mo_hinh.thanh_vien.all(),
        "quy": quarters,
        "thieu_so": any(not row.co_so for row in quarters),
        "so_tu": so_tu,
        "may_edit": request.user.may(QUAN_LY, mo_hinh.don_vi),
    }
    return TemplateResponse(request, "chidoan/mo_hinh_detail.html", context)


@require_quyen(QUAN_LY)
def mo_hinh_create(request):
    ward = next(role.don_vi for role in request.user.phan_cong_hom_nay if QUAN_LY in role.quyen)

    def save(values, thanh_vien):
        return services.create_mo_hinh(
            don_vi=ward, thanh_vien=thanh_vien, by=request.user, **values
        )

    context = {"title": "Lập mô hình", "back": reverse("chidoan:mo_hinh_list")}
    return _answer(request, ward, MoHinh(don_vi=ward, tu_ngay=today()), save, context)


@require_quyen(QUAN_LY)
def mo_hinh_update(request, pk):
    mo_hinh = get_visible_or_404(MO_HINH, request.user, quyen=QUAN_LY, pk=pk)

    def save(values, thanh_vien):
        return services.update_mo_hinh(
            mo_hinh=mo_hinh, values=values, thanh_vien=thanh_vien, by=request.user
        )

    context = {"title": "Sửa mô hình", "back": mo_hinh.get_absolute_url()}
    return _answer(request, mo_hinh.don_vi, mo_hinh, save, context)


def _answer(request, ward, mo_hinh, save, context):
    data = request.POST or None
    branches = ChiDoan.objects.under(ward).dang_hoat_dong(today())
    form = MoHinhForm(data, instance=mo_hinh, chi_doan=branches)
    fields = ("ho_ten", "chuc_vu", "nhiem_vu", "la_to_truong")
    team = list(mo_hinh.thanh_vien.values(*fields)) if mo_hinh.pk else []
    formset = ThanhVienFormSet(data, initial=team, prefix="tv")
    if data and form.is_valid() and formset.is_valid():
        try:
            saved = save(form.cleaned_data, formset.thanh_vien)
        except RuleError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, "Đã lưu mô hình.")
            return redirect(saved)
    context |= {"subtitle": str(ward), "form": form, "formset": formset, "verb": "Lưu mô hình"}
    return TemplateResponse(request, "chidoan/mo_hinh_form.html", context)
