"""The cultivation group: its page and its members."""

from datetime import date

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.listing import Create, list_page
from core.periods import KyBaoCao, today
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tudưong import services, trang_to
from tudưong.duong_di import CHU_GIAI, SO_QUY_HEP, duong_di, hinh_duong_di
from tudưong.filters import ThanhVienFilter, ToFilter
from tudưong.forms.to import (
    NgayKetThucForm,
    ThanhVienForm,
    ThoiThamGiaForm,
    ToForm,
)
from tudưong.models import ThanhVienTo, ToTuDuong
from tudưong.services.to import quy_mo_to
from tudưong.tables import THANH_VIEN_TABLE, TO_TABLE

from .chung import record_to_export

QUAN_LY = Quyen.QUAN_LY_TU_DUONG
TO = ToTuDuong.objects.select_related("don_vi")
THANH_VIEN = ThanhVienTo.objects.select_related("to__don_vi", "doan_vien", "chi_doan")


@require_quyen(Quyen.XEM_TU_DUONG)
def to_list(request):
    """Groups in view; a ward with one goes straight to it, a branch sees its own members."""
    groups = TO.visible_to(request.user)
    if not request.GET:
        at_work = list(groups.tai_ngay(today())[:2])
        if len(at_work) == 1:
            return redirect(at_work[0])
        if not at_work and not _has_wards(request.user):
            return redirect(f"{reverse('tuduong:thanh_vien_list')}?ngay={today():%d/%m/%Y}")
    return list_page(
        request,
        queryset=groups.with_so_nguoi(today()),
        filterset=ToFilter,
        table=TO_TABLE,
        title="Tổ tu dưỡng",
        noun="tổ",
        template="tuduong/to_list.html",
        on_download=record_to_export,
        create=Create(
            "tuduong:to_create", "Lập tổ tu dưỡng", may=_wards_to_lead(request.user).exists()
        ),
    )


@require_quyen(Quyen.XEM_TU_DUONG)
def to_detail(request, pk):
    to = get_visible_or_404(trang_to.with_quyet_dinh(TO), request.user, pk=pk)
    sessions, quy = trang_to.last_sessions(to), KyBaoCao.quarter_of(today())
    may_manage = request.user.may(QUAN_LY, to.don_vi) and not to.ket_thuc
    hang = trang_to.rows_of(to, sessions, today())
    ke_hoach = trang_to.ke_hoach_cua(to, quy.nam)
    context = {
        "title": to.ten,
        "to": to,
        "hang": hang,
        "quy_mo": quy_mo_to(to, today()),
        "quyet_dinh": trang_to.quyet_dinh_line(to, hang, request.user),
        "ke_hoach": ke_hoach,
        "nam": quy.nam,
        "quy_nay": quy.ten.partition(" năm")[0],
        "viec_quy": ke_hoach.quy_nay(quy.quy) if ke_hoach else (),
        "quy": sessions[: trang_to.SO_QUY][::-1],
        "ky_mo": next((ky for ky in sessions if ky.is_mo), None),
        "quy_can_mo": trang_to.next_quarter(sessions, today()) if may_manage else None,
        "ky_lich_su": trang_to.session_entries(sessions[: trang_to.SO_QUY]),
        "nhiem_vu": trang_to.tasks_due(to),
        "may_manage": may_manage,
        "day": today(),
    }
    return TemplateResponse(request, "tuduong/to_detail.html", context)


@require_quyen(QUAN_LY)
def to_create(request):
    don_vi = _wards_to_lead(request.user).first()
    form = ToForm(request.POST or None, initial={"ten": f"Tổ tu dưỡng {don_vi.ten_noi}"})
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_to(don_vi=don_vi, by=request.user, **data),
        done="Đã lập tổ. Thêm các đồng chí vào tổ.",
        back=lambda to: to.get_absolute_url(),
        back_url=reverse("tuduong:to_list"),
        title="Lập tổ tu dưỡng",
        subtitle=str(don_vi),
        verb="Lập tổ",
    )


@require_quyen(QUAN_LY)
def to_update(request, pk):
    to = get_visible_or_404(TO, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=ToForm(request.POST or None, instance=to),
        save=lambda data: services.update_to(to=to, by=request.user, **data),
        done="Đã sửa thông tin tổ.",
        back=to.get_absolute_url(),
        title="Sửa thông tin tổ",
        verb="Lưu",
    )


@require_quyen(QUAN_LY)
def to_end(request, pk):
    to = get_visible_or_404(TO, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=NgayKetThucForm(request.POST or None),
        save=lambda data: services.end_to(to=to, ngay=data["ngay"], by=request.user),
        done="Đã kết thúc tổ. Lịch sử đánh giá được giữ nguyên.",
        back=to.get_absolute_url(),
        template="core/confirm.html",
        title=f"Kết thúc {to}?",
        text="Các đồng chí đang ở trong tổ thôi tham gia cùng ngày. Không mở lại được.",
        verb="Kết thúc tổ",
        danger=True,
    )


@require_quyen(QUAN_LY)
def thanh_vien_add(request, pk):
    to = get_visible_or_404(TO, request.user, quyen=QUAN_LY, pk=pk)
    form = ThanhVienForm(request.POST or None, to=to)
    return run_form(
        request,
        form=form,
        save=lambda data: services.add_thanh_vien(to=to, by=request.user, **data),
        done=lambda row: f"Đã thêm đồng chí {row} vào tổ.",
        back=to.get_absolute_url(),
        title="Thêm đồng chí vào tổ",
        subtitle=f"{to} · {_quy_mo_line(to)}",
        verb="Thêm vào tổ",
    )


@require_quyen(Quyen.XEM_TU_DUONG)
def thanh_vien_list(request):
    return list_page(
        request,
        queryset=THANH_VIEN.visible_to(request.user),
        filterset=ThanhVienFilter,
        table=THANH_VIEN_TABLE,
        title="Đồng chí trong tổ tu dưỡng",
        noun="đồng chí",
        template="tuduong/list.html",
        on_download=record_to_export,
    )


@require_quyen(Quyen.XEM_TU_DUONG)
def thanh_vien_detail(request, pk):
    thanh_vien = get_visible_or_404(THANH_VIEN, request.user, pk=pk)
    history = trang_to.history_of(thanh_vien.doan_vien_id, date.max)
    chang = duong_di(thanh_vien, history, today())
    is_group_visible = request.user.may(Quyen.XEM_TU_DUONG, thanh_vien.to.don_vi)
    context = {
        "title": thanh_vien.doan_vien.ho_ten,
        "back": thanh_vien.to.get_absolute_url()
        if is_group_visible
        else reverse("tuduong:thanh_vien_list"),
        "thanh_vien": thanh_vien,
        "nhiem_vu": thanh_vien.nhiem_vu.with_tien_do().order_by("-han", "-pk"),
        "latest": next((row for row in history if row.muc), None),
        "quy": trang_to.review_entries(history),
        "chang": chang,
        "hinh": hinh_duong_di(thanh_vien, chang) if chang else "",
        "hinh_ngan": hinh_duong_di(thanh_vien, chang[-SO_QUY_HEP:]) if chang else "",
        "chu_giai": CHU_GIAI,
        "mo_ho_so": trang_to.url_mo_ho_so(thanh_vien, request.user),
        "may_manage": request.user.may(QUAN_LY, thanh_vien.chi_doan)
        and thanh_vien.den_ngay is None,
        "day": today(),
    }
    return TemplateResponse(request, "tuduong/thanh_vien_detail.html", context)


@require_quyen(QUAN_LY)
def thanh_vien_remove(request, pk):
    thanh_vien = get_visible_or_404(THANH_VIEN, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=ThoiThamGiaForm(request.POST or None),
        save=lambda data: services.remove_thanh_vien(
            thanh_vien=thanh_vien, by=request.user, **data
        ),
        done=f"Đồng chí {thanh_vien} thôi tham gia tổ.",
        back=thanh_vien.to.get_absolute_url(),
        template="core/confirm.html",
        title=f"Cho đồng chí {thanh_vien} thôi tham gia tổ?",
        text="Đánh giá và nhiệm vụ đã ghi được giữ nguyên.",
        verb="Cho thôi tham gia",
        danger=True,
    )


def _quy_mo_line(to: ToTuDuong) -> str:
    """ "8/10 đồng chí": how many there are of how many the group may have."""
    so = to.thanh_vien.chua_thoi().count()
    return f"{so}/{quy_mo_to(to, today())} đồng chí"


def _wards_to_lead(user):
    return DonVi.objects.permitted_to(user, QUAN_LY).co_so().dang_hoat_dong(today())


def _has_wards(user):
    """Whether any of the person's roles lies above a branch."""
    roles = [role for role in user.phan_cong_hom_nay if Quyen.XEM_TU_DUONG in role.quyen]
    return any(not role.don_vi.is_chi_doan for role in roles)
