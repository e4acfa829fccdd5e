"""Initiatives: the list, one of them, launching, changing, concluding."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.mo_hinh import services
from chidoan.mo_hinh.filters import MoHinhFilter
from chidoan.mo_hinh.forms import KetLuanForm, MoHinhForm, ThanhVienFormSet
from chidoan.mo_hinh.queries import MO_HINH, goi_y_to, may_ghi
from chidoan.mo_hinh.tables import MO_HINH_TABLE
from chidoan.mo_hinh.trang import detail_context
from chidoan.models import ChiDoan, DeNghiNhanRong, MoHinh
from core.errors import RuleError, StaleError, add_refusal
from core.form_page import meanwhile, run_form
from core.listing import Create, list_page
from core.periods import today
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

XEM, QUAN_LY = Quyen.XEM_DON_VI, Quyen.PHAN_CONG_PHU_TRACH


@require_quyen(XEM)
def mo_hinh_list(request):
    offers = DeNghiNhanRong.objects.visible_to(request.user).dang_cho()
    return list_page(
        request,
        queryset=MO_HINH.visible_to(request.user).with_danh_sach(),
        filterset=MoHinhFilter,
        table=MO_HINH_TABLE,
        title="Mô hình",
        noun="mô hình",
        template="chidoan/mo_hinh/list.html",
        create=Create("chidoan:mo_hinh_create", "Lập mô hình", may=request.user.has_quyen(QUAN_LY)),
        extra={"de_nghi": offers.select_related("mo_hinh__don_vi", "don_vi")},
    )


@require_quyen(XEM)
def mo_hinh_detail(request, pk):
    mo_hinh = get_visible_or_404(MO_HINH, request.user, pk=pk)
    context = detail_context(mo_hinh, request.user, today())
    context |= {
        "title": mo_hinh.ten,
        "back": reverse("chidoan:mo_hinh_list"),
        "may_edit": request.user.may(QUAN_LY, mo_hinh.don_vi),
        "may_ghi": may_ghi(request.user, mo_hinh) and not mo_hinh.is_ket_thuc,
    }
    return TemplateResponse(request, "chidoan/mo_hinh/detail.html", context)


@require_quyen(QUAN_LY)
def mo_hinh_create(request):
    ward = DonVi.objects.permitted_to(request.user, QUAN_LY).co_so().dang_hoat_dong(today()).first()

    def save(values, thanh_vien):
        chosen, _ = values.pop("chuong_trinh"), values.pop("version")
        return services.create_mo_hinh(
            don_vi=ward,
            values=values,
            thanh_vien=thanh_vien,
            chuong_trinh=chosen,
            by=request.user,
        )

    context = {"title": "Lập mô hình", "back": reverse("chidoan:mo_hinh_list")}
    return _answer(request, ward, MoHinh(don_vi=ward, tu_ngay=today()), save, context)


@require_quyen(QUAN_LY)
def mo_hinh_update(request, pk):
    mo_hinh = get_visible_or_404(MO_HINH, request.user, quyen=QUAN_LY, pk=pk)

    def save(values, thanh_vien):
        return services.update_mo_hinh(
            mo_hinh=mo_hinh,
            version=values.pop("version"),
            values=values,
            thanh_vien=thanh_vien,
            by=request.user,
        )

    context = {"title": "Sửa mô hình", "back": mo_hinh.get_absolute_url()}
    return _answer(request, mo_hinh.don_vi, mo_hinh, save, context)


@require_quyen(QUAN_LY)
def mo_hinh_conclude(request, pk):
    mo_hinh = get_visible_or_404(MO_HINH, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=KetLuanForm(request.POST or None, initial={"version": mo_hinh.version}),
        save=lambda data: services.conclude_mo_hinh(mo_hinh=mo_hinh, by=request.user, **data),
        done=lambda row: f"Đã kết luận: {row.get_ket_luan_display().lower()}.",
        back=mo_hinh.get_absolute_url(),
        title="Kết luận mô hình",
        subtitle=mo_hinh.ten,
        verb="Ghi kết luận",
        note="«Nhân rộng» và «Dừng» kết thúc đợt làm điểm; mở lại được.",
    )


@require_quyen(QUAN_LY)
def mo_hinh_reopen(request, pk):
    mo_hinh = get_visible_or_404(MO_HINH, request.user, quyen=QUAN_LY, pk=pk)
    if request.method == "POST":
        try:
            services.reopen_mo_hinh(mo_hinh=mo_hinh, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã bỏ kết luận, mô hình tiếp tục.")
        return redirect(mo_hinh)
    context = {
        "title": "Bỏ kết luận, mở lại mô hình?",
        "text": "Kết luận và ngày kết thúc được xóa; nhật ký, cam kết, đánh giá giữ nguyên.",
        "verb": "Mở lại",
        "back": mo_hinh.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _answer(request, ward, mo_hinh, save, context):
    data = request.POST or None
    branches = ChiDoan.objects.under(ward).dang_hoat_dong(today())
    form = MoHinhForm(data, instance=mo_hinh, chi_doan=branches)
    fields = ("ho_ten", "chuc_vu", "nhiem_vu", "la_to_truong")
    team = list(mo_hinh.thanh_vien.values(*fields)) if mo_hinh.pk else []
    formset = ThanhVienFormSet(data, initial=team, prefix="tv")
    status = 200
    if data and form.is_valid() and formset.is_valid():
        try:
            saved = save({**form.cleaned_data}, formset.thanh_vien)
        except StaleError as refusal:
            status, context = 409, context | _meanwhile(form, formset, team, refusal)
        except RuleError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "Đã lưu mô hình.")
            return redirect(saved)
    context |= {
        "subtitle": str(ward),
        "form": form,
        "formset": formset,
        "goi_y": goi_y_to(ward, today()),
        "verb": context.get("verb", "Lưu mô hình"),
    }
    return TemplateResponse(request, "chidoan/mo_hinh/form.html", context, status=status)


def _meanwhile(form, formset, team: list[dict], refusal: StaleError) -> dict:
    """Both versions side by side, the team as one more line; what was typed stays."""
    seen = meanwhile(form, refusal)
    mine, theirs = [row.ho_ten for row in formset.thanh_vien], [row["ho_ten"] for row in team]
    if mine != theirs:
        words = {"mine": ", ".join(mine), "theirs": ", ".join(theirs)}
        seen["versions"].append({"label": "Tổ thực hiện", **words})
    return seen
