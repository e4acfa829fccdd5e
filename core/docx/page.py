"""A document and its sheets: page, font, styles and what the file says of itself, its title."""

from dataclasses import dataclass
from datetime import UTC, datetime

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm, Pt, RGBColor

from core.pdf.blocks import Cover, Paper
from core.pdf.geometry import PAGES, Page
from core.pdf.markup import font_size

from .xml import (
    add_page_number,
    hide_paragraph,
    set_first_number,
    set_font,
    set_frame,
    set_language,
    set_newest_mode,
)

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
    paper: Paper | Cover
    page: Page
    size: int

    @property
    def is_wide(self) -> bool:
        """A list across an A4 sheet, in which everything stands closer together."""
        return not isinstance(self.paper, Cover) and self.paper.page == "A4-landscape"

    @property
    def leading(self) -> float:
        return LEADING[self.size]

    @property
    def after(self) -> float:
        return AFTER[self.size]

    @property
    def width(self) -> float:
        return self.page.text_width


def new_document(paper: Paper | Cover, title: str):
    """An empty document whose styles are those of its first paper."""
    document = Document()
    _set_styles(document.styles, _size(paper))
    _set_properties(document, title)
    set_newest_mode(document)
    return document


def add_sheet(document, paper: Paper | Cover, *, is_first: bool) -> Sheet:
    """The pages of one paper; each after the first begins a section, with its own format."""
    if not is_first:
        document.add_section(WD_SECTION.NEW_PAGE)
        hide_paragraph(document.paragraphs[-1])
    section = document.sections[-1]
    page = PAGES["cover" if isinstance(paper, Cover) else paper.page]
    _set_page(section, page)
    set_frame(section, framed=isinstance(paper, Cover))
    set_first_number(section, None if is_first or _continues(paper) else 1)
    _set_margin_lines(section, paper, page)
    return Sheet(document, paper, page, _size(paper))


def _continues(paper: Paper | Cover) -> bool:
    return isinstance(paper, Paper) and paper.continues


def _size(paper: Paper | Cover) -> int:
    return 14 if isinstance(paper, Cover) else font_size(paper)


def _set_page(section, page: Page) -> None:
    is_wide = page.width > page.height
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.header_distance, section.footer_distance = Mm(page.top / 2), Mm(page.bottom / 2)


def _set_margin_lines(section, paper: Paper | Cover, page: Page) -> None:
    """The number from the second page on; at the foot the warning of a paper that bears one."""
    is_cover = isinstance(paper, Cover)
    section.different_first_page_header_footer = is_cover or not paper.continues
    for part in (section.header, section.first_page_header):
        part.is_linked_to_previous = False
    if not is_cover:
        line = section.header.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_page_number(line)
    for footer in (section.first_page_footer, section.footer):
        footer.is_linked_to_previous = False
        note = footer.paragraphs[0].add_run(paper.canh_bao)
        note.font.size, note.font.color.rgb = Pt(8), RGBColor(0x55, 0x55, 0x55)


def _set_styles(styles, size: int) -> None:
    normal = styles["Normal"]
    set_font(normal, FONT)
    set_language(normal, "vi-VN")
    normal.font.size = Pt(size)
    _space(normal, LEADING[size], before=0, after=0)
    for level, (before, after) in HEADINGS.items():
        style = styles[f"Heading {level}"]
        set_font(style, FONT)
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        style.font.bold, style.font.italic = level < 4, level == 3
        _space(style, LEADING[size], before=before, after=after)
        style.paragraph_format.first_line_indent = Mm(INDENT_MM)
        style.paragraph_format.keep_with_next = True
    set_font(styles["Header"], FONT)


def _space(style, leading: float, *, before: float, after: float) -> None:
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(before), Pt(after)
    spacing.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    spacing.line_spacing = Pt(leading)
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
