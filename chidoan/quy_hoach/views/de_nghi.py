"""A branch proposes somebody as secretary or deputy; the ward answers."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.models import ChiDoan, DeNghiNhanSu
from chidoan.quy_hoach import services, trang
from chidoan.quy_hoach.filters import DeNghiFilter
from chidoan.quy_hoach.forms import DeNghiForm, TraLoiForm
from chidoan.quy_hoach.queries import nguoi_de_nghi
from chidoan.quy_hoach.tables import DE_NGHI_TABLE, trang_thai_de_nghi
from chidoan.views.so import record_download
from core.errors import RuleError
from core.form_page import run_form
from core.listing import Create, Preset, list_page
from core.periods import today
from doanvien.tai_ve import quyen_cua
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .chung import GHI, XEM, cac_chi_doan, cac_phan

DE_NGHI = Quyen.SUA_DOAN_VIEN
PRESETS = (
    Preset("Chờ trả lời", "tinh_trang=cho"),
    Preset("Chờ ghi chức vụ", "tinh_trang=cho_ghi"),
)


@require_quyen(XEM)
def de_nghi_nhan_su_list(request):
    rows = DeNghiNhanSu.objects.permitted_to(request.user, quyen_cua(request, XEM))
    return list_page(
        request,
        queryset=rows.trong_list().with_nhan_viec(),
        filterset=DeNghiFilter,
        table=DE_NGHI_TABLE,
        title="Đề nghị nhân sự",
        noun="đề nghị",
        presets=PRESETS,
        template="chidoan/quy_hoach/de_nghi_list.html",
        on_download=record_download("de_nghi_nhan_su.export"),
        create=Create(
            "chidoan:de_nghi_nhan_su_choose",
            "Đề nghị nhân sự",
            may=request.user.has_quyen(DE_NGHI),
            icon="user-plus",
        ),
        extra={
            "cac_phan": cac_phan("de_nghi_nhan_su_list", request.user),
            "may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(XEM)
def de_nghi_nhan_su_detail(request, pk):
    row = _row(request, pk)
    user = request.user
    office = {"doan_vien": row.doan_vien_id, "chuc_danh": row.chuc_danh}
    create = reverse("chidoan:chuc_vu_create", args=[row.don_vi_id])
    may_answer = row.is_cho and user.may(GHI, row.don_vi)
    waits_for_office = row.trang_thai == row.TrangThai.DONG_Y and not row.da_nhan_viec
    list_url = reverse("chidoan:de_nghi_nhan_su_list")
    context = {
        "title": f"{row.get_chuc_danh_display()} {row.don_vi}",
        "subtitle": f"Giới thiệu đồng chí {row.doan_vien.ho_ten}",
        "crumbs": [("Đề nghị nhân sự", list_url), (row.doan_vien.ho_ten, "")],
        "back": list_url,
        "de_nghi": row,
        "state": trang_thai_de_nghi(row),
        "facts": trang.facts(row),
        "may_answer": may_answer,
        "may_withdraw": row.is_cho and not may_answer and user.may(DE_NGHI, row.don_vi),
        "url_chuc_vu": f"{create}?{urlencode(office)}"
        if waits_for_office and user.may(Quyen.PHAN_CONG_PHU_TRACH, row.don_vi)
        else "",
    }
    return TemplateResponse(request, "chidoan/quy_hoach/de_nghi.html", context)


@require_quyen(DE_NGHI)
def de_nghi_nhan_su_choose(request):
    """For which branch; who has one alone goes on at once."""
    branches = list(cac_chi_doan(request.user, DE_NGHI))
    if len(branches) == 1:
        return redirect("chidoan:de_nghi_nhan_su_create", branches[0].pk)
    context = {
        "title": "Đề nghị nhân sự",
        "rows": [
            (unit, reverse("chidoan:de_nghi_nhan_su_create", args=[unit.pk])) for unit in branches
        ],
        "icon_name": "user-plus",
        "back": reverse("chidoan:de_nghi_nhan_su_list"),
    }
    return TemplateResponse(request, "chidoan/chon.html", context)


@require_quyen(DE_NGHI)
def de_nghi_nhan_su_create(request, pk):
    chi_doan = get_visible_or_404(ChiDoan.objects, request.user, quyen=DE_NGHI, pk=pk)
    people = nguoi_de_nghi(chi_doan, today())
    form = DeNghiForm(
        request.POST or None,
        nguoi=people,
        initial={
            "doan_vien": request.GET.get("doan_vien", ""),
            "chuc_danh": request.GET.get("chuc_danh") or "bi_thu",
        },
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.propose_nhan_su(don_vi=chi_doan, by=request.user, **data),
        done="Đã gửi đề nghị. Đoàn phường, xã sẽ trả lời tại đây.",
        back=lambda saved: saved.get_absolute_url(),
        back_url=reverse("chidoan:de_nghi_nhan_su_list"),
        title="Đề nghị nhân sự",
        subtitle=str(chi_doan),
        verb="Gửi đề nghị",
    )


@require_quyen(GHI)
def de_nghi_nhan_su_answer(request, pk):
    row = _row(request, pk, quyen=GHI)
    return run_form(
        request,
        form=TraLoiForm(request.POST or None),
        save=lambda data: services.answer_de_nghi(
            de_nghi=row,
            dong_y=data["dong_y"] == "co",
            tra_loi=data["tra_loi"],
            by=request.user,
        ),
        done="Đã trả lời chi đoàn.",
        back=row.get_absolute_url(),
        title="Trả lời đề nghị nhân sự",
        subtitle=f"{row.get_chuc_danh_display()} {row.don_vi}: {row.doan_vien.ho_ten}",
        verb="Trả lời",
    )


@require_POST
@require_quyen(DE_NGHI)
def de_nghi_nhan_su_withdraw(request, pk):
    row = _row(request, pk, quyen=DE_NGHI)
    try:
        services.withdraw_de_nghi(de_nghi=row, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã rút đề nghị.")
    return redirect(row)


def _row(request, pk, quyen: Quyen | None = None) -> DeNghiNhanSu:
    rows = DeNghiNhanSu.objects.trong_list().select_related("ghi_boi").with_nhan_viec()
    return get_visible_or_404(rows, request.user, quyen=quyen, pk=pk)
