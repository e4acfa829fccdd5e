"""What young people of Phường I told their branches: some settled, some with the ward, one late."""

from datetime import date, timedelta

from doanvien.models import BuocNguyenVong, NguyenVong

_LV, _T, _NOI = NguyenVong.LinhVuc, NguyenVong.TrangThai, NguyenVong.NoiGiaiQuyet
CHUYEN = (
    # branch, category, words, days ago, due in days, where, state, what was done
    (0, _LV.VIEC_LAM, "Muốn tìm việc gần nhà, đã học xong nghề điện lạnh", 95, -40, _NOI.CHI_DOAN,
     _T.DA, "Giới thiệu làm ở tiệm điện lạnh trong khu vực, đã nhận việc"),
    (2, _LV.VAY_VON, "Cần vay vốn mở tiệm rửa xe, chưa biết thủ tục", 40, -6, _NOI.PHUONG,
     _T.DANG, "Đã gửi danh sách cho tổ tiết kiệm và vay vốn"),
    (2, _LV.HOC_TAP, "Muốn học lái xe nâng, chưa đủ tiền học phí", 18, 12, _NOI.CHI_DOAN,
     _T.DANG, "Hỏi trung tâm dạy nghề về lớp miễn phí"),
    (1, _LV.HOAT_DONG_DOAN, "Đề nghị có sân bóng chuyền ở nhà văn hóa khu vực", 60, 20,
     _NOI.CAP_UY, _T.DANG, "Phường đã đưa vào kiến nghị gửi Ủy ban nhân dân"),
    (3, _LV.NHA_O, "Phòng trọ ngập khi mưa lớn, mong được giúp sửa nền", 25, 5, _NOI.PHUONG,
     _T.CHUA, ""),
    (4, _LV.VIEC_LAM, "Đi làm xa muốn về quê, hỏi việc ở khu công nghiệp", 9, 21, _NOI.CHI_DOAN,
     _T.CHUA, ""),
    (5, _LV.GIA_DINH, "Con nhỏ chưa có chỗ gửi khi đi sinh hoạt buổi tối", 75, -30,
     _NOI.CHI_DOAN, _T.KHONG, "Khu vực chưa có điểm giữ trẻ buổi tối; đổi giờ sinh hoạt sớm hơn"),
    (0, _LV.HOC_TAP, "Xin sách ôn thi cho em họ lớp 9", 120, -90, _NOI.CHI_DOAN,
     _T.DA, "Chi đoàn góp được bộ sách cũ"),
)  # fmt: skip


def record_nguyen_vong(branches, *, homnay: date, by) -> None:
    """Eight matters of the last four months, as they stand today."""
    rows, steps = [], []
    for so, (chi_doan, linh_vuc, noi_dung, truoc, han, noi, trang_thai, viec) in enumerate(CHUYEN):
        branch = branches[chi_doan]
        person = branch.nguoi[so % len(branch.nguoi)] if linh_vuc != _LV.HOAT_DONG_DOAN else None
        ngay = homnay - timedelta(days=truoc)
        xong = ngay + timedelta(days=truoc // 3)
        row = NguyenVong(
            chi_doan=branch.don_vi,
            cua=NguyenVong.Cua.DOAN_VIEN if person else NguyenVong.Cua.CHUNG,
            doan_vien=person,
            linh_vuc=linh_vuc,
            noi_dung=noi_dung,
            ngay=ngay,
            noi_giai_quyet=noi,
            han=homnay + timedelta(days=han),
            trang_thai=trang_thai,
            ngay_xong=None if trang_thai in NguyenVong.CON_MO else xong,
            rieng=so % 2 == 1,
        )
        rows.append(row)
        if viec:
            done = row.ngay_xong or ngay + timedelta(days=truoc // 2)
            steps.append((row, done, viec))
    NguyenVong.objects.bulk_create(rows)
    BuocNguyenVong.objects.bulk_create(
        BuocNguyenVong(
            nguyen_vong=row, ngay=day, noi_dung=viec, den_trang_thai=row.trang_thai, boi=by
        )
        for row, day, viec in steps
    )
