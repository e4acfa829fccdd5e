"""Lớp bồi dưỡng nhận thức về Đảng: who is sent, how it ended, who waits for a place."""

from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.listing import Create, Preset, list_page
from core.periods import today
from core.text.display import ngay as show_ngay
from tochuc.loc import is_khoa
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tudưong import services
from tudưong.filters import ThanhVienFilter
from tudưong.filters_nguon import NhanThucFilter
from tudưong.forms.nguon import ChungNhanForm, CuDiHocForm, NhanThucForm
from tudưong.models import BoiDuongNhanThuc, ThanhVienTo
from tudưong.tables_nguon import CHO_LOP_TABLE, NHAN_THUC_TABLE, trang_thai_nhan_thuc

from .chung import record_to_export
from .to import THANH_VIEN

XEM, QUAN_LY = Quyen.XEM_TU_DUONG, Quyen.QUAN_LY_TU_DUONG
NHAN_THUC = BoiDuongNhanThuc.objects.select_related("doan_vien__chi_doan")
LIST = "tuduong:nhan_thuc_list"


@require_quyen(XEM)
def nhan_thuc_list(request):
    leads = request.user.has_quyen(QUAN_LY)
    waiting = ThanhVienTo.objects.visible_to(request.user).cho_lop(today())
    return list_page(
        request,
        queryset=NHAN_THUC.visible_to(request.user),
        filterset=NhanThucFilter,
        table=NHAN_THUC_TABLE,
        title="Lớp bồi dưỡng nhận thức về Đảng",
        noun="lượt học",
        template="tuduong/nhan_thuc_list.html",
        presets=[Preset("hết hạn, sắp hết hạn", f"tinh_trang={NhanThucFilter.HET_HAN}")],
        create=Create("tuduong:nhan_thuc_send", "Cử đi học", may=leads),
        on_download=record_to_export,
        extra={"may_manage": leads, "so_cho": waiting.count()},
    )


@require_quyen(XEM)
def cho_lop_list(request):
    """Members of groups who need the class: none running, no certificate that counts."""
    leads = request.user.has_quyen(QUAN_LY)
    return list_page(
        request,
        queryset=THANH_VIEN.visible_to(request.user).cho_lop(today()),
        filterset=ThanhVienFilter,
        table=CHO_LOP_TABLE,
        title="Chờ lớp nhận thức về Đảng",
        noun="đồng chí",
        template="tuduong/list.html",
        create=Create("tuduong:nhan_thuc_send", "Cử đi học", may=leads),
        on_download=record_to_export,
    )


@require_quyen(QUAN_LY)
def nhan_thuc_send(request):
    chon = [int(pk) for pk in request.GET.getlist("doan_vien") if is_khoa(pk)]
    return run_form(
        request,
        form=CuDiHocForm(request.POST or None, user=request.user, chon=chon),
        save=lambda data: services.send_to_class(by=request.user, **data),
        done=lambda rows: f"Đã cử {len(rows)} đồng chí đi học.",
        back=reverse(LIST),
        title="Cử đi học lớp nhận thức về Đảng",
        verb="Cử đi học",
    )


@require_quyen(QUAN_LY)
def chung_nhan_record(request):
    return run_form(
        request,
        form=ChungNhanForm(request.POST or None, user=request.user),
        save=lambda data: services.record_chung_nhan(by=request.user, **data),
        done=lambda row: f"Đã ghi giấy chứng nhận, giá trị đến {show_ngay(row.hieu_luc_den)}.",
        back=reverse(LIST),
        title="Ghi giấy chứng nhận đã có",
        subtitle="Của đồng chí đã học lớp nhận thức về Đảng trước đây hoặc ở nơi khác",
        verb="Ghi giấy chứng nhận",
    )


@require_quyen(XEM)
def nhan_thuc_detail(request, pk):
    row = get_visible_or_404(NHAN_THUC, request.user, pk=pk)
    nguoi = row.doan_vien
    facts = [
        ("Đồng chí", f"{nguoi.ho_ten}, {nguoi.chi_doan}", nguoi.get_absolute_url()),
        ("Lớp", row.lop),
        ("Nơi học", row.noi_hoc),
        ("Thời gian", " – ".join(show_ngay(day) for day in (row.tu_ngay, row.den_ngay) if day)),
        ("Số giấy chứng nhận", row.so_chung_nhan),
        ("Ngày cấp", show_ngay(row.ngay_cap) if row.ngay_cap else ""),
        ("Giá trị đến", show_ngay(row.hieu_luc_den) if row.hieu_luc_den else ""),
        ("Ghi chú", row.ghi_chu),
    ]
    context = {
        "title": nguoi.ho_ten,
        "subtitle": "Lớp bồi dưỡng nhận thức về Đảng",
        "back": reverse(LIST),
        "row": row,
        "state": trang_thai_nhan_thuc(row),
        "facts": [fact for fact in facts if fact[1]],
        "may_manage": request.user.may(QUAN_LY, nguoi.chi_doan),
    }
    return TemplateResponse(request, "tuduong/nhan_thuc.html", context)


@require_quyen(QUAN_LY)
def nhan_thuc_update(request, pk):
    row = get_visible_or_404(NHAN_THUC, request.user, quyen=QUAN_LY, pk=pk)
    return run_form(
        request,
        form=NhanThucForm(request.POST or None, instance=row),
        save=lambda data: services.update_lop(row=row, by=request.user, **data),
        done="Đã ghi. Hồ sơ giới thiệu đang mở của đồng chí đã có giấy chứng nhận này."
        if request.POST.get("trang_thai") == BoiDuongNhanThuc.TrangThai.DUOC_CAP
        else "Đã ghi.",
        back=row.get_absolute_url(),
        title="Ghi kết quả học",
        subtitle=f"{row.doan_vien.ho_ten} · {row}",
        verb="Lưu",
    )
