"""Counting all units below one in a pass: the statement of `compute`, added up in the database."""

from datetime import datetime
from itertools import chain

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from baocao.chi_tieu import TU_TINH, ThoiKy, cau_hoi
from baocao.models import DemSoLieu, SoLieuKy
from core.periods import KyBaoCao
from tochuc.ban_do import BanDo
from tochuc.models import DonVi, LichSuDonVi


@transaction.atomic
def dem_so_lieu(
    goc: DonVi, ky: KyBaoCao, *, khi_do: bool = False, luc: datetime | None = None
) -> int:
    """Count the period anew for `goc` and every unit below it; how many units.

    With `khi_do` on the map of the last day counted. Four statements: who is counted, their
    counts' days, the old figures away, the new ones. Who counts the same units at the same time
    waits at the second.
    """
    thoi_ky = ThoiKy.of(ky, goc)
    ban_do = BanDo(thoi_ky.den) if khi_do else None
    units = dict(_noi(goc, thoi_ky, ban_do))
    counts = [
        DemSoLieu(
            don_vi_id=pk,
            ky=ky.code,
            den_ngay=ky.end,
            khi_do=khi_do,
            den=thoi_ky.den,
            luc=luc or timezone.now(),
        )
        for pk in sorted(units)
    ]
    DemSoLieu.objects.bulk_create(
        counts,
        update_conflicts=True,
        unique_fields=["don_vi", "ky", "khi_do"],
        update_fields=["den_ngay", "den", "luc"],
    )
    SoLieuKy.objects.filter(dem__in=_dem(ky, khi_do).filter(don_vi__in=units)).delete()
    with connection.cursor() as cursor:
        cursor.execute(*_lenh(goc, thoi_ky, ban_do, units))
    return len(units)


def _dem(ky: KyBaoCao, khi_do: bool):
    return DemSoLieu.objects.filter(ky=ky.code, khi_do=khi_do).order_by()


def _lenh(
    goc: DonVi, thoi_ky: ThoiKy, ban_do: BanDo | None, units: dict[int, str]
) -> tuple[str, list]:
    """INSERT … SELECT: each row of the counting statement is cut into its columns, and counts for
    the unit of every step of its way that the other end of a move is not below."""
    asked = cau_hoi(goc, thoi_ky, TU_TINH, ban_do, ca_nam=False)
    counted, params = asked.rows.query.sql_with_params()
    names = [
        (nguon, place, ma, int(mau))
        for nguon, columns in asked.columns.items()
        for place, (ma, _, mau) in enumerate(columns)
    ]
    places, place_params = _noi(goc, thoi_ky, ban_do).query.sql_with_params()
    lengths = sorted({len(path) for path in units.values()})
    width = range(max(map(len, asked.columns.values())))
    sql = _SQL.format(
        columns=", ".join(f"o{place}" for place in width),
        counted=counted,
        names=", ".join(["(%s, %s, %s, %s)"] * len(names)),
        lengths=", ".join(["(%s)"] * len(lengths)),
        places=places,
        value=" ".join(f"WHEN {place} THEN dem.o{place}" for place in width),
    )
    key = thoi_ky.ky.code, ban_do is not None
    return sql, [*params, *chain.from_iterable(names), *lengths, *place_params, *key]


def _noi(goc: DonVi, thoi_ky: ThoiKy, ban_do: BanDo | None) -> QuerySet:
    """Each unit and the way to it, on today's tree or as it was on the day."""
    if ban_do:
        return LichSuDonVi.objects.duoi(goc, thoi_ky.den).order_by().values_list("don_vi", "duong")
    return DonVi.objects.under(goc).order_by().values_list("pk", "path")


_SQL = """
WITH dem (nguon, p, k, {columns}) AS ({counted}),
cot (nguon, cho, ma, la_mau) AS (VALUES {names}),
bac (n) AS (VALUES {lengths}),
noi (don_vi_id, duong) AS ({places}),
rieng (p, k, ma, tu, mau) AS (
    SELECT dem.p, dem.k, cot.ma,
        SUM(CASE WHEN cot.la_mau = 0 THEN CASE cot.cho {value} END ELSE 0 END),
        SUM(CASE WHEN cot.la_mau = 1 THEN CASE cot.cho {value} END ELSE 0 END)
    FROM dem JOIN cot ON cot.nguon = dem.nguon
    WHERE CASE cot.cho {value} END <> 0
    GROUP BY dem.p, dem.k, cot.ma
)
INSERT INTO baocao_solieuky (dem_id, ma, tu, mau, tu_rieng, mau_rieng)
SELECT lan.id, rieng.ma, SUM(rieng.tu), SUM(rieng.mau),
    SUM(CASE WHEN rieng.p = noi.duong THEN rieng.tu ELSE 0 END),
    SUM(CASE WHEN rieng.p = noi.duong THEN rieng.mau ELSE 0 END)
FROM rieng
JOIN bac ON bac.n <= length(rieng.p)
JOIN noi ON noi.duong = substr(rieng.p, 1, bac.n)
JOIN baocao_demsolieu lan ON lan.don_vi_id = noi.don_vi_id AND lan.ky = %s AND lan.khi_do = %s
WHERE substr(rieng.k, 1, bac.n) <> noi.duong
GROUP BY lan.id, rieng.ma
"""
