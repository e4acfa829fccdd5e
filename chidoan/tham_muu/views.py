from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.models import ThamMuu
from chidoan.views.so import record_download
from core.errors import RuleError
from core.form_page import run_form
from core.listing import Create, Preset, list_page
from core.periods import today
from core.text.display import tien
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from . import services
from .filters import ThamMuuFilter
from .forms import KetQuaForm, ThamMuuForm
from .services import GHI
from .tables import THAM_MUU_TABLE, kpis, trang_thai

XEM = Quyen.XEM_BAO_CAO
LIST = "chidoan:tham_muu_list"
ROWS = ThamMuu.objects.select_related("don_vi", "van_ban")


@require_quyen(XEM)
def tham_muu_list(request):
    rows = ThamMuu.objects.visible_to(request.user).for_list()
    found = ThamMuuFilter(request.GET, queryset=rows, request=request).qs
    nam, ky = today().year, request.GET.get("ky", "")
    return list_page(
        request,
        queryset=rows,
        filterset=ThamMuuFilter,
        table=THAM_MUU_TABLE,
        title="Tham mưu cấp ủy, chính quyền",
        noun="nội dung",
        template="chidoan/tham_muu/list.html",
        presets=(
            Preset(f"Năm {nam}", f"ky={nam}"),
            Preset("Quá hạn chưa trả lời", "ket_qua=im_lang"),
        ),
        on_download=record_download("tham_muu.export"),
        create=Create(
            "chidoan:tham_muu_create", "Ghi nội dung tham mưu", may=request.user.has_quyen(GHI)
        ),
        extra={"kpis": kpis(found.tong(), f"&ky={ky}" if ky else "")},
    )


@require_quyen(XEM)
def tham_muu_detail(request, pk):
    row = get_visible_or_404(ROWS, request.user, pk=pk)
    context = {
        "title": row.noi_dung,
        "subtitle": f"{row.don_vi} gửi {row.noi_nhan_la}",
        "back": reverse(LIST),
        "crumbs": [("Tham mưu", reverse(LIST)), (row.noi_nhan_la, "")],
        "tham_muu": row,
        "state": trang_thai(row),
        "facts": _facts(row),
        "ket_qua": _outcome(row),
        "may_write": services.may_write(row.don_vi, request.user),
    }
    return TemplateResponse(request, "chidoan/tham_muu/detail.html", context)


def _facts(row: ThamMuu) -> list[tuple]:
    paper = reverse("chidoan:van_ban_open", args=[row.van_ban_id]) if row.van_ban_id else ""
    return [
        ("Gửi", row.noi_nhan_la),
        ("Ngày gửi", row.ngay),
        ("Số văn bản", row.so_van_ban or "chưa ghi", paper),
    ]


def _outcome(row: ThamMuu) -> list[tuple]:
    rows = [
        ("Ngày trả lời", row.ngay_tra_loi),
        ("Số văn bản trả lời", row.so_tra_loi),
        ("Kinh phí được cấp", tien(row.kinh_phi) if row.kinh_phi else ""),
        ("Chủ trương, điều kiện", row.chu_truong),
        ("Ý kiến của nơi nhận", row.ly_do),
    ]
    return [item for item in rows if item[1]]


@require_quyen(GHI)
def tham_muu_create(request):
    don_vi = _own_unit(request)
    form = ThamMuuForm(request.POST or None, don_vi=don_vi)
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_tham_muu(don_vi=don_vi, by=request.user, **form.values()),
        done="Đã ghi. Có trả lời thì ghi kết quả tại đây.",
        back=lambda saved: saved.get_absolute_url(),
        back_url=reverse(LIST),
        title="Ghi nội dung tham mưu",
        subtitle=str(don_vi),
        verb="Lưu",
    )


@require_quyen(GHI)
def tham_muu_edit(request, pk):
    row = get_visible_or_404(ROWS, request.user, quyen=GHI, pk=pk)
    form = ThamMuuForm(request.POST or None, instance=row, don_vi=row.don_vi)
    return run_form(
        request,
        form=form,
        save=lambda data: services.update_tham_muu(
            tham_muu=row, version=data["version"] or 0, by=request.user, **form.values()
        ),
        done="Đã lưu.",
        back=row.get_absolute_url(),
        title="Sửa nội dung tham mưu",
        subtitle=str(row.don_vi),
        verb="Lưu",
    )


@require_quyen(GHI)
def tham_muu_answer(request, pk):
    row = get_visible_or_404(ROWS, request.user, quyen=GHI, pk=pk)
    names = ("version", "ket_qua", "ngay_tra_loi", "so_tra_loi", "kinh_phi", "chu_truong", "ly_do")
    initial = {name: getattr(row, name) for name in names}
    if row.is_cho_tra_loi:
        initial |= {"ket_qua": ThamMuu.KetQua.CHAP_THUAN, "ngay_tra_loi": today()}
    return run_form(
        request,
        form=KetQuaForm(request.POST or None, initial=initial),
        save=lambda data: services.answer_tham_muu(tham_muu=row, by=request.user, **data),
        done="Đã ghi kết quả.",
        back=row.get_absolute_url(),
        title="Kết quả tham mưu",
        subtitle=row.noi_dung,
        verb="Lưu kết quả",
    )


@require_quyen(GHI)
def tham_muu_delete(request, pk):
    row = get_visible_or_404(ROWS, request.user, quyen=GHI, pk=pk)
    if request.method == "POST":
        try:
            services.delete_tham_muu(tham_muu=row, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
            return redirect(row)
        messages.success(request, "Đã xóa.")
        return redirect(LIST)
    context = {
        "title": "Xóa nội dung tham mưu này?",
        "text": f"{row.noi_dung}. Chỉ xóa khi ghi nhầm.",
        "verb": "Xóa",
        "danger": True,
        "back": row.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _own_unit(request) -> DonVi:
    return next(role.don_vi for role in request.user.phan_cong_hom_nay if GHI in role.quyen)
