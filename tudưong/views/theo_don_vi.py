"""Cases by unit, and the letters that ask for their results."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.listing import list_page
from core.periods import KyBaoCao, today
from core.text.display import ngay
from tochuc.loc import named_unit
from tochuc.permissions import Quyen, require_quyen
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.viec import dem_viec
from tudưong.filters import ChatVanFilter
from tudưong.models import ChatVan
from tudưong.tables import CHAT_VAN_TABLE
from tudưong.theo_don_vi import load_theo_don_vi
from tudưong.viec import KHOA_CAP_TREN, dem_cap_tren

from .chung import record_export


@require_quyen(Quyen.XEM_HO_SO)
def ho_so_by_unit(request):
    """Units below by stage, and what came of their cases in the period `?ky=`."""
    don_vi = named_unit(request, Quyen.XEM_HO_SO)
    if don_vi.is_chi_doan:
        return redirect("tuduong:ho_so_list")
    day = don_vi.ngay_so_lieu(today())
    ky = _ky(request.GET.get("ky"), KyBaoCao.year_of(day))
    bang = load_theo_don_vi(don_vi, ky, day)
    settings = gia_tri_nhieu([*KHOA_CAP_TREN], ngay=day, don_vi=don_vi)
    here = f"{reverse('tuduong:ho_so_by_unit')}?don_vi={don_vi.pk}"
    context = {
        "title": "Hồ sơ giới thiệu theo đơn vị",
        "subtitle": f"{don_vi} · tính đến {ngay(day)}",
        "back": reverse("tuduong:ho_so_list"),
        "don_vi": don_vi,
        "bang": bang,
        "ky": ky,
        "ky_truoc": f"{here}&ky={ky.previous.code}",
        "ky_sau": f"{here}&ky={ky.next.code}" if ky.next.start <= day else "",
        "viec": dem_viec(dem_cap_tren(don_vi, day, settings)),
        "chang_url": reverse("tuduong:ho_so_list"),
    }
    return TemplateResponse(request, "tuduong/ho_so_by_unit.html", context)


@require_quyen(Quyen.XEM_HO_SO)
def chat_van_list(request):
    """The letters of the cases that one sees, newest first."""
    letters = ChatVan.objects.visible_to(request.user)
    return list_page(
        request,
        queryset=letters.select_related(
            "ho_so__doan_vien", "ho_so__don_vi", "ho_so__chi_doan", "van_ban"
        )
        .defer("van_ban__tep")
        .order_by("-ngay", "-pk"),
        filterset=ChatVanFilter,
        table=CHAT_VAN_TABLE,
        title="Công văn hỏi kết quả",
        noun="công văn",
        on_download=record_export,
    )


def _ky(text: str | None, default: KyBaoCao) -> KyBaoCao:
    try:
        return KyBaoCao.parse(text)
    except ValueError:
        return default
