"""Offices of a ward and its branches: the list, one term with its history, and what changes it."""

from django import forms
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from chidoan.models import ChiDoan, ChucVu, DeNghiNhanSu
from chidoan.queries import ngay_xem
from core.form_page import run_form
from core.listing import Preset, list_page
from core.periods import read_day, today
from core.text.display import ngay as show_day
from doanvien.tai_ve import quyen_cua
from tochuc.audit import record
from tochuc.chon_ban_do import chon_cua_danh_sach, kept
from tochuc.loc import named_pk
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.quy_dinh import gia_tri

from . import services
from .filters import ChucVuFilter, KhuyetFilter
from .forms import CapTaiKhoanForm, ChucVuForm, KetThucForm, LyDoVangForm, SuaChucVuForm
from .tables import chuc_vu_table, khuyet_table
from .trang import trang_chuc_vu

ASSIGN = Quyen.PHAN_CONG_PHU_TRACH
ACCOUNTS = Quyen.QUAN_LY_TAI_KHOAN
PRESETS = (
    Preset("Đương nhiệm", "tinh_trang=duong_nhiem"),
    Preset("Bí thư chi đoàn", "tinh_trang=duong_nhiem&chuc_danh=bi_thu&cap=chi_doan"),
    Preset("Quyền, lâm thời", "tinh_trang=tam_quyen"),
    Preset("Đi làm xa", "tinh_trang=di_xa"),
)


@require_quyen(Quyen.XEM_CAN_BO)
def chuc_vu_list(request):
    day = read_day(request.GET.get("ngay"))
    chosen = chon_cua_danh_sach(request, Quyen.XEM_CAN_BO, day)
    rows = ChucVu.objects.permitted_to(request.user, quyen_cua(request, Quyen.XEM_CAN_BO))
    return list_page(
        request,
        queryset=rows.cho_list().theo_thu_bac(),
        filterset=ChucVuFilter,
        table=chuc_vu_table(day),
        title="Chức vụ",
        noun="nhiệm kỳ",
        presets=PRESETS,
        template="chidoan/chuc_vu/list.html",
        on_download=_record_download,
        extra={
            "day": day,
            "subtitle": f"Tình trạng tính đến {show_day(day)}",
            "kept": _kept(day) + kept(chosen),
            "ban_do": chosen,
            "may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(Quyen.XEM_CAN_BO)
def khuyet_bi_thu_list(request):
    """Exactly the branches that the ward's duty counts."""
    user = request.user
    day = ngay_xem(user, read_day(request.GET.get("ngay")))
    chosen = chon_cua_danh_sach(request, Quyen.XEM_CAN_BO, day)
    so_ngay = gia_tri("trong_bi_thu_ngay", ngay=day, don_vi=user.phan_cong_chinh.don_vi)
    rows = (
        ChiDoan.objects.permitted_to(user, quyen_cua(request, Quyen.XEM_CAN_BO))
        .dang_hoat_dong(day)
        .khuyet_bi_thu(day, so_ngay)
        .with_so_doan_vien(day)
        .with_bi_thu_truoc(day)
        .with_can_bo(day)
        .order_by("path")
    )
    return list_page(
        request,
        queryset=rows,
        filterset=KhuyetFilter,
        table=khuyet_table(day, may_assign=user.has_quyen(ASSIGN)),
        title="Chi đoàn khuyết bí thư",
        noun="chi đoàn",
        template="chidoan/chuc_vu/khuyet.html",
        on_download=_record_download,
        extra={
            "subtitle": f"Từ {so_ngay} ngày trở lên, tính đến {show_day(day)}",
            "kept": _kept(day) + kept(chosen),
            "ban_do": chosen,
            "may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(Quyen.XEM_DON_VI)
def chuc_vu_detail(request, pk):
    rows = ChucVu.objects.select_related("don_vi", "doan_vien__chi_doan", "phan_cong__nguoi_dung")
    chuc_vu = get_visible_or_404(rows, request.user, pk=pk)
    return TemplateResponse(
        request, "chidoan/chuc_vu/detail.html", trang_chuc_vu(request.user, chuc_vu)
    )


@sensitive_post_parameters("password")
@require_quyen(ASSIGN)
def chuc_vu_create(request, pk):
    don_vi = get_visible_or_404(DonVi.objects, request.user, quyen=ASSIGN, pk=pk)
    form = ChucVuForm(
        request.POST or None, user=request.user, don_vi=don_vi, initial=_asked(request, don_vi)
    )
    return run_form(
        request,
        form=form,
        save=lambda _: services.add_chuc_vu(don_vi=don_vi, by=request.user, **form.build()),
        done=_da_ghi,
        back=_home_of(don_vi),
        template="chidoan/chuc_vu/form.html",
        title="Ghi chức vụ",
        subtitle=str(don_vi),
        verb="Ghi chức vụ",
    )


@require_quyen(ASSIGN)
def chuc_vu_update(request, pk):
    chuc_vu = _assignable(request, pk)
    form = SuaChucVuForm(request.POST or None, dong=chuc_vu)
    return run_form(
        request,
        form=form,
        save=lambda _: services.update_chuc_vu(chuc_vu=chuc_vu, by=request.user, **form.build()),
        done="Đã sửa nhiệm kỳ.",
        back=chuc_vu.get_absolute_url(),
        template="chidoan/chuc_vu/form.html",
        title=f"Sửa nhiệm kỳ {chuc_vu}",
        subtitle="Ghi nhầm người hoặc chức danh thì xóa nhiệm kỳ rồi ghi lại.",
        verb="Lưu",
    )


@require_quyen(ASSIGN)
def chuc_vu_end(request, pk):
    chuc_vu = _assignable(request, pk)
    account = chuc_vu.phan_cong and chuc_vu.phan_cong.nguoi_dung.username
    losing = f" Tài khoản {account} hết quyền cùng ngày." if account else ""
    return run_form(
        request,
        form=KetThucForm(request.POST or None),
        save=lambda data: services.end_chuc_vu(chuc_vu=chuc_vu, by=request.user, **data),
        done=f"Đã kết thúc nhiệm kỳ của đồng chí {chuc_vu.ho_ten}.",
        back=_home_of(chuc_vu.don_vi),
        title=f"Kết thúc nhiệm kỳ {chuc_vu}",
        subtitle=f"{chuc_vu.don_vi} · từ {show_day(chuc_vu.tu_ngay)}.{losing}",
        verb="Kết thúc nhiệm kỳ",
    )


@require_quyen(ASSIGN)
def chuc_vu_reopen(request, pk):
    chuc_vu = _assignable(request, pk)
    return _confirm(
        request,
        chuc_vu,
        services.reopen_chuc_vu,
        done=f"Đồng chí {chuc_vu.ho_ten} tiếp tục giữ chức.",
        title=f"Mở lại nhiệm kỳ {chuc_vu}?",
        text="Dùng khi đã ghi kết thúc nhầm. Nhiệm kỳ tiếp tục như chưa kết thúc; "
        "tài khoản đi với chức vụ có quyền trở lại.",
        verb="Mở lại nhiệm kỳ",
    )


@require_quyen(ASSIGN)
def chuc_vu_delete(request, pk):
    chuc_vu = _assignable(request, pk)
    home = _home_of(chuc_vu.don_vi)
    return _confirm(
        request,
        chuc_vu,
        services.delete_chuc_vu,
        done="Đã xóa nhiệm kỳ ghi nhầm.",
        to=home,
        title=f"Xóa nhiệm kỳ {chuc_vu}?",
        text="Chỉ xóa khi ghi nhầm. Người thôi giữ chức thì kết thúc nhiệm kỳ, để còn lịch sử.",
        verb="Xóa nhiệm kỳ",
        danger=True,
    )


@require_quyen(ASSIGN)
def chuc_vu_di_xa(request, pk):
    chuc_vu = _assignable(request, pk)
    return run_form(
        request,
        form=LyDoVangForm(request.POST or None, initial={"ly_do": chuc_vu.ly_do_vang}),
        save=lambda data: services.explain_di_xa(chuc_vu=chuc_vu, by=request.user, **data),
        done="Đã ghi lý do.",
        back=chuc_vu.get_absolute_url(),
        title=f"{chuc_vu} đang đi làm xa",
        subtitle=f"{chuc_vu.don_vi}. Ghi lý do nếu vẫn giữ chức; không thì kết thúc nhiệm kỳ.",
        verb="Ghi lý do",
    )


@sensitive_post_parameters("password")
@require_quyen(ACCOUNTS)
def chuc_vu_tai_khoan(request, pk):
    rows = ChucVu.objects.select_related("don_vi", "phan_cong__nguoi_dung")
    chuc_vu = get_visible_or_404(rows, request.user, quyen=ACCOUNTS, pk=pk)
    form = CapTaiKhoanForm(
        request.POST or None,
        user=request.user,
        don_vi=chuc_vu.don_vi,
        initial=_goi_y(chuc_vu),
    )
    return run_form(
        request,
        form=form,
        save=lambda _: services.set_account(chuc_vu=chuc_vu, by=request.user, **form.build()),
        done=_da_ghi,
        back=chuc_vu.get_absolute_url(),
        template="chidoan/chuc_vu/form.html",
        title=f"Tài khoản của {chuc_vu}",
        subtitle=str(chuc_vu.don_vi),
        verb="Cấp tài khoản",
    )


def _assignable(request, pk) -> ChucVu:
    rows = ChucVu.objects.select_related("don_vi", "doan_vien", "phan_cong__nguoi_dung")
    return get_visible_or_404(rows, request.user, quyen=ASSIGN, pk=pk)


def _confirm(request, chuc_vu, service, *, done, to="", **words):
    return run_form(
        request,
        form=forms.Form(request.POST or None),
        save=lambda _: service(chuc_vu=chuc_vu, by=request.user),
        done=done,
        back=to or chuc_vu.get_absolute_url(),
        template="core/confirm.html",
        subtitle=str(chuc_vu.don_vi),
        **words,
    )


def _asked(request, don_vi: DonVi) -> dict:
    """Whom the address names for which office, with the reason that the ward agreed to."""
    asked = {name: request.GET.get(name, "") for name in ("doan_vien", "chuc_danh")}
    if asked["doan_vien"]:
        person = named_pk(asked["doan_vien"])
        agreed = DeNghiNhanSu.objects.ly_do_da_dong_y(don_vi, person, asked["chuc_danh"])
        asked["ly_do_di_xa"] = agreed
    return asked


def _da_ghi(chuc_vu: ChucVu) -> str:
    """The message after an office is recorded: what the account may do from when."""
    role = chuc_vu.phan_cong
    if role is None:
        return "Đã ghi chức vụ."
    begins = "từ hôm nay" if role.tu_ngay <= today() else f"từ ngày {show_day(role.tu_ngay)}"
    return f"Đã ghi chức vụ. Tài khoản {role.nguoi_dung.username} có quyền {begins}."


def _goi_y(chuc_vu: ChucVu) -> dict:
    phone = chuc_vu.doan_vien.dien_thoai if chuc_vu.doan_vien else ""
    return {"dien_thoai": phone}


def _home_of(don_vi: DonVi) -> str:
    name = "chidoan:detail" if don_vi.is_chi_doan else "chidoan:bch"
    return reverse(name, args=[don_vi.pk])


def _kept(day):
    return [("ngay", show_day(day))] if day != today() else []


def _record_download(request, rows):
    unit = request.user.don_vi
    record(by=request.user, hanh_dong="chuc_vu.export", don_vi=unit, so_dong=rows)
