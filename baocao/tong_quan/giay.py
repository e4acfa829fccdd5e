"""Bảng tổng hợp tình hình: the figures of a ward or of an office above as a printed sheet, with the
same charts, tables and day as the page. It holds no personal data."""

from collections.abc import Iterator, Sequence

from core.pdf import (
    Cell,
    Chart,
    Charts,
    Column,
    Heading,
    Note,
    Paper,
    Para,
    Section,
    TableBlock,
    Title,
    dia_danh_ngay,
)
from core.text.display import so
from core.text.numbers import date_long
from tochuc.models import DonVi
from tochuc.van_ban import dia_danh, tieu_de_don_vi

from .ban_o import DongO
from .bieu_do import BieuDo
from .ngay_xem import NgayXem

TEN = "BẢNG TỔNG HỢP TÌNH HÌNH"
NHIEU_NHAT = 60
"""So many rows of units are printed; the others are on the page."""


def giay_phuong(don_vi: DonVi, xem: NgayXem, context: dict) -> Paper:
    """The ward: key figures, who needs help and why, months of each branch, charts."""
    rows = [*context["can_giup"], *context["on_dinh"]]
    return _giay(
        don_vi,
        xem,
        [
            *_so_chinh(context["kpis"]),
            *_can_giup(context["can_giup"]),
            *_thang(context["thang"], rows),
            *_bieu_do(context["bieu_do"]),
        ],
    )


def giay_cap_tren(don_vi: DonVi, xem: NgayXem, context: dict) -> Paper:
    """The office above: key figures, charts, wards by the chosen measure, the table of units."""
    return _giay(
        don_vi,
        xem,
        [
            *_so_chinh(context["kpis"]),
            *_bieu_do(context["bieu_do"]),
            *_cac_xa(context["chi_so"].ten, context["ban_o"]),
            *_don_vi(context["cot"], context["tong"], context["bang"]),
        ],
    )


def _giay(don_vi: DonVi, xem: NgayXem, body: Sequence) -> Paper:
    above, own = tieu_de_don_vi(don_vi, xem.ngay)
    heading = Heading(above, own, dia_danh_ngay(dia_danh(don_vi), xem.ngay))
    return Paper(
        heading=heading,
        title=Title(TEN, f"Tính đến {date_long(xem.ngay)}"),
        body=list(body),
        compact=True,
    )


def _so_chinh(kpis: Sequence[dict]) -> Iterator:
    columns = [Column(kpi["label"], align="center") for kpi in kpis]
    values = [f"{kpi['value']} {kpi.get('fraction', '')}".strip() for kpi in kpis]
    width = 165 / max(len(columns), 1)
    columns = [Column(column.title, width, "center") for column in columns[:-1]] + columns[-1:]
    notes = [kpi["note"] for kpi in kpis]
    yield TableBlock(columns, [[Cell(value, bold=True) for value in values], notes], size_pt=11)


def _can_giup(lines) -> Iterator:
    yield Section(f"{len(lines)} chi đoàn cần giúp" if lines else "Chi đoàn cần giúp", level=2)
    if not lines:
        yield Para("Không chi đoàn nào vượt mức cần giúp.", indent=False)
        return
    columns = [Column("Chi đoàn", 42), Column("Điểm", 14, "center"), Column("Vì sao")]
    rows = [(line.chi_doan.ten, str(line.can_giup.diem), line.can_giup.ly_do) for line in lines]
    yield TableBlock(columns, rows[:NHIEU_NHAT], size_pt=11)


def _thang(months, lines) -> Iterator:
    if not lines:
        return
    yield Section("Dự sinh hoạt từng tháng, %", level=2)
    columns = [Column("Chi đoàn")]
    columns += [Column(f"T{month.thang}", 10, "center") for month, _ in months]
    rows = [
        (line.chi_doan.ten, *(cell.text for cell, _ in line.heat)) for line in lines[:NHIEU_NHAT]
    ]
    note = "× không họp; – không phải họp; · chưa đến."
    yield TableBlock(columns, rows, size_pt=10, note=note)


def _bieu_do(charts: Sequence[BieuDo]) -> Iterator:
    drawn = [chart for chart in charts if chart.ve]
    for start in range(0, len(drawn), 2):
        pair = drawn[start : start + 2]
        yield Charts([Chart(chart.ten, str(chart.ve), chart.ten_doc) for chart in pair])
    yield from (Note(f"{chart.ten}: {chart.chu_giai}") for chart in drawn if chart.chu_giai)
    yield from (_tam_quy(chart) for chart in drawn if chart.ma == "du-hop")
    for chart in charts:
        if not chart.ve:
            yield Note(f"{chart.ten}: {chart.trong}")


def _tam_quy(chart: BieuDo) -> TableBlock:
    """The line writes its last value alone; these are all."""
    columns = [
        Column(name.chu, None if not index else 20, "center")
        for index, (name, _) in enumerate(chart.dong)
    ]
    values = [value.chu.replace("(", "").replace(")", "") for _, value in chart.dong]
    return TableBlock(columns, [values], size_pt=10, note=chart.ten)


def _cac_xa(ten: str, groups: Sequence[tuple[DonVi | None, Sequence[DongO]]]) -> Iterator:
    rows = [(above, row) for above, tiles in groups for row in tiles]
    if not rows:
        return
    yield Section(f"Các xã, phường: {ten.lower()}", level=2)
    is_grouped = any(above for above, _ in rows)
    columns = [
        Column("Xã, phường"),
        *([Column("Thuộc", 45)] if is_grouped else []),
        Column("Số", 18, "right"),
        Column("Trên", 18, "right"),
        Column("%", 15, "right"),
        Column("So với chung", 34),
    ]
    table = [
        (
            row.don_vi.ten,
            *([str(above) if above else ""] if is_grouped else []),
            row.tu.chu,
            row.mau.chu,
            so(row.so.gia_tri) if row.muc else "–",
            row.ten_muc,
        )
        for above, row in rows[:NHIEU_NHAT]
    ]
    yield TableBlock(columns, table, size_pt=11, note=_con_lai(len(rows)))


def _don_vi(cot: Sequence[str], tong, bang) -> Iterator:
    yield Section("Các đơn vị, trong năm", level=2)
    columns = [Column("Đơn vị"), *(Column(label, 18, "right") for label in cot)]
    rows = [[Cell("Cộng", bold=True), *(Cell(_chu(cell), bold=True) for cell in tong)]]
    rows += [[unit.ten, *map(_chu, cells)] for unit, cells in bang]
    yield TableBlock(columns, rows, size_pt=11)


def _chu(cell) -> str:
    return "–" if cell.so.gia_tri is None else so(cell.so.gia_tri)


def _con_lai(count: int) -> str:
    left = count - NHIEU_NHAT
    return f"Còn {left} xã, phường, xem trên trang." if left > 0 else ""
