"""Reports: the lists, the page of one report, and the steps it goes through."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from baocao import services
from baocao.danh_sach import LOC, ky_hien_hanh, own_reports, reports_below, tinh_hinh_kpis
from baocao.dia_chi import read_ky
from baocao.forms import NopForm, TraLaiForm, YKienForm
from baocao.giay_to import issue_or_preview
from baocao.models import BaoCao
from baocao.trang_bao_cao import load_trang
from baocao.trang_so_lieu import so_lieu_context
from core.errors import RuleError
from core.pdf import pdf_response
from core.periods import KyBaoCao, today
from core.text.numbers import file_name
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

ACCEPTED = BaoCao.TrangThai.CHAP_NHAN


@require_quyen(Quyen.XEM_BAO_CAO)
def bao_cao_list(request):
    """A branch sees its figures, a ward its reports, an office above those below it too."""
    role = _role(request.user, Quyen.XEM_BAO_CAO)
    don_vi = role.don_vi
    day = don_vi.ngay_so_lieu(today())
    if don_vi.is_chi_doan:
        ky = read_ky(request.GET.get("ky"), KyBaoCao.quarter_of(day))
        return TemplateResponse(request, "baocao/don_vi_so_lieu.html", so_lieu_context(don_vi, ky))
    ky = read_ky(request.GET.get("ky"), ky_hien_hanh(day))
    loc = request.GET.get("loc", "")
    rows = [] if don_vi.is_co_so else reports_below(don_vi, ky, day)
    own, other = own_reports(don_vi, day)
    context = {
        "title": "Báo cáo",
        "subtitle": str(don_vi),
        "unit": don_vi,
        "ky": ky,
        "ky_truoc": ky.previous.code,
        "ky_sau": ky.next.code if ky.next.start <= day else "",
        "own": own,
        "ky_khac": other if Quyen.LAP_BAO_CAO in role.quyen else [],
        "co_khoa": any(row.bao_cao and row.bao_cao.trang_thai == ACCEPTED for row in rows),
        "is_lap": Quyen.LAP_BAO_CAO in role.quyen,
        "is_duyet": Quyen.DUYET_BAO_CAO in role.quyen,
        "rows": [row for row in rows if LOC[loc](row)] if loc in LOC else rows,
        "loc": loc if loc in LOC else "",
        "kpis": tinh_hinh_kpis(rows) if rows else [],
    }
    return TemplateResponse(request, "baocao/list.html", context)


@require_POST
@require_quyen(Quyen.LAP_BAO_CAO)
def bao_cao_open(request):
    ky = read_ky(request.POST.get("ky"), ky_hien_hanh(today()))
    role = _role(request.user, Quyen.LAP_BAO_CAO)
    try:
        bao_cao = services.open_bao_cao(don_vi=role.don_vi, ky=ky, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("baocao:list")
    return redirect(bao_cao)


@require_POST
@require_quyen(Quyen.DUYET_BAO_CAO)
def bao_cao_lock(request):
    role = _role(request.user, Quyen.DUYET_BAO_CAO)
    ky = read_ky(request.POST.get("ky"), ky_hien_hanh(today()))
    try:
        count = services.lock_ky(don_vi=role.don_vi, ky=ky, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Đã khóa {count} báo cáo {ky.ten}")
    return redirect(f"{reverse('baocao:list')}?ky={ky.code}")


@require_quyen(Quyen.XEM_BAO_CAO)
def bao_cao_detail(request, pk):
    bao_cao = get_object_or_404(_visible(request), pk=pk)
    trang = load_trang(bao_cao, request.user, request.GET.get("xem", ""))
    context = {
        "title": f"Báo cáo {bao_cao.ky_bao_cao.ten}",
        "back": reverse("baocao:list"),
        "crumbs": [("Báo cáo", reverse("baocao:list")), (bao_cao.ky_bao_cao.ten, "")],
        "bao_cao": bao_cao,
        "trang": trang,
        "views": _views(trang),
        "submit_label": "Nộp lại" if bao_cao.nop_lan_dau else "Nộp báo cáo",
        "pdf_url": reverse("baocao:pdf", args=[pk]),
        "may_speak": _may_speak(request.user, bao_cao),
        "y_kien_form": YKienForm(),
    }
    return TemplateResponse(request, "baocao/detail.html", context)


@require_quyen(Quyen.XEM_BAO_CAO)
def bao_cao_pdf(request, pk):
    bao_cao = get_object_or_404(_visible(request), pk=pk)
    content, so_hieu = issue_or_preview(bao_cao=bao_cao, by=request.user)
    name = file_name("BC", so_hieu or "du-thao", bao_cao.don_vi.ma, bao_cao.ky)
    return pdf_response(content, name)


@require_quyen(Quyen.LAP_BAO_CAO)
def bao_cao_submit(request, pk):
    bao_cao = own_report(request, pk)
    trang = load_trang(bao_cao, request.user)
    blank = sum(1 for line in trang.bang if line.is_trong)
    form = NopForm(request.POST or None, so_trong=blank, initial={"version": str(bao_cao.version)})
    if form.is_valid():
        try:
            services.submit_bao_cao(
                bao_cao=bao_cao,
                version=form.cleaned_data["version"],
                ly_do_trong=form.cleaned_data.get("ly_do_trong", ""),
                by=request.user,
            )
        except RuleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Đã nộp báo cáo {bao_cao.ky_bao_cao.ten}")
        return redirect(bao_cao)
    return TemplateResponse(
        request,
        "core/confirm.html",
        {
            "title": f"Nộp báo cáo {bao_cao.ky_bao_cao.ten}?",
            "text": "Nộp xong, số liệu được giữ nguyên như lúc nộp. Muốn sửa thì đề nghị cấp "
            "trên trả lại.",
            "warning": " ".join(f"{item.title}. {item.note}." for item in trang.canh_bao),
            "form": form,
            "verb": "Nộp báo cáo",
            "back": bao_cao.get_absolute_url(),
        },
    )


@require_quyen(Quyen.DUYET_BAO_CAO)
def bao_cao_accept(request, pk):
    bao_cao = _to_judge(request, pk)
    if request.method == "POST":
        try:
            services.accept_bao_cao(bao_cao=bao_cao, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Đã chấp nhận báo cáo của {bao_cao.don_vi}")
        return redirect(bao_cao)
    return TemplateResponse(
        request,
        "core/confirm.html",
        {
            "title": f"Chấp nhận báo cáo {bao_cao.ky_bao_cao.ten}?",
            "text": f"{bao_cao.don_vi}. Số liệu giữ nguyên như lúc nộp.",
            "verb": "Chấp nhận",
            "back": bao_cao.get_absolute_url(),
        },
    )


@require_quyen(Quyen.DUYET_BAO_CAO)
def bao_cao_return(request, pk):
    bao_cao = _to_judge(request, pk)
    form = TraLaiForm(request.POST or None)
    if form.is_valid():
        try:
            services.return_bao_cao(
                bao_cao=bao_cao, ly_do=form.cleaned_data["ly_do"], by=request.user
            )
        except RuleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Đã trả lại báo cáo của {bao_cao.don_vi}")
        return redirect(bao_cao)
    return TemplateResponse(
        request,
        "core/confirm.html",
        {
            "title": f"Trả lại báo cáo {bao_cao.ky_bao_cao.ten}?",
            "text": f"{bao_cao.don_vi} sẽ sửa và nộp lại.",
            "form": form,
            "verb": "Trả lại",
            "danger": True,
            "back": bao_cao.get_absolute_url(),
        },
    )


@require_POST
@require_quyen(Quyen.XEM_BAO_CAO)
def bao_cao_comment(request, pk):
    bao_cao = get_object_or_404(_visible(request), pk=pk)
    if not _may_speak(request.user, bao_cao):
        raise PermissionDenied(who_may(Quyen.LAP_BAO_CAO))
    form = YKienForm(request.POST)
    if form.is_valid():
        services.comment_bao_cao(
            bao_cao=bao_cao, y_kien=form.cleaned_data["y_kien"], by=request.user
        )
        messages.success(request, "Đã gửi ý kiến")
    else:
        messages.error(request, "Viết ý kiến rồi gửi.")
    return redirect(f"{bao_cao.get_absolute_url()}#trao-doi")


def _views(trang) -> list[dict]:
    return [
        {
            "label": f"Cần xem · {trang.so_can_xem}",
            "url": "?xem=can-xem#so-lieu",
            "active": trang.chi_can_xem,
        },
        {
            "label": f"Tất cả · {len(trang.lines)}",
            "url": "?xem=tat-ca#so-lieu",
            "active": not trang.chi_can_xem,
        },
    ]


def own_report(request, pk) -> BaoCao:
    """A report of a unit whose reports this person makes: 404 foreign, 403 of a unit below."""
    bao_cao = get_object_or_404(_visible(request), pk=pk)
    if bao_cao.don_vi_id not in BaoCao.objects.don_vi_lap(request.user):
        raise PermissionDenied(who_may(Quyen.LAP_BAO_CAO))
    return bao_cao


def _to_judge(request, pk) -> BaoCao:
    """A report of a unit below: 404 foreign, 403 for one's own."""
    bao_cao = get_visible_or_404(
        BaoCao.objects.select_related("don_vi"), request.user, quyen=Quyen.DUYET_BAO_CAO, pk=pk
    )
    if bao_cao.don_vi.path in BaoCao.objects.duong_dan_duyet(request.user):
        raise PermissionDenied("Báo cáo của đơn vị mình do cấp trên xem xét.")
    return bao_cao


def _may_speak(user, bao_cao: BaoCao) -> bool:
    is_own = bao_cao.don_vi_id in BaoCao.objects.don_vi_lap(user)
    return is_own or user.may(Quyen.DUYET_BAO_CAO, bao_cao.don_vi)


def _visible(request):
    return BaoCao.objects.visible_to(request.user).select_related("don_vi", "nop_boi")


def _role(user, quyen: Quyen):
    """The widest role that holds the right."""
    role = next((pc for pc in user.phan_cong_hom_nay if quyen in pc.quyen), None)
    if role is None:
        raise Http404
    return role
