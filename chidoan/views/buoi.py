import uuid
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan import services
from chidoan.chon import cac_chi_doan, choose_unit
from chidoan.forms import BuoiForm
from chidoan.models import BuoiSinhHoat, ChiDoan
from chidoan.ngoai_tuyen.giu import keep_on_device
from chidoan.ngoai_tuyen.luat import rules_of
from chidoan.ngoai_tuyen.tra_loi import answer_device, is_sent_by_device
from chidoan.noi_dung import read_noi_dung
from chidoan.so_sanh import compare
from chidoan.trang_buoi import NHAP, XEM, TrangBuoi
from core.errors import RuleError, StaleError
from core.form_page import sent
from core.periods import KyBaoCao, today
from core.text.display import gio_phut
from doanvien.nhap_thay import is_nhap_thay
from tochuc.loc import is_khoa, named_pk
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

BUOI = BuoiSinhHoat.objects.with_anh().select_related(
    *("chi_doan", "chu_tri", "thu_ky", "ghi_boi"),
    *("chu_nha__chi_doan", "chu_nha__chu_tri", "chu_nha__thu_ky"),
)


@keep_on_device
@require_quyen(Quyen.GHI_SINH_HOAT)
def buoi_create(request):
    branches = cac_chi_doan(request)
    if len(branches) != 1:
        title = "Ghi buổi sinh hoạt"
        return choose_unit(
            request, branches, title=title, page="chidoan:buoi_create", icon="calendar-check"
        )
    (chi_doan,) = branches
    client_id = _uuid(request.POST.get("client_id"))
    page = TrangBuoi(chi_doan=chi_doan, ngay=_day(request), data=sent(request))

    def save():
        return services.create_buoi(
            chi_doan=chi_doan,
            client_id=client_id,
            noi_dung=page.noi_dung(),
            hoan_thanh=page.hoan_thanh,
            by=request.user,
        )

    context = {
        "title": f"Sinh hoạt tháng {page.ngay.month}",
        "client_id": client_id,
        "ban_nhap": _begun(page) if request.method == "GET" else None,
        "back": reverse("chidoan:buoi_list"),
    }
    return _answer(request, page, save, context)


@keep_on_device
@require_quyen(Quyen.GHI_SINH_HOAT)
def buoi_update(request, pk):
    rows = BUOI.with_buoi_sau()
    buoi = get_visible_or_404(rows, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)
    closed = services.cau_khoa(buoi, nhap_thay=is_nhap_thay(request.user, buoi.chi_doan_id))
    if closed and request.method == "GET":
        messages.error(request, closed)
        return redirect(buoi)
    version = _version(request, buoi)
    page = TrangBuoi(
        chi_doan=buoi.chi_doan, ngay=_day(request, buoi), buoi=buoi, data=sent(request)
    )

    def save():
        return services.update_buoi(
            buoi=buoi,
            version=version,
            noi_dung=page.noi_dung(),
            hoan_thanh=page.hoan_thanh,
            tu_luu=page.is_tu_luu,
            ly_do=page.ly_do_sua,
            by=request.user,
        )

    context = {
        "title": f"Sinh hoạt tháng {page.ngay.month}",
        "buoi": buoi,
        "version": version,
        "client_id": buoi.client_id,
        "back": buoi.get_absolute_url(),
    }
    return _answer(request, page, save, context)


@require_POST
@require_quyen(Quyen.GHI_SINH_HOAT)
def buoi_roll(request):
    """The roll for the day that is being typed, with what was marked so far."""
    chi_doan = get_visible_or_404(
        ChiDoan.objects,
        request.user,
        quyen=Quyen.GHI_SINH_HOAT,
        pk=named_pk(request.POST.get("chi_doan", "")),
    )
    buoi = None
    if request.POST.get("buoi"):
        rows = BuoiSinhHoat.objects.filter(chi_doan=chi_doan)
        buoi = get_visible_or_404(rows, request.user, pk=named_pk(request.POST["buoi"]))
    page = TrangBuoi(chi_doan=chi_doan, ngay=_day(request, buoi), buoi=buoi, data=request.POST)
    context = {"page": page, "roster_note": page.roster_note}
    return TemplateResponse(request, "chidoan/_diem_danh.html", context)


@require_quyen(Quyen.GHI_SINH_HOAT)
def buoi_delete(request, pk):
    buoi = get_visible_or_404(BUOI, request.user, quyen=Quyen.GHI_SINH_HOAT, pk=pk)
    if request.method == "POST":
        try:
            services.delete_draft(buoi=buoi, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
            return redirect(buoi)
        messages.success(request, f"Đã xóa bản nháp ngày {buoi.ngay:%d/%m/%Y}.")
        return redirect("chidoan:buoi_list")
    context = {
        "title": f"Xóa bản nháp ngày {buoi.ngay:%d/%m/%Y}?",
        "text": "Điểm danh, nội dung và ảnh của bản nháp sẽ mất.",
        "verb": "Xóa bản nháp",
        "danger": True,
        "back": buoi.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _answer(request, page, save, context):
    """Show the page, save it, or show it beside the version that came before."""
    if page.is_tu_luu:
        return JsonResponse(_self_saved(page, save))
    if is_sent_by_device(request):
        return answer_device(request, page, save, _saved)
    is_look = request.POST.get("luu") == XEM
    if is_look and page.buoi and page.is_valid():
        context["khac"] = compare(page.noi_dung(), read_noi_dung(page.buoi))
    if request.method == "POST" and not is_look and page.is_valid():
        try:
            buoi = save()
        except StaleError as error:
            return _conflict(request, page, error.current)
        except RuleError as error:
            page.add_error(error)
        else:
            return _saved(request, buoi)
    context |= {
        "page": page,
        "luat": rules_of(page),
        "nhap_thay": is_nhap_thay(request.user, page.chi_doan.pk),
    }
    return TemplateResponse(request, "chidoan/buoi_form.html", context)


def _self_saved(page, save) -> dict:
    """What the page's script hears: where the draft is now, or why it is not kept."""
    if page.is_da_hoan_thanh:
        return {"loi": "buổi này đã hoàn thành"}
    if not page.is_valid():
        labels = ", ".join(str(field.label) for field in page.truong_loi)
        return {"loi": f"còn chỗ cần sửa: {labels or 'danh sách đoàn viên'}"}
    try:
        buoi = save()
    except StaleError:
        return {"loi": "có người vừa lưu buổi này, bấm Lưu nháp để xem hai bản"}
    except RuleError as error:
        return {"loi": str(error)}
    return {
        "url": reverse("chidoan:buoi_update", args=[buoi.pk]),
        "buoi": buoi.pk,
        "version": buoi.version,
        "luc": gio_phut(buoi.ghi_luc),
    }


def _saved(request, buoi: BuoiSinhHoat):
    if buoi.is_nhap:
        messages.success(request, "Đã lưu bản nháp.")
        return redirect("chidoan:buoi_update", buoi.pk)
    if buoi.trang_thai == BuoiSinhHoat.TrangThai.SUA_DOI:
        messages.success(request, "Đã lưu sửa đổi. Bản trước khi sửa vẫn giữ trong lịch sử.")
        return redirect(buoi)
    messages.success(request, f"Đã ghi buổi sinh hoạt tháng {buoi.ngay.month}.")
    return redirect(buoi)


def _conflict(request, page, current: BuoiSinhHoat):
    """Both versions side by side; what was typed travels on in hidden fields."""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "version", "luu")
        for value in values
    ]
    current = BUOI.get(pk=current.pk)
    context = {
        "title": "Hai người cùng sửa buổi này",
        "buoi": current,
        "khac": compare(page.noi_dung(), read_noi_dung(current)),
        "sent": sent,
        "luu": NHAP if current.is_nhap and not page.hoan_thanh else "",
        "back": current.get_absolute_url(),
    }
    return TemplateResponse(request, "chidoan/buoi_conflict.html", context, status=409)


def _begun(page: TrangBuoi) -> BuoiSinhHoat | None:
    """A draft of the same month, so that nobody writes a meeting twice. One query."""
    drafts = BuoiSinhHoat.objects.filter(
        chi_doan=page.chi_doan, trang_thai=BuoiSinhHoat.TrangThai.NHAP
    )
    return drafts.trong_ky(KyBaoCao.month_of(page.ngay)).order_by("ngay", "pk").first()


def _day(request, buoi: BuoiSinhHoat | None = None) -> date:
    """The day typed; when it is no day, the one the roll was made for."""
    field = BuoiForm.base_fields["ngay"]
    for name in ("ngay", "ngay_danh_sach"):
        try:
            return field.clean(request.POST.get(name) or request.GET.get(name))
        except ValidationError:
            continue
    return buoi.ngay if buoi else today()


def _version(request, buoi: BuoiSinhHoat) -> int:
    """The version that the form showed; one that is no number fits no version."""
    text = request.POST.get("version", str(buoi.version))
    return int(text) if is_khoa(text) else 0


def _uuid(text: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return uuid.uuid4()
