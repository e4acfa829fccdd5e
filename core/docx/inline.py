"""Pieces of a line as runs of a Word paragraph."""

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

from core.pdf.blocks import Bold, CheckBox, Dots, Italic, Small, Text
from core.pdf.inline import DEFAULT_DOTS_MM, ends_with_leader, keep_together, normalise, pieces
from core.pdf.metrics import width_mm

_BOX = {True: "☒", False: "☐"}


def add_text(
    paragraph,
    text: Text,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    leader_mm: float = 0,
) -> None:
    """Write the pieces; dots at the end run to `leader_mm`, the line's right end, if given."""
    items = pieces(text)
    to_margin = leader_mm and ends_with_leader(items)
    for piece in items[:-1] if to_margin else items:
        _add_piece(paragraph, piece, size=size, bold=bold, italic=italic)
    if to_margin:
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(leader_mm), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.add_run("\t").font.size = Pt(size)


def _add_piece(paragraph, piece, *, size: float, bold: bool, italic: bool) -> None:
    words = _words(piece, size)
    for number, line in enumerate(words.split("\n")):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line)
        is_small = isinstance(piece, Small)
        run.font.size = Pt(8.5 if is_small else size)
        run.font.bold = (bold and not is_small) or isinstance(piece, Bold) or None
        run.font.italic = italic or isinstance(piece, Italic) or None


def _words(piece, size: float) -> str:
    if isinstance(piece, Dots):
        return "." * round((piece.mm or DEFAULT_DOTS_MM) / width_mm(".", size))
    if isinstance(piece, CheckBox):
        return _BOX[piece.checked]
    return keep_together(normalise(getattr(piece, "text", piece)))
