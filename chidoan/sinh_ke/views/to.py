"""Savings-and-loan groups: the list, one of them, and the table of a quarter."""

from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.chon import cac_don_vi, choose_unit
from chidoan.models import SoDuTo, ToTietKiem
from chidoan.sinh_ke import services
from chidoan.sinh_ke.bang_quy import BangQuyForm, read_quy
from chidoan.sinh_ke.filters import ToTietKiemFilter
from chidoan.sinh_ke.forms import SuaToForm, ToTietKiemForm
from chidoan.sinh_ke.queries import tong_so_du
from chidoan.sinh_ke.tables import TO_TABLE, kpis_to
from chidoan.views.so import record_download
from core.form_page import run_form
from core.listing import Create, Preset, list_page
from core.periods import ROMAN, KyBaoCao, today
from core.text.display import NBSP
from doanvien.tai_ve import quyen_cua
from tochuc.loc import named_unit
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .chung import GHI, XEM, confirm_delete

LIST = "chidoan:to_tiet_kiem_list"
ROWS = ToTietKiem.objects.select_related("don_vi", "to_truong")


@require_quyen(XEM)
def to_list(request):
    ky = read_quy(request.GET.get("ky"), KyBaoCao.quarter_of(today()))
    rows = ToTietKiem.objects.permitted_to(request.user, quyen_cua(request, XEM))
    rows = rows.with_so_du(ky).for_list()
    if "ky" not in request.GET:
        rows = rows.tai_ngay(today())
    found = ToTietKiemFilter(request.GET, queryset=rows, request=request).qs
    last = ky.previous
    return list_page(
        request,
        queryset=rows,
        filterset=ToTietKiemFilter,
        table=TO_TABLE,
        title="Tổ tiết kiệm và vay vốn",
        noun="tổ",
        template="chidoan/sinh_ke/to_list.html",
        presets=(
            Preset("Có nợ quá hạn", "qua_han=co"),
            Preset(f"Cuối {last.ten}", f"ky={last.code}"),
        ),
        on_download=record_download("to_tiet_kiem.export"),
        create=Create("chidoan:to_tiet_kiem_create", "Thêm tổ", may=request.user.has_quyen(GHI)),
        extra={
            "kpis": kpis_to(tong_so_du(found), found.count()),
            "may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        },
    )


@require_quyen(XEM)
def to_detail(request, pk):
    to = get_visible_or_404(ROWS, request.user, pk=pk)
    may_write = request.user.may(GHI, to.don_vi)
    ky = KyBaoCao.quarter_due(today())
    context = {
        "title": to.ten,
        "subtitle": str(to.don_vi),
        "back": reverse(LIST),
        "to": to,
        "so_du": list(SoDuTo.objects.cua_to(to)),
        "may_write": may_write,
        "ghi_url": f"{reverse('chidoan:so_du_to')}?don_vi={to.don_vi_id}&ky={ky.code}",
        "ky": ky,
        "facts": [
            (
                "Tổ trưởng",
                to.to_truong_la,
                to.to_truong.get_absolute_url() if to.to_truong else "",
            ),
            ("Nhận ủy thác từ", f"{to.tu_ngay:%d/%m/%Y}"),
            *([("Thôi quản lý sau", f"{to.den_ngay:%d/%m/%Y}")] if to.den_ngay else []),
            *([("Ghi chú", to.ghi_chu)] if to.ghi_chu else []),
        ],
    }
    return TemplateResponse(request, "chidoan/sinh_ke/to_detail.html", context)


@require_quyen(GHI)
def to_create(request):
    units = cac_don_vi(request)
    if len(units) != 1:
        return choose_unit(
            request,
            units,
            title="Thêm tổ tiết kiệm và vay vốn",
            page="chidoan:to_tiet_kiem_create",
            icon="wallet",
            key="don_vi",
        )
    (don_vi,) = units
    form = ToTietKiemForm(request.POST or None, don_vi=don_vi)
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_to(don_vi=don_vi, by=request.user, **form.values()),
        done=lambda saved: f"Đã thêm {saved}.",
        back=lambda saved: saved.get_absolute_url(),
        back_url=reverse(LIST),
        title="Thêm tổ tiết kiệm và vay vốn",
        subtitle=str(don_vi),
        verb="Lưu",
    )


@require_quyen(GHI)
def to_edit(request, pk):
    to = get_visible_or_404(ROWS, request.user, quyen=GHI, pk=pk)
    form = SuaToForm(request.POST or None, instance=to, don_vi=to.don_vi)
    return run_form(
        request,
        form=form,
        save=lambda data: services.update_to(
            to=to, version=data["version"] or 0, by=request.user, **form.values()
        ),
        done="Đã lưu.",
        back=to.get_absolute_url(),
        title="Sửa tổ",
        subtitle=f"{to.ten} · {to.don_vi}",
        verb="Lưu",
    )


@require_quyen(GHI)
def to_delete(request, pk):
    to = get_visible_or_404(ROWS, request.user, quyen=GHI, pk=pk)
    return confirm_delete(
        request,
        row=to,
        delete=lambda: services.delete_to(to=to, by=request.user),
        title=f"Xóa {to}?",
        text="Chỉ xóa khi ghi nhầm. Tổ không còn do Đoàn quản lý thì sửa, ghi ngày thôi quản lý.",
        back=to.get_absolute_url(),
        done_at=reverse(LIST),
    )


@require_quyen(GHI)
def so_du_to(request):
    """All groups of the unit in one table, with what was written last beside each cell."""
    don_vi = named_unit(request, GHI)
    ky = read_quy(request.GET.get("ky"), KyBaoCao.quarter_due(today()))
    form = BangQuyForm(request.POST or None, don_vi=don_vi, ky=ky)
    return run_form(
        request,
        form=form,
        save=lambda data: services.save_so_du(
            ky=ky, so_du=form.so_du, version=data["version"], by=request.user
        ),
        done=lambda so: f"Đã ghi {ky.ten}: {so} tổ có thay đổi.",
        back=f"{reverse(LIST)}?ky={ky.code}",
        back_url=reverse(LIST),
        template="chidoan/sinh_ke/so_du.html",
        title=f"Số dư các tổ {ky.ten}",
        subtitle=str(don_vi),
        verb="Lưu số dư",
        ky=ky,
        quy=_quarters(don_vi, ky),
    )


def _quarters(don_vi, ky: KyBaoCao) -> list[dict]:
    """The quarter before, this one and the next that has begun, to choose from."""
    url = reverse("chidoan:so_du_to")
    return [
        {
            "label": f"Quý{NBSP}{ROMAN[one.quy]}" + (f"/{one.nam}" if one.nam != ky.nam else ""),
            "url": f"{url}?don_vi={don_vi.pk}&ky={one.code}",
            "active": one == ky,
        }
        for one in (ky.previous, ky, ky.next)
        if one.start <= today()
    ]
