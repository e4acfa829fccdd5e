"""Concrete tasks: listed, given to one or several, corrected, noted how far they are, judged."""

from django.template.response import TemplateResponse

from chidoan.anh.views.chung import keep_all
from core.form_page import run_form
from core.listing import list_page
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tudưong import services
from tudưong.ban_ghi import BanKetQua
from tudưong.filters import NhiemVuFilter
from tudưong.forms.nhiem_vu import GiaoNhieuForm, KetQuaNhiemVuForm, NhiemVuForm, TienDoForm
from tudưong.minh_chung import may_ghi, phan_minh_chung
from tudưong.models import NhiemVu, ThanhVienTo, ToTuDuong
from tudưong.quyen import GHI_TRONG_TO, check_one_of
from tudưong.tables import NHIEM_VU_TABLE, task_state
from tudưong.trang_nhiem_vu import facts_of, note_entries

from .chung import record_to_export

QUAN_LY = Quyen.QUAN_LY_TU_DUONG
NHIEM_VU = NhiemVu.objects.select_related(
    "thanh_vien__to__don_vi",
    "thanh_vien__doan_vien",
    "thanh_vien__chi_doan",
    "giao_boi",
    "ky_danh_gia",
)


@require_quyen(Quyen.XEM_TU_DUONG)
def nhiem_vu_list(request):
    rows = NhiemVu.objects.visible_to(request.user)
    return list_page(
        request,
        queryset=rows.select_related("thanh_vien__doan_vien", "thanh_vien__chi_doan"),
        filterset=NhiemVuFilter,
        table=NHIEM_VU_TABLE,
        title="Nhiệm vụ tu dưỡng",
        noun="nhiệm vụ",
        on_download=record_to_export,
    )


@require_quyen(Quyen.XEM_TU_DUONG)
def nhiem_vu_detail(request, pk):
    """A task: how far it is, what proves it, what came of it."""
    row = get_visible_or_404(NHIEM_VU, request.user, pk=pk)
    leads = request.user.may(QUAN_LY, row.don_vi)
    context = {
        "title": row.noi_dung,
        "back": row.thanh_vien.get_absolute_url(),
        "row": row,
        "state": task_state(row),
        "facts": facts_of(row),
        "tien_do": note_entries(row),
        "phan_anh": phan_minh_chung(row, user=request.user),
        "may_note": may_ghi(row, request.user),
        "may_manage": leads and row.is_dang_lam,
    }
    return TemplateResponse(request, "tuduong/nhiem_vu_detail.html", context)


@require_quyen(QUAN_LY)
def nhiem_vu_assign(request, pk):
    rows = ThanhVienTo.objects.select_related("to__don_vi", "doan_vien", "chi_doan")
    thanh_vien = get_visible_or_404(rows, request.user, quyen=QUAN_LY, pk=pk)

    def save(data):
        data.pop("version")
        return services.assign_nhiem_vu(thanh_vien=thanh_vien, by=request.user, **data)

    return run_form(
        request,
        form=NhiemVuForm(request.POST or None),
        save=save,
        done=f"Đã giao nhiệm vụ cho đồng chí {thanh_vien}.",
        back=thanh_vien.get_absolute_url(),
        title="Giao nhiệm vụ",
        subtitle=f"{thanh_vien.doan_vien.ho_ten} · {thanh_vien.chi_doan}",
        verb="Giao nhiệm vụ",
    )


@require_quyen(QUAN_LY)
def nhiem_vu_assign_all(request, pk):
    """The same task for several members of a group."""
    rows = ToTuDuong.objects.select_related("don_vi")
    to = get_visible_or_404(rows, request.user, quyen=QUAN_LY, pk=pk)

    def save(data):
        data.pop("version")
        return services.assign_to_all(by=request.user, **data)

    return run_form(
        request,
        form=GiaoNhieuForm(request.POST or None, to=to),
        save=save,
        done=lambda rows: f"Đã giao nhiệm vụ cho {len(rows)} đồng chí.",
        back=to.get_absolute_url(),
        title="Giao nhiệm vụ cho nhiều đồng chí",
        subtitle=str(to),
        verb="Giao nhiệm vụ",
    )


@require_quyen(QUAN_LY)
def nhiem_vu_update(request, pk):
    row = get_visible_or_404(NHIEM_VU, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=NhiemVuForm(request.POST or None, dong=row),
        save=lambda data: services.update_nhiem_vu(nhiem_vu=row, by=request.user, **data),
        done="Đã sửa nhiệm vụ.",
        back=row.get_absolute_url(),
        title="Sửa nhiệm vụ",
        subtitle=f"{row.thanh_vien.doan_vien.ho_ten} · {row.don_vi}",
        verb="Lưu",
    )


@require_quyen(Quyen.XEM_TU_DUONG)
def nhiem_vu_tien_do(request, pk):
    """The member's branch notes how far a task is, with photos."""
    row = get_visible_or_404(NHIEM_VU, request.user, pk=pk)
    check_one_of(request.user, GHI_TRONG_TO, row.don_vi)
    form = TienDoForm(request.POST or None, request.FILES or None)

    def save(data):
        note = services.note_tien_do(
            nhiem_vu=row, ngay=data["ngay"], noi_dung=data["noi_dung"], by=request.user
        )
        keep_all(request, form, row)
        return note

    return run_form(
        request,
        form=form,
        save=save,
        done="Đã ghi tiến độ.",
        back=row.get_absolute_url(),
        title="Ghi tiến độ nhiệm vụ",
        subtitle=f"{row.thanh_vien.doan_vien.ho_ten} · {row.noi_dung}",
        verb="Ghi tiến độ",
    )


@require_quyen(QUAN_LY)
def nhiem_vu_judge(request, pk):
    row = get_visible_or_404(NHIEM_VU, request.user, quyen=QUAN_LY, pk=pk)
    form = KetQuaNhiemVuForm(request.POST or None, dong=BanKetQua.cua(row))
    ky = row.thanh_vien.to.ky_danh_gia.dang_mo().first()
    return run_form(
        request,
        form=form,
        save=lambda data: services.record_task_outcome(
            nhiem_vu=row, ky=ky, by=request.user, **data
        ),
        done="Đã ghi kết quả nhiệm vụ.",
        back=row.thanh_vien.get_absolute_url(),
        title="Kết quả nhiệm vụ",
        subtitle=f"{row.thanh_vien.doan_vien.ho_ten} · {row.noi_dung}",
        verb="Ghi kết quả",
    )
