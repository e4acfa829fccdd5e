"""The plan: candidates, adding one, having them approved, looking at them again, taking one off."""

from django.urls import reverse

from chidoan.models import QuyHoach
from chidoan.quy_hoach import services
from chidoan.quy_hoach.filters import QuyHoachFilter
from chidoan.quy_hoach.forms import DuaRaForm, PheDuyetForm, QuyHoachForm, RaSoatForm
from chidoan.quy_hoach.tables import QUY_HOACH_TABLE
from chidoan.views.so import record_download
from core.form_page import run_form
from core.listing import Preset, list_page
from core.periods import today
from doanvien.models import DoanVien
from doanvien.tai_ve import quyen_cua
from tochuc.loc import named_pk
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .chung import GHI, cac_chi_doan, cac_phan, chi_doan_duoc_nham, go_to

PRESETS = (
    Preset("Chờ phê duyệt", "tinh_trang=cho_duyet"),
    Preset("Chưa rà soát năm nay", "tinh_trang=chua_ra_soat"),
    Preset("Sẵn sàng ngay", "san_sang=ngay"),
)


@require_quyen(Quyen.XEM_QUY_HOACH)
def quy_hoach_list(request):
    rows = QuyHoach.objects.visible_to(request.user)
    rows = rows.permitted_to(request.user, quyen_cua(request, Quyen.XEM_QUY_HOACH))
    return list_page(
        request,
        queryset=rows.trong_list(),
        filterset=QuyHoachFilter,
        table=QUY_HOACH_TABLE,
        title="Quy hoạch cán bộ",
        noun="lượt quy hoạch",
        presets=PRESETS,
        template="chidoan/quy_hoach/list.html",
        on_download=record_download("quy_hoach.export"),
        extra={
            "cac_phan": cac_phan("quy_hoach_list", request.user),
            "may_write": request.user.has_quyen(GHI),
            "may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(GHI)
def quy_hoach_create(request):
    """For one person, whom the address names; without one, from the pool."""
    named = request.GET.get("doan_vien")
    if not named:
        return go_to("nguon_list")
    people = DoanVien.objects.co_chi_doan().prefetch_related("nguon")
    person = get_visible_or_404(people, request.user, quyen=GHI, pk=named_pk(named))
    cho = chi_doan_duoc_nham(request)
    sources = [row.ma for row in person.nguon.all()]
    form = QuyHoachForm(
        request.POST or None,
        doan_vien=person,
        chi_doan=cac_chi_doan(request.user, GHI),
        initial={
            "don_vi": cho.pk if cho else person.chi_doan_id,
            "nguon": sources[0] if sources else "",
        },
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.add_quy_hoach(doan_vien=person, by=request.user, **data),
        done=f"Đã đưa đồng chí {person.ho_ten} vào quy hoạch.",
        back=reverse("chidoan:quy_hoach_list"),
        title=f"Đưa vào quy hoạch: {person.ho_ten}",
        subtitle=str(person.chi_doan),
        verb="Đưa vào quy hoạch",
    )


@require_quyen(GHI)
def quy_hoach_approve(request):
    rows = QuyHoach.objects.permitted_to(request.user, GHI).cho_duyet().trong_list()
    return run_form(
        request,
        form=PheDuyetForm(request.POST or None, rows=rows),
        save=lambda data: services.approve_quy_hoach(by=request.user, **data),
        done=lambda so: f"Đã ghi phê duyệt quy hoạch {so} đồng chí.",
        back=reverse("chidoan:quy_hoach_list"),
        title="Ghi phê duyệt quy hoạch",
        subtitle="Một lần cho mọi đồng chí có tên trong cùng văn bản",
        verb="Ghi phê duyệt",
    )


@require_quyen(GHI)
def quy_hoach_review(request, pk):
    row = _row(request, pk)
    return run_form(
        request,
        form=RaSoatForm(request.POST or None, dong=row),
        save=lambda data: services.review_quy_hoach(quy_hoach=row, by=request.user, **data),
        done=f"Đã rà soát, giữ đồng chí {row.doan_vien.ho_ten} trong quy hoạch.",
        back=reverse("chidoan:quy_hoach_list"),
        title=f"Rà soát năm {today().year}: {row.doan_vien.ho_ten}",
        subtitle=f"{row.get_chuc_danh_display()} {row.don_vi}",
        verb="Giữ trong quy hoạch",
    )


@require_quyen(GHI)
def quy_hoach_drop(request, pk):
    row = _row(request, pk)
    return run_form(
        request,
        form=DuaRaForm(request.POST or None),
        save=lambda data: services.drop_quy_hoach(quy_hoach=row, by=request.user, **data),
        done=f"Đã đưa đồng chí {row.doan_vien.ho_ten} ra khỏi quy hoạch.",
        back=reverse("chidoan:quy_hoach_list"),
        template="core/confirm.html",
        title=f"Đưa {row.doan_vien.ho_ten} ra khỏi quy hoạch?",
        text=f"{row.get_chuc_danh_display()} {row.don_vi}. Tên vẫn còn ở mục «Đã đưa ra».",
        verb="Đưa ra",
    )


def _row(request, pk) -> QuyHoach:
    return get_visible_or_404(QuyHoach.objects.trong_list(), request.user, quyen=GHI, pk=pk)
