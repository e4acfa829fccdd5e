from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from chidoan.models import BuoiTapHuan
from chidoan.tap_huan import services
from chidoan.tap_huan.forms import BuoiForm, DiemDanhForm
from core.errors import RuleError
from core.form_page import run_form, sent
from core.text.display import ngay
from tochuc.permissions import require_quyen

from .chung import TO_CHUC, buoi_to_run, lop_to_run


@require_quyen(TO_CHUC)
def tap_huan_buoi_create(request, pk):
    lop = lop_to_run(request, pk)
    form = BuoiForm(
        request.POST or None, instance=BuoiTapHuan(lop=lop), initial={"ngay": lop.den_ngay}
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.add_buoi(lop=lop, values=data, by=request.user),
        done="Đã thêm buổi học.",
        back=lop.get_absolute_url(),
        title="Thêm buổi học",
        subtitle=lop.ten,
        verb="Lưu buổi học",
    )


@require_quyen(TO_CHUC)
def buoi_tap_huan_update(request, pk):
    buoi = buoi_to_run(request, pk)
    return run_form(
        request,
        form=BuoiForm(request.POST or None, instance=buoi),
        save=lambda data: services.update_buoi(
            buoi=buoi, version=data.pop("version"), values=data, by=request.user
        ),
        done="Đã lưu buổi học.",
        back=buoi.lop.get_absolute_url(),
        title=f"Buổi học ngày {ngay(buoi.ngay)}",
        subtitle=buoi.lop.ten,
        verb="Lưu buổi học",
    )


@require_quyen(TO_CHUC)
def buoi_tap_huan_delete(request, pk):
    buoi = buoi_to_run(request, pk)
    if request.method == "POST":
        try:
            services.delete_buoi(buoi=buoi, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã bỏ buổi học.")
        return redirect(buoi.lop)
    context = {
        "title": f"Bỏ buổi học ngày {ngay(buoi.ngay)}?",
        "text": f"{buoi.chuyen_de or 'Buổi chưa ghi chuyên đề'}. Lớp: {buoi.lop}.",
        "verb": "Bỏ buổi học",
        "danger": True,
        "back": buoi.lop.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(TO_CHUC)
def buoi_tap_huan_diem_danh(request, pk):
    """Everybody of the list is there; who is not is ticked."""
    buoi = buoi_to_run(request, pk)
    people = list(buoi.lop.hoc_vien.dang_ky())
    marks = services.bang_diem_danh(buoi, [row.pk for row in people])
    return run_form(
        request,
        form=DiemDanhForm(sent(request), people=people, dong=marks),
        save=lambda data: services.diem_danh(buoi=buoi, by=request.user, **data),
        done=lambda du: f"Đã điểm danh: {du}/{len(people)} đồng chí có mặt.",
        back=buoi.lop.get_absolute_url(),
        template="chidoan/tap_huan/diem_danh.html",
        title="Điểm danh",
        subtitle=f"Buổi ngày {ngay(buoi.ngay)}{f', {buoi.chuyen_de}' if buoi.chuyen_de else ''}",
        verb="Lưu điểm danh",
        so_nguoi=len(people),
    )
