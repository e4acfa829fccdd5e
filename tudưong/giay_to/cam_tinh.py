"""Danh sách cảm tình Đảng of a ward or a branch, as a paper."""

from collections.abc import Iterable
from datetime import date

from core.pdf import Column, Paper, Signatures, TableBlock, Title
from core.text.numbers import date_long, date_short
from doanvien.models import DoanVien
from tochuc.models import DonVi
from tochuc.the_thuc import heading, nguoi_ky
from tochuc.van_ban import ten_tai_ngay

LOAI = "DS"
TIEU_DE = "Danh sách cảm tình Đảng"


def danh_sach(don_vi: DonVi, people: Iterable[DoanVien], day: date) -> Paper:
    """Who is a sympathiser on that day: since when, by which Party cell."""
    rows = [
        [
            str(number),
            nguoi.ho_ten,
            date_short(nguoi.ngay_sinh),
            nguoi.chi_doan.ten,
            date_short(nguoi.ngay_cam_tinh),
            nguoi.noi_cam_tinh,
        ]
        for number, nguoi in enumerate(people, start=1)
    ]
    return Paper(
        heading=heading(don_vi, day, loai=LOAI),
        title=Title(
            "DANH SÁCH",
            f"Đoàn viên được công nhận cảm tình Đảng\n{ten_tai_ngay(don_vi, day)}, tính đến "
            f"{date_long(day)}",
        ),
        body=[
            TableBlock(
                [
                    Column("TT", 10, "center"),
                    Column("Họ và tên", 42),
                    Column("Ngày sinh", 23, "center"),
                    Column("Chi đoàn"),
                    Column("Ngày xét", 23, "center"),
                    Column("Chi bộ xét", 40),
                ],
                rows,
            )
        ],
        signatures=Signatures([nguoi_ky(don_vi, day)], noi_nhan=["Lưu: hồ sơ đoàn viên"]),
    )
