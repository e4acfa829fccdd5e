# ruff: noqa: S608 -- put together from words of this file alone
"""What the measured pages show, in handwritten SQL: the floors of `bench.bao_cao`.

A floor reads rolls once, meeting by meeting, and official periods once for the home; the ranking
counts them by the index, branch by branch. It leaves out who may see what, addresses, words and
the page itself; of the home what is due.
"""

from datetime import date

_TRONG = "u.path LIKE %(root)s || '%%'"
_CHINH_THUC = "q.loai = 'chinh_thuc'"
_DA_HOP = "b.trang_thai <> 'nhap' AND b.loai <> 'bch'"
_DU = "COUNT(r.id) FILTER (WHERE r.trang_thai IN ('co_mat', 'muon'))"

_DON_VI = f"SELECT u.* FROM tochuc_donvi u WHERE {_TRONG} AND u.cap <> 'chi_doan' ORDER BY u.path"
_DIEM_DANH_QUY = f"""
SELECT b.chi_doan_id, date_trunc('quarter', b.ngay), SUM(r.ten), SUM(r.du)
FROM chidoan_buoisinhhoat b JOIN tochuc_donvi u ON u.id = b.chi_doan_id,
    LATERAL (SELECT COUNT(*) AS ten, {_DU} AS du FROM chidoan_diemdanh r
        WHERE r.buoi_id = b.id) r
WHERE {_TRONG} AND {_DA_HOP} AND b.ngay BETWEEN %(tam_quy)s AND %(den)s GROUP BY 1, 2
"""
_CHI_DOAN = f"""
SELECT u.id, u.path, (SELECT MAX(b.ngay) FROM chidoan_buoisinhhoat b
        WHERE b.chi_doan_id = u.id AND {_DA_HOP} AND b.ngay <= %(den)s) AS buoi_cuoi,
    EXISTS (SELECT FROM chidoan_chucvu c WHERE c.don_vi_id = u.id AND c.chuc_danh = 'bi_thu'
        AND c.tu_ngay <= %(den)s AND (c.den_ngay IS NULL OR c.den_ngay >= %(den)s)) AS bi_thu,
    EXISTS (SELECT FROM doanvien_doanvien d WHERE d.chi_doan_id = u.id
        AND d.trang_thai = 'dang_sinh_hoat' AND d.chuc_vu IN
            ('Bí thư', 'Bí thư chi đoàn', 'Bí thư chi đoàn cơ sở')) AS ten_bi_thu,
    (SELECT x.muc FROM baocao_xeploaidonvi x WHERE x.don_vi_id = u.id
        AND x.nam = EXTRACT(year FROM %(den)s::date) AND x.ngay <= %(den)s LIMIT 1) AS muc
FROM tochuc_donvi u WHERE {_TRONG} AND u.cap = 'chi_doan' AND u.ket_thuc IS NULL
"""
_SO_NHO = f"""
SELECT 'ho_so', u.path, COUNT(*) FILTER (WHERE h.ngay_gioi_thieu BETWEEN %(tu)s AND %(den)s),
    COUNT(*) FILTER (WHERE h.ngay_gui BETWEEN %(tu)s AND %(den)s),
    COUNT(*) FILTER (WHERE h.ngay_ket_nap BETWEEN %(tu)s AND %(den)s)
FROM tuduong_hoso h JOIN tochuc_donvi u ON u.id = h.chi_doan_id WHERE {_TRONG} GROUP BY 2
UNION ALL SELECT 'cong_van', u.path, COUNT(*), 0, 0 FROM tuduong_chatvan c
JOIN tuduong_hoso h ON h.id = c.ho_so_id JOIN tochuc_donvi u ON u.id = h.chi_doan_id
WHERE {_TRONG} AND c.tra_loi_ngay IS NULL AND c.ngay <= %(den)s GROUP BY 2
UNION ALL SELECT 'dia_ban', u.path, COUNT(*), 0, 0 FROM tochuc_diaban d
JOIN tochuc_donvi u ON u.id = d.don_vi_id WHERE {_TRONG} GROUP BY 2
UNION ALL SELECT 'tap_huan', u.path, COUNT(DISTINCT v.doan_vien_id), 0, 0 FROM chidoan_hocvien v
JOIN chidoan_loptaphuan l ON l.id = v.lop_id JOIN chidoan_chucvu c USING (doan_vien_id)
JOIN tochuc_donvi u ON u.id = c.don_vi_id
WHERE {_TRONG} AND l.den_ngay BETWEEN %(tu)s AND %(den)s GROUP BY 2
"""
_BAO_CAO = f"""
SELECT r.* FROM baocao_baocao r JOIN tochuc_donvi u ON u.id = r.don_vi_id
WHERE {_TRONG} AND r.den_ngay >= %(tu)s
"""
_CHI_DOAN_XEP = f"""
SELECT u.*, x.muc, x.so_quyet_dinh, t.gia_tri,
    (SELECT COUNT(*) FROM doanvien_quatrinh q WHERE q.chi_doan_id = u.id AND {_CHINH_THUC}
        AND q.tu_ngay <= %(den)s AND (q.den_ngay IS NULL OR q.den_ngay >= %(den)s)),
    (SELECT COUNT(*) FROM doanvien_quatrinh q WHERE q.chi_doan_id = u.id AND {_CHINH_THUC}
        AND q.tu_ngay BETWEEN %(tu)s AND %(den)s AND q.ly_do_bat_dau = 'ket_nap'),
    (SELECT string_agg(n.kieu || n.tu_ngay || n.den_ngay, ',') FROM chidoan_nhipsinhhoat n
        WHERE n.chi_doan_id = u.id),
    (SELECT string_agg(q.tu_ngay || '|' || q.den_ngay, ',') FROM doanvien_quatrinh q
        WHERE q.chi_doan_id = u.id
            AND (q.ly_do_bat_dau = 'sap_xep' OR q.ly_do_ket_thuc = 'sap_xep'))
FROM tochuc_donvi u
LEFT JOIN baocao_xeploaidonvi x ON x.don_vi_id = u.id
    AND x.nam = EXTRACT(year FROM %(den)s::date)
LEFT JOIN baocao_chitieunam t ON t.don_vi_id = u.id AND t.ma = 'ket_nap_moi'
    AND t.nam = EXTRACT(year FROM %(den)s::date)
WHERE {_TRONG} AND u.cap = 'chi_doan' AND u.ket_thuc IS NULL ORDER BY u.path
"""
_DIEM_DANH_BUOI = f"""
SELECT b.chi_doan_id, b.ngay, COUNT(r.id), {_DU}
FROM chidoan_buoisinhhoat b JOIN tochuc_donvi u ON u.id = b.chi_doan_id
LEFT JOIN chidoan_diemdanh r ON r.buoi_id = b.id
WHERE {_TRONG} AND {_DA_HOP} AND b.ngay BETWEEN %(tu)s AND %(den)s GROUP BY b.id
"""
_XEP_LOAI = f"""
SELECT x.chi_doan_id, COUNT(*), COUNT(*) FILTER (WHERE x.muc IN ('xuat_sac', 'tot')),
    COUNT(*) FILTER (WHERE x.muc = 'khong_hoan_thanh')
FROM doanvien_xeploai x JOIN tochuc_donvi u ON u.id = x.chi_doan_id
WHERE {_TRONG} AND x.nam = EXTRACT(year FROM %(den)s::date) AND x.ngay <= %(den)s GROUP BY 1
"""
_DANH_GIA = f"""
SELECT g.* FROM baocao_danhgiatieuchi g JOIN tochuc_donvi u ON u.id = g.chi_doan_id
WHERE {_TRONG} AND g.nam = EXTRACT(year FROM %(den)s::date) ORDER BY g.ngay, g.id
"""
_LUAT = """
SELECT b.ban_bam, NULL, NULL, NULL FROM baocao_botieuchi b
UNION ALL SELECT d.ma, d.don_vi_id::text, d.tu_ngay::text, d.gia_tri::text FROM tochuc_quydinh d
"""
_DOT_CHAM = f"""
SELECT d.* FROM baocao_dotcham d JOIN tochuc_donvi u ON u.id = d.don_vi_id WHERE {_TRONG}
"""
_SO_PHU = f"""
SELECT 'ky_luat', k.chi_doan_id, COUNT(*) FROM doanvien_kyluat k
JOIN tochuc_donvi u ON u.id = k.chi_doan_id WHERE {_TRONG} AND k.khieu_nai <> 'huy'
    AND k.ngay_cong_bo BETWEEN %(tu)s AND %(den)s GROUP BY 2
UNION ALL SELECT 'ren_luyen', q.chi_doan_id, COUNT(*) FROM doanvien_renluyen r
JOIN doanvien_quatrinh q USING (doan_vien_id) JOIN tochuc_donvi u ON u.id = q.chi_doan_id
WHERE {_TRONG} AND {_CHINH_THUC} AND q.tu_ngay <= %(den)s
    AND (q.den_ngay IS NULL OR q.den_ngay >= %(den)s)
    AND r.nam = EXTRACT(year FROM %(den)s::date) AND r.ngay_dang_ky <= %(den)s GROUP BY 2
"""
_CHAM = """{0}.tu_ngay < m.thang + interval '1 month'
    AND ({0}.den_ngay IS NULL OR {0}.den_ngay >= m.thang)"""
_CON_NO = f"""
SELECT q.chi_doan_id, COUNT(*) FROM doanvien_sothudoanphi s
JOIN tochuc_donvi u ON u.id = s.don_vi_id
JOIN generate_series(%(tu)s::date, %(den)s::date, '1 month') m (thang) ON m.thang >= s.tu_thang
    AND (u.so_lieu_den IS NULL OR u.so_lieu_den >= m.thang)
JOIN doanvien_quatrinh q ON q.chi_doan_id = u.id AND {_CHINH_THUC} AND {_CHAM.format("q")}
JOIN doanvien_doanvien d ON d.id = q.doan_vien_id AND d.trang_thai <> 'tu_tran'
LEFT JOIN doanvien_doanphi p ON p.doan_vien_id = q.doan_vien_id AND p.thang = m.thang
    AND p.huy_phieu_id IS NULL
LEFT JOIN doanvien_miendoanphi x ON x.doan_vien_id = q.doan_vien_id AND x.trang_thai = 'da_duyet'
    AND m.thang BETWEEN x.tu_thang AND x.den_thang
LEFT JOIN doanvien_quatrinh e ON e.doan_vien_id = q.doan_vien_id AND e.loai = 'chinh_thuc'
    AND {_CHAM.format("e")} AND (e.tu_ngay, e.id) < (q.tu_ngay, q.id)
WHERE {_TRONG} AND p.id IS NULL AND x.id IS NULL AND e.id IS NULL GROUP BY 1
"""
_DA_THU = f"""
SELECT p.chi_doan_id, COUNT(*) FROM doanvien_doanphi p JOIN tochuc_donvi u ON u.id = p.chi_doan_id
WHERE {_TRONG} AND p.thang BETWEEN %(tu)s AND %(den)s AND p.huy_phieu_id IS NULL GROUP BY 1
"""
_DA_NOP = f"""
SELECT p.don_vi_id, COALESCE(g.ngay, p.ngay), n.ngay, SUM(p.tong) FROM doanvien_phieuthu p
JOIN tochuc_donvi u ON u.id = p.don_vi_id LEFT JOIN doanvien_phieuthu g ON g.id = p.dao_cua_id
LEFT JOIN doanvien_nopdoanphi n ON n.id = p.nop_id
WHERE {_TRONG} AND u.cap = 'chi_doan' AND COALESCE(g.ngay, p.ngay) BETWEEN %(tu)s AND %(den)s
GROUP BY 1, 2, 3
"""
XEP_HANG = (
    *(_DON_VI, _CHI_DOAN_XEP, _DIEM_DANH_BUOI, _XEP_LOAI, _DANH_GIA, _SO_PHU),
    *(_CON_NO, _DA_THU, _DA_NOP, _LUAT, _DOT_CHAM),
)
"""Branches with members, admissions, target, decision and cadence; rolls for rhythm and
attendance; levels of members, findings, discipline, registrations; dues owed, paid and handed
over; criteria sets, dated settings and rounds."""


def trang_chu(quarters: list[tuple[date, date]]) -> tuple[str, ...]:
    """Members and admissions at each quarter in one reading, rolls by quarter in one, branches
    with their last meeting, secretary and level, small registers, reports."""
    con = "q.tu_ngay <= {0} AND (q.den_ngay IS NULL OR q.den_ngay >= {0})"
    counts = [
        f"COUNT(*) FILTER (WHERE {condition})"
        for first, last in quarters
        for condition in (
            con.format(f"'{last}'"),
            f"q.ly_do_bat_dau = 'ket_nap' AND q.tu_ngay BETWEEN '{first}' AND '{last}'",
        )
    ]
    members = f"""
    SELECT q.chi_doan_id, {", ".join(counts)}, COUNT(*) FILTER (WHERE d.di_xa_tu <= %(den)s
        AND (d.di_xa_den IS NULL OR d.di_xa_den >= %(den)s) AND {con.format("%(den)s")})
    FROM doanvien_quatrinh q JOIN tochuc_donvi u ON u.id = q.chi_doan_id
    JOIN doanvien_doanvien d ON d.id = q.doan_vien_id
    WHERE {_TRONG} AND {_CHINH_THUC} GROUP BY 1
    """
    return _DON_VI, members, _DIEM_DANH_QUY, _CHI_DOAN, _SO_NHO, _BAO_CAO
