from core.listing import list_page
from core.periods import today
from doanvien.tai_ve import quyen_cua
from tochuc.audit import record
from tochuc.permissions import Quyen, require_quyen

from .filters import VangLauFilter
from .queries import ba_thang, khong_sinh_hoat
from .tables import VANG_LAU_TABLE


@require_quyen(Quyen.XEM_DOAN_VIEN)
def vang_lau_list(request):
    day = request.user.don_vi.ngay_so_lieu(today())
    months = ba_thang(day)
    rows = khong_sinh_hoat(request.user, quyen_cua(request), day)
    return list_page(
        request,
        queryset=rows.select_related("chi_doan").order_by("chi_doan__path", "khoa_sap_xep", "pk"),
        filterset=VangLauFilter,
        table=VANG_LAU_TABLE,
        title="3 tháng không sinh hoạt",
        noun="đồng chí",
        template="chidoan/vang_lau_list.html",
        on_download=_record_download,
        extra={
            "subtitle": f"Vắng không lý do mọi buổi các tháng {months[0].thang}, "
            f"{months[1].thang}, {months[2].thang} năm {months[0].nam}",
            "may_edit": request.user.has_quyen(Quyen.SUA_DOAN_VIEN),
        },
    )


def _record_download(request, rows):
    record(by=request.user, hanh_dong="doan_vien.export", don_vi=request.user.don_vi, so_dong=rows)
