"""Blocks of a paper's text in Word."""

from io import BytesIO

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from core.pdf.blocks import (
    Appendix,
    Charts,
    CutLine,
    Note,
    Para,
    Picture,
    Section,
    Signatures,
    SlipHead,
    TableBlock,
    Title,
)
from core.pdf.inline import has_dots
from core.pdf.markup import as_lines, table_context

from .heading import add_signatures, add_slip_head, add_title
from .inline import add_text
from .page import INDENT_MM, Sheet
from .xml import draw_dashes_above, keep_row, set_borders, set_cell_margins, set_indent

_LAST_ROWS = 3
PICTURE_MM = 240
ALIGN = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def add_blocks(sheet: Sheet, blocks) -> None:
    for block in blocks:
        for line in as_lines(block):
            _WRITERS[type(line)](sheet, line)


def _add_para(sheet: Sheet, block: Para) -> None:
    line = sheet.document.add_paragraph()
    align = "left" if has_dots(block.text) and block.align == "justify" else block.align
    spacing = line.paragraph_format
    line.alignment, spacing.space_after = ALIGN[align], Pt(sheet.after)
    spacing.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    spacing.line_spacing = Pt(sheet.leading)
    spacing.keep_with_next = block.keep_with_next or None
    if block.indent and align != "center":
        spacing.first_line_indent = Mm(INDENT_MM)
    add_text(line, block.text, size=sheet.size, leader_mm=sheet.width)


def _add_section(sheet: Sheet, block: Section) -> None:
    text = block.text.upper() if block.level == 1 else block.text
    line = sheet.document.add_paragraph(style=f"Heading {block.level}")
    add_text(line, text, size=sheet.size, bold=block.level < 4, italic=block.level == 3)


def _add_note(sheet: Sheet, block: Note) -> None:
    line = sheet.document.add_paragraph()
    line.alignment = ALIGN["justify"]
    line.paragraph_format.space_after = Pt(2 if sheet.is_wide else 6)
    line.paragraph_format.line_spacing = Pt(13 if sheet.is_wide else 14)
    add_text(line, block.text, size=11 if sheet.is_wide else 11.5)


def _add_picture(sheet: Sheet, block: Picture) -> None:
    line = sheet.document.add_paragraph()
    line.alignment = ALIGN["center"]
    shape = line.add_run().add_picture(BytesIO(block.jpeg), width=Mm(sheet.width))
    if shape.height > Mm(PICTURE_MM):
        shape.width, shape.height = (
            round(shape.width * Mm(PICTURE_MM) / shape.height),
            Mm(PICTURE_MM),
        )
    shape._inline.docPr.set("descr", block.words)  # noqa: SLF001 -- no public way to say it


def _add_charts(sheet: Sheet, block: Charts) -> None:
    """What the drawings say; the tables beside them hold the figures."""
    for chart in block.charts:
        _add_para(sheet, Para(f"{chart.title}: {chart.words}.", align="left"))


def _add_cut_line(sheet: Sheet, block: CutLine) -> None:
    line = sheet.document.add_paragraph()
    line.alignment = ALIGN["center"]
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(12), Pt(6)
    draw_dashes_above(line)
    add_text(line, block.title, size=sheet.size, bold=True)


def _add_appendix(sheet: Sheet, block: Appendix) -> None:
    for number, (text, style) in enumerate(
        (
            (block.label, {"size": 16, "bold": True}),
            (block.ten, {"size": sheet.size, "bold": True}),
            (block.kem_theo, {"size": sheet.size, "italic": True}),
        )
    ):
        line = sheet.document.add_paragraph()
        line.alignment = ALIGN["center"]
        line.paragraph_format.page_break_before = number == 0
        line.paragraph_format.keep_with_next = True
        add_text(line, text.upper() if isinstance(text, str) and number == 1 else text, **style)


def _add_table(sheet: Sheet, block: TableBlock) -> None:
    """A ruled table: header rows come back on each page, rows never split."""
    context = table_context(block, sheet.width)
    widths = context["widths"]
    table = sheet.document.add_table(rows=0, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    set_borders(table, ruled=True)
    side, top = (0.7, 0.35) if block.size_pt < 11 else (1.4, 0.5)
    set_cell_margins(table, side_mm=side, top_mm=top)
    set_indent(table, 0)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    grid = _Grid(table, widths, block)
    if block.headed:
        grid.add_header(context["header"], context["sub_header"])
    for row in context["rows"]:
        grid.add_row(row)
    grid.hold_together()
    _add_gap(sheet, block)


def _add_gap(sheet: Sheet, block: TableBlock) -> None:
    if block.note:
        _add_note(sheet, Note(block.note))
    else:
        gap = sheet.document.add_paragraph()
        gap.paragraph_format.line_spacing = Pt(8)


class _Grid:
    """Rows of one table as they are written, with cells over several columns."""

    def __init__(self, table, widths, block: TableBlock):
        self.table, self.widths, self.block = table, widths, block

    def add_header(self, header: list[dict], sub_header: list[dict]) -> None:
        first = self._new_row(is_header=True)
        second = self._new_row(is_header=True) if sub_header else None
        position, below = 0, iter(sub_header)
        for cell in header:
            last = position + cell["span"] - 1
            merged = first.cells[position]
            if cell["height"] > 1:
                merged = merged.merge(second.cells[last])
            elif cell["span"] > 1:
                merged = merged.merge(first.cells[last])
            self._write(merged, cell["text"], "center", bold=True)
            if second and cell["height"] == 1:
                for column in range(position, last + 1):
                    self._write(second.cells[column], next(below)["text"], "center", bold=True)
            position = last + 1
        if self.block.numbered:
            numbers = self._new_row(is_header=True)
            for number, cell in enumerate(numbers.cells, start=1):
                self._write(cell, f"({number})", "center", italic=True)

    def add_row(self, row: dict) -> None:
        cells = self._new_row().cells
        if row.get("group"):
            merged = cells[0].merge(cells[-1])
            self._write(merged, row["group"].upper(), "left", bold=True, keep=True)
            return
        position = 0
        for item in row["cells"]:
            last = position + item["span"] - 1
            merged = cells[position].merge(cells[last]) if item["span"] > 1 else cells[position]
            self._write(merged, item["text"], item["align"], bold=item["bold"])
            position = last + 1

    def hold_together(self) -> None:
        """No header alone below a page, and no fewer than three rows on the last one."""
        rows = self.table.rows
        headed = sum(row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows)
        last = range(len(rows) - _LAST_ROWS, len(rows) - 1)
        noted = {len(rows) - 1} if self.block.note else set()
        for number in {*range(headed), *last, *noted} & {*range(len(rows))}:
            for cell in rows[number].cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    def _new_row(self, *, is_header: bool = False):
        row = self.table.add_row()
        keep_row(row, header=is_header)
        if self.block.row_mm and not is_header:
            row.height, row.height_rule = Mm(self.block.row_mm), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, width in zip(row.cells, self.widths, strict=True):
            cell.width = Mm(width)
        return row

    def _write(self, cell, text, align, *, bold=False, italic=False, keep=False) -> None:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        line, size = cell.paragraphs[0], self.block.size_pt
        line.alignment = ALIGN[align]
        line.paragraph_format.line_spacing = Pt(round(size * 1.2083, 1))
        line.paragraph_format.keep_with_next = keep or None
        add_text(line, text, size=size, bold=bold, italic=italic)


_WRITERS = {
    Para: _add_para,
    Section: _add_section,
    TableBlock: _add_table,
    Note: _add_note,
    Picture: _add_picture,
    Charts: _add_charts,
    CutLine: _add_cut_line,
    SlipHead: add_slip_head,
    Appendix: _add_appendix,
    Title: add_title,
    Signatures: add_signatures,
}
