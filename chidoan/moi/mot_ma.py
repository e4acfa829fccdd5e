"""One code for all who sit together: at a joint meeting the host's code takes check-ins for the
branches it invited, each person on the roll of the own branch."""

from collections.abc import Iterable

from chidoan.models import BuoiSinhHoat, TuDiemDanh
from doanvien.models import DoanVien, QuaTrinh


def cac_buoi(buoi: BuoiSinhHoat) -> list[BuoiSinhHoat]:
    """The meetings for which its code takes check-ins. One query for the host of a joint one."""
    if buoi.chu_nha_id or buoi.loai != BuoiSinhHoat.Loai.LIEN_CHI_DOAN:
        return [buoi]
    guests = buoi.cung_hop.filter(trang_thai=BuoiSinhHoat.TrangThai.NHAP, ngay=buoi.ngay)
    return [buoi, *guests.select_related("chi_doan")]


def danh_sach_chung(rows: Iterable[BuoiSinhHoat]) -> list[tuple[BuoiSinhHoat, DoanVien]]:
    """Who may check in, and to which of these meetings of one day. One query."""
    by_branch = {row.chi_doan_id: row for row in rows}
    periods = _periods(by_branch).select_related("doan_vien")
    return [(by_branch[period.chi_doan_id], period.doan_vien) for period in periods]


def si_so(buoi: BuoiSinhHoat) -> tuple[int, int]:
    """How many have checked in, of how many who may. Two queries, one more for a host."""
    rows = cac_buoi(buoi)
    arrived = TuDiemDanh.objects.filter(buoi__in=[row.pk for row in rows]).count()
    expected = _periods({row.chi_doan_id: row for row in rows})
    return arrived, expected.values("doan_vien").distinct().count()


def _periods(by_branch: dict[int, BuoiSinhHoat]):
    (day,) = {row.ngay for row in by_branch.values()}
    return QuaTrinh.objects.chinh_thuc().tai_ngay(day).filter(chi_doan__in=by_branch)
