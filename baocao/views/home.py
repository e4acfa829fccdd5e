"""The home page: what is due for the role one holds."""

from django.template.response import TemplateResponse

from baocao.tong_quan.cap_tren import cap_tren_context
from baocao.tong_quan.chi_doan import chi_doan_context
from baocao.tong_quan.khac import cap_uy_context, quan_tri_context
from baocao.tong_quan.ngay_xem import NgayXem, chuyen_so
from baocao.tong_quan.phuong import phuong_context
from core.periods import today
from tochuc.permissions import Quyen, VaiTro, require_quyen


@require_quyen(Quyen.VAO_HE_THONG)
def home(request):
    template, context = _page(request, request.user.phan_cong_chinh)
    return TemplateResponse(request, f"baocao/{template}.html", context)


def _page(request, role):
    user, don_vi, day = request.user, role.don_vi, today()
    if role.vai_tro == VaiTro.CAP_UY:
        return "home_cap_uy", cap_uy_context(user, don_vi, day)
    if role.vai_tro == VaiTro.QUAN_TRI:
        return "home_quan_tri", quan_tri_context(user, don_vi, day)
    if don_vi.is_chi_doan:
        goc = request.build_absolute_uri("/").rstrip("/")
        return "home_chi_doan", chi_doan_context(user, don_vi, day, goc=goc)
    xem = NgayXem.read(request.GET, don_vi)
    if don_vi.is_co_so:
        du_thang = request.GET.get("thang") == "12"
        context = phuong_context(user, don_vi, xem, request.GET, du_thang=du_thang)
        return "home_phuong", context
    context = cap_tren_context(user, don_vi, xem, request.GET)
    return "home_cap_tren", {"xem": xem, "chuyen": chuyen_so(don_vi, xem), **context}
