from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.models import ChucVu
from chidoan.tap_huan import queries, trang
from chidoan.tap_huan.filters import ChuaDuFilter
from chidoan.tap_huan.tables import chua_du_table
from chidoan.tap_huan.viec import DINH_MUC
from chidoan.views.so import record_download
from core.listing import Preset, list_page
from core.periods import read_year
from doanvien.tai_ve import quyen_cua
from tochuc.loc import named_unit, phuong_cua_chi_doan
from tochuc.permissions import Quyen, require_quyen
from tochuc.quy_dinh import gia_tri

from .chung import XEM


@require_quyen(XEM)
def tap_huan_chua_du(request):
    """Secretaries and deputies of branches with the classes they attended in a year."""
    user = request.user
    don_vi = user.don_vi
    nam = _year(request, don_vi)
    day = queries.ngay_xet(don_vi, nam)
    norm = gia_tri(DINH_MUC, ngay=day, don_vi=don_vi)
    request.dinh_muc_tap_huan = norm
    rows = ChucVu.objects.permitted_to(user, quyen_cua(request, XEM))
    terms = queries.can_bo_chi_doan(rows, day)
    terms = queries.with_lop_da_du(terms, nam).select_related("don_vi", "doan_vien")
    return list_page(
        request,
        queryset=terms.order_by("don_vi__path", "chuc_danh", "pk"),
        filterset=ChuaDuFilter,
        table=chua_du_table(nam, norm, phuong_cua_chi_doan(user, don_vi)),
        title="Cán bộ chi đoàn và lớp tập huấn",
        noun="đồng chí",
        template="chidoan/tap_huan/chua_du.html",
        presets=(
            Preset("Chưa dự đủ", f"nam={nam}&lop=chua"),
            Preset("Bí thư chưa dự đủ", f"nam={nam}&lop=chua&chuc_danh=bi_thu"),
            Preset(f"Năm {nam - 1}", f"nam={nam - 1}"),
        ),
        on_download=record_download("lop_tap_huan.export"),
        extra={
            "subtitle": f"Năm {nam} · mỗi đồng chí ít nhất {norm} lớp",
            "back": reverse("chidoan:tap_huan_list"),
            "may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(XEM)
def tap_huan_tong_hop(request):
    """A unit's year of training: classes, attendances, topics, coverage."""
    don_vi = named_unit(request, XEM)
    nam = _year(request, don_vi)
    norm = gia_tri(DINH_MUC, ngay=queries.ngay_xet(don_vi, nam), don_vi=don_vi)
    context = {
        "title": f"Tập huấn năm {nam}",
        "subtitle": str(don_vi),
        "back": reverse("chidoan:tap_huan_list"),
        "don_vi": don_vi,
        "nam": nam,
        "nam_truoc": nam - 1,
        "nam_sau": nam + 1 if nam < queries.nam_hien_hanh(don_vi) else None,
        "dinh_muc": norm,
        **trang.tong_hop(don_vi, nam, norm),
    }
    return TemplateResponse(request, "chidoan/tap_huan/tong_hop.html", context)


def _year(request, don_vi) -> int:
    """The year that was asked for, else the last on record of the unit."""
    asked = request.GET.get("nam")
    return read_year(asked) if asked else queries.nam_hien_hanh(don_vi)
