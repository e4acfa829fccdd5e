"""The ward's pages about its branches' meetings: the year, who has not met, who meets next."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.chon import choose_unit
from chidoan.models import ChiDoan
from core.errors import RuleError
from core.periods import KyBaoCao, read_year, today
from core.xlsx import xlsx_response
from doanvien.doan_phi.nhac import con_lai_thang, o_chi_doan_da_het
from tochuc.audit import record
from tochuc.loc import named_unit
from tochuc.models import DonVi
from tochuc.permissions import Quyen, require_quyen

from . import nhac as viec_nhac
from .cho_hop import cho_hop, sap_hop
from .forms import NhacForm
from .loi_nhac import loi_nhac_chung
from .queries import lich_phuong
from .tables import CHO_HOP_TABLE, SAP_HOP_TABLE, Phan
from .trang import XEP, file_labels, file_rows, lich_context

XEM, NHAC = Quyen.XEM_SINH_HOAT, Quyen.PHAN_CONG_PHU_TRACH


@require_quyen(XEM)
def lich(request):
    """Branches by months: the heat map, both rates of each, this year beside the last."""
    don_vi = named_unit(request, XEM)
    if not don_vi.is_co_so:
        return _choose(request, don_vi, "lich_phuong", "Sinh hoạt theo năm")
    nam = read_year(request.GET.get("nam") or str(don_vi.ngay_so_lieu(today()).year))
    found = lich_phuong(don_vi, nam, today())
    if request.GET.get("export") == "xlsx":
        record(by=request.user, hanh_dong="lich_phuong.export", target=don_vi, nam=nam)
        return xlsx_response(f"sinh-hoat-{nam}", file_labels(nam), file_rows(found))
    xep = request.GET.get("xep")
    xep = xep if xep in XEP else "can_giup"
    context = {
        "title": f"Sinh hoạt năm {nam}",
        "subtitle": f"{don_vi}, tính đến {found.ngay:%d/%m/%Y}",
        "nam_sau": nam + 1 if nam < don_vi.ngay_so_lieu(today()).year else 0,
        "cac_xep": [
            {
                "label": label,
                "url": _url("lich_phuong", don_vi, nam=nam, xep=ma),
                "active": ma == xep,
            }
            for ma, label in XEP.items()
        ],
        "url_nam": _url("lich_phuong", don_vi, xep=xep),
        "url_tep": _url("lich_phuong", don_vi, nam=nam, export="xlsx"),
        "url_12": _url("lich_phuong", don_vi, nam=nam, xep=xep, thang=12),
        "tabs": _tabs("lich_phuong", don_vi, request.user),
        **lich_context(found, xep=xep, du_thang=request.GET.get("thang") == "12"),
    }
    return TemplateResponse(request, "chidoan/lich_phuong/lich.html", context)


@require_quyen(XEM)
def chua_hop(request):
    """Branches that have yet to meet this month, or this quarter."""

    def phan(don_vi, day):
        rows = cho_hop(don_vi, day)
        later = [row for row in rows if row.is_con_lau]
        return [
            Phan(f"Phải họp trong tháng {day.month}", CHO_HOP_TABLE, rows, bo=later),
            Phan("Họp ba tháng một lần, còn tháng sau của quý", CHO_HOP_TABLE, later, an=True),
        ]

    return _danh_sach(request, "chua_hop", "Chi đoàn chưa họp", phan, tai="chi_doan.export")


@require_quyen(XEM)
def tuan_toi(request):
    """Meetings that are called for the next seven days, and branches that called none."""

    def phan(don_vi, day):
        waiting = [row for row in cho_hop(don_vi, day) if not row.da_hen]
        return [
            Phan("Đã hẹn trong 7 ngày tới", SAP_HOP_TABLE, sap_hop(don_vi, day)),
            Phan("Chưa họp và chưa hẹn", CHO_HOP_TABLE, waiting, an=True),
        ]

    return _danh_sach(request, "tuan_toi", "Họp tuần tới", phan, tai="buoi.export")


def _danh_sach(request, name: str, title: str, doc, *, tai: str):
    """A page of lists of a ward; the workbook holds the first. `doc` reads them for a day,
    `tai` is the audit's word for taking them away."""
    don_vi = named_unit(request, XEM)
    if not don_vi.is_co_so:
        return _choose(request, don_vi, name, title)
    day = don_vi.ngay_so_lieu(today())
    parts = doc(don_vi, day)
    first = parts[0]
    if request.GET.get("export") == "xlsx":
        record(by=request.user, hanh_dong=tai, target=don_vi, so_dong=len(first.ds))
        return xlsx_response(first.table.name, first.table.labels, first.table.file_rows(first.ds))
    context = {
        "title": title,
        "subtitle": f"{don_vi}, tính đến {day:%d/%m/%Y}",
        "phan": [part for part in parts if part.ds or not part.an],
        "rows": first.rows,
        "url_tep": _url(name, don_vi, export="xlsx"),
        "may_call": request.user.may(Quyen.SUA_DOAN_VIEN, don_vi),
        "tabs": _tabs(name, don_vi, request.user),
    }
    return TemplateResponse(request, "chidoan/lich_phuong/danh_sach.html", context)


@require_quyen(NHAC)
def nhac(request):
    """Words to remind each branch of what is overdue, and one text for all of them."""
    don_vi = named_unit(request, NHAC)
    day = today()
    is_open = don_vi.is_co_so and don_vi.ngay_so_lieu(day) == day
    reads = is_open and request.user.may(Quyen.XEM_DOAN_PHI, don_vi)
    dues = con_lai_thang(don_vi, KyBaoCao.month_of(day).previous) if reads else {}
    rows = viec_nhac.chi_doan_can_nhac(don_vi, day, dues) if is_open else []
    needs = [row.can_nhac for row in rows]
    context = {
        "title": "Nhắc chi đoàn",
        "subtitle": f"{don_vi}, {len(rows)} chi đoàn có việc cần nhắc",
        "nhac": rows,
        "da_het": o_chi_doan_da_het(dues),
        "may_call": request.user.may(Quyen.SUA_DOAN_VIEN, don_vi),
        "loi_chung": loi_nhac_chung(needs, str(don_vi), day) if rows else "",
        "tabs": _tabs("nhac", don_vi, request.user),
    }
    return TemplateResponse(request, "chidoan/lich_phuong/nhac.html", context)


@require_POST
@require_quyen(NHAC)
def nhac_mark(request):
    form = NhacForm(request.POST, rows=ChiDoan.objects.permitted_to(request.user, NHAC))
    try:
        count = viec_nhac.mark_nhac(
            chi_doan=form.cleaned_data["chi_doan"] if form.is_valid() else (), by=request.user
        )
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Đã ghi: hôm nay đã nhắc {count} chi đoàn.")
    return redirect("chidoan:nhac")


def _choose(request, don_vi: DonVi, name: str, title: str):
    """A branch has its own calendar; from above one picks a ward."""
    if don_vi.is_chi_doan:
        return redirect(f"{reverse('chidoan:buoi_list')}?don_vi={don_vi.pk}")
    wards = DonVi.objects.under(don_vi).co_so().dang_hoat_dong(today())
    return choose_unit(
        request, wards, title=title, page=f"chidoan:{name}", icon="calendar-days", key="don_vi"
    )


def _tabs(name: str, don_vi: DonVi, user) -> list[dict]:
    pages = [("lich_phuong", "Cả năm"), ("chua_hop", "Chưa họp"), ("tuan_toi", "Tuần tới")]
    if user.may(NHAC, don_vi):
        pages.append(("nhac", "Nhắc chi đoàn"))
    tabs = [{"label": label, "url": _url(ma, don_vi), "active": ma == name} for ma, label in pages]
    meetings = f"{reverse('chidoan:buoi_list')}?{urlencode({'don_vi': don_vi.pk})}"
    return [*tabs, {"label": "Các buổi đã ghi", "url": meetings, "active": False}]


def _url(name: str, don_vi: DonVi, **query) -> str:
    return f"{reverse(f'chidoan:{name}')}?{urlencode({'don_vi': don_vi.pk, **query})}"
