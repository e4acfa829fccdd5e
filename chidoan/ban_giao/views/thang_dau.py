"""The first month of a new secretary: its steps, and whom he has called."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.ban_giao import services
from chidoan.ban_giao.thang_dau import SO_NGAY, cac_buoc, dang_thang_dau, voi_buoc
from chidoan.models import ChucVu
from chidoan.queries import danh_sach
from core.periods import today
from core.text.display import ngay
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.quy_dinh import gia_tri


@require_quyen(Quyen.SUA_DOAN_VIEN)
def thang_dau_cua_toi(request):
    """The page of the account's own new office; the home page's duty leads here."""
    so_ngay = int(gia_tri(SO_NGAY, ngay=today(), don_vi=request.user.phan_cong_chinh.don_vi))
    term = dang_thang_dau(today(), so_ngay).cua_tai_khoan(request.user).first()
    if term is None:
        messages.info(request, "Đồng chí không có nhiệm kỳ bí thư nào mới bắt đầu.")
        return redirect("home")
    return redirect("chidoan:thang_dau", term.pk)


@require_quyen(Quyen.XEM_CAN_BO)
def thang_dau(request, pk):
    term = _term(request, pk)
    steps = list(cac_buoc(term))
    done = sum(step.xong for step in steps)
    context = {
        "title": "Tháng đầu của bí thư mới",
        "subtitle": f"{term.ho_ten}, {term.don_vi} · từ {ngay(term.tu_ngay)}",
        "back": reverse("home"),
        "chuc_vu": term,
        "items": steps,
        "done": done,
        "total": len(steps),
        "het": done == len(steps),
    }
    return TemplateResponse(request, "chidoan/ban_giao/thang_dau.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def gap_doan_vien(request, pk):
    """Names with their phones; a tick for each that was called or met."""
    term = _term(request, pk, Quyen.SUA_DOAN_VIEN)
    people = [row for row in danh_sach(term.don_vi_id, today()) if row.pk != term.doan_vien_id]
    if request.method == "POST":
        them, bo = _da_doi(request.POST, {row.pk for row in people})
        met = services.save_da_gap(chuc_vu=term, them=them, bo=bo, by=request.user)
        done = sum(row.pk in met for row in people)
        messages.success(request, f"Đã gọi, đã gặp {done}/{len(people)} đồng chí.")
        return redirect("chidoan:thang_dau", term.pk)
    met = set(term.da_gap.values_list("doan_vien_id", flat=True))
    context = {
        "title": "Gọi hoặc gặp từng đồng chí",
        "subtitle": str(term.don_vi),
        "back": reverse("chidoan:thang_dau", args=[term.pk]),
        "nguoi": [(row, row.pk in met, row.is_di_lam_xa(today())) for row in people],
        "done": sum(row.pk in met for row in people),
        "total": len(people),
        "verb": "Lưu",
    }
    return TemplateResponse(request, "chidoan/ban_giao/gap_doan_vien.html", context)


def _da_doi(sent, people: set[int]) -> tuple[set[int], set[int]]:
    """Ticks set and taken away since the page was shown: `cu-` marks a tick that stood there."""
    ticked = {pk for pk in people if f"gap-{pk}" in sent}
    shown = {pk for pk in people if f"cu-{pk}" in sent}
    return ticked - shown, shown - ticked


def _term(request, pk, quyen=None) -> ChucVu:
    """A secretary's term of a branch; other offices have no first month."""
    rows = voi_buoc(ChucVu.objects.select_related("don_vi", "doan_vien")).voi_ban_giao_nhan()
    term = get_visible_or_404(rows, request.user, quyen=quyen or Quyen.XEM_CAN_BO, pk=pk)
    if not (term.is_bi_thu and term.don_vi.is_chi_doan):
        raise Http404
    return term
