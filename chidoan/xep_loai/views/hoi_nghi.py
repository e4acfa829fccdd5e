"""The conference: the tallies of the secret vote, sending, taking back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from chidoan.xep_loai import services, trang
from chidoan.xep_loai.bieu_quyet import TrangBieuQuyet
from chidoan.xep_loai.queries import lech_danh_sach, load_dong
from core.errors import RuleError, StaleError
from tochuc.permissions import Quyen, require_quyen

from .chung import get_dot, run_step, version_of


@require_quyen(Quyen.SUA_DOAN_VIEN)
def dot_vote(request, pk):
    dot = get_dot(request, pk, Quyen.SUA_DOAN_VIEN)
    if not dot.is_o_chi_doan:
        messages.warning(request, f"Đợt xếp loại đang ở bước «{dot.get_trang_thai_display()}».")
        return redirect(dot)
    page = TrangBieuQuyet(dot, load_dong(dot), request.POST or None)
    status = 200
    if request.method == "POST" and page.is_valid():
        try:
            services.vote(
                dot=dot,
                version=version_of(request),
                co_mat=int(page.co_mat),
                phieu_thu_ve=int(page.phieu_thu_ve),
                kiem_phieu=page.kiem_phieu(),
                by=request.user,
            )
        except StaleError as refusal:
            page.add_error(refusal)
            dot.version, status = refusal.current.version, 409
        except RuleError as refusal:
            page.add_error(refusal)
        else:
            messages.success(request, "Đã ghi kết quả biểu quyết.")
            return redirect(dot)
    context = {
        "title": "Biểu quyết xếp loại",
        "subtitle": f"{dot.chi_doan}, hội nghị ngày {dot.ngay_hop:%d/%m/%Y}",
        "back": dot.get_absolute_url(),
        "dot": dot,
        "page": page,
        "tong": len(page.dong),
        "lech": services.lech_bang_chu(*lech_danh_sach(dot, [row.phieu for row in page.dong])),
    }
    return TemplateResponse(request, "chidoan/xep_loai/bieu_quyet.html", context, status=status)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def dot_send(request, pk):
    dot = get_dot(request, pk, Quyen.SUA_DOAN_VIEN)
    if request.method == "POST":
        return run_step(
            request, dot, services.send, version=version_of(request), done="Đã gửi phường."
        )
    rows = trang.rows_of(dot)
    silent = sum(1 for row in rows if row.phieu.muc and not row.phieu.uu_diem.strip())
    context = {
        "title": f"Gửi phường kết quả xếp loại năm {dot.nam}?",
        "text": trang.dem_bang_chu(rows),
        "warning": f"Còn {silent} đồng chí chưa ghi ưu điểm." if silent else "",
        "verb": "Gửi phường",
        "back": dot.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_POST
@require_quyen(Quyen.SUA_DOAN_VIEN)
def dot_withdraw(request, pk):
    dot = get_dot(request, pk, Quyen.SUA_DOAN_VIEN)
    return run_step(request, dot, services.withdraw, done="Đã rút lại, chi đoàn sửa được.")
