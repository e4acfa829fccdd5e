"""Remittances: handing over, confirming, giving back."""

import uuid

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.listing import list_page
from core.periods import KyBaoCao, today
from core.text.display import tien
from doanvien.doan_phi import services, trang
from doanvien.doan_phi.bang import NOP_TABLE, pill_nop
from doanvien.doan_phi.filters import NopFilter
from doanvien.doan_phi.forms import LyDoForm, NhanForm, NopForm
from doanvien.doan_phi.trang_nop import cau_chia_cua, du_kien
from doanvien.models import NopDoanPhi
from tochuc.chon_ban_do import ban_do_cua_ky
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

XEM, THU, NHAN = Quyen.XEM_DOAN_PHI, Quyen.THU_DOAN_PHI, Quyen.NHAN_DOAN_PHI
NOP = NopDoanPhi.objects.for_list()


@require_quyen(XEM)
def nop_doan_phi_list(request):
    return list_page(
        request,
        queryset=NOP.visible_to(request.user),
        filterset=NopFilter,
        table=NOP_TABLE,
        title="Đoàn phí nộp lên cấp trên",
        noun="lần nộp",
        template="doanvien/doan_phi/list.html",
        extra={"back": reverse("doanvien:doan_phi"), **ban_do_cua_ky(request, XEM)},
    )


@require_quyen(XEM)
def doan_phi_nop(request, pk):
    """Hand the share over: what it comes to is shown first, then written."""
    don_vi = get_visible_or_404(DonVi.objects, request.user, quyen=XEM, pk=pk)
    if not (request.user.may(THU, don_vi) or request.user.may_at(NHAN, don_vi)):
        raise PermissionDenied(who_may(THU))
    plan = du_kien(don_vi, request.GET.get("ky"), today())
    form = NopForm(request.POST or None, initial={"ma_gui": uuid.uuid4()})
    return run_form(
        request,
        form=form,
        save=lambda data: services.submit_nop(don_vi=don_vi, ky=plan.ky, by=request.user, **data),
        done=lambda nop: f"Đã ghi nộp {tien(nop.trich_nop)}, chờ {nop.don_vi_nhan} nhận.",
        back=lambda nop: nop.get_absolute_url(),
        back_url=trang.so_sach(don_vi),
        template="doanvien/doan_phi/nop_form.html",
        title=f"Nộp đoàn phí {plan.ky}",
        subtitle=str(don_vi),
        don_vi_nop=don_vi,
        plan=plan,
        verb=f"Ghi nộp {tien(plan.phan.trich_nop)}",
    )


@require_quyen(XEM)
def nop_doan_phi_detail(request, pk):
    nop = get_visible_or_404(NOP, request.user, pk=pk)
    ky = KyBaoCao.parse(nop.ky)
    context = {
        "title": f"Nộp đoàn phí {ky}",
        "subtitle": f"{nop.don_vi} nộp {nop.don_vi_nhan}",
        "back": reverse("doanvien:nop_doan_phi_list"),
        "nop": nop,
        "state": pill_nop(nop),
        "cau_chia": cau_chia_cua(nop),
        "phieu": nop.phieu_thu.for_list().order_by("so"),
        "may_receive": nop.is_cho_nhan and request.user.may_at(NHAN, nop.don_vi_nhan),
        "may_return": not nop.ly_do_tra and request.user.may_at(NHAN, nop.don_vi_nhan),
    }
    return TemplateResponse(request, "doanvien/doan_phi/nop.html", context)


@require_quyen(NHAN)
def nop_doan_phi_accept(request, pk):
    nop = _to_receive(request, pk)
    form = NhanForm(request.POST or None)
    return run_form(
        request,
        form=form,
        save=lambda data: services.accept_nop(nop=nop, by=request.user, **data),
        done=lambda taken: (
            f"Đã nhận {tien(taken.trich_nop)} của {nop.don_vi}, phiếu {taken.phieu_nhan}."
        ),
        back=trang.so_sach(nop.don_vi_nhan),
        back_url=nop.get_absolute_url(),
        template="core/confirm.html",
        title=f"Đã nhận {tien(nop.trich_nop)} của {nop.don_vi}?",
        text=cau_chia_cua(nop),
        verb="Đã nhận, lập phiếu thu",
    )


@require_quyen(NHAN)
def nop_doan_phi_return(request, pk):
    nop = _to_receive(request, pk)
    form = LyDoForm(request.POST or None)
    return run_form(
        request,
        form=form,
        save=lambda data: services.return_nop(nop=nop, by=request.user, **data),
        done=f"Đã trả lại lần nộp của {nop.don_vi}.",
        back=nop.get_absolute_url(),
        template="core/confirm.html",
        title=f"Trả lại {tien(nop.trich_nop)} cho {nop.don_vi}?",
        text="Đơn vị nộp đọc được lý do, sửa rồi nộp lại."
        if nop.is_cho_nhan
        else "Lần nộp này đã nhận: phiếu thu của đơn vị nhận được hủy bằng một bút toán ghi giảm. "
        "Đơn vị nộp đọc được lý do, rồi nộp lại.",
        verb="Trả lại",
        danger=True,
    )


def _to_receive(request, pk) -> NopDoanPhi:
    """The remittance, for who holds the right at the very unit that is to receive it."""
    nop = get_visible_or_404(NOP, request.user, pk=pk)
    if not request.user.may_at(NHAN, nop.don_vi_nhan):
        raise PermissionDenied(f"Đây là việc của {nop.don_vi_nhan}.")
    return nop
