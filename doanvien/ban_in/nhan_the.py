"""Nhãn thẻ: labels for Union cards and books, three in a row, cut along the lines."""

from collections.abc import Sequence

from core.errors import RuleError
from core.pdf import Bold, Column, Paper, TableBlock, Text
from core.text.numbers import date_short
from doanvien.models import DoanVien

COT = 3
CAO_MM = 35
NHIEU_NHAT = 210
TEN_DAI = 36
"""Longer names stay in small letters, else the row grows and the cuts below are off."""


def nhan_the(people: Sequence[DoanVien]) -> Paper:
    """One label for each; refused for nobody and for more than one prints at once."""
    if not people:
        raise RuleError("Không có đồng chí nào để in nhãn. Đổi bộ lọc rồi in lại.")
    if len(people) > NHIEU_NHAT:
        raise RuleError(
            f"Mỗi lần in tối đa {NHIEU_NHAT} nhãn, danh sách này có {len(people)}. "
            "Lọc theo chi đoàn rồi in."
        )
    labels = [_label(nguoi) for nguoi in people]
    labels += [None] * (-len(labels) % COT)
    rows = [labels[start : start + COT] for start in range(0, len(labels), COT)]
    table = TableBlock([Column("", 54), Column("", 53), Column("", 53)], rows, 10.5)
    return Paper(body=[_as_labels(table)], compact=True)


def _as_labels(table: TableBlock) -> TableBlock:
    return TableBlock(table.columns, table.rows, table.size_pt, row_mm=CAO_MM, headed=False)


def _label(nguoi: DoanVien) -> Text:
    lines = [
        f"Sinh ngày {date_short(nguoi.ngay_sinh)}",
        f"Vào Đoàn {date_short(nguoi.ngay_vao_doan)}",
        f"Số thẻ: {nguoi.so_the or '……………'}",
        str(nguoi.chi_doan),
    ]
    name = nguoi.ho_ten if len(nguoi.ho_ten) > TEN_DAI else nguoi.ho_ten.upper()
    return [Bold(name), "\n" + "\n".join(lines)]
