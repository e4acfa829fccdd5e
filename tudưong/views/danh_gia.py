"""The quarterly session: called, held, each member reviewed, closed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from core.errors import RuleError, StaleError, add_refusal
from core.form_page import run_form
from core.listing import list_page
from core.pdf import pdf_response, render_pdf
from core.periods import today
from core.text.numbers import ascii_slug, file_name
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may
from tudưong import services
from tudưong.filters import KyFilterSet
from tudưong.forms.danh_gia import DanhGiaForm, YKienForm
from tudưong.forms.to import BuoiHopForm, KyForm
from tudưong.giay_to.phat_hanh import TIEU_DE_PHIEU, issue_phieu, issued
from tudưong.giay_to.phieu_quy import phieu_nhan_xet
from tudưong.models import DanhGia, KyDanhGia, ToTuDuong
from tudưong.tables import KY_TABLE
from tudưong.trang_danh_gia import Trang, read_trang

QUAN_LY = Quyen.QUAN_LY_TU_DUONG
KY = KyDanhGia.objects.select_related("to__don_vi")
DANH_GIA = DanhGia.objects.select_related(
    "ky__to__don_vi",
    "thanh_vien__doan_vien",
    "thanh_vien__chi_doan",
    "thanh_vien__to",
    "y_kien_boi",
)


@require_quyen(Quyen.XEM_TU_DUONG)
def ky_list(request):
    return list_page(
        request,
        queryset=KY.visible_to(request.user).with_tien_do(),
        filterset=KyFilterSet,
        table=KY_TABLE,
        title="Kỳ đánh giá của tổ tu dưỡng",
        noun="kỳ",
    )


@require_quyen(QUAN_LY)
def ky_open(request, pk):
    to = get_visible_or_404(
        ToTuDuong.objects.select_related("don_vi"), request.user, quyen=QUAN_LY, pk=pk
    )
    return run_form(
        request,
        form=KyForm(request.POST or None, to=to),
        save=lambda data: services.open_ky(to=to, by=request.user, **data),
        done="Đã mở kỳ đánh giá.",
        back=lambda ky: ky.get_absolute_url(),
        back_url=to.get_absolute_url(),
        title="Mở kỳ đánh giá quý",
        subtitle=str(to),
        verb="Mở kỳ đánh giá",
    )


@require_quyen(Quyen.XEM_TU_DUONG)
def ky_detail(request, pk):
    ky = get_visible_or_404(KY, request.user, pk=pk)
    may_manage = ky.is_mo and request.user.may(QUAN_LY, ky.to.don_vi)
    return _session_page(request, ky, BuoiHopForm(initial=_now(ky)) if may_manage else None)


@require_POST
@require_quyen(QUAN_LY)
def ky_update(request, pk):
    ky = get_visible_or_404(KY, request.user, quyen=QUAN_LY, pk=pk)
    form = BuoiHopForm(request.POST)
    du_hop = {int(value) for value in request.POST.getlist("du_hop") if value.isdigit()}
    if form.is_valid():
        try:
            services.set_du_hop(ky=ky, du_hop=du_hop, by=request.user, **form.cleaned_data)
        except RuleError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Đã ghi buổi họp tổ.")
            return redirect(ky)
    return _session_page(request, ky, form)


@require_quyen(QUAN_LY)
def ky_close(request, pk):
    ky = get_visible_or_404(KY, request.user, quyen=QUAN_LY, pk=pk)
    if request.method == "POST":
        try:
            services.close_ky(ky=ky, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã kết thúc kỳ đánh giá {ky.ky}.")
        return redirect(ky)
    context = {
        "title": f"Kết thúc kỳ đánh giá {ky.ky}?",
        "text": "Sau khi kết thúc, đánh giá và kết quả nhiệm vụ của quý không sửa được nữa.",
        "verb": "Kết thúc kỳ",
        "back": ky.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(Quyen.XEM_TU_DUONG)
def danh_gia(request, pk):
    row = get_visible_or_404(DANH_GIA, request.user, pk=pk)
    trang = read_trang(row, user=request.user, day=today())
    form = None
    if trang.may_edit:
        form = DanhGiaForm(danh_gia=row, dieu_truoc=trang.dieu_truoc, nhiem_vu=trang.nhiem_vu)
    return _review_page(request, trang, form)


@require_POST
@require_quyen(QUAN_LY)
def danh_gia_save(request, pk):
    row = get_visible_or_404(DANH_GIA, request.user, quyen=QUAN_LY, pk=pk)
    trang = read_trang(row, user=request.user, day=today())
    form = DanhGiaForm(
        request.POST, danh_gia=row, dieu_truoc=trang.dieu_truoc, nhiem_vu=trang.nhiem_vu
    )
    if not form.is_valid():
        return _review_page(request, trang, form)
    try:
        services.save_danh_gia(
            danh_gia=row,
            version=form.cleaned_data["version"],
            changes=form.changes(),
            nhiem_vu=form.outcomes(),
            by=request.user,
        )
    except StaleError as refusal:
        form.data = form.data.copy()
        form.data["version"] = refusal.current.version
        form.add_error(None, str(refusal))
        return _review_page(request, trang, form, current=refusal.current, status=409)
    except RuleError as refusal:
        add_refusal(form, refusal)
        return _review_page(request, trang, form)
    messages.success(request, f"Đã lưu đánh giá đồng chí {row.thanh_vien}.")
    return redirect(trang.sau if "sang" in request.POST and trang.sau else row)


@require_quyen(Quyen.XEM_TU_DUONG)
def danh_gia_y_kien(request, pk):
    row = get_visible_or_404(DANH_GIA, request.user, pk=pk)
    rights = (Quyen.DE_NGHI_HO_SO, QUAN_LY)
    if not any(request.user.may(quyen, row.thanh_vien.chi_doan) for quyen in rights):
        raise PermissionDenied(who_may(Quyen.DE_NGHI_HO_SO))
    form = YKienForm(request.POST or None, initial={"y_kien": row.y_kien_bch})
    return run_form(
        request,
        form=form,
        save=lambda data: services.record_y_kien(danh_gia=row, by=request.user, **data),
        done="Đã ghi ý kiến của Ban Chấp hành chi đoàn.",
        back=row.get_absolute_url(),
        title="Ý kiến của Ban Chấp hành chi đoàn",
        subtitle=f"{row.thanh_vien.doan_vien.ho_ten} · quý {row.ky.quy_la_ma} năm {row.ky.nam}",
        verb="Ghi ý kiến",
    )


@require_quyen(Quyen.XEM_TU_DUONG)
def phieu_pdf(request, pk):
    """The quarterly slip; POST issues it (the right to lead), GET shows it as it stands."""
    quyen = QUAN_LY if request.method == "POST" else None
    row = get_visible_or_404(DANH_GIA, request.user, quyen=quyen, pk=pk)
    if request.method == "POST":
        try:
            issue_phieu(danh_gia=row, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
            return redirect(row)
        return redirect("tuduong:phieu_pdf", pk=row.pk)
    record(by=request.user, hanh_dong="danh_gia.print", target=row, don_vi=row.ky.to.don_vi)
    van_ban = issued(row, "PNX")
    paper = phieu_nhan_xet(row)
    content = bytes(van_ban.tep) if van_ban else render_pdf(paper, title=TIEU_DE_PHIEU)
    name = ascii_slug(row.thanh_vien.doan_vien.ho_ten)
    return pdf_response(content, file_name("PNX", row.ky.ky.code, name, day=row.ky.ngay))


def _session_page(request, ky, form):
    reviews = list(
        ky.danh_gia.select_related("thanh_vien__doan_vien", "thanh_vien__chi_doan").all()
    )
    done = sum(bool(row.muc) for row in reviews)
    context = {
        "title": f"Đánh giá quý {ky.quy_la_ma} năm {ky.nam}",
        "ky": ky,
        "form": form,
        "danh_gia": reviews,
        "da_xong": done,
        "du_hop": sum(row.du_hop for row in reviews),
        "tiep": next((row for row in reviews if not row.muc), None),
        "back": ky.to.get_absolute_url(),
        "may_manage": form is not None,
    }
    return TemplateResponse(request, "tuduong/ky_detail.html", context)


def _review_page(request, trang: Trang, form, *, current=None, status=200):
    row = trang.danh_gia
    context = {
        "title": row.thanh_vien.doan_vien.ho_ten,
        "back": trang.back,
        "trang": trang,
        "row": row,
        "form": form,
        "current": current,
    }
    return TemplateResponse(request, "tuduong/danh_gia.html", context, status=status)


def _now(ky):
    return {"ngay": ky.ngay, "dia_diem": ky.dia_diem, "noi_dung": ky.noi_dung}
