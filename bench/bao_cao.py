"""`./run bench bao-cao`: figures, dashboard and ranking of a province against the bare SQL.

On PostgreSQL: 12 districts, 120 wards, 3,000 branches, 100,000 members and two years of monthly
meetings with their rolls, 2.4 million rows. Prints how long each takes against its floor, checks
that both say the same, and ends with 1 beyond a limit.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta

from bench.san_bao_cao import XEP_HANG, trang_chu
from bench.sap_xep import HUYEN, build, setup

THANG = 24
LAN = 5
GIOI_HAN = {"facts": 1.5, "page": 3.0, "statements": 12, "ranking": 10.0}


def fill(today: date) -> None:
    """A meeting a month of every branch, with everybody on its roll, in two statements."""
    from django.db import connection  # noqa: PLC0415 -- after the settings are named

    first = (today.replace(day=1) - timedelta(days=31 * THANG)).replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no check of keys, row by row
        cursor.execute(_BUOI, {"first": first, "months": THANG})
        cursor.execute(_DIEM_DANH)
        cursor.execute("UPDATE tochuc_donvi SET so_lieu_tu = %s", [first])
        cursor.execute(
            "UPDATE tochuc_donvi SET cum_thi_dua = 'Cụm ' || id % 5 WHERE cap = 'chi_doan'"
        )
        cursor.execute(
            "UPDATE doanvien_doanvien SET gioi_tinh = CASE WHEN id % 2 = 0 THEN 'nu' ELSE 'nam' END"
        )
        cursor.execute("SET session_replication_role = DEFAULT")
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


_BUOI = """
INSERT INTO chidoan_buoisinhhoat (chi_doan_id, loai, ngay, bat_dau, dia_diem, dai_bieu, chu_diem,
    noi_dung, y_kien, ket_luan, hoat_dong_kem, trang_thai, client_id, version, ban_nhap,
    ma_diem_danh, ghi_muon, nhap_thay, ghi_luc)
SELECT unit.id, 'dinh_ky', (%(first)s::date + make_interval(months => month, days => 14))::date,
    '19:30', 'Nhà văn hóa', '', 'Chủ điểm', '', '', '', '', 'hoan_thanh', gen_random_uuid(), 1,
    '{}', '', FALSE, FALSE, now()
FROM tochuc_donvi unit, generate_series(0, %(months)s) month
WHERE unit.cap = 'chi_doan' AND (unit.id + month) %% 12 <> 0
    AND %(first)s::date + make_interval(months => month, days => 14) < now()
"""
_DIEM_DANH = """
INSERT INTO chidoan_diemdanh (buoi_id, doan_vien_id, trang_thai, ly_do)
SELECT buoi.id, person.id, CASE WHEN (buoi.id * 7 + person.id * 13) % 10 < 8 THEN 'co_mat'
    ELSE 'vang' END, ''
FROM chidoan_buoisinhhoat buoi JOIN doanvien_doanvien person USING (chi_doan_id)
"""


_SO_LIEU = """
WITH unit AS (SELECT id, path, cap FROM tochuc_donvi WHERE path LIKE %(root)s || '%%'),
member AS (
    SELECT q.chi_doan_id, COUNT(*) AS doan_vien,
        COUNT(*) FILTER (WHERE d.gioi_tinh = 'nu') AS doan_vien_nu,
        COUNT(*) FILTER (WHERE d.dan_toc <> 'Kinh') AS dan_toc_thieu_so,
        COUNT(*) FILTER (WHERE d.ton_giao NOT IN ('', 'Không')) AS ton_giao,
        COUNT(*) FILTER (WHERE d.ngay_vao_dang <= %(den)s) AS dang_vien_trong_doan,
        COUNT(*) FILTER (WHERE d.di_xa_tu <= %(den)s
            AND (d.di_xa_den IS NULL OR d.di_xa_den >= %(den)s)) AS di_lam_xa
    FROM doanvien_quatrinh q JOIN doanvien_doanvien d ON d.id = q.doan_vien_id
    WHERE q.loai = 'chinh_thuc' AND q.tu_ngay <= %(den)s
        AND (q.den_ngay IS NULL OR q.den_ngay >= %(den)s)
    GROUP BY q.chi_doan_id
),
arrival AS (
    SELECT chi_doan_id, COUNT(*) FILTER (WHERE ly_do_bat_dau = 'ket_nap') AS ket_nap_moi,
        COUNT(*) FILTER (WHERE ly_do_bat_dau = 'chuyen_den') AS chuyen_den
    FROM doanvien_quatrinh
    WHERE loai = 'chinh_thuc' AND tu_ngay BETWEEN %(tu)s AND %(den)s GROUP BY chi_doan_id
),
departure AS (
    SELECT chi_doan_id, COUNT(*) FILTER (WHERE ly_do_ket_thuc = 'chuyen_di') AS chuyen_di,
        COUNT(*) FILTER (WHERE ly_do_ket_thuc = 'truong_thanh') AS truong_thanh
    FROM doanvien_quatrinh WHERE loai = 'chinh_thuc'
        AND den_ngay BETWEEN %(tu)s::date - 1 AND %(den)s::date - 1 GROUP BY chi_doan_id
),
meeting AS (
    SELECT chi_doan_id, COUNT(*) AS buoi, COUNT(DISTINCT date_trunc('month', ngay)) AS thang
    FROM chidoan_buoisinhhoat WHERE trang_thai <> 'nhap' AND loai <> 'bch'
        AND ngay BETWEEN %(tu)s AND %(den)s GROUP BY chi_doan_id
),
roll AS (
    SELECT b.chi_doan_id, COUNT(*) AS mau,
        COUNT(*) FILTER (WHERE r.trang_thai IN ('co_mat', 'muon')) AS tu
    FROM chidoan_buoisinhhoat b JOIN chidoan_diemdanh r ON r.buoi_id = b.id
    WHERE b.trang_thai <> 'nhap' AND b.loai <> 'bch' AND b.ngay BETWEEN %(tu)s AND %(den)s
    GROUP BY b.chi_doan_id
),
own AS (
    SELECT unit.path, unit.cap, member.*, arrival.ket_nap_moi, arrival.chuyen_den,
        departure.chuyen_di, departure.truong_thanh, meeting.buoi, meeting.thang, roll.tu, roll.mau
    FROM unit LEFT JOIN member ON member.chi_doan_id = unit.id
    LEFT JOIN arrival ON arrival.chi_doan_id = unit.id
    LEFT JOIN departure ON departure.chi_doan_id = unit.id
    LEFT JOIN meeting ON meeting.chi_doan_id = unit.id LEFT JOIN roll ON roll.chi_doan_id = unit.id
),
added AS (
    SELECT substr(path, 1, n) AS path, COUNT(*) FILTER (WHERE cap = 'co_so') AS xa_thi_tran,
        COUNT(*) FILTER (WHERE cap = 'chi_doan') AS chi_doan,
        COUNT(*) FILTER (WHERE cap = 'chi_doan' AND doan_vien IS NULL) AS trang,
        COUNT(*) FILTER (WHERE cap = 'chi_doan' AND COALESCE(doan_vien, 0) < 3) AS duoi_3,
        COUNT(*) FILTER (WHERE cap = 'chi_doan' AND COALESCE(doan_vien, 0) < 9) AS duoi_9,
        COUNT(*) FILTER (WHERE thang >= 3) AS du, SUM(doan_vien) AS doan_vien,
        SUM(doan_vien_nu) AS doan_vien_nu, SUM(dan_toc_thieu_so) AS dan_toc_thieu_so,
        SUM(ton_giao) AS ton_giao, SUM(dang_vien_trong_doan) AS dang_vien, SUM(di_lam_xa) AS di_xa,
        SUM(ket_nap_moi) AS ket_nap_moi, SUM(chuyen_den) AS chuyen_den, SUM(chuyen_di) AS chuyen_di,
        SUM(truong_thanh) AS truong_thanh, SUM(buoi) AS buoi, SUM(tu) AS tu, SUM(mau) AS mau
    FROM own JOIN generate_series(4, 16, 4) n ON n <= length(path) GROUP BY 1
)
INSERT INTO san_so_lieu (don_vi_id, ma, tu, mau, tu_rieng, mau_rieng)
SELECT unit.id, figure.ma, COALESCE(figure.tu, 0), COALESCE(figure.mau, 0),
    CASE WHEN unit.cap = figure.cap THEN COALESCE(figure.tu, 0) ELSE 0 END,
    CASE WHEN unit.cap = figure.cap THEN COALESCE(figure.mau, 0) ELSE 0 END
FROM added JOIN unit USING (path),
    LATERAL (VALUES ('co_so', 'xa_thi_tran', xa_thi_tran, 0),
        ('chi_doan', 'chi_doan', chi_doan, 0),
        ('chi_doan', 'chi_doan_trang_doan_vien', trang, 0),
        ('chi_doan', 'chi_doan_duoi_3', duoi_3, 0),
        ('chi_doan', 'chi_doan_duoi_9', duoi_9, 0),
        ('chi_doan', 'chi_doan_sinh_hoat_du', du, 0),
        ('chi_doan', 'ty_le_chi_doan_sinh_hoat_du', du, chi_doan),
        ('chi_doan', 'doan_vien', doan_vien, 0),
        ('chi_doan', 'doan_vien_nu', doan_vien_nu, 0),
        ('chi_doan', 'dan_toc_thieu_so', dan_toc_thieu_so, 0),
        ('chi_doan', 'ton_giao', ton_giao, 0),
        ('chi_doan', 'dang_vien_trong_doan', dang_vien, 0),
        ('chi_doan', 'di_lam_xa', di_xa, 0),
        ('chi_doan', 'ket_nap_moi', ket_nap_moi, 0),
        ('chi_doan', 'chuyen_den', chuyen_den, 0),
        ('chi_doan', 'chuyen_di', chuyen_di, 0),
        ('chi_doan', 'truong_thanh', truong_thanh, 0),
        ('chi_doan', 'buoi_sinh_hoat', buoi, 0),
        ('chi_doan', 'dang_ky_ren_luyen', 0, doan_vien),
        ('chi_doan', 'ty_le_du_sinh_hoat', tu, mau)
    ) figure (cap, ma, tu, mau)
WHERE COALESCE(figure.tu, 0) <> 0 OR COALESCE(figure.mau, 0) <> 0
"""
"""The figures that are not zero here, written by hand: each table is read once. Rows are owned by
wards and branches alone, so a figure is a unit's own where it is counted at its level."""
_BANG = """
CREATE TABLE IF NOT EXISTS san_so_lieu (id bigserial PRIMARY KEY, don_vi_id bigint, ma varchar(40),
    tu bigint, mau bigint, tu_rieng bigint, mau_rieng bigint, UNIQUE (don_vi_id, ma))
"""
_KHAC = """
SELECT COUNT(*) FROM san_so_lieu floor
FULL JOIN (SELECT d.don_vi_id, f.* FROM baocao_solieuky f JOIN baocao_demsolieu d ON d.id = f.dem_id
    WHERE d.ky = %s AND NOT d.khi_do) fact
ON fact.don_vi_id = floor.don_vi_id AND fact.ma = floor.ma
WHERE (fact.tu, fact.mau, fact.tu_rieng, fact.mau_rieng)
    IS DISTINCT FROM (floor.tu, floor.mau, floor.tu_rieng, floor.mau_rieng)
"""


def facts(tinh, ky) -> bool:
    """(a) The facts of a quarter against the statement by hand, which writes as many rows."""
    from django.db import connection  # noqa: PLC0415

    from baocao.so_lieu_ky import dem_so_lieu  # noqa: PLC0415

    def by_hand():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM san_so_lieu")
            cursor.execute(_SO_LIEU, {"root": tinh.path, "tu": ky.start, "den": ky.end})

    with connection.cursor() as cursor:
        cursor.execute(_BANG)
    ours, floor = in_turn(lambda: dem_so_lieu(tinh, ky), by_hand)
    with connection.cursor() as cursor:
        cursor.execute(_KHAC, [ky.code])
        (different,) = cursor.fetchone()
    if different:
        sys.exit(f"Hai cách đếm khác nhau ở {different} số liệu.")
    ratio = ours / floor
    print(
        f"Số liệu một quý của cả tỉnh: {ours:.2f} s, viết tay {floor:.2f} s, gấp {ratio:.2f}",
        flush=True,
    )
    return ratio <= GIOI_HAN["facts"]


def in_turn(one, other) -> tuple[float, float]:
    """Seconds of both, medians; asked in turn, so that a slower machine slows both."""
    times = [[clock(one), clock(other)] for _ in range(LAN + 1)][1:]
    return tuple(statistics.median(column) for column in zip(*times, strict=True))


def clock(action) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def page(name: str, don_vi, url: str, floor: Sequence[str], scope: dict) -> bool:
    """(b) A page of an office above wards against the bare SQL of its figures: see
    `bench.san_bao_cao` for what that leaves out."""
    from django.db import connection  # noqa: PLC0415

    from bench.measure import account, statements, timed  # noqa: PLC0415
    from tochuc.permissions import VaiTro  # noqa: PLC0415

    client = account(f"do.{name}", (VaiTro.VAN_PHONG_CAP_TREN, don_vi))

    def bare():
        with connection.cursor() as cursor:
            for sql in floor:
                cursor.execute(sql, scope)
                cursor.fetchall()

    ours, bare_took = in_turn(lambda: timed(client, url), bare)
    count = statements(client, url)
    print(
        f"{name}: {1000 * ours:.0f} ms, SQL trần {1000 * bare_took:.0f} ms, "
        f"gấp {ours / bare_took:.2f}, {count} câu lệnh",
        flush=True,
    )
    return ours / bare_took <= GIOI_HAN["page"] and count <= GIOI_HAN["statements"]


def ranking(tinh, nam: int) -> bool:
    """(c) The ranking of all branches, with every criterion."""
    from baocao.xep_hang import load_xep_hang  # noqa: PLC0415

    begun = time.perf_counter()
    rows = load_xep_hang(tinh, nam).dong
    took = time.perf_counter() - begun
    print(f"Xếp hạng {len(rows)} chi đoàn: {took:.1f} s", flush=True)
    return took <= GIOI_HAN["ranking"]


def measure(today: date) -> bool:
    """Whether all limits are kept; every figure is printed, also after one that is not."""
    from baocao.tong_quan.xu_huong import tam_quy  # noqa: PLC0415
    from core.periods import KyBaoCao  # noqa: PLC0415
    from tochuc.models import DonVi  # noqa: PLC0415

    tinh = DonVi.objects.get(ma="do")
    huyen = DonVi.objects.truc_thuoc(tinh, today).first()
    quarters = [(tk.ky.start, tk.den) for tk in tam_quy(today)]
    scope = {
        "root": huyen.path,
        "tu": today.replace(month=1, day=1),
        "tam_quy": quarters[0][0],
        "den": today,
    }
    home, year = trang_chu(quarters), f"/xep-hang/?ky={today.year}"
    kept = [
        facts(tinh, KyBaoCao.quarter_of(today).previous),
        page("Trang chủ cấp huyện", huyen, "/", home, scope),
        page("Trang xếp hạng cấp huyện", huyen, year, XEP_HANG, scope),
        ranking(tinh, today.year),
    ]
    return all(kept)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        from django.db import connection  # noqa: PLC0415

        from core.periods import today  # noqa: PLC0415

        if connection.vendor != "postgresql":
            sys.exit("Đo trên PostgreSQL: ./run bench bao-cao")
        begun = time.perf_counter()
        print("Dựng tỉnh để đo …", flush=True)
        build(HUYEN)
        print(f"Có đơn vị và đoàn viên sau {time.perf_counter() - begun:.0f} s", flush=True)
        fill(today())
        print(f"Dựng xong sau {time.perf_counter() - begun:.0f} s", flush=True)
        if not measure(today()):
            sys.exit("Quá giới hạn.")


if __name__ == "__main__":
    main()
