from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django_filters import FilterSet

from chidoan.anh.queries import phan_anh
from chidoan.chon import cac_don_vi, choose_unit
from chidoan.models import BuoiSinhHoat, HoatDong, ThamGiaHoatDong
from chidoan.queries import ngay_xem
from chidoan.views.so import record_download
from core.errors import RuleError
from core.form_page import run_form
from core.listing import Preset, list_page
from core.periods import today
from doanvien.models import DoanVien
from tochuc.chon_ban_do import ban_do_cua_ky
from tochuc.loc import named_pk
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from . import services
from .filters import HoatDongFilter
from .forms import HoatDongForm, ThamGia, ThoiForm, XongForm
from .lich_su import lich_su
from .loai import doc_so, so_luong_bang_chu
from .queries import du_buoi
from .tables import HOAT_DONG_TABLE, THAM_GIA_TABLE, khoang_ngay, kpis, trang_thai
from .trang import HoiTen, TrangChon, ten_da_ghi

XEM, GHI = Quyen.XEM_SINH_HOAT, Quyen.GHI_SINH_HOAT
HOAT_DONG = HoatDong.objects.select_related("don_vi", "buoi", "ghi_boi")
TEMPLATE = "chidoan/hoat_dong/form.html"
HOI_TEN = ("danh_sach", "mo_them", "tim_ten")
"""Sent by the buttons that show more names, or those of the days typed, without saving."""


@require_quyen(XEM)
def hoat_dong_list(request):
    user = request.user
    rows = HoatDong.objects.visible_to(user).select_related("don_vi")
    rows = rows.with_tham_gia().with_anh()
    found = HoatDongFilter(request.GET, queryset=rows, request=request).qs
    nam = ngay_xem(user).year
    return list_page(
        request,
        queryset=rows,
        filterset=HoatDongFilter,
        table=HOAT_DONG_TABLE,
        title="Hoạt động",
        noun="hoạt động",
        template="chidoan/hoat_dong/list.html",
        presets=(
            Preset(f"Năm {nam}", f"ky={nam}"),
            Preset("Công trình", "loai=cong_trinh"),
            Preset("Đang làm", "trang_thai=dang_lam"),
            Preset("Chưa có ảnh", "anh=khong"),
        ),
        on_download=record_download("hoat_dong.export"),
        extra={
            "kpis": kpis(found.chua_thoi().tong()),
            "may_log": user.has_quyen(GHI),
            "url_ghi": _create_url(request.GET.get("don_vi", "")),
            **ban_do_cua_ky(request, XEM),
        },
    )


@require_quyen(XEM)
def hoat_dong_detail(request, pk):
    hoat_dong = get_visible_or_404(HOAT_DONG.with_tham_gia(), request.user, pk=pk)
    may_edit = request.user.may(GHI, hoat_dong.don_vi)
    context = {
        "title": hoat_dong.ten,
        "subtitle": f"{hoat_dong.don_vi} · {khoang_ngay(hoat_dong)}",
        "back": reverse("chidoan:hoat_dong_list"),
        "hoat_dong": hoat_dong,
        "state": trang_thai(hoat_dong),
        "so_luong": so_luong_bang_chu(hoat_dong.loai, hoat_dong.so_luong),
        "tham_gia": hoat_dong.tham_gia.select_related("doan_vien"),
        "lich_su": lich_su(hoat_dong),
        "phan_anh": phan_anh(hoat_dong, user=request.user),
        "may_edit": may_edit,
        "may_delete": may_edit and not services.ly_do_khong_xoa(hoat_dong),
    }
    return TemplateResponse(request, "chidoan/hoat_dong/detail.html", context)


@require_quyen(GHI)
def hoat_dong_create(request):
    buoi = _meeting(request)
    units = [buoi.chi_doan] if buoi else cac_don_vi(request)
    if len(units) != 1:
        page = "chidoan:hoat_dong_create"
        return choose_unit(
            request, units, title="Ghi hoạt động", page=page, icon="hand-heart", key="don_vi"
        )
    (don_vi,) = units
    form = _form(request, HoatDong(don_vi=don_vi, buoi=buoi), _prefilled(buoi))
    return _answer(
        request,
        form,
        TrangChon(form=form, don_vi=don_vi, da_ghi={}, hoi=HoiTen.of(request.POST)),
        save=lambda data: services.create_hoat_dong(
            don_vi=don_vi, buoi=buoi, by=request.user, **_split(data)
        ),
        back_url=buoi.get_absolute_url() if buoi else reverse("chidoan:hoat_dong_list"),
        title="Ghi hoạt động",
        subtitle=f"{don_vi} · kèm buổi ngày {buoi.ngay:%d/%m/%Y}" if buoi else str(don_vi),
        verb="Lưu hoạt động",
    )


@require_quyen(GHI)
def hoat_dong_update(request, pk):
    hoat_dong = _own(request, pk)
    names, tham_gia = ten_da_ghi(hoat_dong)
    form = _form(request, hoat_dong, {"tham_gia": tham_gia})

    def save(data):
        values = _split(data)
        values.pop("client_id")
        return services.update_hoat_dong(hoat_dong=hoat_dong, by=request.user, **values)

    return _answer(
        request,
        form,
        TrangChon(form=form, don_vi=hoat_dong.don_vi, da_ghi=names, hoi=HoiTen.of(request.POST)),
        save=save,
        back_url=hoat_dong.get_absolute_url(),
        title="Sửa hoạt động",
        subtitle=str(hoat_dong.don_vi),
        verb="Lưu",
    )


@require_quyen(GHI)
def hoat_dong_finish(request, pk):
    hoat_dong = _own(request, pk)
    return run_form(
        request,
        form=XongForm(request.POST or None, hoat_dong=hoat_dong),
        save=lambda data: services.finish_hoat_dong(hoat_dong=hoat_dong, by=request.user, **data),
        done="Đã ghi kết quả.",
        back=hoat_dong.get_absolute_url(),
        title="Báo xong",
        subtitle=hoat_dong.ten,
        verb="Đã xong",
    )


@require_quyen(GHI)
def hoat_dong_drop(request, pk):
    hoat_dong = _own(request, pk)
    return run_form(
        request,
        form=ThoiForm(request.POST or None),
        save=lambda data: services.drop_hoat_dong(hoat_dong=hoat_dong, by=request.user, **data),
        done="Đã ghi thôi làm. Muốn làm lại, bấm Sửa và chọn «Đang làm».",
        back=hoat_dong.get_absolute_url(),
        title="Thôi làm",
        subtitle=hoat_dong.ten,
        verb="Thôi làm",
    )


@require_quyen(GHI)
def hoat_dong_delete(request, pk):
    hoat_dong = _own(request, pk)
    if request.method == "POST":
        try:
            services.delete_hoat_dong(hoat_dong=hoat_dong, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
            return redirect(hoat_dong)
        messages.success(request, f"Đã xóa «{hoat_dong.ten}».")
        return redirect("chidoan:hoat_dong_list")
    context = {
        "title": f"Xóa «{hoat_dong.ten}»?",
        "text": "Chỉ xóa khi ghi nhầm. Tên người tham gia và số liệu của hoạt động sẽ mất.",
        "verb": "Xóa",
        "danger": True,
        "back": hoat_dong.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(XEM)
def hoat_dong_cua(request, pk):
    """What one member took part in, with the year's number and days of work."""
    people = DoanVien.objects.select_related("chi_doan")
    doan_vien = get_visible_or_404(people, request.user, pk=pk)
    rows = ThamGiaHoatDong.objects.visible_to(request.user).cua_doan_vien(doan_vien)
    nam = doan_vien.chi_doan.ngay_so_lieu(today()).year
    tong = rows.trong_nam(nam).so_lan_va_cong()
    return list_page(
        request,
        queryset=rows,
        filterset=FilterSet,
        table=THAM_GIA_TABLE,
        title=f"Hoạt động đã tham gia: {doan_vien.ho_ten}",
        noun="hoạt động",
        template="chidoan/hoat_dong/cua_doan_vien.html",
        on_download=record_download("hoat_dong.export"),
        extra={
            "subtitle": f"{doan_vien.chi_doan} · năm {nam}: {tong['lan']} hoạt động, "
            f"{doc_so(tong['cong'])} ngày công",
            "back": doan_vien.get_absolute_url(),
            "crumbs": [
                ("Đoàn viên", reverse("doanvien:list")),
                (doan_vien.ho_ten, doan_vien.get_absolute_url()),
                ("Hoạt động", ""),
            ],
            "doan_vien": doan_vien,
        },
    )


def _form(request, hoat_dong: HoatDong, initial: dict) -> HoatDongForm:
    """The form as sent; one that only asks for names again is shown as typed, unchecked."""
    if not _asks_names(request):
        return HoatDongForm(request.POST or None, instance=hoat_dong, initial=initial)
    typed = request.POST.dict()
    field = HoatDongForm.base_fields["tham_gia"]
    typed["tham_gia"] = field.widget.value_from_datadict(request.POST, {}, "tham_gia")
    return HoatDongForm(instance=hoat_dong, initial=initial | typed)


def _asks_names(request) -> bool:
    return any(name in request.POST for name in HOI_TEN)


def _answer(request, form, page, *, save, **context):
    if _asks_names(request):
        context |= {"form": form, "page": page, "back": context["back_url"]}
        return TemplateResponse(request, TEMPLATE, context)
    return run_form(
        request,
        form=form,
        save=save,
        done=lambda saved: f"Đã ghi «{saved.ten}».",
        back=lambda saved: saved.get_absolute_url(),
        template=TEMPLATE,
        page=page,
        **context,
    )


def _split(data: dict) -> dict:
    """What the services take: columns apart from participants, version and key."""
    data = dict(data)
    rest = {name: data.pop(name) for name in ("version", "client_id")}
    return {"tham_gia": data.pop("tham_gia").cong, "values": data, **rest}


def _own(request, pk) -> HoatDong:
    return get_visible_or_404(HOAT_DONG, request.user, quyen=GHI, pk=pk)


def _prefilled(buoi: BuoiSinhHoat | None) -> dict:
    """Day, place and those present, when it is alongside a meeting."""
    if buoi is None:
        return {}
    return {
        "tu_ngay": min(buoi.ngay, today()),
        "dia_diem": buoi.dia_diem,
        "tham_gia": ThamGia(du_buoi(buoi)),
    }


def _meeting(request) -> BuoiSinhHoat | None:
    named = request.GET.get("buoi", "")
    if not named:
        return None
    rows = BuoiSinhHoat.objects.select_related("chi_doan")
    return get_visible_or_404(rows, request.user, quyen=GHI, pk=named_pk(named))


def _create_url(don_vi: str) -> str:
    """For the unit that the list is about, when it is about one."""
    url = reverse("chidoan:hoat_dong_create")
    return f"{url}?don_vi={don_vi}" if don_vi.isdecimal() else url
