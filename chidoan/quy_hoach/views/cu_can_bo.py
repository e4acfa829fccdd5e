"""Members of agencies posted to residential branches."""

from django.contrib import messages
from django.urls import reverse

from chidoan.models import CuCanBo
from chidoan.quy_hoach import services
from chidoan.quy_hoach.filters import CuFilter
from chidoan.quy_hoach.forms import CuCanBoForm, ThoiCuForm
from chidoan.quy_hoach.queries import dang_giu_chuc, nguoi_de_cu
from chidoan.quy_hoach.tables import CU_TABLE
from chidoan.views.so import record_download
from core.form_page import run_form
from core.listing import Create, Preset, list_page
from core.periods import today
from doanvien.tai_ve import quyen_cua
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .chung import GHI, XEM, cac_chi_doan, cac_phan


@require_quyen(XEM)
def cu_can_bo_list(request):
    rows = CuCanBo.objects.permitted_to(request.user, quyen_cua(request, XEM))
    return list_page(
        request,
        queryset=rows.trong_list(),
        filterset=CuFilter,
        table=CU_TABLE,
        title="Cử cán bộ về địa bàn",
        noun="đồng chí",
        presets=(Preset("Đang giúp chi đoàn", "tinh_trang=dang"),),
        template="chidoan/quy_hoach/cu_list.html",
        on_download=record_download("cu_can_bo.export"),
        create=Create("chidoan:cu_can_bo_create", "Cử cán bộ", may=request.user.has_quyen(GHI)),
        extra={
            "cac_phan": cac_phan("cu_can_bo_list", request.user),
            "may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(GHI)
def cu_can_bo_create(request):
    back = reverse("chidoan:cu_can_bo_list")
    form = CuCanBoForm(
        request.POST or None,
        nguoi=nguoi_de_cu(request.user, GHI),
        chi_doan=cac_chi_doan(request.user, GHI).dan_cu(),
        initial={"doan_vien": request.GET.get("doan_vien"), "don_vi": request.GET.get("cho")},
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.post_can_bo(by=request.user, **data),
        done="Đã ghi cử cán bộ về địa bàn.",
        back=back,
        title="Cử cán bộ về địa bàn",
        subtitle="Đoàn viên cơ quan, trường học về giúp chi đoàn không còn nguồn",
        verb="Cử về chi đoàn",
    )


@require_quyen(GHI)
def cu_can_bo_end(request, pk):
    row = get_visible_or_404(CuCanBo.objects.trong_list(), request.user, quyen=GHI, pk=pk)

    def save(data):
        services.end_cu_can_bo(cu_can_bo=row, by=request.user, **data)
        if held := dang_giu_chuc(row, today()):
            messages.warning(
                request,
                f"Đồng chí đang là {held.get_chuc_danh_display()} {row.don_vi}: "
                "nhớ kết thúc nhiệm kỳ ở trang chi đoàn.",
            )

    return run_form(
        request,
        form=ThoiCuForm(request.POST or None),
        save=save,
        done=f"Đã ghi đồng chí {row.doan_vien.ho_ten} thôi giúp {row.don_vi}.",
        back=reverse("chidoan:cu_can_bo_list"),
        template="core/confirm.html",
        title=f"{row.doan_vien.ho_ten} thôi giúp {row.don_vi}?",
        text=f"Được cử từ {row.tu_ngay:%d/%m/%Y}, {row.can_cu}. "
        "Thời gian tham gia sinh hoạt ở đó cũng kết thúc.",
        verb="Ghi thôi",
    )
