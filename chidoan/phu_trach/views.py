"""Who of the ward looks after which branch, visits with what was promised, and the promises."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.chon import choose_unit
from chidoan.models import ChiDoan, LanXuong, LoiHua
from chidoan.views.so import record_download
from core.errors import RuleError
from core.form_page import run_form
from core.listing import Preset, list_page
from core.periods import today
from core.xlsx import xlsx_response
from doanvien.tai_ve import quyen_cua
from tochuc.audit import record
from tochuc.chon_ban_do import ban_do_cua_ky
from tochuc.loc import named_unit
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from . import services, trang
from .filters import LanXuongFilter, LoiHuaFilter
from .forms import LanXuongForm, XongForm
from .queries import LOC, dong_phu_trach, nguoi_kem, uy_vien_cua
from .tables import LAN_XUONG_TABLE, LOI_HUA_TABLE, PHU_TRACH_TABLE

XEM, GHI = Quyen.XEM_CAN_BO, Quyen.PHAN_CONG_PHU_TRACH


@require_quyen(XEM)
def phu_trach_list(request):
    """Branches of a ward, those to be looked after first on top; a branch has its own page."""
    don_vi = named_unit(request, XEM)
    if don_vi.is_chi_doan:
        return redirect("chidoan:lan_xuong_cua", don_vi.pk)
    if not don_vi.is_co_so:
        wards = DonVi.objects.under(don_vi).co_so().dang_hoat_dong(today())
        return choose_unit(
            request,
            wards,
            title="Phụ trách chi đoàn",
            page="chidoan:phu_trach_list",
            icon="users",
            key="don_vi",
        )
    day = don_vi.ngay_so_lieu(today())
    may_export = request.user.may(Quyen.XUAT_DOAN_VIEN, don_vi)
    rows, so_ngay = dong_phu_trach(don_vi, day)
    loc = request.GET.get("loc", "")
    shown = [row for row in rows if LOC[loc][1](row)] if loc in LOC else rows
    if request.GET.get("export") == "xlsx":
        if not may_export:
            raise PermissionDenied(who_may(Quyen.XUAT_DOAN_VIEN))
        record(by=request.user, hanh_dong="phu_trach.export", target=don_vi, so_dong=len(shown))
        table = PHU_TRACH_TABLE
        return xlsx_response(table.name, table.labels, table.file_rows(shown))
    context = {
        "title": "Phụ trách chi đoàn",
        "subtitle": f"{don_vi}, tính đến {day:%d/%m/%Y}",
        "don_vi_xem": don_vi,
        "table": PHU_TRACH_TABLE,
        "headings": PHU_TRACH_TABLE.headings(""),
        "rows": list(PHU_TRACH_TABLE.page_rows(shown)),
        "may_write": request.user.may(GHI, don_vi),
        "may_export": may_export,
        "url_tep": f"?{urlencode({'don_vi': don_vi.pk, 'loc': loc, 'export': 'xlsx'})}",
        **trang.bo_loc(rows, don_vi, loc, so_ngay),
    }
    return TemplateResponse(request, "chidoan/phu_trach/list.html", context)


@require_quyen(XEM)
def lan_xuong_list(request):
    rows = LanXuong.objects.permitted_to(request.user, quyen_cua(request, XEM))
    return list_page(
        request,
        queryset=rows.trong_list(),
        filterset=LanXuongFilter,
        table=LAN_XUONG_TABLE,
        title="Các lần xuống chi đoàn",
        noun="lần xuống",
        template="chidoan/phu_trach/lan_xuong_list.html",
        on_download=record_download("lan_xuong.export"),
        extra={
            "may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
            **ban_do_cua_ky(request, XEM),
        },
    )


@require_quyen(XEM)
def loi_hua_list(request):
    user = request.user
    return list_page(
        request,
        queryset=LoiHua.objects.permitted_to(user, quyen_cua(request, XEM)).trong_list(),
        filterset=LoiHuaFilter,
        table=LOI_HUA_TABLE,
        title="Việc đã hứa",
        noun="việc",
        presets=(Preset("Chưa xong", "tinh_trang=mo"), Preset("Quá hạn", "tinh_trang=qua_han")),
        template="chidoan/phu_trach/loi_hua_list.html",
        on_download=record_download("loi_hua.export"),
        extra={
            "may_ward": user.has_quyen(GHI),
            "may_branch": user.has_quyen(Quyen.GHI_SINH_HOAT),
            "may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(XEM)
def lan_xuong_cua(request, pk):
    """All visits to one branch, newest first, with what was promised and what became of it."""
    chi_doan = _branch(request, pk)
    visits = list(LanXuong.objects.cua_chi_doan(chi_doan).prefetch_related("loi_hua"))
    user = request.user
    context = {
        "title": "Các lần xuống",
        "subtitle": str(chi_doan),
        "back": chi_doan.get_absolute_url(),
        "chi_doan": chi_doan,
        "cac_lan": visits,
        "con_lai": trang.promises_of(visits),
        "kem": nguoi_kem(chi_doan, today()),
        "may_write": user.may(GHI, chi_doan),
        "may_assign": user.may(GHI, chi_doan),
        "may_branch": user.may(Quyen.GHI_SINH_HOAT, chi_doan),
        "may_ward": user.may(GHI, chi_doan),
    }
    return TemplateResponse(request, "chidoan/phu_trach/lan_xuong_cua.html", context)


@require_quyen(GHI)
def lan_xuong_create(request, pk):
    chi_doan = _branch(request, pk, quyen=GHI)
    day = today()
    coach = nguoi_kem(chi_doan, day)
    form = LanXuongForm(
        request.POST or None,
        uy_vien=uy_vien_cua(chi_doan.cap_tren, day),
        initial={"chuc_vu": coach and coach.chuc_vu_id},
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_lan_xuong(
            chi_doan=chi_doan, loi_hua=form.loi_hua, by=request.user, **form.values
        ),
        done="Đã ghi lần xuống chi đoàn.",
        back=_visits(chi_doan),
        title="Ghi lần xuống chi đoàn",
        subtitle=str(chi_doan),
        verb="Lưu",
    )


@require_quyen(GHI)
def lan_xuong_update(request, pk):
    row = _visit(request, pk)
    form = LanXuongForm(
        request.POST or None,
        uy_vien=uy_vien_cua(row.chi_doan.cap_tren, row.ngay, them=row.chuc_vu_id),
        initial={
            "ngay": row.ngay,
            "chuc_vu": row.chuc_vu_id,
            "noi_dung": row.noi_dung,
            "gop_y": row.gop_y,
            "version": row.version,
        },
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.update_lan_xuong(
            lan_xuong=row,
            version=data["version"] or 0,
            changes=form.values,
            loi_hua=form.loi_hua,
            by=request.user,
        ),
        done="Đã lưu lần xuống chi đoàn.",
        back=_visits(row.chi_doan),
        title="Sửa lần xuống chi đoàn",
        subtitle=f"{row.chi_doan} · {row.ngay:%d/%m/%Y}",
        verb="Lưu",
    )


@require_quyen(GHI)
def lan_xuong_delete(request, pk):
    row = _visit(request, pk)
    if request.method == "POST":
        try:
            services.delete_lan_xuong(lan_xuong=row, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã xóa lần xuống ghi nhầm.")
        return redirect(_visits(row.chi_doan))
    context = {
        "title": f"Xóa lần xuống {row.chi_doan} ngày {row.ngay:%d/%m/%Y}?",
        "text": "Chỉ xóa khi ghi nhầm. Các việc đã hứa trong lần này cũng bị xóa.",
        "warning": "Xóa rồi không lấy lại được.",
        "verb": "Xóa",
        "danger": True,
        "back": _visits(row.chi_doan),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(XEM)
def loi_hua_finish(request, pk):
    row = get_visible_or_404(LoiHua.objects.trong_list(), request.user, pk=pk)
    services.check_may_finish(row, request.user)
    return run_form(
        request,
        form=XongForm(request.POST or None),
        save=lambda data: services.finish_loi_hua(loi_hua=row, by=request.user, **data),
        done="Đã ghi việc đã hứa làm xong.",
        back=_visits(row.lan_xuong.chi_doan),
        template="core/confirm.html",
        title="Đã làm xong việc đã hứa?",
        text=f"{row.noi_dung} ({row.get_ben_display()}, hạn {row.han:%d/%m/%Y})",
        verb="Ghi đã xong",
    )


@require_POST
@require_quyen(XEM)
def loi_hua_reopen(request, pk):
    row = get_visible_or_404(LoiHua.objects.trong_list(), request.user, pk=pk)
    services.reopen_loi_hua(loi_hua=row, by=request.user)
    messages.success(request, "Đã mở lại việc đã hứa.")
    return redirect(_visits(row.lan_xuong.chi_doan))


def _branch(request, pk, quyen: Quyen | None = None) -> ChiDoan:
    return get_visible_or_404(ChiDoan.objects, request.user, quyen=quyen, pk=pk)


def _visit(request, pk) -> LanXuong:
    rows = LanXuong.objects.trong_list()
    return get_visible_or_404(rows, request.user, quyen=GHI, pk=pk)


def _visits(chi_doan: DonVi) -> str:
    return reverse("chidoan:lan_xuong_cua", args=[chi_doan.pk])
