"""Visits and gifts: the list of a period with its sums, one of them, what changes it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.anh.queries import phan_anh
from chidoan.models import ThamHoi
from chidoan.queries import ngay_xem
from chidoan.views.so import record_download
from core.form_page import run_form
from core.listing import Create, list_page
from core.periods import KyBaoCao, read_ky
from core.text.display import ngay as show_ngay
from core.text.display import tien
from doanvien.tai_ve import quyen_cua
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from . import services
from .filters import ThamHoiFilter
from .forms import SuaThamHoiForm, ThamHoiForm
from .queries import don_vi_tham, nguoi_de_tham
from .tables import tham_hoi_table

ROWS = ThamHoi.objects.trong_list().select_related("ghi_boi")


@require_quyen(Quyen.XEM_CAN_BO)
def tham_hoi_list(request):
    day = ngay_xem(request.user)
    ky = read_ky(request.GET.get("ky"), KyBaoCao.quarter_of(day))
    user = request.user
    rows = ThamHoi.objects.permitted_to(user, quyen_cua(request, Quyen.XEM_CAN_BO))
    rows = rows.trong_list().trong_ky(ky)
    so, gia_tri = ThamHoiFilter(request.GET, queryset=rows, request=request).qs.tong()
    return list_page(
        request,
        queryset=rows,
        filterset=ThamHoiFilter,
        table=tham_hoi_table(user),
        title=f"Thăm hỏi, tặng quà {ky.ten}",
        noun="lượt",
        template="chidoan/tham_hoi/list.html",
        on_download=record_download("tham_hoi.export"),
        create=Create("chidoan:tham_hoi_create", "Ghi thăm hỏi", may=user.has_quyen(services.GHI)),
        extra={
            "ky": ky,
            "ky_truoc": ky.previous.code,
            "ky_sau": ky.next.code if ky.next.start <= day else "",
            "kept": [("ky", ky.code)],
            "so": so,
            "gia_tri": gia_tri,
            "may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(Quyen.XEM_CAN_BO)
def tham_hoi_detail(request, pk):
    row = get_visible_or_404(ROWS, request.user, pk=pk)
    may_write = services.may_write(row, request.user)
    list_url = reverse("chidoan:tham_hoi_list")
    context = {
        "title": str(row.doan_vien),
        "subtitle": f"{row.dip_cho(request.user)}, {show_ngay(row.ngay)}",
        "crumbs": [("Thăm hỏi, tặng quà", list_url), (str(row.doan_vien), "")],
        "back": list_url,
        "tham_hoi": row,
        "facts": _facts(row, request.user),
        "may_write": may_write,
        "phan_anh": phan_anh(row, user=request.user) if may_write else None,
    }
    return TemplateResponse(request, "chidoan/tham_hoi/detail.html", context)


@require_quyen(services.GHI)
def tham_hoi_create(request):
    """`?doan_vien=` chooses whom."""
    own = request.user.phan_cong_chinh.don_vi
    form = ThamHoiForm(
        request.POST or None,
        nguoi=nguoi_de_tham(request.user),
        don_vi=don_vi_tham(request.user),
        initial={"doan_vien": request.GET.get("doan_vien", ""), "don_vi": own.pk},
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_tham_hoi(by=request.user, **form.all_values),
        done="Đã ghi lần thăm hỏi.",
        back=lambda saved: saved.get_absolute_url(),
        back_url=reverse("chidoan:tham_hoi_list"),
        title="Ghi thăm hỏi, tặng quà",
        verb="Lưu",
    )


@require_quyen(services.GHI)
def tham_hoi_update(request, pk):
    row = _writable(request, pk)
    fields = {name: getattr(row, name) for name in (*services.FIELDS, "version")}
    form = SuaThamHoiForm(
        request.POST or None, initial=fields | {"gia_tri": tien(row.gia_tri).removesuffix(" đ")}
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.update_tham_hoi(
            tham_hoi=row, version=data["version"] or 0, changes=form.values, by=request.user
        ),
        done="Đã lưu.",
        back=row.get_absolute_url(),
        title="Sửa lần thăm hỏi",
        subtitle=f"{row.doan_vien} · {row.chi_doan}",
        verb="Lưu",
    )


@require_quyen(services.GHI)
def tham_hoi_delete(request, pk):
    row = _writable(request, pk)
    if request.method == "POST":
        services.delete_tham_hoi(tham_hoi=row, by=request.user)
        messages.success(request, "Đã xóa lần thăm hỏi ghi nhầm.")
        return redirect("chidoan:tham_hoi_list")
    context = {
        "title": f"Xóa lần thăm hỏi {row.doan_vien}?",
        "text": f"{row}. Chỉ xóa khi ghi nhầm.{_anh_mat(row)}",
        "warning": "Xóa rồi không lấy lại được.",
        "verb": "Xóa",
        "danger": True,
        "back": row.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _anh_mat(row: ThamHoi) -> str:
    """How many photos go with the visit."""
    count = row.anh.count()
    return f" {count} ảnh của lần thăm mất theo." if count else ""


def _writable(request, pk) -> ThamHoi:
    row = get_visible_or_404(ROWS, request.user, pk=pk)
    if not services.may_write(row, request.user):
        raise PermissionDenied(who_may(services.GHI))
    return row


def _facts(row: ThamHoi, user) -> list[tuple]:
    found = [
        ("Đồng chí", str(row.doan_vien), row.doan_vien.get_absolute_url()),
        ("Chi đoàn", str(row.chi_doan)),
        ("Chức vụ khi đó", row.chuc_vu),
        ("Dịp", row.dip_cho(user)),
        ("Quà", row.qua),
        ("Trị giá", tien(row.gia_tri) if row.gia_tri else ""),
        ("Người trao", row.nguoi_tang),
        ("Đơn vị thăm hỏi", str(row.don_vi)),
        ("Ngày", show_ngay(row.ngay)),
    ]
    return [fact for fact in found if fact[1]]
