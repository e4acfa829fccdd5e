"""The application's pages, and a floor for each: its SQL by hand, and as little HTML as can be."""

from django.db import connection
from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as pages

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


urlpatterns = [
    path("san/doan-vien/", members),
    path("san/mot-doan-vien/", member),
    path("san/sinh-hoat/", roster),
    path("san/xep-hang/", ranking),
    *pages,
]
