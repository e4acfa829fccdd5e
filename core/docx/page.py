"""A new document: page, font, styles and what the file says of itself, which is its title."""

from dataclasses import dataclass
from datetime import UTC, datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm, Pt, RGBColor

from core.pdf.blocks import Paper
from core.pdf.geometry import PAGES, Page
from core.pdf.markup import font_size

from .xml import add_page_number, set_font, set_language, set_newest_mode

FONT = "Times New Roman"
LEADING = {14: 18.5, 13: 17}
AFTER = {14: 6, 13: 4.5}
INDENT_MM = 12.7
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
HEADINGS = {1: (8, 4), 2: (8, 4), 3: (6, 3), 4: (8, 4)}
"""Room before and after a heading of each level, in points."""


@dataclass(frozen=True)
class Sheet:
    """The open document with the measures that its blocks ask for."""

    document: object
    paper: Paper
    page: Page
    size: int

    @property
    def leading(self) -> float:
        return LEADING[self.size]

    @property
    def after(self) -> float:
        return AFTER[self.size]

    @property
    def width(self) -> float:
        return self.page.text_width


def new_sheet(paper: Paper, title: str) -> Sheet:
    sheet = Sheet(Document(), paper, PAGES[paper.page], font_size(paper))
    _set_page(sheet)
    _set_styles(sheet)
    _set_properties(sheet.document, title)
    set_newest_mode(sheet.document)
    return sheet


def _set_page(sheet: Sheet) -> None:
    section, page = sheet.document.sections[0], sheet.page
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.header_distance, section.footer_distance = Mm(page.top / 2), Mm(page.bottom / 2)
    section.different_first_page_header_footer = True
    line = section.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_page_number(line)
    for footer in (section.first_page_footer, section.footer):
        note = footer.paragraphs[0].add_run(sheet.paper.canh_bao)
        note.font.size, note.font.color.rgb = Pt(8), RGBColor(0x55, 0x55, 0x55)


def _set_styles(sheet: Sheet) -> None:
    styles = sheet.document.styles
    normal = styles["Normal"]
    set_font(normal, FONT)
    set_language(normal, "vi-VN")
    normal.font.size = Pt(sheet.size)
    _space(normal, sheet, before=0, after=0)
    for level, (before, after) in HEADINGS.items():
        style = styles[f"Heading {level}"]
        set_font(style, FONT)
        style.font.size, style.font.color.rgb = Pt(sheet.size), RGBColor(0, 0, 0)
        style.font.bold, style.font.italic = level < 4, level == 3
        _space(style, sheet, before=before, after=after)
        style.paragraph_format.first_line_indent = Mm(INDENT_MM)
        style.paragraph_format.keep_with_next = True
    set_font(styles["Header"], FONT)


def _space(style, sheet: Sheet, *, before: float, after: float) -> None:
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(before), Pt(after)
    spacing.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    spacing.line_spacing = Pt(sheet.leading)
    spacing.widow_control = True


def _set_properties(document, title: str) -> None:
    """Title and language alone: no author, no program, no day of the machine."""
    known = document.core_properties
    known.title, known.language = title, "vi-VN"
    known.author = known.comments = known.last_modified_by = known.keywords = ""
    known.created = known.modified = _NO_DAY
    known.revision = 1
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]
