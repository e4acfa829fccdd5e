"""The gaps of a ward's branches, and the pool in which people are looked for."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.chon import choose_unit
from chidoan.models import QuyHoach
from chidoan.quy_hoach.filters import NguonFilter
from chidoan.quy_hoach.queries import dem_theo_nguon, nguon_can_bo, nhan_su_chi_doan
from chidoan.quy_hoach.tables import NGUON_TABLE, NHAN_SU_TABLE
from chidoan.quy_hoach.trang import bo_loc_thieu, dong_thieu, nguon_chips
from chidoan.views.so import record_download
from core.listing import list_page
from core.periods import today
from core.xlsx import xlsx_response
from doanvien.models import DoanVien
from doanvien.rieng_tu import xem
from doanvien.tai_ve import quyen_cua
from tochuc.audit import record
from tochuc.loc import named_unit
from tochuc.models import DonVi
from tochuc.permissions import Quyen, require_quyen, who_may

from .chung import GHI, XEM, cac_phan, chi_doan_duoc_nham

DANH_SACH = "nguon_dang"


@require_quyen(XEM)
def nhan_su(request):
    """Branches by what they lack; every cell opens where it is closed. The plan is a matter of
    the committee above: who leads a branch alone finds what the branch itself proposed."""
    don_vi = named_unit(request, XEM)
    if don_vi.is_chi_doan:
        return redirect("chidoan:de_nghi_nhan_su_list")
    if not don_vi.is_co_so:
        wards = DonVi.objects.under(don_vi).co_so().dang_hoat_dong(today())
        return choose_unit(
            request,
            wards,
            title="Nhân sự chi đoàn",
            page="chidoan:nhan_su",
            icon="user-check",
            key="don_vi",
        )
    day = don_vi.ngay_so_lieu(today())
    may_export = request.user.may(Quyen.XUAT_DOAN_VIEN, don_vi)
    rows = nhan_su_chi_doan(don_vi, day)
    thieu = request.GET.get("thieu", "")
    shown = [row for row in rows if thieu in row.thieu] if thieu else rows
    if request.GET.get("export") == "xlsx":
        if not may_export:
            raise PermissionDenied(who_may(Quyen.XUAT_DOAN_VIEN))
        record(by=request.user, hanh_dong="quy_hoach.export", target=don_vi, so_dong=len(shown))
        table = NHAN_SU_TABLE
        return xlsx_response(table.name, table.labels, table.file_rows(shown))
    context = {
        "title": "Nhân sự chi đoàn",
        "subtitle": f"{don_vi}, tính đến {day:%d/%m/%Y}",
        "don_vi_xem": don_vi,
        "dong": [dong_thieu(row) for row in shown],
        "cac_phan": cac_phan("nhan_su", request.user),
        "may_write": request.user.may(GHI, don_vi),
        "may_export": may_export,
        **bo_loc_thieu(rows, don_vi, thieu),
    }
    return TemplateResponse(request, "chidoan/quy_hoach/nhan_su.html", context)


@require_quyen(XEM)
def nguon_list(request):
    """Members of the sources the articles name; who works away is left out unless asked for."""
    user, day = request.user, today()
    cho = chi_doan_duoc_nham(request)
    is_open = xem.is_list_open(request, DANH_SACH) and user.has_quyen(Quyen.XEM_NHAY_CAM)
    people = DoanVien.objects.permitted_to(user, quyen_cua(request, XEM))
    people = people.under(cho.cap_tren) if cho else people
    rows = nguon_can_bo(people, day=day, quy_hoach=QuyHoach.objects.visible_to(user), chi_doan=cho)
    filterset = partial(NguonFilter, dang_mo=is_open)
    present = people.dang_sinh_hoat().khong_di_xa(day)
    return list_page(
        request,
        queryset=rows,
        filterset=filterset,
        table=NGUON_TABLE,
        title="Nguồn cán bộ",
        noun="đồng chí",
        template="chidoan/quy_hoach/nguon_list.html",
        on_download=record_download("quy_hoach.export"),
        extra={
            "cho": cho,
            "kept": [("cho", cho.pk)] if cho else [],
            "cac_phan": cac_phan("nguon_list", user),
            "nguon_chips": nguon_chips(request.GET, dem_theo_nguon(present)),
            "so_di_xa": people.dang_sinh_hoat().co_nguon().di_lam_xa(day).count(),
            "may_write": user.has_quyen(GHI),
            "may_propose": user.has_quyen(Quyen.SUA_DOAN_VIEN),
            "may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN),
            "may_reveal": user.has_quyen(Quyen.XEM_NHAY_CAM) and not is_open,
        },
    )


@require_quyen(Quyen.XEM_NHAY_CAM)
def nguon_dang(request):
    """The pool can be filtered by the Party for a while once a reason was given."""
    back = reverse("chidoan:nguon_list")
    ly_do, page = xem.require_ly_do(
        request,
        title="Lọc nguồn cán bộ theo Đảng?",
        text="Người xem, giờ xem và lý do được ghi lại; đồng chí có tên có quyền biết.",
        verb="Mở bộ lọc",
        back=back,
    )
    if page is not None:
        return page
    people = DoanVien.objects.permitted_to(request.user, Quyen.XEM_NHAY_CAM).dang_sinh_hoat()
    xem.mo_loc(request, DANH_SACH, people.count(), ly_do)
    return redirect(back)
