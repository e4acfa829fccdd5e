"""Economic models and supports: lists and forms; what concerns one member."""

from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.models import HoTro, MoHinhKinhTe, ToTietKiem
from chidoan.sinh_ke import services
from chidoan.sinh_ke.filters import HoTroFilter, MoHinhKinhTeFilter
from chidoan.sinh_ke.forms import HoTroForm, MoHinhKinhTeForm
from chidoan.sinh_ke.tables import HO_TRO_TABLE, MO_HINH_TABLE, kpis_ho_tro
from chidoan.views.so import record_download
from core.form_page import run_form
from core.listing import Create, Preset, list_page
from core.periods import today
from doanvien.models import DoanVien
from doanvien.tai_ve import quyen_cua
from tochuc.loc import named_unit
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .chung import GHI, XEM, confirm_delete

MO_HINH, HO_TRO = "chidoan:mo_hinh_kinh_te_list", "chidoan:ho_tro_list"
CAC_MO_HINH = MoHinhKinhTe.objects.select_related("chi_doan", "doan_vien")
CAC_HO_TRO = HoTro.objects.select_related("don_vi", "doan_vien")


@require_quyen(XEM)
def mo_hinh_kinh_te_list(request):
    rows = MoHinhKinhTe.objects.permitted_to(request.user, quyen_cua(request, XEM))
    return list_page(
        request,
        queryset=rows.for_list(),
        filterset=MoHinhKinhTeFilter,
        table=MO_HINH_TABLE,
        title="Mô hình kinh tế của đoàn viên",
        noun="mô hình",
        template="chidoan/sinh_ke/mo_hinh_list.html",
        presets=(Preset("Đang làm", "trang_thai=dang_lam"),),
        on_download=record_download("mo_hinh_kinh_te.export"),
        create=Create(
            "chidoan:mo_hinh_kinh_te_create", "Ghi mô hình", may=request.user.has_quyen(GHI)
        ),
        extra={"may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN)},
    )


@require_quyen(GHI)
def mo_hinh_kinh_te_create(request):
    don_vi = named_unit(request, GHI)
    form = MoHinhKinhTeForm(
        request.POST or None,
        don_vi=don_vi,
        initial={"doan_vien": request.GET.get("doan_vien", "")},
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_mo_hinh(by=request.user, **form.values()),
        done=lambda saved: f"Đã ghi mô hình «{saved}».",
        back=reverse(MO_HINH),
        title="Ghi mô hình kinh tế",
        subtitle=str(don_vi),
        verb="Lưu",
    )


@require_quyen(XEM)
def mo_hinh_kinh_te_edit(request, pk):
    """Who may write has the form, others the same facts to read."""
    row = get_visible_or_404(CAC_MO_HINH, request.user, pk=pk)
    if not request.user.may(GHI, row.chi_doan):
        return _facts(request, row, row.ten, MO_HINH, _mo_hinh_facts(row))
    form = MoHinhKinhTeForm(request.POST or None, instance=row, don_vi=row.chi_doan)
    return run_form(
        request,
        form=form,
        save=lambda data: services.update_mo_hinh(
            mo_hinh=row, version=data["version"] or 0, by=request.user, **form.values()
        ),
        done="Đã lưu.",
        back=reverse(MO_HINH),
        title="Mô hình kinh tế",
        subtitle=f"{row.doan_vien} · {row.chi_doan}",
        verb="Lưu",
        template="chidoan/sinh_ke/form.html",
        delete_url=reverse("chidoan:mo_hinh_kinh_te_delete", args=[pk]),
    )


def _mo_hinh_facts(row: MoHinhKinhTe) -> list[tuple]:
    return [
        ("Đoàn viên", str(row.doan_vien), row.doan_vien.get_absolute_url()),
        ("Chi đoàn", str(row.chi_doan)),
        ("Loại", row.get_loai_display()),
        ("Quy mô", row.quy_mo),
        ("Địa điểm", row.dia_diem),
        ("Thu nhập một năm (đồng)", row.thu_nhap),
        ("Lao động", row.lao_dong),
        ("Làm từ", row.tu_ngay),
        ("Thôi làm sau", row.den_ngay),
        ("Tình trạng", row.get_trang_thai_display()),
    ]


def _facts(request, row, title: str, page: str, facts: list[tuple]):
    context = {"title": title, "back": reverse(page), "facts": facts}
    return TemplateResponse(request, "chidoan/sinh_ke/xem.html", context)


@require_quyen(GHI)
def mo_hinh_kinh_te_delete(request, pk):
    row = get_visible_or_404(CAC_MO_HINH, request.user, quyen=GHI, pk=pk)
    return confirm_delete(
        request,
        row=row,
        delete=lambda: services.delete_mo_hinh(mo_hinh=row, by=request.user),
        title=f"Xóa mô hình «{row}»?",
        text="Chỉ xóa khi ghi nhầm. Đã thôi làm thì sửa tình trạng.",
        back=row.get_absolute_url(),
        done_at=reverse(MO_HINH),
    )


@require_quyen(XEM)
def ho_tro_list(request):
    rows = HoTro.objects.permitted_to(request.user, quyen_cua(request, XEM)).for_list()
    found = HoTroFilter(request.GET, queryset=rows, request=request).qs
    nam = today().year
    kept = {name: request.GET[name] for name in ("ky", "don_vi") if request.GET.get(name)}
    query = "".join(f"&{name}={value}" for name, value in kept.items())
    return list_page(
        request,
        queryset=rows,
        filterset=HoTroFilter,
        table=HO_TRO_TABLE,
        title="Vốn, việc làm, giúp đỡ",
        noun="lượt",
        template="chidoan/sinh_ke/ho_tro_list.html",
        presets=(
            Preset(f"Năm {nam}", f"ky={nam}"),
            Preset("Vay vốn", "loai=vay_von"),
            Preset("Việc làm", "loai=viec_lam"),
        ),
        on_download=record_download("ho_tro.export"),
        create=Create("chidoan:ho_tro_create", "Ghi việc hỗ trợ", may=request.user.has_quyen(GHI)),
        extra={
            "kpis": kpis_ho_tro(found.dem_theo_loai(), query),
            "may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(GHI)
def ho_tro_create(request):
    don_vi = named_unit(request, GHI)
    form = HoTroForm(
        request.POST or None,
        don_vi=don_vi,
        initial={
            "doan_vien": request.GET.get("doan_vien", ""),
            "loai": request.GET.get("loai", ""),
        },
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_ho_tro(don_vi=don_vi, by=request.user, **form.values()),
        done="Đã ghi.",
        back=reverse(HO_TRO),
        title="Ghi việc hỗ trợ",
        subtitle=str(don_vi),
        verb="Lưu",
    )


@require_quyen(XEM)
def ho_tro_edit(request, pk):
    """Who may write has the form, others the same facts to read."""
    row = get_visible_or_404(CAC_HO_TRO, request.user, pk=pk)
    if not request.user.may(GHI, row.don_vi):
        return _facts(request, row, str(row), HO_TRO, _ho_tro_facts(row))
    form = HoTroForm(request.POST or None, instance=row, don_vi=row.don_vi)
    return run_form(
        request,
        form=form,
        save=lambda data: services.update_ho_tro(
            ho_tro=row, version=data["version"] or 0, by=request.user, **form.values()
        ),
        done="Đã lưu.",
        back=reverse(HO_TRO),
        title="Việc hỗ trợ",
        subtitle=f"{row.cho_ai} · {row.don_vi}",
        verb="Lưu",
        template="chidoan/sinh_ke/form.html",
        delete_url=reverse("chidoan:ho_tro_delete", args=[pk]),
    )


def _ho_tro_facts(row: HoTro) -> list[tuple]:
    person = row.doan_vien
    return [
        ("Người được giúp", row.cho_ai, person.get_absolute_url() if person else ""),
        ("Loại", row.get_loai_display()),
        ("Đơn vị", str(row.don_vi)),
        ("Ngày", row.ngay),
        ("Số tiền (đồng)", row.so_tien),
        ("Nội dung, kết quả", row.ket_qua),
    ]


@require_quyen(GHI)
def ho_tro_delete(request, pk):
    row = get_visible_or_404(CAC_HO_TRO, request.user, quyen=GHI, pk=pk)
    return confirm_delete(
        request,
        row=row,
        delete=lambda: services.delete_ho_tro(ho_tro=row, by=request.user),
        title="Xóa việc hỗ trợ này?",
        text=f"{row}. Chỉ xóa khi ghi nhầm.",
        back=row.get_absolute_url(),
        done_at=reverse(HO_TRO),
    )


@require_quyen(XEM)
def sinh_ke_cua(request, pk):
    """The tab of one member: groups led, economic models, supports."""
    people = DoanVien.objects.select_related("chi_doan")
    doan_vien = get_visible_or_404(people, request.user, pk=pk)
    user = request.user
    context = {
        "title": doan_vien.ho_ten,
        "subtitle": f"{doan_vien.chi_doan} · sinh kế",
        "back": doan_vien.get_absolute_url(),
        "doan_vien": doan_vien,
        "to": list(ToTietKiem.objects.visible_to(user).cua_to_truong(doan_vien).for_list()),
        "mo_hinh": list(MoHinhKinhTe.objects.visible_to(user).cua(doan_vien).for_list()),
        "ho_tro": list(HoTro.objects.visible_to(user).cua(doan_vien).for_list()),
        "may_write": user.may(GHI, doan_vien.chi_doan),
    }
    return TemplateResponse(request, "chidoan/sinh_ke/cua_doan_vien.html", context)
