"""The programmes of inspection: by year, and what stands in one of them."""

from django.template.response import TemplateResponse
from django.urls import reverse
from django_filters import FilterSet

from chidoan.kiem_tra import chuong_trinh as services
from chidoan.kiem_tra.forms import GOI_Y, ChuongTrinhForm, ChuongTrinhMoiForm, NhieuDonViForm
from chidoan.kiem_tra.quy_trinh import may_write
from chidoan.kiem_tra.tables import CHUONG_TRINH_TABLE, KIEM_TRA_TABLE
from chidoan.models import ChuongTrinhKiemTra, CuocKiemTra
from chidoan.views.so import record_download
from core.form_page import run_form
from core.listing import Create, list_page
from tochuc.permissions import get_visible_or_404, require_quyen

from .chung import CHUONG_TRINH, GHI, XEM, units_to_write

LIST = "chidoan:chuong_trinh_kiem_tra_list"


@require_quyen(XEM)
def chuong_trinh_list(request):
    return list_page(
        request,
        queryset=ChuongTrinhKiemTra.objects.visible_to(request.user).with_so_cuoc(),
        filterset=FilterSet,
        table=CHUONG_TRINH_TABLE,
        title="Chương trình kiểm tra, giám sát",
        noun="chương trình",
        template="chidoan/kiem_tra/chuong_trinh_list.html",
        on_download=record_download("chuong_trinh_kiem_tra.export"),
        create=Create(
            "chidoan:chuong_trinh_kiem_tra_create",
            "Lập chương trình năm",
            may=bool(units_to_write(request)),
        ),
        extra={"is_above": not request.user.don_vi.is_chi_doan},
    )


@require_quyen(XEM)
def chuong_trinh_detail(request, pk):
    row = get_visible_or_404(CHUONG_TRINH, request.user, pk=pk)
    cuoc = list(CuocKiemTra.objects.cua_chuong_trinh(row))
    done = sum(one.ngay is not None for one in cuoc)
    given_up = sum(one.trang_thai == CuocKiemTra.TrangThai.BO for one in cuoc)
    context = {
        "title": f"Chương trình năm {row.nam}",
        "subtitle": _subtitle(row),
        "back": reverse(LIST),
        "crumbs": [("Chương trình kiểm tra, giám sát", reverse(LIST)), (f"Năm {row.nam}", "")],
        "chuong_trinh": row,
        "table": KIEM_TRA_TABLE,
        "headings": KIEM_TRA_TABLE.headings(""),
        "rows": list(KIEM_TRA_TABLE.page_rows(cuoc)),
        "done": done,
        "total": len(cuoc) - given_up,
        "may_write": may_write(row.don_vi, request.user),
    }
    return TemplateResponse(request, "chidoan/kiem_tra/chuong_trinh.html", context)


def _subtitle(row: ChuongTrinhKiemTra) -> str:
    number = f"số {row.so_van_ban}" if row.so_van_ban else "chưa ghi số văn bản"
    day = f", ngày {row.ngay:%d/%m/%Y}" if row.ngay else ""
    return f"{row.don_vi} · {number}{day}"


@require_quyen(GHI)
def chuong_trinh_create(request):
    don_vi = units_to_write(request)[0]
    return run_form(
        request,
        form=ChuongTrinhMoiForm(request.POST or None),
        save=lambda data: services.create_chuong_trinh(don_vi=don_vi, by=request.user, **data),
        done=lambda saved: f"Đã lập chương trình năm {saved.nam}. Thêm các cuộc kiểm tra.",
        back=lambda saved: saved.get_absolute_url(),
        back_url=reverse(LIST),
        title="Lập chương trình năm",
        subtitle=str(don_vi),
        verb="Lập chương trình",
    )


@require_quyen(GHI)
def chuong_trinh_edit(request, pk):
    row = get_visible_or_404(CHUONG_TRINH, request.user, quyen=GHI, pk=pk)
    return run_form(
        request,
        form=ChuongTrinhForm(request.POST or None, instance=row),
        save=lambda data: services.update_chuong_trinh(chuong_trinh=row, by=request.user, **data),
        done="Đã lưu.",
        back=row.get_absolute_url(),
        title=f"Sửa chương trình năm {row.nam}",
        subtitle=str(row.don_vi),
        verb="Lưu",
    )


@require_quyen(GHI)
def chuong_trinh_plan(request, pk):
    row = get_visible_or_404(CHUONG_TRINH, request.user, quyen=GHI, pk=pk)
    return run_form(
        request,
        form=NhieuDonViForm(request.POST or None, nam=row.nam, don_vi=row.don_vi),
        save=lambda data: services.plan(chuong_trinh=row, by=request.user, **data),
        done=lambda saved: f"Đã thêm {len(saved)} cuộc vào chương trình.",
        back=row.get_absolute_url(),
        template="chidoan/kiem_tra/form.html",
        goi_y=GOI_Y,
        title="Thêm vào chương trình",
        subtitle=f"{row.don_vi} · năm {row.nam}",
        verb="Thêm vào chương trình",
    )
