"""Looking: the ward's table, a branch's years, a member's years."""

from functools import partial

from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.models import ChiDoan
from chidoan.queries import chi_doan_hoat_dong, ngay_xem
from chidoan.xep_loai.bang_phuong import ChiDoanXepLoaiFilter, bang_phuong, load_so
from chidoan.xep_loai.han_muc import nhac_han_muc
from chidoan.xep_loai.qua_cac_nam import THANG_CU, THANG_MOI, bang_cac_nam
from chidoan.xep_loai.queries import nam_hien_hanh
from chidoan.xep_loai.trang import state_of
from core.listing import list_page
from core.xlsx import xlsx_response
from doanvien.models import DoanVien, DotXepLoai, RenLuyen, XepLoai
from doanvien.trang import ratings
from tochuc.audit import record
from tochuc.loc import phuong_cua_chi_doan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .chung import year_of


@require_quyen(Quyen.XEM_DOAN_VIEN)
def xep_loai_list(request):
    """A branch's people go to their own branch, others see the table of branches."""
    user = request.user
    don_vi = user.phan_cong_chinh.don_vi
    if don_vi.is_chi_doan:
        return HttpResponseRedirect(reverse("chidoan:xep_loai_branch", args=[don_vi.pk]))
    day = ngay_xem(user)
    nam = year_of(request, nam_hien_hanh(don_vi, day))
    so = load_so(don_vi, nam)
    sent = [row for row in so.values() if row.dot and row.dot.trang_thai == "da_gui"]
    return list_page(
        request,
        queryset=chi_doan_hoat_dong(don_vi, day),
        filterset=partial(ChiDoanXepLoaiFilter, nam=nam),
        table=bang_phuong(so, phuong=phuong_cua_chi_doan(user, don_vi)),
        title=f"Xếp loại đoàn viên năm {nam}",
        noun="chi đoàn",
        template="chidoan/xep_loai/phuong.html",
        on_download=_record_download,
        extra={
            "nam": nam,
            "nam_truoc": nam - 1,
            "nam_sau": nam + 1 if nam < day.year else None,
            "so_cho": len(sent),
            "nhac": nhac_han_muc(don_vi, day, so.values()),
            "may_decide": don_vi.is_co_so and user.may(Quyen.DUYET_DOAN_VIEN, don_vi),
        },
    )


@require_quyen(Quyen.XEM_DOAN_VIEN)
def xep_loai_years(request):
    """All years of the person's unit, in both scales."""
    don_vi = request.user.phan_cong_chinh.don_vi
    bang = bang_cac_nam(XepLoai.objects.visible_to(request.user).under(don_vi).dem_theo_nam())
    if request.GET.get("export") == "xlsx":
        _record_download(request, len(bang.nam))
        return xlsx_response("xep-loai-qua-cac-nam", bang.ten_cot, bang.hang())
    context = {
        "title": "Xếp loại qua các năm",
        "subtitle": str(don_vi),
        "back": reverse("chidoan:xep_loai_list"),
        "export_url": "?export=xlsx",
        **_bang(bang),
    }
    return TemplateResponse(request, "chidoan/xep_loai/cac_nam.html", context)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def xep_loai_branch(request, pk):
    branch = get_visible_or_404(ChiDoan.objects, request.user, pk=pk)
    rounds = list(DotXepLoai.objects.cua_chi_doan(branch))
    bang = bang_cac_nam(XepLoai.objects.under(branch).dem_theo_nam())
    if request.GET.get("export") == "xlsx":
        _record_download(request, len(bang.nam))
        return xlsx_response("xep-loai-qua-cac-nam", bang.ten_cot, bang.hang())
    nam = nam_hien_hanh(branch, branch.ngay_so_lieu(ngay_xem(request.user)))
    known = {row.nam for row in rounds} | {row.nam for row in bang.nam}
    context = {
        "title": "Xếp loại đoàn viên",
        "subtitle": str(branch),
        "back": reverse("doanvien:list"),
        "branch": branch,
        "nam": nam,
        "rounds": [(row, state_of(row)) for row in rounds],
        "may_open": nam not in known and request.user.may(Quyen.SUA_DOAN_VIEN, branch),
        "export_url": "?export=xlsx",
        **_bang(bang),
    }
    return TemplateResponse(request, "chidoan/xep_loai/chi_doan.html", context)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def xep_loai_doan_vien(request, pk):
    people = DoanVien.objects.select_related("chi_doan")
    doan_vien = get_visible_or_404(people, request.user, pk=pk)
    context = {
        "title": f"Xếp loại, rèn luyện: {doan_vien.ho_ten}",
        "subtitle": str(doan_vien.chi_doan),
        "back": doan_vien.get_absolute_url(),
        "crumbs": [
            ("Đoàn viên", reverse("doanvien:list")),
            (doan_vien.ho_ten, doan_vien.get_absolute_url()),
            ("Xếp loại, rèn luyện", ""),
        ],
        "doan_vien": doan_vien,
        "ratings": ratings(doan_vien.xep_loai.all()),
        "ren_luyen": RenLuyen.objects.visible_to(request.user).cua_doan_vien(doan_vien),
        "phieu": _phieu(request.user, doan_vien),
    }
    return TemplateResponse(request, "chidoan/xep_loai/doan_vien.html", context)


def _phieu(user, doan_vien):
    """The yearly remarks, for who works with the person."""
    if not user.may(Quyen.SUA_DOAN_VIEN, doan_vien.chi_doan):
        return []
    rows = doan_vien.phieu_xep_loai.visible_to(user).select_related("dot")
    return [row for row in rows.order_by("-dot__nam") if row.uu_diem or row.khuyet_diem]


def _bang(bang):
    return {
        "bang": bang,
        "cot_moi": [name for _, name in THANG_MOI],
        "cot_cu": [name for _, name in THANG_CU] if bang.co_thang_cu else [],
    }


def _record_download(request, rows: int) -> None:
    record(
        by=request.user,
        hanh_dong="xep_loai.export",
        don_vi=request.user.phan_cong_chinh.don_vi,
        so_dong=rows,
    )
