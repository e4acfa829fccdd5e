"""The ward's decisions on several cases, ceremonies, and papers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from core.errors import RuleError, add_refusal
from core.pdf import pdf_response
from core.periods import read_day, today
from core.text.display import ngay as show_day
from core.text.numbers import ascii_slug, file_name
from doanvien.ket_nap import danh_sach, quyet_dinh
from doanvien.ket_nap.dieu_kien import con_thieu
from doanvien.ket_nap.forms import ChonForm, LeForm
from doanvien.ket_nap.giay_to import LOAI, show_nghi_quyet
from doanvien.ket_nap.queries import xet_nhieu
from doanvien.models import KetNap
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, require_quyen

from .chung import CASES, get_case

MAX_PAPER = 200


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def ket_nap_chuan_y(request):
    """What waits for the ward, with what each lacks on the chosen day; ticked ones go on."""
    ngay = min(read_day(request.GET.get("ngay")), today())
    rows = list(CASES.permitted_to(request.user, Quyen.DUYET_DOAN_VIEN).cho_chuan_y().in_order())
    ticked = set(request.GET.getlist("chon"))
    dieu_kien = xet_nhieu(rows, ngay)
    lines = [_line(row, dieu_kien[row.pk], ticked) for row in rows]
    context = {
        "title": "Chuẩn y kết nạp",
        "subtitle": f"{len(rows)} đề nghị chờ phường",
        "back": reverse("doanvien:ket_nap_list"),
        "lines": lines,
        "ngay": ngay,
        "so_du": sum(not line["thieu"] for line in lines),
    }
    return TemplateResponse(request, "doanvien/ket_nap/chuan_y.html", context)


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def ket_nap_chuan_y_xac_nhan(request):
    """The question before the decision, and the decision: each gets a number of its own."""
    data = request.POST if request.method == "POST" else request.GET
    form = ChonForm({"ngay": data.get("ngay", "")})
    rows = CASES.permitted_to(request.user, Quyen.DUYET_DOAN_VIEN).cho_chuan_y().in_order()
    rows = list(rows.chon(data.getlist("chon")))
    back = reverse("doanvien:ket_nap_chuan_y")
    if not form.is_valid() or not rows:
        messages.warning(request, "Chọn ít nhất một đồng chí đang chờ chuẩn y, và ghi ngày đã đến.")
        return redirect(back)
    ngay = form.cleaned_data["ngay"]
    if request.method == "POST":
        result = quyet_dinh.chuan_y_nhieu(cases=rows, ngay=ngay, by=request.user)
        return _after_decision(request, result, ngay)
    dieu_kien = xet_nhieu(rows, ngay)
    lines = [_line(row, dieu_kien[row.pk], set()) for row in rows]
    context = {
        "title": f"Chuẩn y kết nạp {sum(not line['thieu'] for line in lines)} đồng chí?",
        "ngay": ngay,
        "lines": lines,
        "so_du": sum(not line["thieu"] for line in lines),
        "so_thieu": sum(bool(line["thieu"]) for line in lines),
        "back": f"{back}?{urlencode({'ngay': show_day(ngay)})}",
    }
    return TemplateResponse(request, "doanvien/ket_nap/xac_nhan.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def ket_nap_le(request):
    """One ceremony for all who are ticked: day and place are written once."""
    allowed = CASES.permitted_to(request.user, Quyen.SUA_DOAN_VIEN)
    data = request.POST if request.method == "POST" else request.GET
    ticked = data.getlist("chon")
    rows = list(allowed.cho_le_hoac(ticked).in_order())
    form = LeForm(request.POST or None)
    if form.is_valid():
        chosen = list(allowed.da_chuan_y().chon(ticked))
        try:
            done = quyet_dinh.le_ket_nap(
                cases=chosen,
                ngay=form.cleaned_data["ngay"],
                noi=form.cleaned_data["noi"],
                by=request.user,
            )
        except RuleError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"Đã ghi lễ kết nạp của {len(done)} đồng chí.")
            query = urlencode({"ngay": show_day(form.cleaned_data["ngay"])})
            return redirect(f"{reverse('doanvien:ket_nap_le_da_ghi')}?{query}")
    context = {
        "title": "Lễ kết nạp",
        "subtitle": f"{len(rows)} đồng chí chờ lễ",
        "back": reverse("doanvien:ket_nap_list"),
        "rows": rows,
        "ticked": {int(text) for text in ticked if text.isascii() and text.isdigit()}
        or {row.pk for row in rows},
        "form": form,
    }
    return TemplateResponse(request, "doanvien/ket_nap/le.html", context)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def ket_nap_le_da_ghi(request):
    """Who was received at the ceremony of that day, with the list to print."""
    ngay = read_day(request.GET.get("ngay"))
    rows = list(CASES.visible_to(request.user).le_ngay(ngay).in_order())
    context = {
        "title": f"Lễ kết nạp ngày {show_day(ngay)}",
        "subtitle": rows[0].noi_le if rows else "",
        "back": reverse("doanvien:ket_nap_list"),
        "rows": rows,
        "ngay": ngay,
    }
    return TemplateResponse(request, "doanvien/ket_nap/le_da_ghi.html", context)


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


def _line(row: KetNap, dieu_kien, ticked: set[str]) -> dict:
    thieu = con_thieu(dieu_kien)
    return {
        "row": row,
        "thieu": thieu,
        "nhac": [one.ghi_chu for one in dieu_kien if one.canh_bao and not one.dat],
        "checked": str(row.pk) in ticked if ticked else not thieu,
    }


def _after_decision(request, result, ngay):
    """Each got its number, or stays with what to do about it."""
    if result.dat:
        numbers = ", ".join(f"{row.ho_ten} ({row.so_nghi_quyet})" for row in result.dat)
        messages.success(request, f"Đã chuẩn y kết nạp {len(result.dat)} đồng chí: {numbers}.")
    for row, ly_do in result.chua:
        messages.warning(request, f"{row.ho_ten} chưa chuẩn y: {ly_do}")
    if len(result.dat) == 1 and not result.chua:
        return redirect(result.dat[0])
    target = "doanvien:ket_nap_chuan_y" if result.chua else "doanvien:ket_nap_list"
    query = {"ngay": show_day(ngay)} if result.chua else {"trang_thai": "chuan_y"}
    return redirect(f"{reverse(target)}?{urlencode(query)}")


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
        return rows.le_ngay(ngay), f" ngày {show_day(ngay)}", ngay
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
