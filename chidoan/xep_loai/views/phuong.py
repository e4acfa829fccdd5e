"""The ward's acts: return a round, decide, cancel a decision."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse

from chidoan.queries import ngay_xem
from chidoan.xep_loai import quyet_dinh as services
from chidoan.xep_loai.forms import HuyForm, LyDoForm, QuyetDinhForm
from chidoan.xep_loai.queries import nam_hien_hanh
from core.form_page import run_form
from core.periods import today
from doanvien.models import DotXepLoai, QuyetDinhXepLoai
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from .chung import get_dot, year_of


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def dot_return(request, pk):
    dot = get_dot(request, pk, Quyen.DUYET_DOAN_VIEN)
    return run_form(
        request,
        form=LyDoForm(request.POST or None),
        save=lambda data: services.send_back(dot=dot, by=request.user, **data),
        done=f"Đã trả lại {dot.chi_doan}.",
        back=dot.get_absolute_url(),
        title=f"Trả lại kết quả của {dot.chi_doan}?",
        verb="Trả lại",
        template="core/confirm.html",
        text="Chi đoàn sửa rồi gửi lại.",
    )


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def quyet_dinh_create(request):
    don_vi = request.user.phan_cong_chinh.don_vi
    if not don_vi.is_co_so or not request.user.may(Quyen.DUYET_DOAN_VIEN, don_vi):
        raise PermissionDenied(who_may(Quyen.DUYET_DOAN_VIEN))
    nam = year_of(request, nam_hien_hanh(don_vi, ngay_xem(request.user)))
    rounds = DotXepLoai.objects.under(don_vi).cua_nam(nam).da_gui().with_dem()
    rounds = rounds.select_related("chi_doan").order_by("chi_doan__path")
    form = QuyetDinhForm(
        request.POST or None, dot=rounds, so_uy_vien=services.so_uy_vien(don_vi, today())
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.decide(don_vi=don_vi, nam=nam, by=request.user, **form.values()),
        done=lambda row: f"Đã ra Quyết định số {row.so_ky_hieu}, kết quả đã ghi vào sổ.",
        back=lambda row: row.get_absolute_url(),
        back_url=f"{reverse('chidoan:xep_loai_list')}?nam={nam}",
        title=f"Quyết định công nhận xếp loại năm {nam}",
        subtitle=str(don_vi),
        verb="Ra quyết định",
        note="Quyết định lấy số ngay, kết quả ghi vào sổ từng đồng chí.",
        template="chidoan/xep_loai/quyet_dinh_form.html",
        co_dot=bool(rounds),
    )


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def quyet_dinh_cancel(request, pk):
    rows = QuyetDinhXepLoai.objects.select_related("don_vi")
    decision = get_visible_or_404(rows, request.user, quyen=Quyen.DUYET_DOAN_VIEN, pk=pk)
    if decision.is_huy:
        return redirect(decision)
    rounds = decision.dot.with_dem().select_related("chi_doan").order_by("chi_doan__path")
    return run_form(
        request,
        form=HuyForm(request.POST or None, dot=rounds),
        save=lambda data: services.cancel(
            quyet_dinh=decision,
            ly_do=data["ly_do"],
            lam_lai=list(data["lam_lai"]),
            by=request.user,
        ),
        done="Đã hủy quyết định. Kết quả đã rút khỏi sổ.",
        back=decision.get_absolute_url(),
        title=f"Hủy Quyết định số {decision.so_ky_hieu}?",
        text=f"Kết quả xếp loại năm {decision.nam} của đoàn viên và chi đoàn theo quyết định này "
        "rút khỏi sổ cho đến khi có quyết định mới. Quyết định này vẫn giữ trong lịch sử.",
        verb="Hủy quyết định",
        danger=True,
        template="core/confirm.html",
    )
