from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.periods import today
from tochuc import services
from tochuc.forms import QuyDinhForm
from tochuc.gia_tri import gia_tri_bang_chu
from tochuc.models import QuyDinh
from tochuc.permissions import Quyen, require_quyen
from tochuc.quy_dinh import KHOA, LUON_LUON, lich_su, moc_nhieu


@require_quyen(Quyen.XEM_QUY_DINH)
def quy_dinh_list(request):
    in_force = moc_nhieu(list(KHOA), ngay=today(), don_vi=request.user.don_vi)
    context = {
        "title": "Quy định",
        "subtitle": f"{len(KHOA)} mục, giá trị áp dụng hôm nay cho {request.user.don_vi}",
        "rows": [_row(khoa, in_force[khoa.ma]) for khoa in KHOA.values()],
    }
    return TemplateResponse(request, "tochuc/quy_dinh_list.html", context)


@require_quyen(Quyen.XEM_QUY_DINH)
def quy_dinh_detail(request, ma):
    khoa = _khoa_or_404(ma)
    settings = QuyDinh.objects.visible_to(request.user)
    context = {
        "title": khoa.nhan,
        "back": reverse("tochuc:quy_dinh_list"),
        "khoa": khoa,
        "now": _row(khoa, moc_nhieu([ma], ngay=today(), don_vi=request.user.don_vi)[ma]),
        "rows": [_row(khoa, moc) for moc in lich_su(khoa, settings)],
        "may_edit": request.user.has_quyen(Quyen.SUA_QUY_DINH),
    }
    return TemplateResponse(request, "tochuc/quy_dinh_detail.html", context)


@require_quyen(Quyen.SUA_QUY_DINH)
def quy_dinh_create(request, ma):
    khoa = _khoa_or_404(ma)
    form = QuyDinhForm(request.POST or None, khoa=khoa, user=request.user)
    return run_form(
        request,
        form=form,
        save=lambda data: services.set_quy_dinh(ma=ma, by=request.user, **data),
        done=lambda row: f"Giá trị mới áp dụng từ {row.tu_ngay:%d/%m/%Y}.",
        back=reverse("tochuc:quy_dinh_detail", args=[ma]),
        title=f"Đặt giá trị mới: {khoa.nhan}",
        verb="Đặt giá trị",
    )


def _khoa_or_404(ma):
    if ma not in KHOA:
        raise Http404
    return KHOA[ma]


def _row(khoa, moc):
    """A value as a page shows it: in words, with its day, unit and paper."""
    return {
        "khoa": khoa,
        "value": gia_tri_bang_chu(khoa, moc.gia_tri),
        "since": None if moc.tu_ngay == LUON_LUON else moc.tu_ngay,
        "is_later": moc.tu_ngay > today(),
        "unit": moc.don_vi or "Mọi đơn vị",
        "can_cu": moc.can_cu,
    }
