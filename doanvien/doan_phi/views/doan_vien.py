"""One member's dues over the years, and who is behind."""

from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.periods import KyBaoCao, today
from core.xlsx import xlsx_response
from doanvien.doan_phi import services
from doanvien.doan_phi.bang import NO_TABLE
from doanvien.doan_phi.forms import MucForm
from doanvien.doan_phi.muc_thu import BangMuc
from doanvien.doan_phi.no_cu import (
    danh_sach_no,
    danh_sach_no_ky,
    loi_nhac_chung,
    nguong_nhac,
)
from doanvien.doan_phi.trang import ban_do_thu, so_sach
from doanvien.doan_phi.trang_doan_vien import TrangDoanVien, muc_cua
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

XEM, THU = Quyen.XEM_DOAN_PHI, Quyen.THU_DOAN_PHI


@require_quyen(XEM)
def doan_phi_doan_vien(request, pk):
    members = DoanVien.objects.select_related("chi_doan__so_thu_doan_phi")
    doan_vien = get_visible_or_404(members, request.user, quyen=XEM, pk=pk)
    page = TrangDoanVien(doan_vien, today())
    context = {
        "title": f"Đoàn phí: {doan_vien}",
        "subtitle": f"{doan_vien.chi_doan}",
        "back": reverse("doanvien:detail", args=[doan_vien.pk]),
        "doan_vien": doan_vien,
        "page": page,
        "muc": muc_cua(doan_vien, today()),
        "may_collect": request.user.may(THU, doan_vien.chi_doan),
    }
    return TemplateResponse(request, "doanvien/doan_phi/doan_vien.html", context)


@require_quyen(THU)
def doan_phi_doan_vien_muc(request, pk):
    """With a salary or without, and from which month: what the months not yet paid cost."""
    members = DoanVien.objects.select_related("chi_doan")
    doan_vien = get_visible_or_404(members, request.user, quyen=THU, pk=pk)
    page = reverse("doanvien:doan_phi_doan_vien", args=[doan_vien.pk])
    rates, path = BangMuc(), doan_vien.chi_doan.path
    muc = {luong: rates.muc(path, today(), luong) for luong in (True, False)}
    form = MucForm(request.POST or None, doan_vien=doan_vien, muc=muc)
    return run_form(
        request,
        form=form,
        save=lambda data: services.set_muc(doan_vien=doan_vien, by=request.user, **data),
        done="Đã ghi mức đóng đoàn phí.",
        back=page,
        title=f"Mức đóng đoàn phí: {doan_vien}",
        subtitle=str(doan_vien.chi_doan),
        verb="Lưu",
    )


@require_quyen(XEM)
def doan_phi_no(request, pk):
    """Who owes for so many months that a reminder is due, with its words; or in one period."""
    don_vi = get_visible_or_404(DonVi.objects, request.user, quyen=XEM, pk=pk)
    hom_nay = today()
    ky, chosen = _ky(request.GET.get("ky")), None
    if ky:
        chosen = ban_do_thu(request, don_vi, ky)
        duong = chosen.ban_do and chosen.ban_do.cac_duong(don_vi)
        rows, what = danh_sach_no_ky(don_vi, ky, hom_nay, duong), str(ky)
    else:
        so_thang = nguong_nhac(don_vi, hom_nay)
        rows = danh_sach_no(don_vi, hom_nay, so_thang)
        what = f"nợ từ {so_thang} tháng, chưa kể tháng này"
    if request.GET.get("export") == "xlsx":
        record(by=request.user, hanh_dong="so_thu.export", target=don_vi, so_dong=len(rows))
        return xlsx_response("con-no-doan-phi", NO_TABLE.labels, NO_TABLE.file_rows(rows))
    context = {
        "title": "Còn nợ đoàn phí",
        "subtitle": f"{don_vi}, {what}",
        "back": so_sach(don_vi),
        "ban_do": chosen,
        "no": rows,
        "so_nguoi": len({row.doan_vien for row in rows}),
        "tong": sum(row.so_tien for row in rows),
        "table": NO_TABLE,
        "headings": NO_TABLE.headings(""),
        "rows": list(NO_TABLE.page_rows(rows)),
        "loi_nhac": loi_nhac_chung(rows, hom_nay) if rows and not ky else "",
        "is_chi_doan": don_vi.is_chi_doan,
    }
    return TemplateResponse(request, "doanvien/doan_phi/no.html", context)


def _ky(text: str | None) -> KyBaoCao | None:
    try:
        return KyBaoCao.parse(text or "")
    except ValueError:
        return None
