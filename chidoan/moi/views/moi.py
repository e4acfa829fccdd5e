"""The called meeting: who answered, the texts to paste, what to do next."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.moi.loi_moi import loi_moi_chung, loi_moi_rieng, luc_nao
from chidoan.moi.queries import nguoi_duoc_moi
from chidoan.moi.services import is_dang_mo
from core.periods import today
from core.text.display import con_lai
from tochuc.permissions import Quyen, require_quyen

from .chung import dia_chi, get_buoi, qr

DI, VANG, CHUA = "di", "vang", "chua"


@require_quyen(Quyen.GHI_SINH_HOAT)
def moi(request, pk):
    buoi = get_buoi(request, pk)
    if not buoi.is_nhap:
        return redirect(buoi)
    people = nguoi_duoc_moi(buoi)
    link = dia_chi(request, buoi)
    context = {
        "title": buoi.get_loai_display(),
        "subtitle": str(buoi.chi_doan),
        "back": reverse("chidoan:buoi_list"),
        "buoi": buoi,
        "luc_nao": luc_nao(buoi),
        "con_lai": _when(buoi),
        "la_hom_nay": buoi.ngay == today(),
        "da_qua": buoi.ngay < today(),
        "dang_mo": is_dang_mo(buoi),
        "loi_moi": loi_moi_chung(buoi, link),
        "qr": qr(link),
        "nguoi": people,
        "nhom": _groups(people),
        "tu_diem_danh": [row for row in people if row.cau.diem_danh_luc],
        "so_cung_may": sum(row.cau.cung_may for row in people),
    }
    return TemplateResponse(request, "chidoan/moi/trang.html", context)


@require_quyen(Quyen.GHI_SINH_HOAT)
def moi_tung_nguoi(request, pk):
    buoi = get_buoi(request, pk)
    if not buoi.is_hen:
        return redirect(buoi)
    rows = [
        (row, loi_moi_rieng(buoi, row.doan_vien, dia_chi(request, buoi, row.doan_vien)))
        for row in nguoi_duoc_moi(buoi)
    ]
    context = {
        "title": "Mời từng đồng chí",
        "subtitle": f"{buoi.get_loai_display()} ngày {buoi.ngay:%d/%m/%Y}",
        "back": reverse("chidoan:moi", args=[buoi.pk]),
        "buoi": buoi,
        "rows": rows,
        "tat_ca": "\n\n".join(f"[{row.doan_vien.ho_ten}]\n{text}" for row, text in rows),
    }
    return TemplateResponse(request, "chidoan/moi/tung_nguoi.html", context)


def _when(buoi) -> str:
    if buoi.ngay == today():
        return "hôm nay"
    return "đã qua" if buoi.ngay < today() else con_lai(buoi.ngay, today())


def _groups(people) -> list[tuple[str, list, bool]]:
    """Those who are away stand open: the others are the normal case."""
    words = ((DI, "Báo đi"), (VANG, "Báo vắng có lý do"), (CHUA, "Chưa trả lời"))
    return [
        (label, [row for row in people if row.nhom == name], name == VANG) for name, label in words
    ]
