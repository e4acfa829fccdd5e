from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError
from core.xlsx import workbook_response
from doanvien.models import DotDoiChieu
from doanvien.rieng_tu import xem
from doanvien.xuat.hang import rows_for
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from . import services, trang
from .forms import DemForm, TepDoiChieuForm, read_ticks
from .tables import LICH_SU_TABLE
from .tai_ve import sheets

PAGE_SIZE = 50


@require_quyen(Quyen.SUA_DOAN_VIEN)
def doi_chieu(request):
    """Download, edit, bring back: the two steps and what was compared before."""
    form = TepDoiChieuForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (dot := _preview(request, form)):
        return redirect(dot)
    history = DotDoiChieu.objects.visible_to(request.user).with_dem()
    page = Paginator(history.select_related("ghi_boi", "tao_boi"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "title": "Sửa bằng Excel",
        "back": reverse("doanvien:list"),
        "form": form,
        "may_read": request.user.has_quyen(Quyen.XEM_NHAY_CAM),
        "page": page,
        "table": LICH_SU_TABLE,
        "headings": LICH_SU_TABLE.headings(""),
        "rows": list(LICH_SU_TABLE.page_rows(page)),
    }
    return TemplateResponse(request, "doanvien/doi_chieu.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def doi_chieu_tai(request):
    """The rows of the list, as filtered there, in a workbook to edit; sensitive cells empty."""
    return _download(request)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def doi_chieu_tai_du(request):
    """The same with the sensitive columns, for who reads them and says why."""
    if not request.user.has_quyen(Quyen.XEM_NHAY_CAM):
        raise PermissionDenied(who_may(Quyen.XEM_NHAY_CAM))
    ly_do, page = xem.require_ly_do(
        request, title="Tải về để sửa, có mục nhạy cảm?", back=reverse("doanvien:doi_chieu")
    )
    return page if page is not None else _download(request, ly_do)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def doi_chieu_xem(request, pk):
    dot = _dot(request, pk)
    tab = trang.chosen_tab(request.GET.get("xem", ""))
    may_read = request.user.may(Quyen.XEM_NHAY_CAM, dot.don_vi)
    page = Paginator(trang.rows_of(dot, tab), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "title": "Đối chiếu với sổ",
        "back": reverse("doanvien:doi_chieu"),
        "crumbs": [
            ("Đoàn viên", reverse("doanvien:list")),
            ("Sửa bằng Excel", reverse("doanvien:doi_chieu")),
            (dot.ten_tep, ""),
        ],
        "dot": dot,
        "tab": tab,
        "tabs": trang.tabs(dot, tab),
        "page": page,
        "rows": [trang.show_dong(dong, may_read=may_read) for dong in page],
    }
    return TemplateResponse(request, "doanvien/doi_chieu_xem.html", context)


@require_POST
@require_quyen(Quyen.SUA_DOAN_VIEN)
def doi_chieu_chon(request, pk):
    """Keep the ticks of the page, then go where the button says: another page, or the question."""
    dot = _dot(request, pk)
    rows = [int(text) for text in request.POST.getlist("dong") if text.isascii() and text.isdigit()]
    try:
        services.choose_doi_chieu(dot=dot, chon=read_ticks(request.POST, rows), by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(dot)
    if request.POST.get("sang") == "ghi":
        return redirect("doanvien:doi_chieu_ghi", dot.pk)
    tab = trang.chosen_tab(request.POST.get("xem", ""))
    page = request.POST.get("sang", "")
    return redirect(f"{dot.get_absolute_url()}?xem={tab}&page={page if page.isdigit() else 1}")


@require_quyen(Quyen.SUA_DOAN_VIEN)
def doi_chieu_ghi(request, pk):
    dot = _dot(request, pk)
    form = DemForm(request.POST or None)
    if form.is_valid():
        _confirm(request, dot, form.cleaned_data)
        return redirect(dot)
    verb = trang.verb(dot)
    if dot.is_da_ghi or not verb:
        messages.info(request, services.DA_GHI if dot.is_da_ghi else "Chưa chọn ô nào để ghi.")
        return redirect(dot)
    context = {
        "title": f"{verb} vào sổ?",
        "text": "Chỉ ghi những ô đã chọn. Các ô khác trong sổ giữ nguyên.",
        "form": DemForm(initial={"so_o": trang.cells_chosen(dot), "so_moi": dot.so_moi_chon}),
        "verb": verb,
        "back": dot.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_POST
@require_quyen(Quyen.SUA_DOAN_VIEN)
def doi_chieu_so_lai(request, pk):
    dot = _dot(request, pk)
    try:
        services.compare_again(dot=dot, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã so lại với sổ lúc này.")
    return redirect(dot)


@require_POST
@require_quyen(Quyen.SUA_DOAN_VIEN)
def doi_chieu_bo(request, pk):
    dot = _dot(request, pk)
    try:
        services.discard_doi_chieu(dot=dot, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(dot)
    messages.success(request, f"Đã bỏ {dot}, chưa ghi gì vào sổ.")
    return redirect("doanvien:doi_chieu")


def _download(request, ly_do=None):
    user = request.user
    found = rows_for(user, request.GET, quyen=Quyen.SUA_DOAN_VIEN).prefetch_related("nguon")
    rows = list(found[: services.MAX_ROWS + 1])
    if len(rows) > services.MAX_ROWS:
        messages.error(request, services.QUA_NHIEU)
        return redirect("doanvien:list")
    if ly_do:
        xem.ghi_xem_danh_sach(don_vi=user.don_vi, so_nguoi=len(rows), ly_do=ly_do, by=user)
    record(by=user, hanh_dong="doi_chieu.download", don_vi=user.don_vi, so_dong=len(rows))
    return workbook_response("doan-vien-de-sua", sheets(rows, user, nhay_cam=bool(ly_do)))


def _dot(request, pk) -> DotDoiChieu:
    found = DotDoiChieu.objects.with_dem().select_related("don_vi", "ghi_boi")
    return get_visible_or_404(found, request.user, pk=pk)


def _preview(request, form) -> DotDoiChieu | None:
    tep = form.cleaned_data["tep"]
    try:
        return services.preview_doi_chieu(content=tep.read(), ten_tep=tep.name, by=request.user)
    except RuleError as refusal:
        form.add_error("tep", str(refusal))
        return None


def _confirm(request, dot, cleaned) -> None:
    try:
        services.confirm_doi_chieu(dot=dot, by=request.user, **cleaned)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã {trang.verb(dot).lower()} vào sổ.")
