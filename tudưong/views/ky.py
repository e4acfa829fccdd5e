"""The quarterly session: called, its agenda and guests, who came, what was concluded, closed."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from core.docx import docx_response, render_docx
from core.errors import RuleError
from core.form_page import run_form, sent
from core.listing import list_page
from core.pdf import pdf_response
from core.text import lowfirst
from core.text.numbers import ascii_slug, file_name
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.the_thuc import preview
from tudưong import services
from tudưong.chuong_trinh import loi_moi
from tudưong.filters import KyFilterSet
from tudưong.forms.ky import DiemDanhToForm, KetLuanKyForm, KyForm, LichHopForm
from tudưong.giay_to.phat_hanh import issued
from tudưong.giay_to.phien import GIAY_KY, GiayKy, NoiDungKy, issue_giay_ky
from tudưong.models import KyDanhGia, ToTuDuong
from tudưong.tables import KY_TABLE

from .chung import record_to_export

QUAN_LY = Quyen.QUAN_LY_TU_DUONG
KY = KyDanhGia.objects.select_related("to__don_vi")


@require_quyen(Quyen.XEM_TU_DUONG)
def ky_list(request):
    return list_page(
        request,
        queryset=KY.visible_to(request.user).with_tien_do(),
        filterset=KyFilterSet,
        table=KY_TABLE,
        title="Kỳ đánh giá của tổ tu dưỡng",
        noun="kỳ",
        template="tuduong/list.html",
        on_download=record_to_export,
    )


@require_quyen(QUAN_LY)
def ky_open(request, pk):
    to = get_visible_or_404(
        ToTuDuong.objects.select_related("don_vi"), request.user, quyen=QUAN_LY, pk=pk
    )
    return run_form(
        request,
        form=KyForm(request.POST or None, to=to),
        save=lambda data: services.open_ky(to=to, by=request.user, **data),
        done="Đã mở kỳ đánh giá. Xem lại chương trình rồi gửi lời mời.",
        back=lambda ky: ky.get_absolute_url(),
        back_url=to.get_absolute_url(),
        title="Mở kỳ đánh giá quý",
        subtitle=str(to),
        verb="Mở kỳ đánh giá",
        note="Chương trình được soạn sẵn từ những việc đến hạn, sửa được sau.",
    )


@require_quyen(Quyen.XEM_TU_DUONG)
def ky_detail(request, pk):
    ky = get_visible_or_404(KY, request.user, pk=pk)
    reviews = list(ky.danh_gia.select_related("thanh_vien__doan_vien", "thanh_vien__chi_doan"))
    leads = request.user.may(QUAN_LY, ky.to.don_vi)
    context = {
        "title": f"Đánh giá quý {ky.quy_la_ma} năm {ky.nam}",
        "ky": ky,
        "danh_gia": reviews,
        "da_xong": sum(bool(row.muc) for row in reviews),
        "du_hop": sum(row.du_hop for row in reviews),
        "tiep": next((row for row in reviews if not row.muc), None),
        "back": ky.to.get_absolute_url(),
        "may_manage": leads and ky.is_mo,
        "giay": list(GIAY_KY.values()),
        "da_ban_hanh": set(VanBan.objects.of(ky).con_gia_tri().values_list("loai", flat=True)),
        "may_issue": leads and not ky.is_mo,
        "loi_moi": loi_moi(ky) if leads and ky.is_mo else "",
    }
    return TemplateResponse(request, "tuduong/ky_detail.html", context)


@require_quyen(QUAN_LY)
def ky_update(request, pk):
    return _correct(request, pk, LichHopForm, "Lịch họp và chương trình", "Đã lưu lịch họp.")


@require_quyen(QUAN_LY)
def ky_ket_luan(request, pk):
    return _correct(request, pk, KetLuanKyForm, "Thảo luận, kết luận", "Đã lưu kết luận.")


def _correct(request, pk, form_class, title, done):
    ky = get_visible_or_404(KY, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=form_class(request.POST or None, dong=ky),
        save=lambda data: services.update_ky(ky=ky, by=request.user, **data),
        done=done,
        back=ky.get_absolute_url(),
        title=title,
        subtitle=f"{ky.to} · quý {ky.quy_la_ma} năm {ky.nam}",
        verb="Lưu",
    )


@require_quyen(QUAN_LY)
def ky_diem_danh(request, pk):
    """Who came, each with the reason when not."""
    ky = get_visible_or_404(KY, request.user, quyen=QUAN_LY, pk=pk)
    reviews = list(ky.danh_gia.select_related("thanh_vien__doan_vien", "thanh_vien__chi_doan"))
    form = DiemDanhToForm(sent(request), danh_gia=reviews)
    return run_form(
        request,
        form=form,
        save=lambda data: services.record_du_hop(
            ky=ky, gui=form.gui(), version=data["version"], by=request.user
        ),
        done="Đã ghi điểm danh.",
        back=ky.get_absolute_url(),
        template="tuduong/ky_diem_danh.html",
        title="Điểm danh họp tổ",
        subtitle=f"{ky.to} · quý {ky.quy_la_ma} năm {ky.nam}",
        verb="Lưu điểm danh",
    )


@require_safe
@require_quyen(Quyen.XEM_TU_DUONG)
def ky_giay(request, pk, loai, ext):
    """A paper of the session: stored bytes when it was issued, else a draft; Word is a draft."""
    ky, giay = get_visible_or_404(KY, request.user, pk=pk), _giay(loai)
    noi_dung = NoiDungKy(ky)
    record(by=request.user, hanh_dong="ky_danh_gia.print", target=ky, giay=loai)
    name = file_name(giay.so or "PNX", ky.ky.code, ascii_slug(str(ky.to)), day=ky.ngay, ext=ext)
    if ext == "docx":
        return docx_response(render_docx(giay.declare(noi_dung), title=giay.ten), name)
    van_ban = issued(ky, giay.so) if giay.so else None
    if van_ban:
        return pdf_response(bytes(van_ban.tep), name)
    return pdf_response(preview(lambda *a: giay.declare(noi_dung, *a), title=giay.ten), name)


@require_POST
@require_quyen(QUAN_LY)
def ky_issue(request, pk, loai):
    """Keep the minutes or the report of a closed session with a check code."""
    ky, giay = get_visible_or_404(KY, request.user, quyen=QUAN_LY, pk=pk), _giay(loai)
    if not giay.so:
        raise Http404
    try:
        issue_giay_ky(ky=ky, giay=giay, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã ban hành {lowfirst(giay.ten)}.")
    return redirect(ky)


def _giay(loai: str) -> GiayKy:
    if loai not in GIAY_KY:
        raise Http404
    return GIAY_KY[loai]


@require_quyen(QUAN_LY)
def ky_close(request, pk):
    ky = get_visible_or_404(KY, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=Form(sent(request)),
        save=lambda _: services.close_ky(ky=ky, by=request.user),
        done=f"Đã kết thúc kỳ đánh giá {ky.ky}.",
        back=ky.get_absolute_url(),
        template="core/confirm.html",
        title=f"Kết thúc kỳ đánh giá {ky.ky}?",
        text="Sau khi kết thúc, đánh giá, kết quả nhiệm vụ và kết luận của quý không sửa được "
        "nữa; biên bản, báo cáo, phiếu nhận xét ban hành được.",
        verb="Kết thúc kỳ",
    )
