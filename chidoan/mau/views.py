"""Themes of a year and agendas: the ward's for its branches, a branch's own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.models import BuoiSinhHoat
from core.form_page import run_form
from core.periods import today
from tochuc.loc import named_unit
from tochuc.permissions import Quyen, require_quyen

from . import services
from .chuong_trinh import MauThang, items
from .forms import MauForm
from .queries import mau_hieu_luc

GHI = Quyen.GHI_SINH_HOAT


@require_quyen(GHI)
def mau_list(request):
    """All kinds with the agenda that applies, and whose it is."""
    don_vi = named_unit(request, GHI)
    stored = mau_hieu_luc(don_vi)
    day = today()
    rows = []
    for loai in BuoiSinhHoat.Loai:
        row, is_own = stored.get(loai, (None, False))
        agenda = row or MauThang().cua(loai)
        san = row.muc_san if row else agenda.san
        goi_y = row.muc_goi_y if row else agenda.goi_y
        rows.append(
            {
                "loai": loai,
                "san": items(san, day),
                "goi_y": items(goi_y, day),
                "cua": "của đơn vị" if is_own else f"theo {row.don_vi}" if row else "mẫu chung",
                "is_own": is_own,
            }
        )
    context = {
        "title": "Mẫu sinh hoạt",
        "subtitle": str(don_vi),
        "rows": rows,
        "don_vi_mau": don_vi,
        "back": reverse("chidoan:buoi_list"),
    }
    return TemplateResponse(request, "chidoan/mau/list.html", context)


@require_quyen(GHI)
def mau_update(request, loai):
    if loai not in BuoiSinhHoat.Loai.values:
        raise Http404
    don_vi = named_unit(request, GHI)
    row, is_own = mau_hieu_luc(don_vi).get(loai, (None, False))
    agenda = MauThang().cua(loai)
    back = f"{reverse('chidoan:mau_list')}?don_vi={don_vi.pk}"
    if request.method == "POST" and "bo" in request.POST:
        services.drop_mau(don_vi=don_vi, loai=loai, by=request.user)
        messages.success(request, "Đã bỏ mẫu riêng.")
        return redirect(back)
    initial = {
        "muc_san": row.muc_san if row else agenda.san,
        "muc_goi_y": row.muc_goi_y if row else agenda.goi_y,
    }
    return run_form(
        request,
        form=MauForm(request.POST or None, initial=initial),
        save=lambda data: services.set_mau(don_vi=don_vi, loai=loai, by=request.user, **data),
        done="Đã lưu mẫu. Buổi ghi từ nay mở với mẫu này.",
        back=back,
        template="chidoan/mau/form.html",
        title=f"Mẫu: {BuoiSinhHoat.Loai(loai).label}",
        subtitle=str(don_vi),
        verb="Lưu mẫu",
        is_own=is_own,
    )
