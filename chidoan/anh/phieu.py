"""Phiếu điểm danh giấy: the roll of a meeting to be signed with a pen, photographed back by its QR.

A meeting that is not finished gives an empty sheet; a finished one shows who was there, without
the reasons of the absent.
"""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from chidoan.models import BuoiSinhHoat, DiemDanh
from chidoan.queries import danh_sach
from core.pdf import (
    Column,
    Dots,
    Fields,
    GroupRow,
    Heading,
    LinkLine,
    Paper,
    Para,
    Signatures,
    Signer,
    TableBlock,
    Text,
    Title,
    dia_danh_ngay,
)
from core.text.numbers import count, date_long
from tochuc.quy_dinh import gia_tri
from tochuc.van_ban import dia_danh, tieu_de_don_vi

DONG_KHACH = 3
CAO_MM = 7  # room to sign, and fifteen names on one page
PHONG_KY_MM = 14
DANH_DAU = "x"
COT = (
    Column("TT", 9, "center"),
    Column("Họ và tên"),
    Column("Ký tên", 30),
    Column("Có mặt", 15, "center"),
    Column("Vắng có lý do (ghi lý do)", 32, "center"),
    Column("Ghi chú", 24),
)


@dataclass(frozen=True)
class DongPhieu:
    """A line of the sheet; `trang_thai` is "" while nobody has been called up."""

    ho_ten: str
    trang_thai: str = ""


def ten_phieu(buoi: BuoiSinhHoat) -> str:
    return f"Danh sách điểm danh ngày {buoi.ngay:%d/%m/%Y}"


def sheet(buoi: BuoiSinhHoat) -> Paper:
    """The sheet of a meeting. Three queries and the names of its unit."""
    rows = _rows(buoi)
    cap_tren, co_quan = tieu_de_don_vi(buoi.chi_doan, buoi.ngay)
    return Paper(
        heading=Heading(
            cap_tren=cap_tren,
            co_quan=co_quan,
            dia_danh_ngay=dia_danh_ngay(dia_danh(buoi.chi_doan), buoi.ngay),
        ),
        title=Title("DANH SÁCH ĐIỂM DANH", _subject(buoi)),
        body=[Fields(_head(buoi)), _roll(rows, buoi), *_guests(buoi), _summary(rows, buoi)],
        signatures=_signatures(buoi),
        check=LinkLine(
            words=f"Buổi số {buoi.pk}. Ghi xong, quét mã để chụp phiếu gửi lên",
            host=settings.PUBLIC_HOST,
            path=reverse("chidoan:phieu_giay", args=[buoi.pk]),
            picture="Mã QR dẫn tới nơi chụp lại phiếu này",
        ),
        canh_bao="Nội bộ chi đoàn: không dán, không gửi ra ngoài.",
        compact=True,
    )


def _rows(buoi: BuoiSinhHoat) -> list[DongPhieu]:
    """Equal names carry the year of birth."""
    if buoi.is_nhap:
        people = [(row, "") for row in danh_sach(buoi.chi_doan_id, buoi.ngay)]
    else:
        roll = buoi.diem_danh.select_related("doan_vien")
        people = [(row.doan_vien, row.trang_thai) for row in roll]
    times = Counter(person.ho_ten for person, _ in people)
    return [
        DongPhieu(
            f"{person.ho_ten} ({person.ngay_sinh.year})"
            if times[person.ho_ten] > 1
            else person.ho_ten,
            state,
        )
        for person, state in people
    ]


def _subject(buoi: BuoiSinhHoat) -> str:
    return f"{buoi.get_loai_display()} tháng {buoi.ngay.month} năm {buoi.ngay.year}"


def _head(buoi: BuoiSinhHoat) -> list[tuple[str, Text]]:
    return [
        ("Thời gian", f"{buoi.bat_dau:%H giờ %M phút}, {date_long(buoi.ngay)}"),
        ("Địa điểm", buoi.dia_diem or None),
        ("Chủ điểm", buoi.chu_diem or None),
    ]


def _roll(rows: list[DongPhieu], buoi: BuoiSinhHoat) -> TableBlock:
    """The members, and in a sheet to be filled empty lines for guests."""
    empty = [[*("" for _ in COT)]] * DONG_KHACH
    guests = [GroupRow("Đại biểu, khách mời"), *empty] if buoi.is_nhap else []
    lines = [_line(number, row) for number, row in enumerate(rows, start=1)]
    return TableBlock(columns=COT, rows=[*lines, *guests], row_mm=CAO_MM)


def _line(number: int, row: DongPhieu) -> list[str]:
    status = DiemDanh.TrangThai
    return [
        str(number),
        row.ho_ten,
        "",
        DANH_DAU if row.trang_thai in DiemDanh.DU_HOP else "",
        DANH_DAU if row.trang_thai == status.VANG_CO_LY_DO else "",
        "Đến muộn" if row.trang_thai == status.MUON else "",
    ]


def _guests(buoi: BuoiSinhHoat):
    if buoi.dai_bieu and not buoi.is_nhap:
        yield Para(f"Đại biểu: {buoi.dai_bieu}")


def _summary(rows: list[DongPhieu], buoi: BuoiSinhHoat) -> Para:
    times = Counter(row.trang_thai for row in rows)
    status = DiemDanh.TrangThai

    def number(*states) -> Text:
        return Dots(12) if buoi.is_nhap else count(sum(times[state] for state in states))

    return Para(
        [
            f"Tổng số {count(len(rows))} đoàn viên; có mặt ",
            number(*DiemDanh.DU_HOP),
            "; vắng có lý do ",
            number(status.VANG_CO_LY_DO),
            "; vắng không có lý do ",
            number(status.VANG),
            ".",
        ]
    )


def _signatures(buoi: BuoiSinhHoat) -> Signatures:
    secretary = Signer(["THƯ KÝ"], buoi.thu_ky.ho_ten if buoi.thu_ky else "", room_mm=PHONG_KY_MM)
    chair = Signer(["CHỦ TRÌ"], buoi.chu_tri.ho_ten if buoi.chu_tri else "", room_mm=PHONG_KY_MM)
    first = gia_tri("ky_bien_ban", ngay=buoi.ngay, don_vi=buoi.chi_doan) == "chu_tri"
    return Signatures([chair, secretary] if first else [secretary, chair])
