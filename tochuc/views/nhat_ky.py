from core.listing import list_page
from tochuc.audit import record
from tochuc.filters import NhatKyFilter
from tochuc.models import NhatKy
from tochuc.nhat_ky import link_objects
from tochuc.permissions import Quyen, require_quyen
from tochuc.tables import NHAT_KY_TABLE


@require_quyen(Quyen.XEM_NHAT_KY)
def nhat_ky_list(request):
    lines = NhatKy.objects.visible_to(request.user).select_related("nguoi", "don_vi")
    return list_page(
        request,
        queryset=lines,
        filterset=NhatKyFilter,
        table=NHAT_KY_TABLE,
        title="Nhật ký",
        noun="dòng",
        on_download=_record_download,
        on_page=lambda page: link_objects(page, request.user),
    )


def _record_download(request, rows):
    record(
        by=request.user,
        hanh_dong="nhat_ky.export",
        don_vi=request.user.don_vi,
        so_dong=rows,
    )
