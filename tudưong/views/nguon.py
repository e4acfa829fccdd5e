"""Where a group's members come from: the candidates, and proposals with the ward's answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError
from core.form_page import run_form
from core.listing import Create, list_page
from core.periods import today
from core.text.display import NBSP
from core.text.display import ngay as show_ngay
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may
from tochuc.quy_dinh import gia_tri
from tudưong import services, ung_vien
from tudưong.filters_nguon import DeXuatFilter, NguonFilter
from tudưong.forms.nguon import ChiDoanDeXuatForm, DeXuatForm, LyDoTraLoiForm, NhanVaoToForm
from tudưong.models import DeXuatVaoTo, NguonVaoTo, ToTuDuong
from tudưong.services.ho_so import so_doan_vien
from tudưong.services.nguon import quyen_de_xuat
from tudưong.tables_nguon import DE_XUAT_TABLE, NGUON_TABLE, phieu, trang_thai_de_xuat

from .chung import record_to_export

XEM, QUAN_LY = Quyen.XEM_TU_DUONG, Quyen.QUAN_LY_TU_DUONG
DE_XUAT = DeXuatVaoTo.objects.select_related(
    "doan_vien__chi_doan", "chi_doan", "ghi_boi", "xet_boi", "thanh_vien__to"
)
LIST = "tuduong:de_xuat_list"


@require_quyen(QUAN_LY)
def nguon_list(request):
    """The candidates of the wards that the person leads, each to be taken in by one press."""
    return list_page(
        request,
        queryset=ung_vien.nguon_vao_to(request.user),
        filterset=NguonFilter,
        table=NGUON_TABLE,
        title="Nguồn vào tổ",
        noun="đồng chí",
        template="tuduong/nguon_list.html",
        create=Create("tuduong:de_xuat_create", "Ban Chấp hành đề xuất", may=True),
        on_download=record_to_export,
        extra={"cac_to": ung_vien.cac_to(request.user)},
    )


@require_POST
@require_quyen(QUAN_LY)
def thanh_vien_take(request, pk):
    """Take a candidate into the group from today on."""
    to = get_visible_or_404(
        ToTuDuong.objects.select_related("don_vi"), request.user, quyen=QUAN_LY, pk=pk
    )
    form = NhanVaoToForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, "Đồng chí này không nhận vào tổ được nữa. Xem lại danh sách.")
        return redirect("tuduong:nguon_list")
    nguoi = form.cleaned_data["doan_vien"]
    try:
        row = services.add_thanh_vien(to=to, doan_vien=nguoi, tu_ngay=today(), by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect("tuduong:nguon_list")
    messages.success(
        request, f"Đã nhận đồng chí {row} vào {to}. Phân công đảng viên giúp đỡ, giao nhiệm vụ."
    )
    return redirect(row)


@require_quyen(XEM)
def de_xuat_list(request):
    proposes = _proposes(request.user)
    return list_page(
        request,
        queryset=DE_XUAT.visible_to(request.user),
        filterset=DeXuatFilter,
        table=DE_XUAT_TABLE,
        title="Đề xuất vào tổ tu dưỡng",
        noun="đề xuất",
        template="tuduong/list.html",
        create=Create("tuduong:de_xuat_create", "Đề xuất vào tổ", may=proposes),
        on_download=record_to_export,
    )


@require_quyen(XEM)
def de_xuat_create(request):
    """A branch enters its vote, the ward what its committee puts forward."""
    user = request.user
    if not _proposes(user):
        raise PermissionDenied(who_may(Quyen.DE_NGHI_HO_SO))
    by_vote = not user.has_quyen(QUAN_LY) or user.don_vi.is_chi_doan
    form_class = ChiDoanDeXuatForm if by_vote else DeXuatForm
    service = services.propose_by_vote if by_vote else services.propose_by_bch
    return run_form(
        request,
        form=form_class(request.POST or None, user=user),
        save=lambda data: service(by=user, **data),
        done="Đã gửi đề xuất. Đoàn cơ sở xét và trả lời tại đây."
        if by_vote
        else "Đã ghi đề xuất của Ban Chấp hành.",
        back=lambda row: row.get_absolute_url(),
        back_url=reverse(LIST),
        template="tuduong/ho_so_step.html",
        title="Đề xuất vào tổ tu dưỡng",
        subtitle="Theo biểu quyết của chi đoàn" if by_vote else "Ban Chấp hành đề xuất",
        verb="Gửi đề xuất" if by_vote else "Ghi đề xuất",
        hint=_hint(user.don_vi) if by_vote else "",
    )


@require_quyen(XEM)
def de_xuat_detail(request, pk):
    row = get_visible_or_404(DE_XUAT, request.user, pk=pk)
    user = request.user
    leads = row.is_cho and user.may(QUAN_LY, row.chi_doan)
    is_own = row.is_bieu_quyet_ghi_boi(user)
    proposes = user.may(Quyen.DE_NGHI_HO_SO, row.chi_doan)
    context = {
        "title": row.doan_vien.ho_ten,
        "subtitle": f"{row.get_nguon_display()} · {row.chi_doan}",
        "back": reverse(LIST),
        "de_xuat": row,
        "state": trang_thai_de_xuat(row),
        "facts": _facts(row),
        "cac_to": ung_vien.cac_to(user) if leads and not is_own else [],
        "may_decide": leads and not is_own,
        "is_own": leads and is_own,
        "may_withdraw": row.is_cho and user.may(quyen_de_xuat(row), row.chi_doan),
        "may_mark": proposes
        and not row.da_xem
        and row.trang_thai == DeXuatVaoTo.TrangThai.KHONG_NHAN
        and row.nguon == NguonVaoTo.CHI_DOAN,
    }
    return TemplateResponse(request, "tuduong/de_xuat.html", context)


@require_quyen(XEM)
def de_xuat_decline(request, pk):
    row = get_visible_or_404(DE_XUAT, request.user, quyen=QUAN_LY, pk=pk)
    return _answer(
        request,
        row,
        services.decline,
        done="Đã trả lời chi đoàn: chưa nhận vào tổ.",
        title=f"Chưa nhận đồng chí {row.doan_vien} vào tổ?",
        text="Chi đoàn đọc được lý do này và có thể đề xuất lại.",
        verb="Chưa nhận",
    )


@require_quyen(XEM)
def de_xuat_withdraw(request, pk):
    row = get_visible_or_404(DE_XUAT, request.user, pk=pk)
    return _answer(
        request,
        row,
        services.withdraw,
        done="Đã rút đề xuất.",
        title=f"Rút đề xuất đồng chí {row.doan_vien}?",
        text="Kết quả biểu quyết đã ghi được giữ; khi cần thì đề xuất lại.",
        verb="Rút đề xuất",
    )


@require_POST
@require_quyen(XEM)
def de_xuat_seen(request, pk):
    row = get_visible_or_404(DE_XUAT, request.user, pk=pk)
    services.mark_seen(de_xuat=row, by=request.user)
    return redirect(LIST)


def _answer(request, row: DeXuatVaoTo, service, **words):
    return run_form(
        request,
        form=LyDoTraLoiForm(request.POST or None),
        save=lambda data: service(de_xuat=row, by=request.user, **data),
        back=row.get_absolute_url(),
        template="core/confirm.html",
        **words,
    )


def _proposes(user) -> bool:
    return user.has_quyen(Quyen.DE_NGHI_HO_SO) or user.has_quyen(QUAN_LY)


def _hint(chi_doan) -> str:
    tong = so_doan_vien(chi_doan, today())
    nguong = gia_tri("nguong_chi_doan_de_xuat", ngay=today(), don_vi=chi_doan)
    return (
        f"Hôm nay chi đoàn có {tong}{NBSP}đoàn viên. Đề xuất được khi quá {nguong} tổng số đoàn "
        "viên tán thành."
    )


def _facts(row: DeXuatVaoTo) -> list[tuple]:
    nguoi = row.doan_vien
    facts = [
        ("Đồng chí", f"{nguoi.ho_ten}, {nguoi.chi_doan}", nguoi.get_absolute_url()),
        ("Ngày họp", show_ngay(row.ngay)),
    ]
    if row.co_quyen:
        con_lai = f"không tán thành {row.khong_tan_thanh}, không hợp lệ {row.khong_hop_le}"
        facts.append(("Biểu quyết", f"{phieu(row)}; có mặt {row.co_mat}, {con_lai}"))
    facts += [("Lý do đề xuất", row.ly_do), ("Người ghi", str(row.ghi_boi or ""))]
    if row.xet_ngay:
        facts.append(("Trả lời ngày", show_ngay(row.xet_ngay)))
        facts.append(("Ý kiến", row.tra_loi or str(row.thanh_vien.to if row.thanh_vien else "")))
        facts.append(("Người trả lời", str(row.xet_boi or "")))
    return [fact for fact in facts if fact[1]]
