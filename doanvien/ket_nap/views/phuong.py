"""The ward's decisions on several cases, and ceremonies."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from core.errors import RuleError, add_refusal
from core.periods import read_day, today
from core.text.display import ngay as show_day
from doanvien.ket_nap import quyet_dinh
from doanvien.ket_nap.dieu_kien import con_thieu
from doanvien.ket_nap.forms import ChonForm, LeForm
from doanvien.ket_nap.queries import xet_nhieu
from doanvien.models import KetNap
from tochuc.permissions import Quyen, require_quyen

from .chung import CASES


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def ket_nap_chuan_y(request):
    """What waits for the ward, with what each lacks on the chosen day; ticked ones go on."""
    form = ChonForm({"ngay": request.GET.get("ngay") or show_day(today())})
    if not form.is_valid():
        messages.warning(request, form.loi_ngay)
    ngay = form.cleaned_data.get("ngay") or today()
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
        messages.warning(request, form.loi_ngay or "Chọn ít nhất một đồng chí đang chờ chuẩn y.")
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
