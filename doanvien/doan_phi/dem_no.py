"""How many months each branch is owed: what `con_no.no` finds of a month, of many in one reading.

Put together from a condition for each month, the statement takes longer to plan than to run.
"""

from collections.abc import Sequence
from datetime import date
from itertools import chain

from django.db import connection
from django.db.models import Q, QuerySet

from core.periods import KyBaoCao
from doanvien.models import DoanPhi, DoanVien, MienDoanPhi, QuaTrinh
from tochuc.scoping import subtree

from .con_no import cham


def dem_no(path: str, thang: Sequence[date]) -> tuple[str, list]:
    """A SELECT of the path of each branch at or below a unit and its member-months owed.

    `thang` are months in a row, the oldest first.
    """
    months = [(item, KyBaoCao.month_of(item).end) for item in thang]
    days = [connection.ops.adapt_datefield_value(day) for day in chain.from_iterable(months)]
    rows = _rows(path, thang[0], thang[-1])
    selects = {ten: found.order_by().query.sql_with_params() for ten, found in rows.items()}
    sql = _NO.format(
        thang=", ".join(["(%s, %s)"] * len(months)),
        **{ten: select for ten, (select, _) in selects.items()},
    )
    return sql, [*days, *chain.from_iterable(params for _, params in selects.values())]


def _rows(path: str, tu: date, den: date) -> dict[str, QuerySet]:
    """Periods at branches whose book is open, and what settles a month of their members: another
    period, what they paid, exemptions."""
    touching = QuaTrinh.objects.filter(cham(tu, den))
    so_thu = "chi_doan__so_thu_doan_phi__tu_thang"
    periods = touching.filter(
        subtree("chi_doan__path", path),
        ~Q(doan_vien__trang_thai=DoanVien.TrangThai.TU_TRAN),
        **{f"{so_thu}__lte": den},
    )
    own = "pk", "doan_vien", "tu_ngay", "den_ngay"
    paid = DoanPhi.objects.con_hieu_luc().trong_thang(tu, den)
    exempt = MienDoanPhi.objects.duoc_mien().giao_voi(tu, den)
    return {
        "ky": periods.values_list(*own, "chi_doan__path", so_thu, "chi_doan__so_lieu_den"),
        "truoc": touching.values_list(*own),
        "dong": paid.values_list("doan_vien", "thang"),
        "mien": exempt.values_list("doan_vien", "tu_thang", "den_thang"),
    }


_NO = """
WITH thang (dau, cuoi) AS (VALUES {thang}),
ky (pk, nguoi, tu, den, noi, mo_so, dung) AS ({ky}),
truoc (pk, nguoi, tu, den) AS ({truoc}),
dong (nguoi, thang) AS ({dong}),
mien (nguoi, tu, den) AS ({mien})
SELECT ky.noi, COUNT(*) AS so
FROM ky JOIN thang ON ky.tu <= thang.cuoi AND (ky.den IS NULL OR ky.den >= thang.dau)
    AND ky.mo_so <= thang.dau AND (ky.dung IS NULL OR ky.dung >= thang.dau)
WHERE NOT EXISTS (SELECT 1 FROM dong WHERE dong.nguoi = ky.nguoi AND dong.thang = thang.dau)
    AND NOT EXISTS (
        SELECT 1 FROM mien WHERE mien.nguoi = ky.nguoi AND thang.dau BETWEEN mien.tu AND mien.den
    )
    AND NOT EXISTS (
        SELECT 1 FROM truoc
        WHERE truoc.nguoi = ky.nguoi
            AND truoc.tu <= thang.cuoi AND (truoc.den IS NULL OR truoc.den >= thang.dau)
            AND (truoc.tu < ky.tu OR (truoc.tu = ky.tu AND truoc.pk < ky.pk))
    )
GROUP BY ky.noi
"""
