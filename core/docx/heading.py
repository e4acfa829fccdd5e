"""Head and foot of a paper in Word: pairs of columns without borders, as offices draw them."""

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from core.pdf.blocks import BookHeading, Heading, Signatures, SlipHead, Title
from core.pdf.inline import normalise
from core.pdf.markup import heading_columns, heading_name, punctuated, signatures_context
from core.pdf.metrics import width_mm

from .inline import add_text
from .page import Sheet
from .xml import draw_line_below, keep_row, set_borders, set_cell_margins, set_indent

CENTER, LEFT, RIGHT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
)
_DATE_SLACK_MM = 2  # the date stands on one line, also where its column is a little too narrow
_SLACK_MM = 0.6  # another Times may run a little wider than the one that was measured
_TITLE_LINE_MM = 38
_NOI_NHAN_MM = 72


def add_columns(sheet: Sheet, widths_mm) -> list:
    """A row of cells without borders, each of its width; returns the cells."""
    table = sheet.document.add_table(rows=1, cols=len(widths_mm))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    set_borders(table, ruled=False)
    set_cell_margins(table, side_mm=0)
    set_indent(table, 0)
    keep_row(table.rows[0])
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths_mm, strict=True):
        column.width = cell.width = Mm(width)
    return list(table.rows[0].cells)


class Lines:
    """Paragraphs of one cell, from its first on."""

    def __init__(self, cell, leading: float):
        self.cell, self.leading, self.is_new = cell, leading, True

    def add(self, text="", *, size, align=CENTER, bold=False, italic=False, before=0, leading=0):
        line = self.cell.paragraphs[0] if self.is_new else self.cell.add_paragraph()
        self.is_new = False
        line.alignment = align
        line.paragraph_format.space_before = Pt(before)
        line.paragraph_format.line_spacing = Pt(leading or self.leading)
        add_text(line, text, size=size, bold=bold, italic=italic)
        return line


def add_heading(sheet: Sheet, heading: Heading | BookHeading) -> None:
    if isinstance(heading, BookHeading):
        return _add_book_heading(sheet, heading)
    if heading.mau:
        label = sheet.document.add_paragraph()
        label.alignment, label.paragraph_format.line_spacing = RIGHT, Pt(14)
        add_text(label, heading.mau, size=11, italic=True)
    widths, classes = heading_columns(heading, sheet.paper)
    size = 13 if "narrow" in classes or sheet.paper.page != "A4" else 14
    left, right = add_columns(sheet, widths)
    issuer, title = Lines(left, 17), Lines(right, 17)
    tieu_de_trai = sheet.paper.cach_viet.tieu_de_trai
    _add_tieu_de(issuer if tieu_de_trai else title, sheet, widths[0 if tieu_de_trai else 1])
    _add_issuer(issuer, sheet, heading, widths[0], size)
    date_size = 13 if "small-date" in classes or sheet.paper.page != "A4" else sheet.size
    date = title.add(heading.dia_danh_ngay, size=date_size, italic=True, before=7)
    date.paragraph_format.left_indent = date.paragraph_format.right_indent = Mm(-_DATE_SLACK_MM)
    return None


def _add_tieu_de(lines: Lines, sheet: Sheet, column_mm: float) -> None:
    """The line under it is as long as the words: that of a paragraph between two indents."""
    words = normalise(sheet.paper.heading.tieu_de)
    size = 14 if sheet.size == 13 else 15
    line = lines.add(words.replace(" ", "\u00a0"), size=size, bold=True)
    side = max((column_mm - width_mm(words, size, bold=True) - _SLACK_MM) / 2, 0)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(side)
    draw_line_below(line, gap_pt=1)


def _add_issuer(lines: Lines, sheet: Sheet, heading: Heading, width: float, size: float) -> None:
    if heading.cap_tren:
        lines.add(heading_name(heading.cap_tren, width, bold=False), size=size)
    lines.add(heading_name(heading.co_quan, width, bold=True), size=size, bold=True)
    if sheet.paper.cach_viet.sao:
        lines.add(sheet.paper.cach_viet.sao, size=size, before=2, leading=12)
    if heading.so:
        lines.add(heading.so, size=size)
    if heading.trich_yeu_cong_van:
        line = lines.add(heading.trich_yeu_cong_van, size=12, before=3, leading=14.5)
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(4)


def _add_book_heading(sheet: Sheet, heading: BookHeading) -> None:
    left, right = add_columns(sheet, (sheet.width / 2, sheet.width / 2))
    unit, book = Lines(left, 15.5), Lines(right, 15.5)
    if heading.cap_tren:
        unit.add(heading.cap_tren, size=12.5, align=LEFT)
    unit.add(heading.don_vi, size=12.5, align=LEFT, bold=True)
    book.add(heading.so, size=12.5, align=RIGHT, bold=True)
    book.add(heading.nam, size=12.5, align=RIGHT)


def add_slip_head(sheet: Sheet, block: SlipHead) -> None:
    issuer, name, numbers = (
        Lines(cell, 15) for cell in add_columns(sheet, (74, 56, sheet.width - 130))
    )
    issuer.add(block.cap_tren, size=11)
    issuer.add(block.co_quan, size=11, bold=True)
    name.add(block.ten, size=16, bold=True, leading=19)
    name.add(block.ngay, size=sheet.size, italic=True)
    for line in block.ben_phai:
        numbers.add(line, size=11, align=LEFT)


def add_title(sheet: Sheet, title: Title) -> None:
    size, before = (16, 14) if sheet.size == 14 else (15, 10)
    before, after = (6, 5) if sheet.is_wide else (before, 12)
    name = _centred(sheet, title.ten_loai, size=size, before=before)
    name.paragraph_format.line_spacing = Pt(size + 4)
    if title.trich_yeu:
        subject = _centred(sheet, title.trich_yeu, size=sheet.size)
        subject.paragraph_format.left_indent = subject.paragraph_format.right_indent = Mm(10)
    rule = _centred(sheet, "", size=2, after=after)
    rule.paragraph_format.line_spacing = Pt(4)
    side = Mm((sheet.width - _TITLE_LINE_MM) / 2)
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = side
    draw_line_below(rule, gap_pt=1)


def _centred(sheet: Sheet, text, *, size: float, before: float = 0, after: float = 0):
    line = sheet.document.add_paragraph()
    line.alignment = CENTER
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(before), Pt(after)
    line.paragraph_format.keep_with_next = True
    add_text(line, text, size=size, bold=True)
    return line


def add_addressees(sheet: Sheet) -> None:
    """Kính gửi: one in a line, several one below the other after the colon."""
    names = punctuated(sheet.paper.kinh_gui)
    if not names:
        return
    if len(names) == 1:
        line = sheet.document.add_paragraph()
        line.alignment = CENTER
        line.paragraph_format.space_after = Pt(9)
        add_text(line, ["Kính gửi: ", *names[0]], size=sheet.size)
        return
    if not sheet.paper.title:
        sheet.document.add_paragraph().paragraph_format.line_spacing = Pt(14)
    gap = 1.5
    parts = (sheet.width * 0.32, gap, sheet.width * 0.68 - gap)
    label, _, places = add_columns(sheet, parts)
    Lines(label, sheet.leading).add("Kính gửi:", size=sheet.size, align=RIGHT)
    lines = Lines(places, sheet.leading)
    for name in names:
        lines.add(["- ", *name], size=sheet.size, align=LEFT)
    sheet.document.add_paragraph().paragraph_format.line_spacing = Pt(4)


def add_signatures(sheet: Sheet, block: Signatures) -> None:
    """Signers in columns; the names stand on one line, and the row goes to one page whole."""
    context = signatures_context(block, sheet.paper)
    signers = context["signers"]
    if len(signers) == 1:
        cells = add_columns(sheet, (_NOI_NHAN_MM, sheet.width - _NOI_NHAN_MM))
        _add_noi_nhan(cells.pop(0), context["noi_nhan"])
    else:
        cells = add_columns(sheet, [sheet.width / len(signers)] * len(signers))
    for cell, signer in zip(cells, signers, strict=True):
        _add_signer(cell, signer, context["room"], sheet)


def _add_signer(cell, signer: dict, room_mm: float, sheet: Sheet) -> None:
    lines, size = (Lines(cell, 15.5), 13) if sheet.is_wide else (Lines(cell, 17.5), sheet.size)
    for number, text in enumerate(signer["lines"]):
        lines.add(text, size=size, bold=not number or sheet.paper.cach_viet.chuc_vu_dam)
    if signer["note"]:
        lines.add(signer["note"], size=12, italic=True)
    for _ in signer["padding"]:
        lines.add("", size=size)
    room = room_mm * 72 / 25.4
    lines.add(signer["name"], size=12.5 if signer["is_small"] else size, bold=True, before=room)


def _add_noi_nhan(cell, items) -> None:
    if not items:
        return
    lines = Lines(cell, 14)
    label = lines.add("Nơi nhận:", size=12, align=LEFT, bold=True, italic=True, leading=16)
    label.paragraph_format.keep_with_next = True
    for item in items:
        line = lines.add(["- ", *item], size=11.5, align=LEFT)
        line.paragraph_format.left_indent = Mm(2)
        line.paragraph_format.first_line_indent = Mm(-2)
