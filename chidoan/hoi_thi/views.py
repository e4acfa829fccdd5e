from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.anh.queries import phan_anh
from chidoan.chon import choose_unit, don_vi_tai_cho
from chidoan.models import DiemThi, HoiThi, ThiSinh, VongThi
from chidoan.noi_cap import noi_cap
from chidoan.queries import ngay_xem
from chidoan.tap_huan.services.khoa import may_to_chuc
from chidoan.views.so import record_download
from core.errors import RuleError
from core.form_page import run_form
from core.listing import Create, Preset, list_page
from core.pdf import pdf_response, render_pdf
from core.text.display import ngay
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.chon_ban_do import ban_do_cua_ky
from tochuc.models import VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from . import giay_to, services, trang
from .filters import HoiThiFilter
from .forms import ChonThiSinhForm, HoiThiForm, KetQuaForm, LyDoForm, ThiSinhForm, VongForm
from .tables import HOI_THI_TABLE, trang_thai

XEM, TO_CHUC = Quyen.XEM_CAN_BO, Quyen.TO_CHUC_BOI_DUONG
LIST = "chidoan:hoi_thi_list"


@require_quyen(XEM)
def hoi_thi_list(request):
    user = request.user
    return list_page(
        request,
        queryset=HoiThi.objects.visible_to(user).co_don_vi().with_so_nguoi(),
        filterset=HoiThiFilter,
        table=HOI_THI_TABLE,
        title="Hội thi",
        noun="hội thi",
        template="chidoan/hoi_thi/list.html",
        presets=(Preset(f"Năm {ngay_xem(user).year}", f"ky={ngay_xem(user).year}"),),
        on_download=record_download("hoi_thi.export"),
        create=Create("chidoan:hoi_thi_create", "Ghi hội thi", may=user.has_quyen(TO_CHUC)),
        extra=ban_do_cua_ky(request, XEM),
    )


@require_quyen(XEM)
def hoi_thi_detail(request, pk):
    hoi_thi = get_visible_or_404(HoiThi.objects.co_don_vi(), request.user, pk=pk)
    may_run = may_to_chuc(request.user, hoi_thi.don_vi)
    vong = list(hoi_thi.vong.all())
    rows = trang.bang_diem(hoi_thi, vong)
    context = {
        "title": hoi_thi.ten,
        "subtitle": f"{hoi_thi.don_vi} · {ngay(hoi_thi.ngay)}",
        "back": reverse(LIST),
        "crumbs": [("Hội thi", reverse(LIST)), (hoi_thi.ten, "")],
        "hoi_thi": hoi_thi,
        "state": trang_thai(hoi_thi),
        "vong": vong,
        "rows": rows,
        "de_nghi_khen": trang.de_nghi_khen(hoi_thi, rows, request.user),
        "phan_anh": phan_anh(hoi_thi, user=request.user),
        "may_run": may_run,
        "may_issue": may_to_chuc(request.user, noi_cap(hoi_thi.don_vi, hoi_thi.ngay).don_vi),
        "may_edit": may_run and not hoi_thi.is_khoa,
        "giay": VanBan.objects.newest_by_target(HoiThi, [hoi_thi.pk], giay_to.DANH_SACH).get(
            hoi_thi.pk
        ),
    }
    return TemplateResponse(request, "chidoan/hoi_thi/detail.html", context)


@require_quyen(TO_CHUC)
def hoi_thi_create(request):
    units = don_vi_tai_cho(request, TO_CHUC)
    if len(units) != 1:
        return choose_unit(
            request,
            units,
            title="Ghi hội thi",
            page="chidoan:hoi_thi_create",
            icon="award",
            key="don_vi",
        )
    (don_vi,) = units
    return run_form(
        request,
        form=HoiThiForm(request.POST or None, instance=HoiThi(don_vi=don_vi)),
        save=lambda data: services.create_hoi_thi(don_vi=don_vi, values=data, by=request.user),
        done=lambda row: f"Đã ghi «{row.ten}». Thêm thí sinh tiếp theo.",
        back=lambda row: row.get_absolute_url(),
        back_url=reverse(LIST),
        title="Ghi hội thi",
        subtitle=str(don_vi),
        verb="Lưu hội thi",
    )


@require_quyen(TO_CHUC)
def hoi_thi_update(request, pk):
    hoi_thi = _to_run(request, pk)
    return run_form(
        request,
        form=HoiThiForm(request.POST or None, instance=hoi_thi),
        save=lambda data: services.update_hoi_thi(
            hoi_thi=hoi_thi, version=data.pop("version"), values=data, by=request.user
        ),
        done="Đã lưu hội thi.",
        back=hoi_thi.get_absolute_url(),
        title="Sửa hội thi",
        subtitle=str(hoi_thi.don_vi),
        verb="Lưu",
    )


@require_quyen(TO_CHUC)
def hoi_thi_vong(request, pk):
    hoi_thi = _to_run(request, pk)
    return run_form(
        request,
        form=VongForm(request.POST or None),
        save=lambda data: services.add_vong(hoi_thi=hoi_thi, by=request.user, **data),
        done=lambda vong: f"Đã thêm «{vong}».",
        back=hoi_thi.get_absolute_url(),
        title="Thêm vòng thi",
        subtitle=hoi_thi.ten,
        verb="Thêm",
    )


@require_POST
@require_quyen(TO_CHUC)
def vong_thi_delete(request, pk):
    vong = get_visible_or_404(
        VongThi.objects.select_related("hoi_thi__don_vi"), request.user, pk=pk
    )
    _check_runs(request, vong.hoi_thi)
    return _act(request, vong.hoi_thi, f"Đã bỏ «{vong}».", services.delete_vong, vong=vong)


@require_quyen(TO_CHUC)
def hoi_thi_thi_sinh(request, pk):
    hoi_thi = _to_run(request, pk)
    return run_form(
        request,
        form=ThiSinhForm(request.POST or None, hoi_thi=hoi_thi),
        save=lambda data: services.add_thi_sinh(hoi_thi=hoi_thi, by=request.user, **data),
        done=lambda row: f"Đã thêm {row}.",
        back=hoi_thi.get_absolute_url(),
        title="Thêm thí sinh",
        subtitle=hoi_thi.ten,
        verb="Thêm",
    )


@require_quyen(TO_CHUC)
def hoi_thi_chon(request, pk):
    """Secretaries and deputies of branches who do not take part yet, to be ticked."""
    hoi_thi = _to_run(request, pk)
    terms = trang.chua_du_thi(hoi_thi)
    if not terms:
        messages.error(request, "Không còn bí thư, phó bí thư chi đoàn nào để chọn.")
        return redirect("chidoan:hoi_thi_thi_sinh", pk)
    return run_form(
        request,
        form=ChonThiSinhForm(request.POST or None, terms=terms),
        save=lambda data: services.add_thi_sinh_many(
            hoi_thi=hoi_thi,
            chuc_vu=[term for term in terms if term.pk in data["chuc_vu"]],
            by=request.user,
        ),
        done=lambda rows: f"Đã thêm {len(rows)} thí sinh.",
        back=hoi_thi.get_absolute_url(),
        title="Chọn thí sinh",
        subtitle=hoi_thi.ten,
        verb="Thêm vào hội thi",
    )


@require_quyen(TO_CHUC)
def thi_sinh_remove(request, pk):
    row = get_visible_or_404(ThiSinh.objects.cho_trang(), request.user, pk=pk)
    _check_runs(request, row.hoi_thi)
    if request.method == "POST":
        return _act(
            request, row.hoi_thi, f"Đã bỏ tên {row}.", services.remove_thi_sinh, thi_sinh=row
        )
    context = {
        "title": f"Bỏ tên {row} khỏi hội thi?",
        "text": "Điểm và giải đã ghi của thí sinh này cũng mất.",
        "verb": "Bỏ tên",
        "danger": True,
        "back": row.hoi_thi.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(TO_CHUC)
def hoi_thi_ket_qua(request, pk):
    hoi_thi = _to_run(request, pk)
    people, rounds = list(hoi_thi.thi_sinh.all()), list(hoi_thi.vong.all())
    if not people:
        messages.error(request, "Thêm thí sinh trước rồi ghi điểm, giải.")
        return redirect(hoi_thi)
    marks = DiemThi.objects.of_hoi_thi(hoi_thi)
    form = KetQuaForm(request.POST or None, people=people, rounds=rounds, marks=marks)
    return run_form(
        request,
        form=form,
        save=lambda _: services.record_ket_qua(hoi_thi=hoi_thi, by=request.user, **form.ket_qua),
        done="Đã lưu điểm, giải.",
        back=hoi_thi.get_absolute_url(),
        template="chidoan/hoi_thi/ket_qua.html",
        title="Điểm, giải",
        subtitle=hoi_thi.ten,
        verb="Lưu điểm, giải",
        rounds=rounds,
    )


@require_POST
@require_quyen(TO_CHUC)
def hoi_thi_finish(request, pk):
    hoi_thi = _to_run(request, pk)
    done = "Đã công bố kết quả. In danh sách đạt giải được rồi."
    return _act(request, hoi_thi, done, services.finish_hoi_thi, hoi_thi=hoi_thi)


@require_quyen(TO_CHUC)
def hoi_thi_reopen(request, pk):
    hoi_thi = _to_run(request, pk)
    return _ask_reason(
        request,
        hoi_thi,
        services.reopen_hoi_thi,
        title=f"Mở lại kết quả «{hoi_thi.ten}»?",
        text="Danh sách đạt giải đã cấp số thì hết hiệu lực; công bố lại thì cấp số mới.",
        verb="Mở lại",
    )


@require_quyen(TO_CHUC)
def hoi_thi_cancel(request, pk):
    hoi_thi = _to_run(request, pk)
    return _ask_reason(
        request,
        hoi_thi,
        services.cancel_hoi_thi,
        title=f"Hủy «{hoi_thi.ten}»?",
        text="Hội thi vẫn còn trong danh sách với lý do hủy.",
        verb="Hủy hội thi",
    )


@require_quyen(XEM)
def hoi_thi_giai(request, pk):
    """The list of winners: the issued bytes, else a preview; POST gives it its number."""
    hoi_thi = get_visible_or_404(HoiThi.objects.co_don_vi(), request.user, pk=pk)
    if request.method == "POST":
        done = "Đã cấp số danh sách đạt giải."
        return _act(request, hoi_thi, done, services.issue_giai, hoi_thi=hoi_thi)
    paper = VanBan.objects.issued(hoi_thi, giay_to.DANH_SACH)
    rows = giay_to.dat_giai(hoi_thi)
    if not rows and not paper:
        raise Http404
    content = (
        bytes(paper.tep)
        if paper
        else render_pdf(giay_to.danh_sach(hoi_thi, rows), title=giay_to.TIEU_DE)
    )
    record(by=request.user, hanh_dong="hoi_thi.print", target=hoi_thi)
    return pdf_response(content, file_name("danh-sach-dat-giai", day=hoi_thi.ngay))


def _to_run(request, pk) -> HoiThi:
    return get_visible_or_404(HoiThi.objects.co_don_vi(), request.user, quyen=TO_CHUC, pk=pk)


def _check_runs(request, hoi_thi: HoiThi) -> None:
    if not may_to_chuc(request.user, hoi_thi.don_vi):
        raise PermissionDenied(who_may(TO_CHUC))


def _act(request, page, done: str, service, /, **fields):
    try:
        service(by=request.user, **fields)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(page)


def _ask_reason(request, hoi_thi, service, **context):
    return run_form(
        request,
        form=LyDoForm(request.POST or None),
        save=lambda data: service(hoi_thi=hoi_thi, by=request.user, **data),
        done="Đã ghi.",
        back=hoi_thi.get_absolute_url(),
        template="core/confirm.html",
        danger=True,
        **context,
    )
