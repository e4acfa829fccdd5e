from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.chon import choose_unit, don_vi_tai_cho
from chidoan.models import HocVien, LopTapHuan
from chidoan.queries import ngay_xem
from chidoan.tap_huan import services, trang
from chidoan.tap_huan.filters import HocVienFilter, LopFilter
from chidoan.tap_huan.forms import KetThucForm, LopForm, LopMoiForm, LyDoForm
from chidoan.tap_huan.tables import LOP_TABLE, hoc_vien_table, thoi_gian, trang_thai
from chidoan.views.so import record_download
from core.errors import RuleError
from core.form_page import run_form
from core.listing import Create, Preset, list_page
from doanvien.tai_ve import quyen_cua
from tochuc.chon_ban_do import ban_do_cua_ky
from tochuc.permissions import Quyen, require_quyen

from .chung import TO_CHUC, XEM, lop_to_run, lop_to_see

LIST = "chidoan:tap_huan_list"


@require_quyen(XEM)
def tap_huan_list(request):
    user = request.user
    nam = ngay_xem(user).year
    return list_page(
        request,
        queryset=LopTapHuan.objects.visible_to(user).co_don_vi().with_so_nguoi(),
        filterset=LopFilter,
        table=LOP_TABLE,
        title="Tập huấn",
        noun="lớp",
        template="chidoan/tap_huan/list.html",
        presets=(
            Preset(f"Năm {nam}", f"ky={nam}"),
            Preset("Đang nhận đăng ký", "trang_thai=mo"),
            Preset("Đã kết thúc", "trang_thai=xong"),
        ),
        on_download=record_download("lop_tap_huan.export"),
        create=Create("chidoan:tap_huan_create", "Mở lớp", may=user.has_quyen(TO_CHUC)),
        extra=ban_do_cua_ky(request, XEM),
    )


@require_quyen(XEM)
def tap_huan_detail(request, pk):
    lop = lop_to_see(request, pk)
    page = trang.TrangLop.of(lop, request.user)
    context = {
        "title": lop.ten,
        "subtitle": f"{lop.don_vi} · {thoi_gian(lop)}",
        "back": reverse(LIST),
        "crumbs": [("Tập huấn", reverse(LIST)), (lop.ten, "")],
        "lop": lop,
        "state": trang_thai(lop),
        "page": page,
        "kpis": page.kpis,
        "items": page.viec,
    }
    return TemplateResponse(request, "chidoan/tap_huan/detail.html", context)


@require_quyen(XEM)
def tap_huan_hoc_vien(request, pk):
    """The participants of a class that one may see, and their workbook with every session."""
    lop = lop_to_see(request, pk)
    rows = HocVien.objects.permitted_to(request.user, quyen_cua(request, XEM)).of_lop(lop)
    return list_page(
        request,
        queryset=rows.con_ten().with_so_buoi().cho_danh_sach(),
        filterset=HocVienFilter,
        table=hoc_vien_table(list(lop.buoi.all())),
        title="Danh sách học viên",
        noun="đồng chí",
        template="chidoan/tap_huan/hoc_vien.html",
        on_download=record_download("hoc_vien.export"),
        extra={
            "may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
            "subtitle": lop.ten,
            "back": lop.get_absolute_url(),
            "crumbs": [
                ("Tập huấn", reverse(LIST)),
                (lop.ten, lop.get_absolute_url()),
                ("Học viên", ""),
            ],
        },
    )


@require_quyen(TO_CHUC)
def tap_huan_create(request):
    units = don_vi_tai_cho(request, TO_CHUC)
    if len(units) != 1:
        return choose_unit(
            request,
            units,
            title="Mở lớp tập huấn",
            page="chidoan:tap_huan_create",
            icon="graduation-cap",
            key="don_vi",
        )
    (don_vi,) = units
    form = LopMoiForm(request.POST or None, instance=LopTapHuan(don_vi=don_vi))
    return run_form(
        request,
        form=form,
        save=lambda data: _create(don_vi, data, request.user),
        done=lambda lop: f"Đã mở «{lop.ten}», mỗi ngày một buổi. Xem lại giờ, báo cáo viên.",
        back=lambda lop: lop.get_absolute_url(),
        back_url=reverse(LIST),
        title="Mở lớp tập huấn",
        subtitle=str(don_vi),
        verb="Mở lớp",
    )


@require_quyen(TO_CHUC)
def tap_huan_update(request, pk):
    lop = lop_to_run(request, pk)
    if lop.is_khoa:
        messages.error(request, "Lớp đã kết thúc hoặc đã hủy, không sửa được.")
        return redirect(lop)
    return run_form(
        request,
        form=LopForm(request.POST or None, instance=lop),
        save=lambda data: services.update_lop(
            lop=lop, version=data.pop("version"), values=data, by=request.user
        ),
        done="Đã lưu lớp.",
        back=lop.get_absolute_url(),
        title="Sửa lớp tập huấn",
        subtitle=str(lop.don_vi),
        verb="Lưu",
    )


@require_POST
@require_quyen(TO_CHUC)
def tap_huan_publish(request, pk):
    lop = lop_to_run(request, pk)
    try:
        services.thong_bao_lop(lop=lop, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã thông báo. Các đơn vị cấp dưới thấy lớp và đăng ký được.")
    return redirect(lop)


@require_quyen(TO_CHUC)
def tap_huan_cancel(request, pk):
    return _ask_reason(
        request,
        lop_to_run(request, pk),
        services.huy_lop,
        title="Hủy lớp «{}»?",
        text="Lớp không tính vào số liệu. Danh sách đăng ký vẫn còn để xem lại.",
        verb="Hủy lớp",
        done="Đã hủy lớp.",
    )


@require_quyen(TO_CHUC)
def tap_huan_reopen(request, pk):
    return _ask_reason(
        request,
        lop_to_run(request, pk),
        services.mo_lai_lop,
        title="Mở lại lớp «{}»?",
        text="Lớp thôi tính vào số liệu cho đến khi kết thúc lại.",
        verb="Mở lại",
        done="Đã mở lại lớp. Sửa xong nhớ kết thúc lại.",
    )


@require_quyen(TO_CHUC)
def tap_huan_finish(request, pk):
    lop = lop_to_run(request, pk)
    return run_form(
        request,
        form=KetThucForm(request.POST or None, lop=lop),
        save=lambda data: services.finish_lop(lop=lop, by=request.user, **data),
        done="Đã kết thúc lớp. Bây giờ cấp được giấy chứng nhận.",
        back=lop.get_absolute_url(),
        template="core/confirm.html",
        title=f"Kết thúc lớp «{lop.ten}»?",
        text=f"{lop.so_du} đồng chí đã dự, {lop.so_dat} đồng chí đạt. Kết thúc rồi thì danh sách, "
        "điểm danh và kết quả khóa lại; lớp được tính vào báo cáo.",
        verb="Kết thúc lớp",
    )


def _ask_reason(request, lop, service, *, title, text, verb, done):
    return run_form(
        request,
        form=LyDoForm(request.POST or None),
        save=lambda data: service(lop=lop, by=request.user, **data),
        done=done,
        back=lop.get_absolute_url(),
        template="core/confirm.html",
        title=title.format(lop.ten),
        text=text,
        verb=verb,
        danger=True,
    )


def _create(don_vi, data: dict, by) -> LopTapHuan:
    data = dict(data)
    data.pop("version", None)
    is_du_kien = data.pop("du_kien", False)
    return services.create_lop(don_vi=don_vi, values=data, by=by, is_du_kien=is_du_kien)
