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
from pathlib import Path

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


_SO_LIEU = Path(__file__).with_name("san_so_lieu.sql")
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
    """(a) The facts of a quarter against the statement by hand, which writes as many rows. That
    one is told that single pages are cheap to read, or PostgreSQL would go through all rolls."""
    from django.db import connection, transaction  # noqa: PLC0415

    from baocao.so_lieu_ky import dem_so_lieu  # noqa: PLC0415

    sql = _SO_LIEU.read_text(encoding="utf-8")
    scope = {"root": tinh.path, "tu": ky.start, "den": ky.end, "nam": ky.nam}
    scope["thu_tu"] = 4 * ky.nam + ky.quy

    def by_hand():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL random_page_cost = 1.1")
            cursor.execute("DELETE FROM san_so_lieu")
            cursor.execute(sql, scope)

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


def scoring_round(tinh, today: date) -> bool:
    """(d) The ranking that is kept: a round of all branches by the set that ships, opened, its
    computed part filled, and added up as if all were verified; nothing of it stays."""
    from django.db import transaction  # noqa: PLC0415

    from baocao.dot_cham import services  # noqa: PLC0415
    from baocao.dot_cham.services.mo import LichCham  # noqa: PLC0415
    from baocao.models import BoTieuChi, DongCham, DotCham  # noqa: PLC0415
    from core.periods import KyBaoCao  # noqa: PLC0415

    ky = KyBaoCao(today.year)
    bo = BoTieuChi.objects.hieu_luc(ky.end).get(doi_tuong=DotCham.DoiTuong.CHI_DOAN)
    plan = {"don_vi": tinh, "bo": bo, "ky": ky, "lich": LichCham(today, today), "by": None}
    with transaction.atomic():
        opened = clock(lambda: services.open_dot(**plan))
        dot = DotCham.objects.get(don_vi=tinh)
        computed = clock(lambda: services.compute_dot(dot=dot, by=None))
        DongCham.objects.filter(dot=dot).update(trang_thai=DongCham.TrangThai.DA_THAM_DINH)
        DotCham.objects.filter(pk=dot.pk).update(trang_thai=DotCham.TrangThai.THAM_DINH)
        added = clock(lambda: services.trial_dot(dot=dot, by=None))
        count = dot.dong.count()
        transaction.set_rollback(True)
    print(
        f"Đợt chấm {count} chi đoàn: mở {opened:.1f} s, tính {computed:.1f} s, "
        f"xếp hạng {added:.1f} s",
        flush=True,
    )
    return computed + added <= GIOI_HAN["ranking"]


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
        scoring_round(tinh, today),
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
