-- Every figure of a quarter that the system counts, for every unit below a root: what the facts of
-- `baocao.so_lieu_ky` are measured against. Big tables are read once each, to one row a branch;
-- registers in which a row belongs to whatever unit wrote it are counted figure by figure.
-- Left out: moves between two units of one office, which count for neither of the offices above.
INSERT INTO san_so_lieu (don_vi_id, ma, tu, mau, tu_rieng, mau_rieng)
WITH unit AS (SELECT * FROM tochuc_donvi WHERE path LIKE %(root)s || '%%'),
bac AS (
    SELECT unit.id, above.id AS tren_id
    FROM unit CROSS JOIN generate_series(4, length(unit.path), 4) n
    JOIN unit above ON above.path = substr(unit.path, 1, n)
),
thang AS (SELECT generate_series(%(tu)s::date, %(den)s::date, interval '1 month')::date AS thang),
ky AS (
    SELECT FALSE AS ca_quy, thang AS tu, (thang + interval '1 month')::date - 1 AS den FROM thang
    UNION ALL SELECT TRUE, %(tu)s, %(den)s
),
member AS (
    SELECT q.chi_doan_id, COUNT(*) AS doan_vien,
        COUNT(*) FILTER (WHERE d.gioi_tinh = 'nu') AS doan_vien_nu,
        COUNT(*) FILTER (WHERE d.dan_toc <> 'Kinh') AS dan_toc_thieu_so,
        COUNT(*) FILTER (WHERE d.ton_giao NOT IN ('', 'Không')) AS ton_giao,
        COUNT(*) FILTER (WHERE d.ngay_vao_dang <= %(den)s) AS dang_vien,
        COUNT(*) FILTER (WHERE d.di_xa_tu <= %(den)s
            AND (d.di_xa_den IS NULL OR d.di_xa_den >= %(den)s)) AS di_xa,
        COUNT(*) FILTER (WHERE d.id IN (SELECT doan_vien_id FROM doanvien_renluyen
            WHERE nam = %(nam)s AND ngay_dang_ky <= %(den)s)) AS ren_luyen
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
        COUNT(*) FILTER (WHERE ly_do_ket_thuc = 'truong_thanh') AS truong_thanh,
        COUNT(*) FILTER (WHERE ly_do_ket_thuc = 'xoa_ten') AS xoa_ten,
        COUNT(*) FILTER (WHERE ly_do_ket_thuc = 'khai_tru') AS khai_tru
    FROM doanvien_quatrinh WHERE loai = 'chinh_thuc'
        AND den_ngay BETWEEN %(tu)s::date - 1 AND %(den)s::date - 1 GROUP BY chi_doan_id
),
meeting AS (
    SELECT chi_doan_id, COUNT(*) AS buoi, array_agg(date_trunc('month', ngay)::date) AS thang
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
missing AS (  -- branches without a meeting that was due, by the month or by the quarter
    SELECT DISTINCT u.id FROM unit u LEFT JOIN meeting ON meeting.chi_doan_id = u.id CROSS JOIN ky
    WHERE u.cap = 'chi_doan' AND CASE WHEN ky.ca_quy
        THEN meeting.buoi IS NULL AND NOT EXISTS (SELECT FROM thang WHERE NOT EXISTS (
            SELECT FROM chidoan_nhipsinhhoat n WHERE n.chi_doan_id = u.id AND n.kieu = 'ba_thang'
                AND n.tu_ngay <= thang.thang
                AND (n.den_ngay IS NULL OR n.den_ngay >= thang.thang)))
        ELSE COALESCE(ky.tu <> ALL (meeting.thang), TRUE) AND NOT EXISTS (
            SELECT FROM chidoan_nhipsinhhoat n WHERE n.chi_doan_id = u.id AND n.kieu = 'ba_thang'
                AND n.tu_ngay <= ky.tu AND (n.den_ngay IS NULL OR n.den_ngay >= ky.tu))
        END
        AND (u.thanh_lap IS NULL OR u.thanh_lap <= ky.tu)
        AND (u.so_lieu_tu IS NULL OR u.so_lieu_tu <= ky.tu)
        AND (u.ket_thuc IS NULL OR u.ket_thuc >= ky.den)
        AND (u.so_lieu_den IS NULL OR u.so_lieu_den >= ky.den)
        AND NOT EXISTS (SELECT FROM chidoan_nhipsinhhoat n WHERE n.chi_doan_id = u.id
            AND n.kieu = 'mien' AND n.tu_ngay <= ky.den
            AND (n.den_ngay IS NULL OR n.den_ngay >= ky.tu))
        AND NOT EXISTS (SELECT FROM doanvien_quatrinh q WHERE q.chi_doan_id = u.id
            AND q.loai = 'chinh_thuc'
            AND (q.ly_do_bat_dau = 'sap_xep' AND q.tu_ngay BETWEEN ky.tu AND ky.den
                OR q.ly_do_ket_thuc = 'sap_xep' AND q.den_ngay BETWEEN ky.tu AND ky.den))
),
own AS (
    SELECT unit.id, unit.cap, unit.khoi, member.*, arrival.ket_nap_moi, arrival.chuyen_den,
        departure.chuyen_di, departure.truong_thanh, departure.xoa_ten, departure.khai_tru,
        meeting.buoi, roll.tu, roll.mau, meeting.buoi > 0 AND missing.id IS NULL AS du,
        (unit.thanh_lap IS NULL OR unit.thanh_lap <= %(den)s)
            AND (unit.ket_thuc IS NULL OR unit.ket_thuc >= %(den)s) AS con
    FROM unit LEFT JOIN member ON member.chi_doan_id = unit.id
    LEFT JOIN arrival ON arrival.chi_doan_id = unit.id
    LEFT JOIN departure ON departure.chi_doan_id = unit.id
    LEFT JOIN meeting ON meeting.chi_doan_id = unit.id LEFT JOIN roll ON roll.chi_doan_id = unit.id
    LEFT JOIN missing ON missing.id = unit.id
),
added AS (
    SELECT bac.tren_id, COUNT(*) FILTER (WHERE con AND cap = 'co_so') AS xa_thi_tran,
        COUNT(*) FILTER (WHERE con AND cap = 'chi_doan') AS chi_doan,
        COUNT(*) FILTER (WHERE con AND cap = 'chi_doan' AND khoi = 'dan_cu') AS dan_cu,
        COUNT(*) FILTER (WHERE con AND cap = 'chi_doan' AND khoi = 'truong_hoc') AS truong_hoc,
        COUNT(*) FILTER (WHERE con AND cap = 'chi_doan' AND khoi = 'co_quan') AS co_quan,
        COUNT(*) FILTER (WHERE con AND cap = 'chi_doan' AND khoi = 'llvt') AS llvt,
        COUNT(*) FILTER (WHERE con AND cap = 'chi_doan' AND khoi = 'doanh_nghiep') AS doanh_nghiep,
        COUNT(*) FILTER (WHERE con AND cap = 'chi_doan' AND doan_vien IS NULL) AS trang,
        COUNT(*) FILTER (WHERE con AND cap = 'chi_doan' AND COALESCE(doan_vien, 0) < 3) AS duoi_3,
        COUNT(*) FILTER (WHERE con AND cap = 'chi_doan' AND COALESCE(doan_vien, 0) < 9) AS duoi_9,
        COUNT(*) FILTER (WHERE con AND du) AS du, SUM(doan_vien) AS doan_vien,
        SUM(doan_vien_nu) AS doan_vien_nu, SUM(dan_toc_thieu_so) AS dan_toc_thieu_so,
        SUM(ton_giao) AS ton_giao, SUM(dang_vien) AS dang_vien, SUM(di_xa) AS di_xa,
        SUM(ren_luyen) AS ren_luyen, SUM(ket_nap_moi) AS ket_nap_moi,
        SUM(chuyen_den) AS chuyen_den, SUM(chuyen_di) AS chuyen_di,
        SUM(truong_thanh) AS truong_thanh, SUM(xoa_ten) AS xoa_ten, SUM(khai_tru) AS khai_tru,
        SUM(buoi) AS buoi, SUM(tu) AS tu, SUM(mau) AS mau
    FROM own JOIN bac ON bac.id = own.id GROUP BY bac.tren_id
),
register (don_vi_id, ma, tu, mau) AS (
    SELECT don_vi_id, 'so_thon_to_dan_pho', COUNT(*), 0 FROM tochuc_diaban
    WHERE tu_ngay <= %(den)s AND (den_ngay IS NULL OR den_ngay >= %(den)s) GROUP BY 1
    UNION ALL SELECT id, 'chi_doan_thanh_lap', 1, 0 FROM unit
    WHERE cap = 'chi_doan' AND thanh_lap BETWEEN %(tu)s AND %(den)s
    UNION ALL SELECT u.id, ma.ma, 1, 0 FROM unit u
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM chidoan_dongsapxep d
        JOIN chidoan_sapxep s ON s.id = d.sap_xep_id WHERE d.truoc_id = u.id
        AND d.sau_id IS NOT NULL AND d.loai IN ('sap_nhap', 'chia_tach')
        AND s.trang_thai = 'da_ap_dung') AS nhap) x
    CROSS JOIN LATERAL (VALUES ('chi_doan_giai_the'),
        (CASE WHEN x.nhap THEN 'chi_doan_sap_nhap' ELSE 'chi_doan_giai_the_han' END)) ma (ma)
    WHERE u.cap = 'chi_doan' AND u.ket_thuc BETWEEN %(tu)s AND %(den)s
    UNION ALL SELECT don_vi_id, 'chi_doan_' || muc, COUNT(*), 0 FROM baocao_xeploaidonvi
    WHERE doi_tuong = 'chi_doan' AND nam = %(nam)s AND ngay <= %(den)s GROUP BY 1, 2
    UNION ALL SELECT chi_doan_id, 'noi_cu_tru', COUNT(*), 0 FROM doanvien_quatrinh
    WHERE loai = 'noi_cu_tru' AND tu_ngay <= %(den)s
        AND (den_ngay IS NULL OR den_ngay >= %(den)s) GROUP BY 1
    UNION ALL SELECT x.chi_doan_id, f.ma, COUNT(*) FILTER (WHERE x.muc = ANY (f.muc)), COUNT(*)
    FROM doanvien_xeploai x, (VALUES ('xep_loai_tot', ARRAY['htxs', 'htt']),
        ('xep_loai_khong_hoan_thanh', ARRAY['kht'])) f (ma, muc)
    WHERE x.nam = %(nam)s AND x.ngay <= %(den)s AND NOT starts_with(x.muc, 'cu_') GROUP BY 1, 2
    -- dues: paid for the months, owed for them, taken, handed on
    UNION ALL SELECT chi_doan_id, 'doan_phi_phai_thu', SUM(so_tien), 0 FROM doanvien_doanphi
    WHERE huy_phieu_id IS NULL AND thang BETWEEN %(tu)s AND %(den)s GROUP BY 1
    UNION ALL SELECT u.id, 'doan_phi_phai_thu', SUM(COALESCE((
        SELECT r.gia_tri::int FROM tochuc_quydinh r LEFT JOIN unit w ON w.id = r.don_vi_id
        WHERE r.ma = CASE WHEN luong.huong THEN 'doan_phi_huong_luong' ELSE 'doan_phi_khong_luong'
            END AND r.tu_ngay <= m.thang AND (r.don_vi_id IS NULL OR starts_with(u.path, w.path))
        ORDER BY length(w.path) DESC NULLS LAST, r.tu_ngay DESC, r.id DESC LIMIT 1),
        CASE WHEN luong.huong THEN 5000 ELSE 2000 END)), 0
    FROM thang m JOIN doanvien_sothudoanphi s ON s.tu_thang <= m.thang
    JOIN unit u ON u.id = s.don_vi_id AND (u.so_lieu_den IS NULL OR u.so_lieu_den >= m.thang)
    JOIN doanvien_quatrinh q ON q.chi_doan_id = u.id AND q.loai = 'chinh_thuc'
        AND q.tu_ngay < m.thang + interval '1 month'
        AND (q.den_ngay IS NULL OR q.den_ngay >= m.thang)
    JOIN doanvien_doanvien d ON d.id = q.doan_vien_id AND d.trang_thai <> 'tu_tran'
    CROSS JOIN LATERAL (SELECT d.huong_luong
        = (d.huong_luong_tu IS NULL OR d.huong_luong_tu <= m.thang) AS huong) luong
    WHERE NOT EXISTS (SELECT FROM doanvien_quatrinh e WHERE e.doan_vien_id = d.id
            AND e.loai = 'chinh_thuc' AND (e.tu_ngay, e.id) < (q.tu_ngay, q.id)
            AND (e.den_ngay IS NULL OR e.den_ngay >= m.thang))
        AND NOT EXISTS (SELECT FROM doanvien_doanphi p WHERE p.doan_vien_id = d.id
            AND p.thang = m.thang AND p.huy_phieu_id IS NULL)
        AND NOT EXISTS (SELECT FROM doanvien_miendoanphi e WHERE e.doan_vien_id = d.id
            AND e.trang_thai = 'da_duyet' AND m.thang BETWEEN e.tu_thang AND e.den_thang)
    GROUP BY 1
    UNION ALL SELECT p.chi_doan_id, 'doan_phi_da_thu', SUM(p.so_tien), 0 FROM doanvien_doanphi p
    JOIN doanvien_phieuthu r ON r.id = p.phieu_id
    WHERE p.huy_phieu_id IS NULL AND r.ngay BETWEEN %(tu)s AND %(den)s GROUP BY 1
    UNION ALL SELECT n.don_vi_id, f.ma, SUM(f.tien), 0
    FROM doanvien_nopdoanphi n JOIN unit ON unit.id = n.don_vi_id AND unit.cap = 'chi_doan'
    CROSS JOIN LATERAL (VALUES ('doan_phi_giu_lai', n.giu_lai),
        ('doan_phi_trich_nop', n.trich_nop)) f (ma, tien)
    WHERE n.trang_thai <> 'tra_lai' AND n.ngay BETWEEN %(tu)s AND %(den)s GROUP BY 1, 2
    -- cadres
    UNION ALL SELECT c.don_vi_id, f.ma, COUNT(*) FILTER (WHERE f.tinh), 0
    FROM chidoan_chucvu c JOIN unit ON unit.id = c.don_vi_id AND unit.cap = 'chi_doan'
    CROSS JOIN LATERAL (VALUES ('bi_thu_chi_doan', c.tu_ngay <= %(den)s
            AND (c.den_ngay IS NULL OR c.den_ngay >= %(den)s)),
        ('thay_doi_bi_thu', c.tu_ngay BETWEEN %(tu)s AND %(den)s)) f (ma, tinh)
    WHERE c.chuc_danh = 'bi_thu' GROUP BY 1, 2
    UNION ALL SELECT don_vi_id, 'lop_tap_huan', COUNT(*), 0 FROM chidoan_loptaphuan
    WHERE trang_thai = 'xong' AND den_ngay BETWEEN %(tu)s AND %(den)s GROUP BY 1
    UNION ALL SELECT l.don_vi_id, 'luot_tap_huan', COUNT(*), 0
    FROM chidoan_loptaphuan l JOIN chidoan_hocvien v ON v.lop_id = l.id
    WHERE l.trang_thai = 'xong' AND l.den_ngay BETWEEN %(tu)s AND %(den)s
        AND v.trang_thai = 'dang_ky' AND EXISTS (SELECT FROM chidoan_diemdanhtaphuan r
            WHERE r.hoc_vien_id = v.id AND r.co_mat) GROUP BY 1
    UNION ALL SELECT don_vi_id, 'quy_hoach', COUNT(*), 0 FROM chidoan_quyhoach
    WHERE ngay <= %(den)s AND (ngay_dua_ra IS NULL OR ngay_dua_ra > %(den)s) GROUP BY 1
    UNION ALL SELECT don_vi_id, 'cu_can_bo', COUNT(*), 0 FROM chidoan_cucanbo
    WHERE tu_ngay <= %(den)s AND (den_ngay IS NULL OR den_ngay >= %(den)s) GROUP BY 1
    UNION ALL SELECT chi_doan_id, 'lan_xuong', COUNT(*), 0 FROM chidoan_lanxuong
    WHERE ngay BETWEEN %(tu)s AND %(den)s GROUP BY 1
    UNION ALL SELECT t.chi_doan_id, f.ma, SUM(f.so), 0 FROM chidoan_thamhoi t
    CROSS JOIN LATERAL (VALUES ('tham_hoi', 1), ('tham_hoi_gia_tri', t.gia_tri)) f (ma, so)
    WHERE t.ngay BETWEEN %(tu)s AND %(den)s GROUP BY 1, 2
    -- the Party
    UNION ALL SELECT don_vi_id, 'to_tu_duong', COUNT(*), 0 FROM tuduong_totuduong
    WHERE ngay_thanh_lap <= %(den)s AND (ket_thuc IS NULL OR ket_thuc >= %(den)s) GROUP BY 1
    UNION ALL SELECT v.chi_doan_id, 'dang_boi_duong', COUNT(*), 0
    FROM tuduong_thanhviento v JOIN tuduong_totuduong t ON t.id = v.to_id
    WHERE v.tu_ngay <= %(den)s AND (v.den_ngay IS NULL OR v.den_ngay >= %(den)s)
        AND t.ngay_thanh_lap <= %(den)s AND (t.ket_thuc IS NULL OR t.ket_thuc >= %(den)s)
    GROUP BY 1
    UNION ALL SELECT t.don_vi_id, 'buoi_to_tu_duong', COUNT(*), 0
    FROM tuduong_kydanhgia k JOIN tuduong_totuduong t ON t.id = k.to_id
    WHERE k.trang_thai = 'ket_thuc' AND k.ngay BETWEEN %(tu)s AND %(den)s GROUP BY 1
    UNION ALL SELECT h.chi_doan_id, f.ma, COUNT(*) FILTER (WHERE f.ngay BETWEEN %(tu)s AND %(den)s),
        0 FROM tuduong_hoso h
    CROSS JOIN LATERAL (VALUES ('gioi_thieu_uu_tu', h.ngay_gioi_thieu), ('duoc_ket_nap_dang',
        CASE WHEN h.trang_thai IN ('ket_nap', 'chinh_thuc') THEN h.ngay_ket_nap END)) f (ma, ngay)
    GROUP BY 1, 2
    UNION ALL SELECT q.chi_doan_id, 'hoc_nhan_thuc_dang', COUNT(*), 0
    FROM tuduong_boiduongnhanthuc b
    CROSS JOIN LATERAL (SELECT COALESCE(b.den_ngay, b.ngay_cap, b.tu_ngay) AS ngay) hoc
    JOIN doanvien_quatrinh q ON q.doan_vien_id = b.doan_vien_id AND q.loai = 'chinh_thuc'
        AND q.tu_ngay <= hoc.ngay AND (q.den_ngay IS NULL OR q.den_ngay >= hoc.ngay)
    WHERE b.trang_thai <> 'cu_di' AND hoc.ngay BETWEEN %(tu)s AND %(den)s GROUP BY 1
    UNION ALL SELECT h.chi_doan_id, f.ma, COUNT(*) FILTER (WHERE f.tinh), 0
    FROM tuduong_chatvan c JOIN tuduong_hoso h ON h.id = c.ho_so_id
    CROSS JOIN LATERAL (VALUES
        ('cong_van_hoi_ket_qua', c.ngay BETWEEN %(tu)s AND %(den)s),
        ('cong_van_duoc_tra_loi', c.tra_loi_ngay BETWEEN %(tu)s AND %(den)s),
        ('cong_van_chua_tra_loi', c.ngay <= %(den)s
            AND (c.tra_loi_ngay IS NULL OR c.tra_loi_ngay > %(den)s)
            AND NOT EXISTS (SELECT FROM tuduong_chatvan s WHERE s.ho_so_id = c.ho_so_id
                AND s.lan_thu > c.lan_thu AND s.ngay <= %(den)s)
            AND NOT EXISTS (SELECT FROM tuduong_buochoso b WHERE b.ho_so_id = c.ho_so_id
                AND b.loai IN ('cap_uy_bo_sung', 'ket_nap', 'khong_ket_nap')
                AND b.ngay BETWEEN c.ngay AND %(den)s))) f (ma, tinh)
    GROUP BY 1, 2
    -- activities by kind: each counted, or one of its columns added up
    UNION ALL SELECT h.don_vi_id, f.ma, SUM(CASE f.so WHEN '' THEN 1
        WHEN 'luong' THEN h.so_luong WHEN 'met' THEN round(1000 * h.so_luong)
        WHEN 'tien' THEN h.gia_tri ELSE h.nguoi_ngoai + (SELECT COUNT(*)
            FROM chidoan_thamgiahoatdong t WHERE t.hoat_dong_id = h.id) END), 0
    FROM chidoan_hoatdong h JOIN (VALUES ('hoc_nghi_quyet', 'hoc_tap_nghi_quyet', ''),
        ('hoc_nghi_quyet', 'luot_hoc_tap_nghi_quyet', 'luot'), ('ve_nguon', 've_nguon', ''),
        ('chinh_sach', 'tham_gia_dinh_chinh_sach', 'luong'), ('cong_trinh', 'cong_trinh', ''),
        ('cong_trinh', 'cong_trinh_tri_gia', 'tien'), ('chu_nhat_xanh', 'chu_nhat_xanh', ''),
        ('hien_mau', 'hien_mau', 'luong'), ('trong_cay', 'cay_trong_moi', 'luong'),
        ('duong', 'km_duong', 'met'), ('cau', 'cau', 'luong'),
        ('nha_nhan_ai', 'nha_nhan_ai', 'luong'), ('sang_tao', 'y_tuong', 'luong'),
        ('huong_dan_so', 'huong_dan_so', 'luong'), ('ocop', 'ocop_so', 'luong'),
        ('hoc_ai', 'hoc_ai', 'luot'), ('qr_dia_chi_do', 'qr_dia_chi_do', 'luong'),
        ('huong_nghiep', 'tu_van_viec_lam', 'luong'), ('hoc_bong', 'hoc_bong', 'luong'),
        ('hoc_bong', 'hoc_bong_tri_gia', 'tien'), ('thieu_nhi', 'giup_thieu_nhi', 'luong'),
        ('sinh_hoat_he', 'sinh_hoat_he', ''), ('hoi_vien', 'hoi_vien_moi', 'luong')
    ) f (loai, ma, so) ON f.loai = h.loai
    WHERE h.trang_thai = 'xong' AND h.den_ngay BETWEEN %(tu)s AND %(den)s GROUP BY 1, 2
    UNION ALL SELECT don_vi_id, 'mo_hinh', COUNT(*), 0 FROM chidoan_mohinh
    WHERE tu_ngay <= %(den)s AND (den_ngay IS NULL OR den_ngay >= %(den)s) GROUP BY 1
    -- livelihoods
    UNION ALL SELECT t.don_vi_id, f.ma, SUM(f.so), 0 FROM chidoan_totietkiem t
    LEFT JOIN LATERAL (SELECT du_no FROM chidoan_soduto WHERE to_id = t.id
        AND thu_tu <= %(thu_tu)s ORDER BY thu_tu DESC LIMIT 1) du ON TRUE
    CROSS JOIN LATERAL (VALUES ('to_tiet_kiem', 1), ('du_no_vay_von', du.du_no)) f (ma, so)
    WHERE t.tu_ngay <= %(den)s AND (t.den_ngay IS NULL OR t.den_ngay >= %(den)s) GROUP BY 1, 2
    UNION ALL SELECT h.don_vi_id, f.ma, SUM(CASE f.so WHEN '' THEN 1 ELSE h.so_tien END), 0
    FROM chidoan_hotro h JOIN (VALUES ('vay_von', 'vay_von', ''),
        ('vay_von', 'vay_von_so_tien', 'tien'), ('viec_lam', 'gioi_thieu_viec_lam', ''),
        ('hoc_nghe', 'hoc_nghe', ''), ('gia_dinh', 'giup_gia_dinh', '')
    ) f (loai, ma, so) ON f.loai = h.loai
    WHERE h.ngay BETWEEN %(tu)s AND %(den)s GROUP BY 1, 2
    UNION ALL SELECT chi_doan_id, 'mo_hinh_kinh_te', COUNT(*), 0 FROM chidoan_mohinhkinhte
    WHERE tu_ngay <= %(den)s AND (den_ngay IS NULL OR den_ngay >= %(den)s) GROUP BY 1
    UNION ALL SELECT n.chi_doan_id, f.ma, COUNT(*) FILTER (WHERE f.tinh), 0
    FROM doanvien_nguyenvong n CROSS JOIN LATERAL (VALUES
        ('nguyen_vong', n.ngay BETWEEN %(tu)s AND %(den)s), ('nguyen_vong_da_giai_quyet',
            n.trang_thai = 'da' AND n.ngay_xong BETWEEN %(tu)s AND %(den)s)) f (ma, tinh)
    GROUP BY 1, 2
    -- commendations, discipline, inspection, advice
    UNION ALL SELECT k.chi_doan_id, f.ma, COUNT(*), 0 FROM doanvien_khenthuong k
    CROSS JOIN LATERAL (VALUES ('khen_thuong'), ('khen_thuong_doan_vien'),
        ('khen_thuong_' || k.cap)) f (ma)
    WHERE k.ngay BETWEEN %(tu)s AND %(den)s GROUP BY 1, 2
    UNION ALL SELECT k.don_vi_id, f.ma, COUNT(*), 0 FROM chidoan_khentapthe k
    CROSS JOIN LATERAL (VALUES ('khen_thuong'), ('khen_tap_the'), ('khen_tap_the_' || k.cap)) f (ma)
    WHERE k.ngay BETWEEN %(tu)s AND %(den)s GROUP BY 1, 2
    UNION ALL SELECT chi_doan_id, 'ky_luat', COUNT(*), 0 FROM doanvien_kyluat
    WHERE khieu_nai <> 'huy' AND ngay_cong_bo BETWEEN %(tu)s AND %(den)s GROUP BY 1
    UNION ALL SELECT c.don_vi_id, f.ma, COUNT(*) FILTER (WHERE f.tinh), 0
    FROM chidoan_cuockiemtra c CROSS JOIN LATERAL (VALUES ('cuoc_kiem_tra', TRUE),
        ('don_vi_kiem_tra', NOT EXISTS (SELECT FROM chidoan_cuockiemtra e
            WHERE e.don_vi_id = c.don_vi_id AND e.doi_tuong_id = c.doi_tuong_id
            AND e.trang_thai IN ('da_tien_hanh', 'da_ket_luan', 'khac_phuc', 'xong')
            AND date_part('year', e.ngay) = %(nam)s AND (e.ngay, e.id) < (c.ngay, c.id)))
    ) f (ma, tinh)
    WHERE c.trang_thai IN ('da_tien_hanh', 'da_ket_luan', 'khac_phuc', 'xong')
        AND c.ngay BETWEEN %(tu)s AND %(den)s GROUP BY 1, 2
    UNION ALL SELECT c.don_vi_id, 'kien_nghi_khac_phuc', COUNT(*), 0
    FROM chidoan_kiennghi k JOIN chidoan_cuockiemtra c ON c.id = k.cuoc_id
    WHERE c.trang_thai IN ('da_ket_luan', 'khac_phuc', 'xong')
        AND k.ngay_xong BETWEEN %(tu)s AND %(den)s GROUP BY 1
    UNION ALL SELECT t.don_vi_id, f.ma, SUM(f.so) FILTER (WHERE f.ngay BETWEEN %(tu)s AND %(den)s),
        0 FROM chidoan_thammuu t CROSS JOIN LATERAL (VALUES ('tham_muu', t.ngay, 1),
        ('tham_muu_chap_thuan', t.ngay_tra_loi,
            CASE WHEN t.ket_qua IN ('chap_thuan', 'mot_phan') THEN 1 END),
        ('tham_muu_kinh_phi', t.ngay_tra_loi,
            CASE WHEN t.ket_qua IN ('chap_thuan', 'mot_phan') THEN t.kinh_phi END)
    ) f (ma, ngay, so) GROUP BY 1, 2
)
SELECT unit.id, figure.ma, COALESCE(figure.tu, 0), COALESCE(figure.mau, 0),
    CASE WHEN unit.cap = figure.cap THEN COALESCE(figure.tu, 0) ELSE 0 END,
    CASE WHEN unit.cap = figure.cap THEN COALESCE(figure.mau, 0) ELSE 0 END
FROM added JOIN unit ON unit.id = added.tren_id,
    LATERAL (VALUES ('co_so', 'xa_thi_tran', xa_thi_tran, 0),
        ('chi_doan', 'chi_doan', chi_doan, 0), ('chi_doan', 'chi_doan_dan_cu', dan_cu, 0),
        ('chi_doan', 'chi_doan_truong_hoc', truong_hoc, 0),
        ('chi_doan', 'chi_doan_co_quan', co_quan, 0), ('chi_doan', 'chi_doan_llvt', llvt, 0),
        ('chi_doan', 'chi_doan_doanh_nghiep', doanh_nghiep, 0),
        ('chi_doan', 'chi_doan_trang_doan_vien', trang, 0),
        ('chi_doan', 'chi_doan_duoi_3', duoi_3, 0), ('chi_doan', 'chi_doan_duoi_9', duoi_9, 0),
        ('chi_doan', 'chi_doan_sinh_hoat_du', du, 0),
        ('chi_doan', 'ty_le_chi_doan_sinh_hoat_du', du, chi_doan),
        ('chi_doan', 'doan_vien', doan_vien, 0), ('chi_doan', 'doan_vien_nu', doan_vien_nu, 0),
        ('chi_doan', 'dan_toc_thieu_so', dan_toc_thieu_so, 0),
        ('chi_doan', 'ton_giao', ton_giao, 0), ('chi_doan', 'dang_vien_trong_doan', dang_vien, 0),
        ('chi_doan', 'di_lam_xa', di_xa, 0), ('chi_doan', 'dang_ky_ren_luyen', ren_luyen, doan_vien),
        ('chi_doan', 'ket_nap_moi', ket_nap_moi, 0), ('chi_doan', 'chuyen_den', chuyen_den, 0),
        ('chi_doan', 'chuyen_di', chuyen_di, 0), ('chi_doan', 'truong_thanh', truong_thanh, 0),
        ('chi_doan', 'xoa_ten', xoa_ten, 0), ('chi_doan', 'khai_tru', khai_tru, 0),
        ('chi_doan', 'buoi_sinh_hoat', buoi, 0), ('chi_doan', 'ty_le_du_sinh_hoat', tu, mau)
    ) figure (cap, ma, tu, mau)
WHERE COALESCE(figure.tu, 0) <> 0 OR COALESCE(figure.mau, 0) <> 0
UNION ALL
SELECT bac.tren_id, r.ma, SUM(r.tu), SUM(r.mau),
    COALESCE(SUM(r.tu) FILTER (WHERE bac.id = bac.tren_id), 0),
    COALESCE(SUM(r.mau) FILTER (WHERE bac.id = bac.tren_id), 0)
FROM register r JOIN bac ON bac.id = r.don_vi_id GROUP BY 1, 2
HAVING SUM(r.tu) <> 0 OR SUM(r.mau) <> 0
