"""Reads of the training programme over many branches."""

from datetime import date

from django.db.models import Count, Q

from core.periods import today
from doanvien.models import DoanVien, QuaTrinh, RenLuyen
from doanvien.ngay_thang import ngay_trong_nam
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri_nhieu

from .thang_diem import ThangDiem

_KHOA = ["ren_luyen_htxs", "ren_luyen_htt", "ren_luyen_ht", "ren_luyen_5_phan"]


def da_dang_ky(nam: int, day: date) -> Q:
    """Of membership periods: those of people registered for the year by that day."""
    rows = RenLuyen.objects.cua_nam(nam).filter(ngay_dang_ky__lte=day)
    return Q(doan_vien__in=rows.order_by().values("doan_vien"))


def ngay_danh_sach(don_vi: DonVi, nam: int) -> date:
    """The day whose roster the year is told of: its last, or today while it runs."""
    return min(don_vi.ngay_so_lieu(today()), date(nam, 12, 31))


def dem_dang_ky(don_vi: DonVi, nam: int) -> dict[int, tuple[int, int]]:
    """(registered, members) of the year, by branch at or below `don_vi`. One query."""
    day = ngay_danh_sach(don_vi, nam)
    rows = QuaTrinh.objects.under(don_vi).chinh_thuc().tai_ngay(day).order_by()
    counted = rows.values("chi_doan_id").annotate(
        so=Count("pk"), dang_ky=Count("pk", filter=da_dang_ky(nam, today()))
    )
    return {row["chi_doan_id"]: (row["dang_ky"], row["so"]) for row in counted}


def danh_sach(chi_doan: DonVi, nam: int) -> list[tuple[DoanVien, RenLuyen | None]]:
    """The members of a branch in the year, each with its row if registered. Two queries."""
    day = ngay_danh_sach(chi_doan, nam)
    periods = QuaTrinh.objects.chinh_thuc().tai_ngay(day).filter(chi_doan=chi_doan)
    people = DoanVien.objects.filter(pk__in=periods.values("doan_vien")).order_by(
        "khoa_sap_xep", "pk"
    )
    rows = RenLuyen.objects.cua_nam(nam).filter(doan_vien__in=periods.values("doan_vien"))
    found = {row.doan_vien_id: row for row in rows}
    return [(person, found.get(person.pk)) for person in people]


def thang_diem(don_vi: DonVi, nam: int) -> ThangDiem:
    """The scale in force at the end of the year. One query."""
    values = gia_tri_nhieu(_KHOA, ngay=date(nam, 12, 31), don_vi=don_vi)
    return ThangDiem(
        values["ren_luyen_htxs"],
        values["ren_luyen_htt"],
        values["ren_luyen_ht"],
        str(values["ren_luyen_5_phan"]) == "1",
    )


def thoi_han(don_vi: DonVi, nam: int) -> tuple[date, date]:
    """First and last day of registration. One query."""
    values = gia_tri_nhieu(
        ["ren_luyen_tu_ngay", "ren_luyen_den_ngay"], ngay=date(nam, 12, 31), don_vi=don_vi
    )
    return (
        ngay_trong_nam(values["ren_luyen_tu_ngay"], nam),
        ngay_trong_nam(values["ren_luyen_den_ngay"], nam),
    )
