"""Cases: the list with its funnel, one case, its remarks and its papers' states."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse
from django.urls import reverse

from core.charts import score_bar
from core.form_page import run_form
from core.listing import Create, Preset, list_page
from core.periods import today
from tochuc.audit import record
from tochuc.models import NhatKy
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may
from tudưong import dieu_kien, services, trang_giay_to, trang_ho_so
from tudưong.filters import HoSoFilter
from tudưong.forms.ho_so import GiayToForm, MoHoSoForm, NhanXetForm
from tudưong.minh_chung import KHONG_NHAN_ANH, nhan_anh
from tudưong.models import GiayTo
from tudưong.queries import funnel
from tudưong.services.ho_so import NHAN_XET, truong_sua_duoc, vi_sao_khoa
from tudưong.tables import HO_SO_TABLE, trang_thai_ho_so
from tudưong.viec_ho_so import can_lam

from .chung import HO_SO, get_ho_so, record_export

XEM = "ho_so.view"
TEN_SUA_NOI_NHAN = "Chi bộ nhận, ngày dự kiến xét"
PRESETS = (
    Preset("Đang mở", "mo=mo"),
    Preset("Cấp ủy im lặng quá hạn", "mo=qua_han"),
)


@require_quyen(Quyen.XEM_HO_SO)
def ho_so_list(request):
    cases = HO_SO.visible_to(request.user)
    chang = funnel(cases, today()) if "export" not in request.GET else []
    return list_page(
        request,
        queryset=cases,
        filterset=HoSoFilter,
        table=HO_SO_TABLE,
        title="Hồ sơ giới thiệu",
        noun="hồ sơ",
        template="tuduong/ho_so_list.html",
        presets=PRESETS,
        on_download=record_export,
        create=Create("tuduong:ho_so_open", "Mở hồ sơ", may=_may_open(request.user)),
        extra={
            "chang": chang,
            "by_unit_url": _by_unit_url(request.user),
            "le_trao_url": _le_trao_url(request.user),
            "print_url": _print_url(request),
        },
    )


@require_quyen(Quyen.XEM_HO_SO)
def ho_so_detail(request, pk):
    ho_so = get_visible_or_404(_with_looks(request.user), request.user, pk=pk)
    record(by=request.user, hanh_dong=XEM, target=ho_so)
    buoc = list(ho_so.buoc.with_cong_van().select_related("boi").order_by("thu_tu"))
    letter = trang_ho_so.open_letter(ho_so)
    rows = trang_giay_to.papers(ho_so, today(), user=request.user)
    co, tong, sap_het = trang_giay_to.paper_counts(rows)
    vote = trang_ho_so.vote_of(buoc)
    truong = truong_sua_duoc(ho_so, request.user)
    context = {
        "title": ho_so.doan_vien.ho_ten,
        "back": reverse("tuduong:ho_so_list"),
        "crumbs": [("Hồ sơ giới thiệu", reverse("tuduong:ho_so_list")), (ho_so.ma, "")],
        "ho_so": ho_so,
        "state": trang_thai_ho_so(ho_so),
        "stages": trang_ho_so.stages(ho_so, buoc),
        "can_lam": can_lam(ho_so, buoc, letter, user=request.user, day=today()),
        "letter": letter,
        "chua_du": dieu_kien.chua_du(ho_so, today()),
        "thieu": ", ".join(trang_ho_so.record_gaps(ho_so)),
        "giay_to": rows,
        "van_ban_khac": trang_giay_to.van_ban_khac(ho_so, buoc, request.user),
        "giay_co": co,
        "giay_tong": tong,
        "giay_sap_het": sap_het,
        "vote": vote,
        "vote_bar": _vote_bar(vote),
        "lich_su": trang_ho_so.timeline(ho_so, buoc, today()),
        "may_edit": bool(truong),
        "may_edit_nhan_xet": bool(truong) and truong[0] in NHAN_XET,
        "khoa": vi_sao_khoa(ho_so),
        "may_manage": ho_so.is_dang_mo and request.user.may(Quyen.LAP_HO_SO, ho_so.don_vi),
        "may_sign": request.user.may(Quyen.KY_HO_SO, ho_so.don_vi),
        "sees_looks": request.user.may(Quyen.XEM_NHAT_KY, ho_so.don_vi),
    }
    return TemplateResponse(request, "tuduong/ho_so_detail.html", context)


@require_quyen(Quyen.XEM_HO_SO)
def ho_so_open(request):
    if not _may_open(request.user):
        raise PermissionDenied(who_may(Quyen.DE_NGHI_HO_SO))
    form = MoHoSoForm(
        request.POST or None,
        user=request.user,
        initial={"doan_vien": request.GET.get("doan_vien", "")},
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.open_ho_so(by=request.user, **data),
        done=lambda ho_so: f"Đã mở hồ sơ {ho_so.ma}. Ghi nhận xét của chi đoàn.",
        back=lambda ho_so: ho_so.get_absolute_url(),
        back_url=reverse("tuduong:ho_so_list"),
        title="Mở hồ sơ giới thiệu",
        verb="Mở hồ sơ",
    )


@require_quyen(Quyen.XEM_HO_SO)
def ho_so_nhan_xet(request, pk):
    ho_so = get_ho_so(request, pk)
    truong = truong_sua_duoc(ho_so, request.user)
    if not truong:
        raise PermissionDenied(vi_sao_khoa(ho_so) or "Nhận xét do chi đoàn hoặc Đoàn cơ sở ghi.")
    form = NhanXetForm(request.POST or None, instance=ho_so, truong=truong)

    def save(data):
        changes = {name: data[name] for name in truong}
        version = data["version"]
        return services.update_nhan_xet(
            ho_so=ho_so, version=version, changes=changes, by=request.user
        )

    is_nhan_xet = truong[0] in NHAN_XET
    return run_form(
        request,
        form=form,
        save=save,
        done="Đã lưu nhận xét." if is_nhan_xet else "Đã lưu.",
        back=ho_so.get_absolute_url(),
        template="tuduong/ho_so_nhan_xet.html",
        title="Nhận xét về đoàn viên" if is_nhan_xet else TEN_SUA_NOI_NHAN,
        subtitle=f"{ho_so.doan_vien.ho_ten} · {ho_so.chi_doan}",
        verb="Lưu nhận xét" if is_nhan_xet else "Lưu",
        ho_so=ho_so,
        khoa=vi_sao_khoa(ho_so),
    )


@require_quyen(Quyen.LAP_HO_SO)
def giay_to_update(request, pk):
    rows = GiayTo.objects.select_related("ho_so__doan_vien", "ho_so__don_vi", "ho_so__chi_doan")
    giay_to = get_visible_or_404(rows, request.user, quyen=Quyen.LAP_HO_SO, pk=pk)
    return run_form(
        request,
        form=GiayToForm(request.POST or None, instance=giay_to),
        save=lambda data: services.update_giay_to(giay_to=giay_to, by=request.user, **data),
        done="Đã ghi tình trạng giấy tờ.",
        back=giay_to.ho_so.get_absolute_url(),
        template="tuduong/giay_to_form.html",
        title=giay_to.ten,
        subtitle=f"{giay_to.ho_so.doan_vien.ho_ten} · {giay_to.nguoi_ky}",
        verb="Ghi tình trạng",
        giay_to=giay_to,
        khong_nhan="" if nhan_anh(giay_to) else KHONG_NHAN_ANH,
    )


@require_quyen(Quyen.XEM_NHAT_KY)
def ho_so_looks(request, pk):
    """Who opened or printed the case, newest first."""
    ho_so = get_visible_or_404(HO_SO, request.user, quyen=Quyen.XEM_NHAT_KY, pk=pk)
    lines = NhatKy.objects.filter(
        doi_tuong_loai="tuduong.hoso",
        doi_tuong_id=ho_so.pk,
        hanh_dong__in=(XEM, "ho_so.print", "van_ban.print", "van_ban.issue"),
    )
    context = {
        "title": "Lượt xem và in hồ sơ",
        "subtitle": f"{ho_so.ma} · {ho_so.doan_vien.ho_ten}",
        "back": ho_so.get_absolute_url(),
        "lines": lines.select_related("nguoi")[:200],
    }
    return TemplateResponse(request, "tuduong/ho_so_looks.html", context)


def _with_looks(user):
    cases = HO_SO.select_related("nhan_xet_du_bi__van_ban").defer("nhan_xet_du_bi__van_ban__tep")
    if not user.has_quyen(Quyen.XEM_NHAT_KY):
        return cases
    looks = (
        NhatKy.objects.filter(
            doi_tuong_loai="tuduong.hoso", doi_tuong_id=OuterRef("pk"), hanh_dong=XEM
        )
        .order_by()
        .values("doi_tuong_id")
        .annotate(so=Count("pk"))
        .values("so")
    )
    return cases.annotate(so_luot_xem=Coalesce(Subquery(looks), 0) + 1)


def _le_trao_url(user) -> str:
    return reverse("tuduong:le_trao_list") if user.has_quyen(Quyen.LAP_HO_SO) else ""


def _vote_bar(vote):
    if vote is None:
        return ""
    tong = vote["buoc"].co_quyen
    return score_bar(
        vote["phan"], maximum=tong, title=f"Tán thành {vote['phan'][0]} trên {tong} ủy viên"
    )


def _by_unit_url(user) -> str:
    """Who looks after several units below may read the cases by unit."""
    return "" if user.don_vi.is_chi_doan else reverse("tuduong:ho_so_by_unit")


def _print_url(request) -> str:
    """Where the dossiers of this list are printed, for who signs them."""
    if not request.user.has_quyen(Quyen.KY_HO_SO):
        return ""
    return f"{reverse('tuduong:dot_in_create')}?{request.GET.urlencode()}"


def _may_open(user):
    return user.has_quyen(Quyen.DE_NGHI_HO_SO) or user.has_quyen(Quyen.LAP_HO_SO)
