"""The papers as PDF: looking changes nothing."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from core.pdf import pdf_response
from core.periods import read_day, today
from core.text.display import ngay as show_day
from core.text.numbers import ascii_slug, date_long, file_name
from doanvien.ket_nap import danh_sach
from doanvien.ket_nap.giay_to import LOAI, MOI_LAN_IN, show_cac_nghi_quyet, show_nghi_quyet
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, require_quyen

from .chung import CASES, get_case

MAX_PAPER = 200


@require_quyen(Quyen.XEM_DOAN_VIEN)
def ket_nap_nghi_quyet_pdf(request, pk):
    """The resolution: stored bytes once issued, before that a draft; looking changes nothing."""
    ket_nap = get_case(request, pk)
    if not (ket_nap.is_cho_chuan_y or ket_nap.is_chuan_y):
        raise Http404
    content = show_nghi_quyet(ket_nap, today())
    record(by=request.user, hanh_dong="ket_nap.print", target=ket_nap, giay=LOAI)
    so = ket_nap.so_nghi_quyet or "du-thao"
    name = file_name(LOAI, so, ascii_slug(str(ket_nap.chi_doan)), day=ket_nap.ngay_chuan_y)
    return pdf_response(content, name)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def ket_nap_danh_sach_pdf(request, loai):
    """A list to print: what is proposed, what was confirmed between two days, a ceremony."""
    kind = danh_sach.CAC_LOAI.get(loai)
    if kind is None:
        raise Http404
    rows, them, ngay = _rows_of(kind, request)
    rows = list(rows.in_order()[:MAX_PAPER])
    if not rows:
        messages.warning(request, "Chưa có ai trong danh sách này để in.")
        return redirect("doanvien:ket_nap_list")
    don_vi = _don_vi_of(request, kind, rows)
    content = danh_sach.in_danh_sach(kind, rows, don_vi, ngay, them=them)
    record(
        by=request.user,
        hanh_dong="ket_nap.print",
        don_vi=don_vi,
        giay=kind.ten,
        so_nguoi=len(rows),
    )
    return pdf_response(content, file_name("DS", kind.ma, ascii_slug(str(don_vi)), day=ngay))


@require_quyen(Quyen.XEM_DOAN_VIEN)
def ket_nap_cac_nghi_quyet_pdf(request):
    """Resolutions of who awaits a ceremony, or was received on `?ngay=`, in one file."""
    rows, _, ngay = _rows_of(danh_sach.LE, request)
    rows = list(rows.prefetch_related("buoc").in_order()[:MOI_LAN_IN])
    if not rows:
        messages.warning(request, "Chưa có nghị quyết nào để in.")
        return redirect("doanvien:ket_nap_list")
    don_vi = rows[0].don_vi_chuan_y
    content = show_cac_nghi_quyet(rows)
    record(by=request.user, hanh_dong="ket_nap.print", don_vi=don_vi, giay=LOAI, so_nguoi=len(rows))
    return pdf_response(content, file_name(LOAI, "ket-nap", ascii_slug(str(don_vi)), day=ngay))


def _rows_of(kind, request):
    """The cases of a list, what its title adds, and its day."""
    rows = CASES.visible_to(request.user)
    if request.GET.get("chi_doan"):
        rows = rows.cua_chi_doan_so(request.GET["chi_doan"])
    if kind is danh_sach.DE_NGHI:
        return rows.cho_chuan_y(), "", today()
    if kind is danh_sach.LE and "ngay" not in request.GET:
        return rows.cho_le(), "", today()
    if kind is danh_sach.LE:
        ngay = read_day(request.GET.get("ngay"))
        rows = rows.le_ngay(ngay)
        noi = rows.noi_le()
        return rows, f" {date_long(ngay)}" + (f",\ntại {noi}" if noi else ""), ngay
    den = read_day(request.GET.get("den"))
    tu = read_day(request.GET.get("tu")) if request.GET.get("tu") else den.replace(month=1, day=1)
    them = f"\n(từ ngày {show_day(tu)} đến ngày {show_day(den)})"
    return rows.chuan_y_tu_den(tu, den), them, min(den, today())


def _don_vi_of(request, kind, rows) -> DonVi:
    """Who issues the list: the branch when all are its own, else the ward of the first."""
    first = rows[0].chi_doan
    is_one = len({row.chi_doan_id for row in rows}) == 1
    holds_branch = request.user.don_vi is not None and request.user.don_vi.is_chi_doan
    if is_one and (kind is danh_sach.DE_NGHI or holds_branch):
        return first
    return first.cap_tren
