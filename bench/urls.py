"""The application's pages, and a floor for each: its SQL by hand, and as little HTML as can be."""

from django.db import connection
from django.http import HttpResponse
from django.urls import path

from chidoan.queries import lan_truoc
from config.urls import urlpatterns as pages
from core.periods import today

MEMBERS = """
SELECT d.id, d.ho_ten, d.ngay_sinh, d.ngay_vao_doan, d.chuc_vu, d.trang_thai, u.ten
FROM doanvien_doanvien d JOIN tochuc_donvi u ON u.id = d.chi_doan_id
WHERE u.path >= %s AND u.path <= %s ORDER BY d.khoa_sap_xep, d.ngay_sinh, d.id LIMIT 50
"""
COUNT = """
SELECT COUNT(*) FROM doanvien_doanvien d JOIN tochuc_donvi u ON u.id = d.chi_doan_id
WHERE u.path >= %s AND u.path <= %s
"""
ROSTER = """
SELECT d.id, d.ho_ten, d.di_xa_tu FROM doanvien_quatrinh q
JOIN doanvien_doanvien d ON d.id = q.doan_vien_id
WHERE q.chi_doan_id = %s AND q.loai = 'chinh_thuc' AND q.den_ngay IS NULL ORDER BY d.khoa_sap_xep
"""
MEMBER = """
SELECT d.*, u.ten FROM doanvien_doanvien d JOIN tochuc_donvi u ON u.id = d.chi_doan_id
WHERE d.id = %s AND u.path >= %s AND u.path <= %s
"""
PERIODS = """
SELECT q.tu_ngay, q.den_ngay, q.ly_do_bat_dau, u.ten FROM doanvien_quatrinh q
JOIN tochuc_donvi u ON u.id = q.chi_doan_id WHERE q.doan_vien_id = %s ORDER BY q.tu_ngay DESC
"""
RATINGS = "SELECT nam, muc, ngay FROM doanvien_xeploai WHERE doan_vien_id = %s ORDER BY nam DESC"
RANKING = """
SELECT b.chi_doan_id, COUNT(DISTINCT b.id), COUNT(*),
       SUM(CASE WHEN r.trang_thai IN ('co_mat', 'muon') THEN 1 ELSE 0 END)
FROM chidoan_buoisinhhoat b JOIN chidoan_diemdanh r ON r.buoi_id = b.id
JOIN tochuc_donvi u ON u.id = b.chi_doan_id
WHERE u.path >= %s AND u.path <= %s AND b.ngay BETWEEN %s AND %s GROUP BY b.chi_doan_id
"""

MONTHS = """
SELECT b.chi_doan_id, substr(b.ngay, 1, 7), COUNT(DISTINCT b.id), COUNT(*),
       SUM(CASE WHEN r.trang_thai IN ('co_mat', 'muon') THEN 1 ELSE 0 END)
FROM chidoan_buoisinhhoat b JOIN chidoan_diemdanh r ON r.buoi_id = b.id
JOIN tochuc_donvi u ON u.id = b.chi_doan_id
WHERE u.path >= %s AND u.path <= %s AND b.ngay BETWEEN %s AND %s
GROUP BY b.chi_doan_id, substr(b.ngay, 1, 7)
"""
YEAR = """
SELECT b.id, b.ngay, b.chu_diem, COUNT(r.id) FROM chidoan_buoisinhhoat b
LEFT JOIN chidoan_diemdanh r ON r.buoi_id = b.id
WHERE b.chi_doan_id = %s AND b.ngay BETWEEN %s AND %s GROUP BY b.id ORDER BY b.ngay
"""
BRANCHES = """
SELECT u.id, u.ten, (SELECT COUNT(*) FROM doanvien_quatrinh q WHERE q.chi_doan_id = u.id
AND q.loai = 'chinh_thuc' AND q.den_ngay IS NULL) FROM tochuc_donvi u
WHERE u.cap = 'chi_doan' AND u.path >= %s AND u.path <= %s ORDER BY u.path LIMIT 50
"""
LAST_ROLL = """
SELECT r.doan_vien_id, r.trang_thai FROM chidoan_diemdanh r WHERE r.buoi_id =
(SELECT b.id FROM chidoan_buoisinhhoat b WHERE b.chi_doan_id = %s AND b.trang_thai <> 'nhap'
 ORDER BY b.ngay DESC, b.id DESC LIMIT 1)
"""


def _rows(*queries):
    with connection.cursor() as cursor:
        for sql, arguments in queries:
            cursor.execute(sql, arguments)
            yield from cursor.fetchall()


def _answer(rows):
    return HttpResponse("".join("<tr>" + "".join(f"<td>{v}</td>" for v in row) for row in rows))


def _scope(request):
    path_ = request.user.phan_cong_chinh.don_vi.path
    return path_, path_ + "Z"


def members(request):
    scope = _scope(request)
    return _answer(_rows((COUNT, scope), (MEMBERS, scope)))


def roster(request):
    return _answer(_rows((ROSTER, [request.GET["chi_doan"]])))


def member(request):
    pk = request.GET["pk"]
    return _answer(_rows((MEMBER, [pk, *_scope(request)]), (PERIODS, [pk]), (RATINGS, [pk])))


def ranking(request):
    nam = request.GET["ky"]
    scope = _scope(request)
    return _answer(_rows((RANKING, [*scope, f"{nam}-01-01", f"{nam}-12-31"])))


def months(request):
    """Two years of rolls by branch and month: what a heat map reads."""
    nam = int(request.GET["nam"])
    return _answer(_rows((MONTHS, [*_scope(request), f"{nam - 1}-01-01", f"{nam}-12-31"])))


def year(request):
    nam = request.GET["nam"]
    return _answer(_rows((YEAR, [request.GET["chi_doan"], f"{nam}-01-01", f"{nam}-12-31"])))


def branches(request):
    return _answer(_rows((BRANCHES, _scope(request))))


def earlier(request):
    """What the meeting form asks of earlier meetings, through its own function."""
    pk, day = int(request.GET["chi_doan"]), today()
    people = [row[0] for row in _rows((ROSTER, [pk]))]
    found = lan_truoc(pk, people, day)
    return _answer([*found.trang_thai.items(), *found.ly_do.items()])


def last_roll(request):
    pk = request.GET["chi_doan"]
    return _answer(_rows((ROSTER, [pk]), (LAST_ROLL, [pk])))


urlpatterns = [
    path("do/lan-truoc/", earlier),
    path("san/lan-truoc/", last_roll),
    path("san/lich-phuong/", months),
    path("san/nam/", year),
    path("san/chi-doan/", branches),
    path("san/doan-vien/", members),
    path("san/mot-doan-vien/", member),
    path("san/sinh-hoat/", roster),
    path("san/xep-hang/", ranking),
    *pages,
]
