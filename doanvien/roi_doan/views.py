from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError, try_service
from core.listing import Preset, list_page
from core.periods import today
from doanvien.models import DeNghiXoaTen, DoanVien
from doanvien.services import end_membership
from doanvien.tai_ve import quyen_cua
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from . import services
from .filters import XoaTenFilter
from .forms import KetThucSinhHoatForm, QuyetDinhXoaTenForm, SuaKetThucForm
from .tables import XOA_TEN_TABLE


@require_quyen(Quyen.SUA_DOAN_VIEN)
def doan_vien_end(request, pk):
    doan_vien = _editable_or_404(request, pk)
    may_decide = request.user.may(Quyen.DUYET_DOAN_VIEN, doan_vien.chi_doan)
    form = KetThucSinhHoatForm(
        request.POST or None,
        may_decide=may_decide,
        initial={"ly_do": request.GET.get("ly_do", "")},
    )
    if form.is_valid() and try_service(
        form, _end_or_propose, chosen=form, doan_vien=doan_vien, by=request.user
    ):
        messages.success(request, _done(form, doan_vien))
        return redirect(doan_vien)
    context = {
        "title": f"{doan_vien} rời chi đoàn",
        "doan_vien": doan_vien,
        "subtitle": str(doan_vien.chi_doan),
        "text": "Tên đồng chí vẫn còn trong sổ và trong số liệu các kỳ trước.",
        "form": form,
        "verb": "Ghi vào sổ",
        "back": doan_vien.get_absolute_url(),
        "loi_khac": _other_ways(request.user, doan_vien),
    }
    return TemplateResponse(request, "doanvien/ket_thuc.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def doan_vien_reopen(request, pk):
    """Mend an ending that was recorded by mistake; what the ward decided, the ward mends."""
    doan_vien = _editable_or_404(request, pk)
    is_decided = doan_vien.trang_thai in (
        DoanVien.TrangThai.XOA_TEN,
        DoanVien.TrangThai.TRUONG_THANH,
        DoanVien.TrangThai.KHAI_TRU,
    )
    if is_decided and not request.user.may(Quyen.DUYET_DOAN_VIEN, doan_vien.chi_doan):
        raise PermissionDenied(who_may(Quyen.DUYET_DOAN_VIEN))
    form = SuaKetThucForm(request.POST or None)
    if form.is_valid() and try_service(
        form, services.correct_ending, doan_vien=doan_vien, by=request.user, **form.cleaned_data
    ):
        messages.success(request, f"{doan_vien} trở lại danh sách {doan_vien.chi_doan}.")
        return redirect(doan_vien)
    context = {
        "title": f"Sửa việc ghi nhầm: {doan_vien}",
        "text": (
            f"Sổ đang ghi «{doan_vien.get_trang_thai_display()}». Sửa thì quá trình sinh hoạt ở "
            f"{doan_vien.chi_doan} liền lại như chưa kết thúc. Nếu đồng chí đã rời rồi trở lại "
            "thật, dùng «Tiếp nhận vào chi đoàn»."
        ),
        "form": form,
        "verb": "Sửa lại",
        "back": doan_vien.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def xoa_ten_list(request):
    user = request.user
    return list_page(
        request,
        queryset=DeNghiXoaTen.objects.permitted_to(user, quyen_cua(request)).trong_list(),
        filterset=XoaTenFilter,
        table=XOA_TEN_TABLE,
        title="Đề nghị xóa tên",
        noun="đề nghị",
        presets=(Preset("Chờ quyết định", "trang_thai=cho"),),
        template="doanvien/xoa_ten_list.html",
        on_download=_record_download,
        extra={
            "may_decide": user.has_quyen(Quyen.DUYET_DOAN_VIEN),
            "may_propose": user.has_quyen(Quyen.SUA_DOAN_VIEN),
        },
    )


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def xoa_ten_decide(request, pk):
    row = _row(request, pk, Quyen.DUYET_DOAN_VIEN)
    form = QuyetDinhXoaTenForm(request.POST or None)
    if form.is_valid() and (
        done := try_service(
            form, services.decide_xoa_ten, de_nghi=row, by=request.user, **form.cleaned_data
        )
    ):
        messages.success(request, f"{done.get_trang_thai_display()}: {row.doan_vien}.")
        return redirect("doanvien:xoa_ten_list")
    context = {
        "title": f"Quyết định đề nghị xóa tên {row.doan_vien}",
        "text": (
            f"{row.chi_doan} đề nghị ngày {row.ngay:%d/%m/%Y}. {row.get_can_cu_display()}. "
            f"Ý kiến chi đoàn: {row.ly_do}"
        ),
        "form": form,
        "verb": "Ghi quyết định",
        "back": reverse("doanvien:xoa_ten_list"),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_POST
@require_quyen(Quyen.SUA_DOAN_VIEN)
def xoa_ten_withdraw(request, pk):
    row = _row(request, pk, Quyen.SUA_DOAN_VIEN)
    try:
        services.withdraw_xoa_ten(de_nghi=row, ngay=today(), by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã rút đề nghị xóa tên {row.doan_vien}.")
    return redirect("doanvien:xoa_ten_list")


def _end_or_propose(*, chosen, doan_vien, by):
    data = chosen.cleaned_data
    if chosen.is_de_nghi:
        return services.propose_xoa_ten(
            doan_vien=doan_vien,
            can_cu=data["can_cu"],
            ly_do=data["ghi_chu"],
            ngay=data["den_ngay"],
            by=by,
        )
    return end_membership(doan_vien=doan_vien, by=by, **data)


def _done(form, doan_vien) -> str:
    if form.is_de_nghi:
        return f"Đã gửi đề nghị xóa tên {doan_vien}. Đoàn cơ sở sẽ quyết định."
    if form.cleaned_data["ly_do"] == DoanVien.TrangThai.TU_TRAN:
        return f"Đã ghi đồng chí {doan_vien} từ trần."
    return f"Đã ghi {doan_vien} rời {doan_vien.chi_doan}."


def _other_ways(user, doan_vien) -> list[dict]:
    """Leaving that has a procedure of its own."""
    rows = [
        {
            "title": "Chuyển sinh hoạt sang nơi khác",
            "note": "Chi đoàn đi, Đoàn cơ sở hai nơi và chi đoàn đến lần lượt xác nhận",
            "url": reverse("doanvien:chuyen_create", args=[doan_vien.pk]),
            "icon": "arrow-right-left",
        },
        {
            "title": "Đến tuổi trưởng thành Đoàn",
            "note": "Chi đoàn đề nghị, Đoàn cơ sở ra quyết định và cấp giấy chứng nhận",
            "url": reverse("doanvien:truong_thanh_list"),
            "icon": "graduation-cap",
        },
    ]
    if user.may(Quyen.DUYET_DOAN_VIEN, doan_vien.chi_doan):
        rows.append(
            {
                "title": "Khai trừ",
                "note": "Ghi quyết định kỷ luật",
                "url": reverse("doanvien:ky_luat_create", args=[doan_vien.pk]),
                "icon": "octagon-x",
            }
        )
    return rows


def _editable_or_404(request, pk):
    members = DoanVien.objects.select_related("chi_doan")
    return get_visible_or_404(members, request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk)


def _row(request, pk, quyen):
    rows = DeNghiXoaTen.objects.trong_list()
    return get_visible_or_404(rows, request.user, quyen=quyen, pk=pk)


def _record_download(request, rows):
    record(by=request.user, hanh_dong="xoa_ten.export", don_vi=request.user.don_vi, so_dong=rows)
