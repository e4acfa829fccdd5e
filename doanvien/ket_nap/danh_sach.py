"""Lists of admissions on paper: what a branch proposes, what the ward confirmed, a ceremony."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.pdf import Column, Paper, Signatures, Signer, TableBlock, Title, render_pdf
from core.text.numbers import date_short
from doanvien.models import DoanVien, KetNap
from tochuc.models import DonVi
from tochuc.the_thuc import heading, nguoi_ky

from .giay_to import tong_so

PHONG_KY_MM = 20
CANH_BAO = "Có dữ liệu cá nhân – chỉ người có trách nhiệm được xem"
LOP = re.compile(r"(\d+/\d+)")


@dataclass(frozen=True)
class DanhSach:
    """One kind of list: its words, and whether it tells number and day of the resolution."""

    ma: str
    ten: str
    trich_yeu: str
    cot_cuoi: str


DE_NGHI = DanhSach("de-nghi", "Danh sách đề nghị kết nạp", "Đề nghị kết nạp đoàn viên", "Ghi chú")
CHUAN_Y = DanhSach("chuan-y", "Danh sách kết nạp đoàn viên", "Kết nạp đoàn viên", "Nghị quyết")
LE = DanhSach("le", "Danh sách lễ kết nạp", "Đoàn viên mới dự lễ kết nạp", "Nghị quyết")
CAC_LOAI = {row.ma: row for row in (DE_NGHI, CHUAN_Y, LE)}


def in_danh_sach(
    loai: DanhSach, cases: Sequence[KetNap], don_vi: DonVi, ngay: date, *, them: str = ""
) -> bytes:
    """The list as PDF; its number is dotted, for it goes with the resolutions or a letter."""
    return render_pdf(danh_sach(loai, cases, don_vi, ngay, them=them), title=loai.ten)


def danh_sach(
    loai: DanhSach, cases: Sequence[KetNap], don_vi: DonVi, ngay: date, *, them: str = ""
) -> Paper:
    signer = nguoi_ky(don_vi, ngay)
    lines = [line.replace("BAN CHẤP HÀNH CHI ĐOÀN", "BCH CHI ĐOÀN") for line in signer.lines]
    return Paper(
        page="A4-landscape",
        heading=heading(don_vi, ngay, loai="DS"),
        title=Title("DANH SÁCH", f"{loai.trich_yeu}{them}"),
        body=[
            TableBlock(
                _columns(loai),
                [_row(loai, number, row) for number, row in enumerate(cases, start=1)],
                size_pt=11,
                note=tong_so(cases),
            )
        ],
        signatures=Signatures(
            [
                Signer(["NGƯỜI LẬP BIỂU"], room_mm=PHONG_KY_MM),
                Signer(lines, signer.name, room_mm=PHONG_KY_MM),
            ]
        ),
        canh_bao=CANH_BAO,
    )


def _columns(loai: DanhSach) -> list[Column]:
    return [
        Column("TT", 10, "center"),
        Column("Họ và tên", 42),
        Column("Nam", 22, "center", group="Ngày sinh"),
        Column("Nữ", 22, "center", group="Ngày sinh"),
        Column("Chỗ ở hiện nay"),
        Column("Văn hóa", 24, "center"),
        Column("Chi đoàn", 34),
        Column("Người giới thiệu", 34),
        Column(loai.cot_cuoi, 28, "center"),
    ]


def _row(loai: DanhSach, number: int, row: KetNap) -> list[str]:
    born = date_short(row.ngay_sinh)
    last = f"{row.so_nghi_quyet}\n{date_short(row.ngay_chuan_y)}".strip()
    return [
        str(number),
        row.ho_ten,
        born if row.gioi_tinh == DoanVien.GioiTinh.NAM else "",
        born if row.gioi_tinh == DoanVien.GioiTinh.NU else "",
        row.noi_o or row.thuong_tru,
        _lop(row.van_hoa),
        row.chi_doan.ten,
        row.ben_gioi_thieu,
        "" if loai is DE_NGHI else last,
    ]


def _lop(van_hoa: str) -> str:
    """The schooling as such lists write it, the class alone where one is named: 12/12."""
    lop = LOP.search(van_hoa)
    return lop[1] if lop else van_hoa
