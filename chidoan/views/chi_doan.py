"""Branches as the ward sees them, and one branch on a page of its own."""

from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.can_giup import CanGiup, ba_thang_qua
from chidoan.filters import ChiDoanFilter
from chidoan.lich_hop import nhip_hop, nhip_ngay
from chidoan.lich_nam import heat_year, url_nam
from chidoan.models import ChiDoan, ChucVu, NghiQuyet, NhipSinhHoat, PhuTrach
from chidoan.queries import (
    BiThu,
    can_giup_cua,
    diem_danh_cac_thang,
    ngay_xem,
    nguong_can_giup,
    sinh_hoat_tai_ngay,
    thang_xet,
)
from chidoan.tables import chi_doan_table, ten_doan_co_so, trang_thai_nghi_quyet
from core.listing import list_page
from core.periods import KyBaoCao, het_ngay, read_day, today
from core.text.display import ngay as show_day
from core.text.display import phan_tram, so
from tochuc.chon_ban_do import chon_cua_danh_sach, kept
from tochuc.loc import looks_from_above
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from .so import record_download

ROSTER = 60
"""So many names stand on a branch's page; a link leads to all of them."""


@require_quyen(Quyen.XEM_DON_VI)
def chi_doan_list(request):
    day = ngay_xem(request.user, read_day(request.GET.get("ngay")))
    month, den = KyBaoCao.month_of(day), het_ngay(day)
    rows = (
        ChiDoan.objects.visible_to(request.user)
        .dang_hoat_dong(day)
        .with_so_doan_vien(day)
        .with_nhip()
        .with_hop(month)
        .with_buoi_nam(day.year)
        .with_du_hop(ba_thang_qua(day)[0].start, day)
        .with_nghi_quyet(day)
        .with_can_bo(day)
        .order_by("path")
    )
    many = _sees_many_wards(request)
    chosen = chon_cua_danh_sach(request, Quyen.XEM_DON_VI, day)
    asks_missing = "nhip" in request.GET or "so_thieu" in request.GET.get("sort", "")
    if asks_missing and not looks_from_above(request.user):
        rows = rows.with_nhip_hop(KyBaoCao(day.year), den)
    return list_page(
        request,
        queryset=rows,
        filterset=ChiDoanFilter,
        table=chi_doan_table(nhieu_don_vi=many, thang=month, den=den),
        title="Chi đoàn",
        noun="chi đoàn",
        template="chidoan/chi_doan_list.html",
        on_download=record_download("chi_doan.export"),
        extra={
            "may_assign": request.user.has_quyen(Quyen.PHAN_CONG_PHU_TRACH),
            "bch_url": _bch_url(request),
            "day": day,
            "kept": _kept_day(request) + kept(chosen),
            "ban_do": chosen,
        },
    )


@require_quyen(Quyen.XEM_DON_VI)
def chi_doan_detail(request, pk):
    asked = min(read_day(request.GET.get("ngay")), today())
    found = get_visible_or_404(ChiDoan.objects, request.user, pk=pk)
    as_of, co_so = found.ngay_so_lieu(asked), found.path[: -ChiDoan.steplen]
    rows = ChiDoan.objects.with_so_doan_vien(as_of).with_nghi_quyet(as_of).with_can_bo(as_of)
    chi_doan = rows.with_nhip().with_can_giup(as_of, co_so).get(pk=pk)
    months = thang_xet(as_of)
    attendance = diem_danh_cac_thang(chi_doan, months)
    months = months[-12:]
    offices = list(ChucVu.objects.filter(don_vi=chi_doan).order_by("-tu_ngay", "pk"))
    context = {
        "title": str(chi_doan),
        "subtitle": chi_doan.get_khoi_display(),
        "back": reverse("chidoan:list"),
        "chi_doan": chi_doan,
        "ten_cap_tren": ten_doan_co_so(chi_doan),
        "as_of": as_of,
        "day": as_of,
        "kpis": _kpis(chi_doan, attendance, as_of, request.GET.get("ngay") and as_of),
        **_roster(request, chi_doan, as_of),
        "can_giup": _can_giup(chi_doan, attendance, offices, as_of),
        "months": months,
        "nhip": NhipSinhHoat.Kieu(nhip_ngay(chi_doan, as_of)).label,
        "url_nam": url_nam(chi_doan, as_of.year),
        "heat": heat_year(chi_doan, attendance, months, as_of),
        "chuc_vu": [row for row in offices if _is_held(row, as_of)],
        "chuc_vu_cu": [row for row in offices if not _is_held(row, as_of)],
        "phu_trach": PhuTrach.objects.filter(chi_doan=chi_doan)
        .tai_ngay(as_of)
        .select_related("chuc_vu")
        .first(),
        "nghi_quyet": [
            (row, trang_thai_nghi_quyet(row))
            for row in NghiQuyet.objects.filter(chi_doan=chi_doan)
            .chua_xong()
            .select_related("phu_trach", "chi_doan")[:8]
        ],
        "may_assign": request.user.may(Quyen.PHAN_CONG_PHU_TRACH, chi_doan),
        "may_see_cadres": request.user.may(Quyen.XEM_CAN_BO, chi_doan),
        "may_log": request.user.may(Quyen.GHI_SINH_HOAT, chi_doan),
        "url_ghi": f"{reverse('chidoan:buoi_create')}?chi_doan={chi_doan.pk}",
    }
    return TemplateResponse(request, "chidoan/chi_doan_detail.html", context)


def _sees_many_wards(request) -> bool:
    roles = [r for r in request.user.phan_cong_hom_nay if Quyen.XEM_DON_VI in r.quyen]
    return len(roles) > 1 or not (roles[0].don_vi.is_co_so or roles[0].don_vi.is_chi_doan)


def _bch_url(request) -> str:
    """The committee page of the ward whose people look."""
    roles = [r for r in request.user.phan_cong_hom_nay if Quyen.PHAN_CONG_PHU_TRACH in r.quyen]
    return reverse("chidoan:bch", args=[roles[0].don_vi_id]) if roles else ""


def _can_giup(chi_doan, attendance, offices, day) -> CanGiup:
    ended = [row.den_ngay for row in offices if row.chuc_danh == ChucVu.ChucDanh.BI_THU]
    ended = [last_day for last_day in ended if last_day and last_day < day]
    return can_giup_cua(
        chi_doan,
        day,
        rows=attendance,
        bi_thu=BiThu(chi_doan.ten_bi_thu or "", max(ended, default=None)),
        qua_han=chi_doan.so_qua_han,
        nguong=nguong_can_giup(chi_doan, day),
    )


def _is_held(row: ChucVu, day) -> bool:
    return row.den_ngay is None or row.den_ngay >= day


def _kept_day(request):
    """The day that was asked for, so that filtering and links keep it."""
    day = request.GET.get("ngay")
    return [("ngay", show_day(read_day(day)))] if day else []


def _roster(request, chi_doan, day) -> dict:
    """Names of that day, and apart from them who takes part without being counted."""
    if not request.user.may(Quyen.XEM_DOAN_VIEN, chi_doan):
        return {}
    official, guests = sinh_hoat_tai_ngay(chi_doan, day)
    unit = f"don_vi={chi_doan.pk}&ngay={show_day(day)}"
    return {
        "may_see_members": True,
        "doan_vien": official[:ROSTER],
        "so_con_lai": max(len(official) - ROSTER, 0),
        "tham_gia": guests,
        "members_url": f"{reverse('doanvien:list')}?{unit}",
    }


def _kpis(chi_doan, attendance, day, asked) -> list[dict]:
    """Three figures; each opens the rows it counts, of the day that was asked for."""
    year, unit = KyBaoCao.year_of(day), f"don_vi={chi_doan.pk}"
    this_year = [row for row in attendance if row.thang.year == year.nam]
    rhythm = nhip_hop(chi_doan, {row.thang for row in this_year}, year, het_ngay(day))
    present = sum(row.du_hop for row in this_year)
    listed = sum(row.danh_sach for row in this_year)
    counted = f"{unit}&ky={year.code}&trang_thai=da_hop&loai=sinh_hoat"
    return [
        {
            "label": "Đoàn viên",
            "value": so(chi_doan.so_doan_vien),
            "url": f"{reverse('doanvien:list')}?{unit}"
            + (f"&ngay={show_day(asked)}" if asked else ""),
        },
        {
            "label": f"Buổi họp năm {year.nam}",
            "value": so(sum(row.so_buoi for row in this_year)),
            "note": str(rhythm) if rhythm.phai_hop else "chưa có buổi nào phải họp",
            "url": f"{reverse('chidoan:buoi_list')}?{counted}",
        },
        {
            "label": f"Dự họp năm {year.nam}",
            "value": phan_tram(present / listed) if listed else "–",
            "fraction": f"{so(present)}/{so(listed)}" if listed else "",
            "url": f"{reverse('chidoan:diem_danh_list')}?{unit}&ky={year.code}&trang_thai=du_hop",
        },
    ]
