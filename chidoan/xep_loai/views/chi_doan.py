"""The branch at work: opening a round, sheets, the short columns of all of them."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.models import ChiDoan
from chidoan.xep_loai import services, trang
from chidoan.xep_loai.forms import MoDotForm, NgayHopForm, PhieuForm
from chidoan.xep_loai.ghi_nhanh import GhiNhanh
from chidoan.xep_loai.queries import hoi_cu_tru, lech_danh_sach, load_dong
from core.errors import RuleError
from core.form_page import run_form
from doanvien.models import PhieuXepLoai
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .chung import crumbs, get_dot

PHIEU = PhieuXepLoai.objects.select_related("dot__chi_doan", "doan_vien")


@require_quyen(Quyen.SUA_DOAN_VIEN)
def dot_open(request, pk):
    branch = get_visible_or_404(ChiDoan.objects, request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk)
    return run_form(
        request,
        form=MoDotForm(request.POST or None),
        save=lambda data: services.open_dot(chi_doan=branch, by=request.user, **data),
        done=lambda dot: f"Đã mở đợt xếp loại năm {dot.nam}.",
        back=lambda dot: dot.get_absolute_url(),
        back_url=reverse("chidoan:xep_loai_branch", args=[pk]),
        title="Mở đợt xếp loại đoàn viên",
        subtitle=str(branch),
        verb="Mở đợt",
    )


@require_quyen(Quyen.XEM_DOAN_VIEN)
def dot_detail(request, pk):
    dot = get_dot(request, pk)
    user = request.user
    rows = trang.rows_of(dot)
    may_write = user.may(Quyen.SUA_DOAN_VIEN, dot.chi_doan)
    is_open = may_write and dot.is_o_chi_doan
    added, gone = lech_danh_sach(dot, [row.phieu for row in rows]) if is_open else ((), ())
    context = {
        "title": f"Xếp loại năm {dot.nam}",
        "subtitle": str(dot.chi_doan),
        "crumbs": crumbs(dot, f"Năm {dot.nam}"),
        "back": reverse("chidoan:xep_loai_branch", args=[dot.chi_doan_id]),
        "dot": dot,
        "state": trang.state_of(dot),
        "stages": trang.stages(dot),
        "rows": rows,
        "dem": trang.dem(rows),
        "entries": trang.entries(dot.buoc.select_related("boi")),
        "lech": services.lech_bang_chu(added, gone),
        "is_open": is_open,
        "may_send": is_open and dot.co_mat is not None,
        "may_withdraw": may_write and dot.trang_thai == dot.TrangThai.DA_GUI,
        "may_decide": user.may(Quyen.DUYET_DOAN_VIEN, dot.chi_doan)
        and dot.trang_thai == dot.TrangThai.DA_GUI,
    }
    return TemplateResponse(request, "chidoan/xep_loai/dot.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def dot_quick(request, pk):
    dot = get_dot(request, pk, Quyen.SUA_DOAN_VIEN)
    if not dot.is_o_chi_doan:
        return _closed(request, dot)
    page = GhiNhanh(load_dong(dot), hoi_cu_tru=hoi_cu_tru(dot), data=request.POST or None)
    if request.method == "POST":
        try:
            so = services.save_nhanh(dot=dot, rows=page.values(), by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã ghi {so} phiếu." if so else "Không có gì thay đổi.")
        return redirect(dot)
    context = {
        "title": "Ghi nhanh",
        "subtitle": f"{dot.chi_doan}, xếp loại năm {dot.nam}",
        "back": dot.get_absolute_url(),
        "page": page,
    }
    return TemplateResponse(request, "chidoan/xep_loai/ghi_nhanh.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def dot_ngay_hop(request, pk):
    dot = get_dot(request, pk, Quyen.SUA_DOAN_VIEN)
    return run_form(
        request,
        form=NgayHopForm(request.POST or None, initial={"ngay_hop": dot.ngay_hop}),
        save=lambda data: services.change_ngay_hop(dot=dot, by=request.user, **data),
        done="Đã đổi ngày họp, danh sách lấy theo ngày mới.",
        back=dot.get_absolute_url(),
        title="Đổi ngày hội nghị chi đoàn",
        subtitle=f"{dot.chi_doan}, xếp loại năm {dot.nam}",
        verb="Lưu",
    )


@require_POST
@require_quyen(Quyen.SUA_DOAN_VIEN)
def dot_sync(request, pk):
    dot = get_dot(request, pk, Quyen.SUA_DOAN_VIEN)
    try:
        added, gone = services.change_ngay_hop(dot=dot, ngay_hop=dot.ngay_hop, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã cập nhật danh sách: thêm {added}, bớt {gone} đồng chí.")
    if "bieu_quyet" in request.POST:
        return redirect("chidoan:xep_loai_vote", pk)
    return redirect(dot)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def phieu_edit(request, pk):
    sheet = get_visible_or_404(PHIEU, request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk)
    dot = sheet.dot
    if not dot.is_o_chi_doan:
        return _closed(request, dot)
    (row,) = load_dong(dot, [sheet])
    following = list(dot.phieu.co_nguoi())
    after = _next(following, sheet)
    form = PhieuForm(
        request.POST or None,
        instance=sheet,
        hoi_cu_tru=hoi_cu_tru(dot),
        is_moi=row.co_don_vi_cu,
        duoc_xep=row.duoc_xep,
    )
    goes_on = after and "tiep" in request.POST
    return run_form(
        request,
        form=form,
        save=lambda data: services.save_phieu(phieu=sheet, changes=form.changes(), by=request.user),
        done=f"Đã ghi phiếu của {sheet.doan_vien}.",
        back=reverse("chidoan:xep_loai_phieu", args=[after.pk])
        if goes_on
        else dot.get_absolute_url(),
        back_url=dot.get_absolute_url(),
        template="chidoan/xep_loai/phieu.html",
        title=str(sheet.doan_vien),
        subtitle=row.ket_luan.cau,
        thieu=", ".join(row.ket_luan.con_thieu),
        after=after,
        verb="Lưu",
    )


def _next(sheets: list[PhieuXepLoai], sheet: PhieuXepLoai) -> PhieuXepLoai | None:
    place = sheets.index(sheet)
    return sheets[place + 1] if place + 1 < len(sheets) else None


def _closed(request, dot):
    messages.warning(request, f"Đợt xếp loại đang ở bước «{dot.get_trang_thai_display()}».")
    return redirect(dot)
