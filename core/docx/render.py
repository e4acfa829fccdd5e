"""A paper to Word: `render_docx(paper, title=…)` and the answer that sends it."""

from io import BytesIO

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from core.pdf.blocks import Paper
from core.pdf.bounds import check_bounds
from core.pdf.inline import normalise

from .body import add_blocks
from .heading import add_addressees, add_heading, add_signatures, add_title
from .page import new_sheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LINES_WITH_SIGNATURE = 2


def render_docx(paper: Paper, *, title: str) -> bytes:
    """The paper as a file to go on writing in: a draft, which nothing can be checked by.

    The same blocks in the same order as in print. A paper with a check code is no draft.
    """
    if paper.check:
        raise ValueError("a Word file is a draft: it bears no check code")
    check_bounds([paper])
    sheet = new_sheet(paper, normalise(title))
    if paper.heading:
        add_heading(sheet, paper.heading)
    if paper.title:
        add_title(sheet, paper.title)
    add_addressees(sheet)
    add_blocks(sheet, paper.body)
    if paper.signatures:
        _hold_last_lines(sheet)
        add_signatures(sheet, paper.signatures)
    add_blocks(sheet, paper.appendix)
    out = BytesIO()
    sheet.document.save(out)
    return out.getvalue()


def _hold_last_lines(sheet) -> None:
    """The signatures never stand alone on a page: the last lines go with them."""
    for line in sheet.document.paragraphs[-_LINES_WITH_SIGNATURE:]:
        line.paragraph_format.keep_with_next = True


def docx_response(content: bytes, name: str) -> HttpResponse:
    """The file, taken home under `name`, and kept by no cache."""
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response
