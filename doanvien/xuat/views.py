from tempfile import TemporaryFile

from django.http import FileResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.periods import today
from core.text.display import so
from core.xlsx import CONTENT_TYPE
from doanvien.rieng_tu import xem
from tochuc.audit import record
from tochuc.permissions import Quyen, require_quyen
from tochuc.viec_nen import start

from . import viec
from .hang import people_of, reads, rows_for
from .mau_quoc_gia import write
from .services import is_search

TITLE = "Xuất theo mẫu phần mềm quốc gia"
TEXT_CHE = (
    "Tệp có trang tính DSDV và danh mục ẩn DATA như mẫu của phần mềm. Dân tộc, tôn giáo, "
    "số CCCD, ngày vào Đảng, kỷ luật để trống: chỉ Đoàn phường trở lên tải được bản đầy đủ."
)


@require_quyen(Quyen.XUAT_DOAN_VIEN)
def xuat_quoc_gia(request):
    """The list, as filtered, for the national software; in full only with a reason."""
    rows = rows_for(request.user, request.GET)
    back = f"{reverse('doanvien:list')}?{request.GET.urlencode()}"
    full = request.user.has_quyen(Quyen.XEM_NHAY_CAM)
    if full:
        ly_do, page = xem.require_ly_do(request, title=f"{TITLE}?", back=back)
    else:
        ly_do, page = None, _ask(request, rows, back)
    if page is not None:
        return page
    count = rows.count()
    _record(request, count, ly_do)
    if count > viec.DAI and not is_search(request.GET):
        return redirect(
            start(
                viec.xuat_quoc_gia,
                ten=TITLE,
                don_vi=request.user.don_vi,
                by=request.user,
                tham_so={"query": request.GET.urlencode(), "day_du": full},
            )
        )
    return _file(request.user, rows, count, day_du=full)


def _ask(request, rows, back):
    if request.method == "POST":
        return None
    context = {
        "title": f"{TITLE}?",
        "text": f"{so(rows.count())} đồng chí. {TEXT_CHE}",
        "verb": "Tải bản đã che",
        "back": back,
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _record(request, count, ly_do) -> None:
    don_vi = request.user.don_vi
    if ly_do:
        xem.ghi_xem_danh_sach(don_vi=don_vi, so_nguoi=count, ly_do=ly_do, by=request.user)
    record(
        by=request.user,
        hanh_dong="doan_vien.export",
        don_vi=don_vi,
        so_dong=count,
        loai="mẫu phần mềm quốc gia" if ly_do else "mẫu phần mềm quốc gia, đã che",
    )


def _file(user, rows, count, *, day_du) -> FileResponse:
    """Sent in pieces from a file that is gone when it is sent."""
    file = TemporaryFile()  # noqa: SIM115 -- the answer closes it
    write(
        file,
        don_vi=user.don_vi.ten_day_du,
        people=people_of(rows),
        duoc_doc=reads(user) if day_du else None,
        tong=count,
    )
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"DSDV-{today():%Y%m%d}.xlsx",
        content_type=CONTENT_TYPE,
    )
