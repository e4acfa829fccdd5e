"""Counting all units below one in a pass: the statement of `compute`, added up in the database."""

from datetime import datetime
from itertools import chain

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from baocao.chi_tieu import O_SO, TU_TINH, ThoiKy, cau_hoi
from baocao.models import DemSoLieu, SoLieuKy
from core.periods import KyBaoCao
from tochuc.ban_do import BanDo
from tochuc.models import DonVi, LichSuDonVi


@transaction.atomic
def dem_so_lieu(
    goc: DonVi, ky: KyBaoCao, *, khi_do: bool = False, luc: datetime | None = None
) -> int:
    """Count the period anew for `goc` and every unit below it; how many units.

    With `khi_do` on the map of the last day counted. Six statements: who is counted, their
    counts' days, the old figures away, what the registers hold into a table of its own, the new
    figures, that table away. Who counts the same units at the same time waits at the second.
    """
    thoi_ky = ThoiKy.of(ky, goc)
    ban_do = BanDo(thoi_ky.den) if khi_do else None
    units = dict(_noi(goc, thoi_ky, ban_do))
    with connection.cursor() as cursor:
        cursor.execute(*_lan_dem(goc, thoi_ky, ban_do, luc or timezone.now()))
        SoLieuKy.objects.filter(dem__in=_dem(goc, thoi_ky, ban_do)).delete()
        for statement in _so_lieu(goc, thoi_ky, ban_do, units):
            cursor.execute(*statement)
    return len(units)


def _dem(goc: DonVi, thoi_ky: ThoiKy, ban_do: BanDo | None) -> QuerySet:
    """The counts of those units."""
    units = _noi(goc, thoi_ky, ban_do).values("don_vi" if ban_do else "pk")
    counts = DemSoLieu.objects.filter(ky=thoi_ky.ky.code, khi_do=ban_do is not None)
    return counts.filter(don_vi__in=units).order_by()


def _lan_dem(goc: DonVi, thoi_ky: ThoiKy, ban_do: BanDo | None, luc: datetime) -> tuple[str, list]:
    """A count for each unit, or the day and the moment of the one it has."""
    places, params = _noi(goc, thoi_ky, ban_do).query.sql_with_params()
    end, den = (connection.ops.adapt_datefield_value(day) for day in (thoi_ky.ky.end, thoi_ky.den))
    moment = connection.ops.adapt_datetimefield_value(luc)
    key = thoi_ky.ky.code, end, ban_do is not None
    return _LAN_DEM.format(places=places), [*params, *key, den, moment]


def _so_lieu(
    goc: DonVi, thoi_ky: ThoiKy, ban_do: BanDo | None, units: dict[int, str]
) -> list[tuple[str, list]]:
    """Each row of the counting statement is cut into its indicators, and counts for the unit of
    every step of its way that the other end of a move is not below.

    It fills a table first: PostgreSQL reads for that with several hands, for an INSERT with one.
    """
    asked = cau_hoi(goc, thoi_ky, TU_TINH, ban_do, ca_nam=False)
    codes = [item.ma for item in TU_TINH]
    columns = [
        (nguon, codes.index(ma), tu, mau)
        for nguon, found in asked.columns.items()
        for ma, (tu, mau) in _cho(found).items()
    ]
    places, place_params = _noi(goc, thoi_ky, ban_do).query.sql_with_params()
    lengths = sorted({len(path) for path in units.values()})
    width = range(max(map(len, asked.columns.values())))
    names = ", ".join(f"o{place}" for place in width)
    whole = ", ".join(f"CAST(o{place} AS bigint) AS o{place}" for place in width)
    sql = _SO_LIEU.format(
        codes=", ".join(["(%s, %s)"] * len(codes)),
        places_of=", ".join(["(%s, %s, %s, %s)"] * len(columns)),
        lengths=", ".join(["(%s)"] * len(lengths)),
        places=places,
        value=" ".join(f"WHEN {place} THEN dem.o{place}" for place in width),
    )
    key = thoi_ky.ky.code, ban_do is not None
    named = chain(chain.from_iterable(enumerate(codes)), chain.from_iterable(columns))
    return [
        (_DEM.format(columns=names, counted=asked.sql, whole=whole), asked.params),
        (sql, [*named, *lengths, *place_params, *key]),
        ("DROP TABLE dem_tam", []),
    ]


def _cho(columns: list[list[O_SO]]) -> dict[str, list[int]]:
    """In which column of a source each indicator is counted, and in which its base (-1: in
    none)."""
    found: dict[str, list[int]] = {}
    for place, keys in enumerate(columns):
        for ma, _, mau in keys:
            found.setdefault(ma, [-1, -1])[mau] = place
    return found


def _noi(goc: DonVi, thoi_ky: ThoiKy, ban_do: BanDo | None) -> QuerySet:
    """Each unit and the way to it, on today's tree or as it was on the day."""
    if ban_do:
        return LichSuDonVi.objects.duoi(goc, thoi_ky.den).order_by().values_list("don_vi", "duong")
    return DonVi.objects.under(goc).order_by().values_list("pk", "path")


_DEM = """
CREATE TEMP TABLE dem_tam AS
WITH dem (nguon, p, k, {columns}) AS ({counted}) SELECT nguon, p, k, {whole} FROM dem
"""
_SO_LIEU = """
WITH ten (so, ma) AS (VALUES {codes}),
cot (nguon, so, tu, mau) AS (VALUES {places_of}),
bac (n) AS (VALUES {lengths}),
noi (don_vi_id, duong) AS ({places}),
tren (p, n, duong, lan, rieng) AS MATERIALIZED (
    SELECT noi.duong, bac.n, tren.duong, lan.id, bac.n = length(noi.duong)
    FROM noi
    JOIN bac ON bac.n <= length(noi.duong)
    JOIN noi tren ON tren.duong = substr(noi.duong, 1, bac.n)
    JOIN baocao_demsolieu lan
        ON lan.don_vi_id = tren.don_vi_id AND lan.ky = %s AND lan.khi_do = %s
),
gia_tri AS MATERIALIZED (
    SELECT * FROM (
        SELECT dem.p, dem.k, cot.so, COALESCE(CASE cot.tu {value} END, 0) AS tu,
            COALESCE(CASE cot.mau {value} END, 0) AS mau
        FROM dem_tam dem JOIN cot ON cot.nguon = dem.nguon
    ) cat WHERE tu <> 0 OR mau <> 0
),
tong AS MATERIALIZED (
    SELECT tren.lan, gia_tri.so, SUM(tu) AS tu, SUM(mau) AS mau,
        SUM(CASE WHEN rieng THEN tu ELSE 0 END) AS tu_rieng,
        SUM(CASE WHEN rieng THEN mau ELSE 0 END) AS mau_rieng
    FROM gia_tri JOIN tren ON tren.p = gia_tri.p
    WHERE gia_tri.k = '' OR substr(gia_tri.k, 1, tren.n) <> tren.duong
    GROUP BY tren.lan, gia_tri.so
    HAVING SUM(tu) <> 0 OR SUM(mau) <> 0
)
INSERT INTO baocao_solieuky (dem_id, ma, tu, mau, tu_rieng, mau_rieng)
SELECT tong.lan, ten.ma, tong.tu, tong.mau, tong.tu_rieng, tong.mau_rieng
FROM tong JOIN ten ON ten.so = tong.so
"""
"""Codes are numbers until the end: grouping by words would sort them."""
_LAN_DEM = """
WITH noi (don_vi_id, duong) AS ({places})
INSERT INTO baocao_demsolieu (don_vi_id, ky, den_ngay, khi_do, den, luc)
SELECT don_vi_id, %s, %s, %s, %s, %s FROM noi WHERE TRUE
ON CONFLICT (don_vi_id, ky, khi_do) DO UPDATE SET den = EXCLUDED.den, luc = EXCLUDED.luc
"""
