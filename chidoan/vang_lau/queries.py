"""Members whom the rolls show absent without reason in each of three months. Charter: xóa tên."""

from datetime import date

from django.db.models import Count, F, Q

from chidoan.models import DiemDanh
from core.periods import KyBaoCao
from doanvien.models import DoanVien
from doanvien.models.doan_vien import dang_hoan

SO_THANG = 3


def ba_thang(day: date) -> list[KyBaoCao]:
    """The last three whole months of one year, as the charter counts within the year."""
    last = KyBaoCao.month_of(day).previous
    if last.nam == day.year and last.thang < SO_THANG:
        last = KyBaoCao(day.year - 1, thang=12)
    return [KyBaoCao(last.nam, thang=last.thang - back) for back in (2, 1, 0)]


def khong_sinh_hoat(user, quyen, day: date):
    """Members on the rolls of each of the three months, each time absent without reason.

    Who was excused once, came once or is let off the meetings is not among them; a month
    without a meeting speaks against nobody. One query; annotates `so_vang`.
    """
    months = ba_thang(day)
    held = Q(diem_danh__buoi__in=_buoi(months[0].start, months[-1].end))
    absent = held & Q(diem_danh__trang_thai=DiemDanh.TrangThai.VANG)
    each = {
        f"thang_{month.thang}": Count(
            "diem_danh",
            filter=absent & Q(diem_danh__buoi__ngay__range=(month.start, month.end)),
        )
        for month in months
    }
    rows = DoanVien.objects.permitted_to(user, quyen).dang_sinh_hoat().filter(~dang_hoan(day))
    rows = rows.annotate(
        so_buoi=Count("diem_danh", filter=held), so_vang=Count("diem_danh", filter=absent), **each
    )
    return rows.filter(so_buoi=F("so_vang"), **{f"{name}__gt": 0 for name in each})


def _buoi(tu: date, den: date):
    rolls = DiemDanh.objects.da_hop().sinh_hoat().filter(buoi__ngay__range=(tu, den))
    return rolls.order_by().values("buoi")
