"""Sổ văn bản (register of papers) in print: numbers in their order, unit by unit."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from core.pdf import BookHeading, Column, GroupRow, Paper, TableBlock, Title
from core.text.numbers import date_short
from tochuc.models import DonVi, VanBan
from tochuc.van_ban import tieu_de_don_vi

from .filters import LOAI
from .tables import ghi_chu, tinh_trang

TOI_DA = 400
"""So many lines fit one file; more belong into a sheet."""


def so_van_ban_giay(don_vi: DonVi, rows: Sequence[VanBan], *, loc: str, ngay: date) -> Paper:
    """The register as a landscape list; `loc` says what was chosen."""
    above, unit = tieu_de_don_vi(don_vi, ngay)
    return Paper(
        heading=BookHeading(above, unit, "SỔ VĂN BẢN", loc),
        title=Title("SỔ VĂN BẢN"),
        page="A4-landscape",
        body=[
            TableBlock(
                columns=[
                    Column("TT", 10, "center"),
                    Column("Số, ký hiệu", 36),
                    Column("Ngày", 24, "center"),
                    Column("Tên văn bản"),
                    Column("Bản", 12, "center"),
                    Column("Tình trạng", 40),
                    Column("Ghi chú", 45),
                ],
                rows=[line for group in _groups(rows) for line in group],
                note=f"In ngày {date_short(ngay)}. Số đã hủy vẫn giữ trong sổ, không dùng lại.",
            )
        ],
    )


def _groups(rows: Sequence[VanBan]):
    for (unit, loai, nam), papers in groupby(
        rows, key=lambda row: (row.don_vi, row.loai, row.ngay.year)
    ):
        yield [
            GroupRow(f"{unit}: {LOAI.get(loai, loai)} năm {nam}"),
            *(_line(number, row) for number, row in enumerate(papers, start=1)),
        ]


def _line(number: int, row: VanBan) -> list:
    return [
        str(number),
        row.so_ky_hieu,
        date_short(row.ngay),
        row.tieu_de,
        str(row.ban),
        tinh_trang(row)[2],
        ghi_chu(row),
    ]
