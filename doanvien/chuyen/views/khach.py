"""Temporary members and participants at residence: who is here, who is away, what was said."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.listing import list_page
from core.periods import today
from core.text.display import ngay as show_day
from doanvien.chuyen import khach
from doanvien.chuyen.filters import KHACH_DI, KhachFilter
from doanvien.chuyen.forms import HanForm, NguoiCuTruForm, NhanXetCuTruForm
from doanvien.chuyen.tables import khach_table
from doanvien.ly_lich import NHAY_CAM
from doanvien.models import QuaTrinh
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen


@require_quyen(Quyen.XEM_DOAN_VIEN)
def khach_list(request):
    user, day = request.user, today()
    chieu = request.GET.get("chieu", "")
    rows = (
        QuaTrinh.objects.khach_di(user) if chieu == KHACH_DI else QuaTrinh.objects.khach_den(user)
    )
    return list_page(
        request,
        queryset=rows.cho_trang_khach(),
        filterset=partial(KhachFilter, day=day),
        table=khach_table(day),
        title="Tạm thời, nơi cư trú",
        noun="đồng chí",
        template="doanvien/khach_list.html",
        on_download=_record_download,
        extra={
            "parts": [
                {"label": "Đang nhận về", "url": "?", "active": chieu != KHACH_DI},
                {"label": "Đang gửi đi", "url": f"?chieu={KHACH_DI}", "active": chieu == KHACH_DI},
            ],
            "may_add": user.has_quyen(Quyen.SUA_DOAN_VIEN),
        },
    )


@require_quyen(Quyen.XEM_DOAN_VIEN)
def khach_detail(request, pk):
    rows = QuaTrinh.objects.khach(request.user).cho_trang_khach()
    period = get_object_or_404(rows, pk=pk)
    person, list_url = period.doan_vien, reverse("doanvien:khach_list")
    may_open = request.user.may(Quyen.XEM_DOAN_VIEN, person.chi_doan)
    running = period.den_ngay is None or period.den_ngay >= today()
    context = {
        "title": person.ho_ten,
        "subtitle": f"{period.get_loai_display()} · {period.chi_doan}",
        "back": list_url,
        "crumbs": [("Tạm thời, nơi cư trú", list_url), (person.ho_ten, "")],
        "period": period,
        "facts": [
            ("Đồng chí", person.ho_ten, person.get_absolute_url() if may_open else ""),
            ("Chính thức tại", period.noi_goc),
            ("Tham gia tại", str(period.chi_doan)),
            ("Từ ngày", show_day(period.tu_ngay)),
            ("Đến hết ngày", show_day(period.den_ngay) or "chưa định"),
        ],
        "remarks": period.nhan_xet_cu_tru.all(),
        "is_running": running,
        "may_edit": request.user.may(Quyen.SUA_DOAN_VIEN, period.chi_doan),
    }
    return TemplateResponse(request, "doanvien/khach_detail.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def khach_create(request):
    user = request.user
    readable = NHAY_CAM if user.has_quyen(Quyen.XEM_NHAY_CAM) else NHAY_CAM[:2]
    form = NguoiCuTruForm(request.POST or None, user=user, readable=readable)

    def save(data):
        days = {name: data[name] for name in ("tu_ngay", "den_ngay")}
        return khach.add_participant(doan_vien=form.build(), by=user, **days)

    return run_form(
        request,
        form=form,
        save=save,
        done=lambda period: f"Đã thêm {period.doan_vien} vào danh sách nơi cư trú.",
        back=lambda period: reverse("doanvien:khach_detail", args=[period.pk]),
        back_url=reverse("doanvien:khach_list"),
        template="doanvien/form.html",
        title="Thêm đoàn viên nơi cư trú",
        subtitle="Sinh hoạt chính thức ở nơi khác, không tính vào số đoàn viên của chi đoàn.",
        verb="Thêm",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def khach_set_end(request, pk):
    period = _own_guest(request, pk)
    return run_form(
        request,
        form=HanForm(request.POST or None, initial={"den_ngay": period.den_ngay or today()}),
        save=lambda data: khach.set_end(period=period, by=request.user, **data),
        done=lambda row: f"Đã ghi: đến hết ngày {row.den_ngay:%d/%m/%Y}.",
        back=reverse("doanvien:khach_detail", args=[pk]),
        back_url=reverse("doanvien:khach_detail", args=[pk]),
        title="Gia hạn hoặc kết thúc sớm",
        subtitle=f"{period.doan_vien.ho_ten} · {period.chi_doan}",
        verb="Ghi ngày",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def khach_comment(request, pk):
    period = _own_guest(request, pk)
    return run_form(
        request,
        form=NhanXetCuTruForm(request.POST or None, initial={"nam": today().year}),
        save=lambda data: khach.record_nhan_xet(period=period, by=request.user, **data),
        done="Đã ghi nhận xét. Chi đoàn chính thức xem được khi xếp loại.",
        back=reverse("doanvien:khach_detail", args=[pk]),
        back_url=reverse("doanvien:khach_detail", args=[pk]),
        title="Nhận xét của nơi cư trú",
        subtitle=f"{period.doan_vien.ho_ten} · {period.noi_goc}",
        verb="Ghi nhận xét",
    )


def _own_guest(request, pk) -> QuaTrinh:
    """A guest of an own branch: its host says until when, and how he took part."""
    rows = QuaTrinh.objects.khong_chinh_thuc().cho_trang_khach()
    return get_visible_or_404(rows, request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk)


def _record_download(request, rows):
    record(by=request.user, hanh_dong="khach.export", don_vi=request.user.don_vi, so_dong=rows)
