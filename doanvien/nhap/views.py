from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError
from core.periods import today
from core.xlsx import xlsx_response
from doanvien.models import DongNhap, DotNhap
from tochuc.audit import record
from tochuc.models import CongViec, DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from . import anh_xa, hoan_tac, services, trang, viec
from .columns import LABELS
from .forms import CotForm, HoanTacForm, LuaChonForm, NhapForm, XacNhanForm
from .limits import NHIEU_DONG
from .tables import LICH_SU_TABLE, REJECT_LABELS, reject_rows

PAGE_SIZE = 50


@require_quyen(Quyen.NHAP_DOAN_VIEN)
def nhap_upload(request):
    form = NhapForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        try:
            return redirect(_preview(request, form.cleaned_data))
        except services.AlreadyImported as known:
            messages.info(request, str(known))
            return redirect(known.dot_nhap)
        except RuleError as refusal:
            form.add_error("tep", str(refusal))
    history = DotNhap.objects.visible_to(request.user).with_so_dong()
    page = Paginator(history.select_related("nhap_boi", "tao_boi"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "title": "Nhập đoàn viên từ Excel",
        "back": reverse("doanvien:list"),
        "form": form,
        "page": page,
        "table": LICH_SU_TABLE,
        "headings": LICH_SU_TABLE.headings(""),
        "rows": list(LICH_SU_TABLE.page_rows(page)),
    }
    return TemplateResponse(request, "doanvien/nhap_upload.html", context)


@require_quyen(Quyen.NHAP_DOAN_VIEN)
def nhap_sample(request):
    """An empty list with the columns that are read."""
    return xlsx_response("mau-danh-sach-doan-vien", [labels[0] for labels in LABELS.values()], [])


@require_quyen(Quyen.NHAP_DOAN_VIEN)
def nhap_preview(request, pk):
    dot_nhap = _dot_nhap(request, pk)
    if dot_nhap.is_cho_cot:
        return redirect("doanvien:nhap_columns", pk)
    tab = trang.chosen_tab(dot_nhap, request.GET.get("xem", ""))
    page = Paginator(trang.rows_of(dot_nhap, tab), PAGE_SIZE).get_page(request.GET.get("page"))
    is_da_nhap = dot_nhap.is_da_nhap
    context = {
        "title": "Xem trước khi nhập" if dot_nhap.is_mo else "Kết quả nhập",
        "back": reverse("doanvien:nhap_upload"),
        "crumbs": [
            ("Đoàn viên", reverse("doanvien:list")),
            ("Nhập từ Excel", ""),
        ],
        "dot_nhap": dot_nhap,
        "tab": tab,
        "tabs": trang.tabs(dot_nhap, tab),
        "page": page,
        "rows": [trang.show_dong(dong, is_da_nhap=is_da_nhap) for dong in page],
        "verb": trang.verb(dot_nhap),
        "left_out": trang.left_out(dot_nhap),
        "question": trang.question(dot_nhap),
        "consequences": trang.consequences(dot_nhap, today()),
        "counts": _counts_form(dot_nhap),
        "today": today(),
        "han_hoan_tac": hoan_tac.last_day(dot_nhap) if hoan_tac.is_open(dot_nhap) else None,
    }
    return TemplateResponse(request, "doanvien/nhap_preview.html", context)


@require_quyen(Quyen.NHAP_DOAN_VIEN)
def nhap_undo(request, pk):
    """Take an import back; the question says what goes and what returns."""
    dot_nhap = _dot_nhap(request, pk)
    form = HoanTacForm(request.POST or None)
    if form.is_valid():
        try:
            hoan_tac.undo_nhap(dot_nhap=dot_nhap, by=request.user, **form.cleaned_data)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã hoàn tác {dot_nhap}. Sổ như trước khi nhập.")
        return redirect(dot_nhap)
    if not hoan_tac.is_open(dot_nhap):
        return redirect(dot_nhap)
    context = {
        "title": f"Hoàn tác việc nhập {dot_nhap}?",
        "text": trang.undo_text(dot_nhap),
        "warning": "Không hoàn tác được khi có đồng chí đã được sửa hoặc ghi thêm điều gì.",
        "form": HoanTacForm(initial={"so_nguoi": dot_nhap.so_them}),
        "verb": "Hoàn tác",
        "danger": True,
        "back": dot_nhap.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(Quyen.NHAP_DOAN_VIEN)
def nhap_columns(request, pk):
    """Which column of a list in another layout is what: a guess, corrected by the importer."""
    dot_nhap = _dot_nhap(request, pk)
    if not dot_nhap.is_mo or not dot_nhap.bang_ma_hoa:
        return redirect("doanvien:nhap_upload" if dot_nhap.is_cho_cot else dot_nhap)
    bang, form = _columns_form(request, dot_nhap)
    if (
        "xem_lai" not in request.POST
        and form.is_valid()
        and (found := _map(request, dot_nhap, bang, form))
    ):
        return redirect(found)
    context = {
        "title": "Chọn cột của tệp",
        "back": reverse("doanvien:nhap_upload"),
        "crumbs": [("Đoàn viên", reverse("doanvien:list")), ("Nhập từ Excel", "")],
        "dot_nhap": dot_nhap,
        "bang": bang,
        "form": form,
    }
    return TemplateResponse(request, "doanvien/nhap_columns.html", context)


def _columns_form(request, dot_nhap):
    """The table and its form; another number of header rows is another table."""
    asked = request.POST.get("so_dong")
    so_dong = int(asked) if asked in ("1", "2") else None
    bang = anh_xa.table_of(anh_xa.sheets_of(dot_nhap), dot_nhap.don_vi, so_dong)
    known = anh_xa.remembered(bang, dot_nhap.don_vi)
    fields = {column: name for name, column in known.items()}
    guessed = {
        f"cot_{cot.so}": fields.get(cot.so, cot.doan if not known else "") for cot in bang.cot
    }
    initial = {"so_dong": bang.so_dong_tieu_de, **guessed}
    sent = request.POST if request.method == "POST" and "xem_lai" not in request.POST else None
    branches = DonVi.objects.under(dot_nhap.don_vi).chi_doan().dang_hoat_dong(today())
    return bang, CotForm(sent, bang=bang, chi_doan=branches, initial=initial)


def _map(request, dot_nhap, bang, form) -> DotNhap | CongViec | None:
    ca_tep, so_dong = form.cleaned_data["ca_tep"], form.cleaned_data["so_dong"]
    try:
        if len(bang.sheet.rows) > NHIEU_DONG:
            return viec.start_chon_cot(
                dot_nhap=dot_nhap, so_dong=so_dong, cot=form.cot, chi_doan=ca_tep, by=request.user
            )
        return services.map_nhap(
            dot_nhap=dot_nhap,
            so_dong=so_dong,
            cot=form.cot,
            ca_tep=ca_tep.ten_day_du if ca_tep else "",
            by=request.user,
        )
    except RuleError as refusal:
        form.add_error(None, str(refusal))
        return None


@require_quyen(Quyen.NHAP_DOAN_VIEN)
def nhap_confirm(request, pk):
    dot_nhap = _dot_nhap(request, pk)
    form = XacNhanForm(request.POST or None)
    if form.is_valid():
        return redirect(_confirm(request, dot_nhap, form.cleaned_data))
    if not dot_nhap.is_mo or not trang.verb(dot_nhap):
        return redirect(dot_nhap)
    context = {
        "title": trang.question(dot_nhap),
        "text": trang.consequences(dot_nhap, today()),
        "form": _counts_form(dot_nhap),
        "verb": trang.verb(dot_nhap),
        "back": dot_nhap.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_POST
@require_quyen(Quyen.NHAP_DOAN_VIEN)
def nhap_discard(request, pk):
    dot_nhap = _dot_nhap(request, pk)
    try:
        services.discard_nhap(dot_nhap=dot_nhap, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(dot_nhap)
    messages.success(request, f"Đã bỏ {dot_nhap}, chưa ghi gì vào sổ.")
    return redirect("doanvien:nhap_upload")


@require_POST
@require_quyen(Quyen.NHAP_DOAN_VIEN)
def nhap_choose(request, pk):
    dong = get_visible_or_404(DongNhap.objects.select_related("dot_nhap"), request.user, pk=pk)
    form = LuaChonForm(request.POST)
    chosen = form.cleaned_data if form.is_valid() else {}
    try:
        services.choose_nhap(dong=dong, cap_nhat=chosen.get("cap_nhat", False), by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    return redirect(trang.place_of(dong, chosen.get("xem", ""), chosen.get("page") or ""))


@require_quyen(Quyen.NHAP_DOAN_VIEN)
def nhap_rejects(request, pk):
    """The rows to mend as a workbook; it holds personal data, so the download is recorded."""
    dot_nhap = _dot_nhap(request, pk)
    rows = list(dot_nhap.dong.can_sua())
    record(by=request.user, hanh_dong="dot_nhap.download", target=dot_nhap, so_dong=len(rows))
    return xlsx_response("dong-can-sua", REJECT_LABELS, reject_rows(rows))


def _dot_nhap(request, pk) -> DotNhap:
    found = DotNhap.objects.with_so_dong().select_related("don_vi", "nhap_boi")
    return get_visible_or_404(found, request.user, pk=pk)


def _preview(request, cleaned) -> DotNhap | CongViec:
    """The list as it was read, or the work that reads it."""
    tep = cleaned["tep"]
    asked = {
        "content": tep.read(),
        "ten_tep": tep.name,
        "don_vi": cleaned["don_vi"],
        "by": request.user,
    }
    return viec.start_doc_if_long(**asked) or services.preview_nhap(**asked)


def _confirm(request, dot_nhap, cleaned) -> DotNhap | CongViec:
    """The page that tells what came of it."""
    try:
        if dot_nhap.so_them + dot_nhap.so_cap_nhat > NHIEU_DONG:
            return viec.start_ghi(dot_nhap=dot_nhap, by=request.user, **cleaned)
        services.confirm_nhap(
            dot_nhap=dot_nhap,
            expected_count=cleaned["so_them"],
            expected_updates=cleaned["so_cap_nhat"],
            by=request.user,
        )
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã {trang.verb(dot_nhap).lower()} đồng chí vào sổ.")
    return dot_nhap


def _counts_form(dot_nhap) -> XacNhanForm:
    return XacNhanForm(initial={"so_them": dot_nhap.so_them, "so_cap_nhat": dot_nhap.so_cap_nhat})
