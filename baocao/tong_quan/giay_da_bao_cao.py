"""Figures as units reported them, as a printed sheet: what the page shows, frozen."""

from collections.abc import Iterator

from django.utils.text import capfirst

from core.pdf import Cell, Column, Heading, Note, Paper, TableBlock, Title, dia_danh_ngay
from tochuc.models import DonVi
from tochuc.van_ban import dia_danh, tieu_de_don_vi

from .da_bao_cao import DongDaBaoCao
from .ngay_xem import NgayXem

TEN = "BẢNG TỔNG HỢP SỐ ĐÃ BÁO CÁO"


def giay_da_bao_cao(don_vi: DonVi, xem: NgayXem, context: dict) -> Paper:
    """The units with what each reported; what the books say now stands on the page alone."""
    above, own = tieu_de_don_vi(don_vi, xem.hom_nay)
    return Paper(
        heading=Heading(above, own, dia_danh_ngay(dia_danh(don_vi), xem.hom_nay)),
        title=Title(TEN, capfirst(context["ky"].ten)),
        body=[TableBlock(_cot(context["cot"]), list(_dong(context)), size_pt=10), _chu(context)],
        compact=True,
    )


def _cot(labels: list[str]) -> list[Column]:
    return [
        Column("Đơn vị"),
        Column("Báo cáo", 28),
        *(Column(label, 13, "right") for label in labels),
    ]


def _dong(context: dict) -> Iterator[list]:
    yield from (_mot(row) for row in context["rieng"])
    if context["cong"]:
        ten = f"Cộng {context['so_nop']} đơn vị có số đã nộp"
        yield [Cell(text, bold=True) for text in (ten, "", *context["cong"])]
    yield from (_mot(row) for row in context["dong"])


def _mot(row: DongDaBaoCao) -> list[str]:
    return [capfirst(row.don_vi.ten_noi), row.noi, *(cell.chu for cell in row.o)]


def _chu(context: dict) -> Note:
    handed_in = f"{context['so_nop']}/{context['so_don_vi']} đơn vị có số đã nộp."
    return Note(f"{handed_in} Số giữ nguyên như khi nộp. {context['tra_lai']}".strip())
