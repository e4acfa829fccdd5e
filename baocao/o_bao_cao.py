"""The cells of a report, figures and sections, as text: what a comment was about, what changed."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.text.display import so

from .bang_so_lieu import BangBaoCao, Dong
from .mau import mau_da_mo
from .models import GopY, PhanLoi

O_BAO_CAO = tuple[str, str]
"""(part, code) of a cell."""


def noi_dung_o(bang: BangBaoCao, phan_loi: Iterable[PhanLoi]) -> dict[O_BAO_CAO, str]:
    """Every cell of the report with what it says now."""
    texts = {part.muc: part.noi_dung for part in phan_loi}
    cells = {(GopY.Phan.SO_LIEU, line.ma): noi_dung_dong(line) for line in bang}
    for muc in mau_da_mo(bang.bao_cao).muc:
        cells[GopY.Phan.PHAN_LOI, muc.value] = texts.get(muc.value, "")
    return cells


def noi_dung_dong(line: Dong) -> str:
    """A figure as it is reported, with the reason that stands beside it."""
    value = "" if line.gia_tri is None else so(Decimal(line.gia_tri))
    return f"{value} ({line.ly_do})".strip() if line.ly_do else value


def ten_o(bang: BangBaoCao, phan: str, o: str) -> str:
    """What a cell is called on the page."""
    if phan == GopY.Phan.PHAN_LOI:
        return PhanLoi.Muc(o).label
    line = next((line for line in bang if line.ma == o), None)
    return f"{line.so} {line.chi_tieu.ten}" if line else o


def can_sua(gop_y: Iterable[GopY], cells: Mapping[O_BAO_CAO, str]) -> list[GopY]:
    """Comments without an answer whose cell still says what it said then."""
    return [
        row for row in gop_y if not row.tra_loi and cells.get((row.phan, row.o), "") == row.khi_do
    ]
