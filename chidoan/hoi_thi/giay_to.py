"""Danh sách đạt giải: the paper by which a contest's results are made known."""

from django.db.models import F

from chidoan.models import HoiThi, ThiSinh
from chidoan.noi_cap import noi_cap
from chidoan.tap_huan.quy_tac import chuc_vu_o
from core.pdf import Column, Paper, Para, Signatures, TableBlock, Title, even_lines
from core.text.numbers import count, date_long
from tochuc.models import VanBan
from tochuc.the_thuc import check_line, heading, issue_paper, nguoi_ky

DANH_SACH = "DS"
TIEU_DE = "Danh sách đạt giải hội thi"


def issue_danh_sach(*, hoi_thi: HoiThi, by) -> VanBan:
    """Once the unit has ended, a list that was given stays."""
    rows, noi = dat_giai(hoi_thi), noi_cap(hoi_thi.don_vi, hoi_thi.ngay)
    given = VanBan.objects.issued(hoi_thi, DANH_SACH)
    if noi.giu_nguyen(given, hoi_thi.don_vi):
        return given
    return issue_paper(
        lambda so, ma: danh_sach(hoi_thi, rows, so, ma),
        target=hoi_thi,
        don_vi=noi.don_vi,
        loai=DANH_SACH,
        ngay=noi.ngay,
        title=TIEU_DE,
        by=by,
    )


def dat_giai(hoi_thi: HoiThi) -> list[ThiSinh]:
    """Who won, the first prize first. One query."""
    rows = hoi_thi.thi_sinh.dat_giai().with_tong_diem()
    points = F("tong_diem").desc(nulls_last=True)
    return list(rows.order_by("giai", points, "khoa_sap_xep"))


def danh_sach(hoi_thi: HoiThi, rows: list[ThiSinh], so: str = "", ma: str = "") -> Paper:
    """The winners with office, unit and prize; points where the contest was marked."""
    marked = any(row.tong_diem is not None for row in rows)
    points = [Column("Điểm", 18, "center")] if marked else []
    place = f", tại {hoi_thi.dia_diem}" if hoi_thi.dia_diem else ""
    noi = noi_cap(hoi_thi.don_vi, hoi_thi.ngay)
    held = f"{noi.ai_mo(hoi_thi.don_vi, hoi_thi.ngay)}tổ chức {date_long(hoi_thi.ngay)}{place}"
    return Paper(
        heading=heading(noi.don_vi, noi.ngay, loai=DANH_SACH, so=so),
        title=Title("DANH SÁCH", even_lines(f"Cá nhân đạt giải {hoi_thi.ten}\n({held})")),
        body=[
            TableBlock(
                [
                    Column("TT", 10, "center"),
                    Column("Họ và tên", 44),
                    Column("Chức vụ, đơn vị"),
                    *points,
                    Column("Giải", 38),
                ],
                [
                    [
                        str(number),
                        row.ho_ten,
                        chuc_vu_o(row.chuc_vu, row.ten_don_vi),
                        *([_diem(row)] if marked else []),
                        row.giai_bang_chu,
                    ]
                    for number, row in enumerate(rows, 1)
                ],
            ),
            Para(f"Danh sách có {count(len(rows))} đồng chí đạt giải./."),
        ],
        signatures=Signatures([nguoi_ky(noi.don_vi, noi.ngay)], noi_nhan=["Lưu: VP"]),
        check=check_line(ma),
    )


def _diem(row: ThiSinh) -> str:
    if row.tong_diem is None:
        return ""
    return f"{row.tong_diem:.1f}".removesuffix(".0").replace(".", ",")
