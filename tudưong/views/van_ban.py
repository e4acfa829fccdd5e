"""Pages on which the self-review and the remark on a probationer are typed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect

from core.form_page import run_form, sent
from tochuc.permissions import Quyen, require_quyen, who_may
from tudưong import services
from tudưong.forms.giay_to import NhanXetDuBiForm, TuNhanXetForm
from tudưong.giay_to.bang import BANG
from tudưong.giay_to.nhan_xet_du_bi import missing_nhan_xet_du_bi
from tudưong.services.van_ban import nhan_xet_du_bi_cua, tu_nhan_xet_cua

from .chung import get_ho_so


@require_quyen(Quyen.XEM_HO_SO)
def tu_nhan_xet(request, pk):
    ho_so = _get_to_write(request, pk, "tu-nhan-xet")
    return _page(
        request,
        ho_so,
        TuNhanXetForm(sent(request), instance=tu_nhan_xet_cua(ho_so)),
        services.save_tu_nhan_xet,
        title="Bản tự nhận xét",
        hint="Chép đúng lời đoàn viên viết. Phần còn trống, bản in để dòng chấm cho đoàn viên "
        "viết tay.",
    )


@require_quyen(Quyen.LAP_HO_SO)
def nhan_xet_du_bi(request, pk):
    ho_so = _get_to_write(request, pk, "nhan-xet-du-bi")
    if ho_so.ngay_ket_nap is None:
        raise Http404
    row = nhan_xet_du_bi_cua(ho_so)
    if row.is_khoa and request.method != "POST":
        messages.info(request, "Nhận xét đã ban hành, không sửa được nữa.")
        return redirect(ho_so)
    thieu = ", ".join(missing_nhan_xet_du_bi(row))
    return _page(
        request,
        ho_so,
        NhanXetDuBiForm(sent(request), instance=row),
        services.save_nhan_xet_du_bi,
        title="Ý kiến nhận xét đảng viên dự bị",
        hint=f"Còn trống: {thieu}. Bản in để dòng chấm ở những chỗ này." if thieu else "",
    )


def _get_to_write(request, pk, ma):
    ho_so = get_ho_so(request, pk)
    if not BANG[ma].may_write(ho_so, request.user):
        raise PermissionDenied(who_may(Quyen.LAP_HO_SO))
    return ho_so


def _page(request, ho_so, form, service, *, title, hint):
    def save(data):
        changes = {name: data[name] for name in form.Meta.fields}
        return service(ho_so=ho_so, version=data["version"], changes=changes, by=request.user)

    return run_form(
        request,
        form=form,
        save=save,
        done="Đã lưu. Xem bản in trong danh mục giấy tờ.",
        back=ho_so.get_absolute_url(),
        template="tuduong/giay_soan.html",
        title=title,
        subtitle=f"{ho_so.doan_vien.ho_ten} · {ho_so.chi_doan} · {ho_so.ma}",
        verb="Lưu",
        hint=hint,
    )
