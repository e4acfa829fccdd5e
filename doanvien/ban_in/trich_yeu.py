"""Trích yếu lý lịch: one member's record on one or two sheets of A4.

Sensitive lines are printed only while they stand open to the reader.
"""

import re

from core.pdf import Column, Fields, Paper, Section, Signatures, Signer, TableBlock, Title
from core.text.numbers import date_short
from doanvien import trang
from doanvien.models import DoanVien
from tochuc.the_thuc import check_line, heading, nguoi_ky

LOAI = "TYLL"
TIEU_DE = "Trích yếu lý lịch đoàn viên"
CANH_BAO = "Có dữ liệu cá nhân – chỉ người có trách nhiệm được xem"


def trich_yeu(doan_vien: DoanVien, ngay, *, is_readable: bool, is_contact: bool):
    """The paper as a function of number and check code; it takes no number."""
    facts = trang.record_facts(doan_vien, is_readable=is_readable, is_contact=is_contact)
    issuer = doan_vien.chi_doan.cap_tren or doan_vien.chi_doan
    head = heading(issuer, ngay, loai=LOAI)
    signer = nguoi_ky(issuer, ngay)
    body = [
        Section("I. Lý lịch", level=2),
        Fields([("Họ và tên", doan_vien.ho_ten), ("Chi đoàn", str(doan_vien.chi_doan))]),
        Fields([*((name, _ngay_tren_giay(text)) for name, text in facts), *_office(doan_vien)]),
        Section("II. Quá trình sinh hoạt Đoàn", level=2),
        _periods(doan_vien),
        Section("III. Xếp loại hằng năm", level=2),
        _ratings(doan_vien),
    ]

    def paper(_so: str, ma: str) -> Paper:
        return Paper(
            compact=True,
            heading=_without_number(head),
            title=Title("TRÍCH YẾU LÝ LỊCH", "Đoàn viên Đoàn TNCS Hồ Chí Minh"),
            body=body,
            signatures=Signatures(
                [Signer(["NGƯỜI LẬP"], room_mm=30), Signer(signer.lines, signer.name, room_mm=30)]
            ),
            check=check_line(ma),
            canh_bao=CANH_BAO,
        )

    return paper


def _ngay_tren_giay(text: str) -> str:
    """Days as papers write them: 13/8/2000, on screens 13/08/2000."""
    return re.sub(r"\b(\d\d)/0([3-9])/(\d{4})\b", r"\1/\2/\3", text)


def _without_number(head):
    """A record is no numbered paper."""
    return type(head)(head.cap_tren, head.co_quan, head.dia_danh_ngay)


def _office(doan_vien: DoanVien) -> list[tuple[str, str]]:
    return [
        ("Ngày vào Đoàn", date_short(doan_vien.ngay_vao_doan)),
        ("Nơi vào Đoàn", doan_vien.noi_vao_doan or None),
        ("Số nghị quyết chuẩn y", doan_vien.so_nghi_quyet or None),
        ("Chức vụ trong chi đoàn", doan_vien.chuc_vu),
        ("Khen thưởng", doan_vien.khen_thuong or "Không"),
    ]


def _periods(doan_vien: DoanVien) -> TableBlock:
    rows = doan_vien.qua_trinh.select_related("chi_doan").order_by("tu_ngay", "pk")
    return TableBlock(
        [
            Column("Từ ngày", 24, "center"),
            Column("Đến hết ngày", 26, "center"),
            Column("Chi đoàn"),
            Column("Hình thức, lý do", 62),
        ],
        [
            [
                date_short(row.tu_ngay),
                date_short(row.den_ngay) or "nay",
                str(row.chi_doan),
                "; ".join(
                    filter(
                        None,
                        (
                            row.get_loai_display(),
                            row.get_ly_do_bat_dau_display().lower(),
                            row.get_ly_do_ket_thuc_display().lower(),
                        ),
                    )
                ),
            ]
            for row in rows
        ],
    )


def _ratings(doan_vien: DoanVien) -> TableBlock:
    """Each year in the words of its own scale."""
    rows = [
        [str(row.nam), row.get_muc_display(), row.so_quyet_dinh, date_short(row.ngay)]
        for row in doan_vien.xep_loai.order_by("nam")
    ]
    return TableBlock(
        [
            Column("Năm", 20, "center"),
            Column("Xếp loại"),
            Column("Số quyết định", 44, "center"),
            Column("Ngày", 26, "center"),
        ],
        rows or [["", "Chưa có kết quả xếp loại.", "", ""]],
    )
