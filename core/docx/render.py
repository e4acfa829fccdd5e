"""Papers to Word: `render_docx(papers, title=…)` and the answer that sends it."""

from collections.abc import Sequence
from io import BytesIO

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from core.pdf.blocks import Cover, Paper
from core.pdf.bounds import check_bounds
from core.pdf.inline import normalise

from .body import add_blocks
from .cover import add_cover
from .heading import add_addressees, add_heading, add_signatures, add_title
from .page import Sheet, add_sheet, new_document

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LINES_WITH_SIGNATURE = 2


def render_docx(papers: Paper | Cover | Sequence[Paper | Cover], *, title: str) -> bytes:
    """The papers as one file to go on writing in: a draft, which nothing can be checked by.

    The same blocks in the same order as in print. A paper with a check code is no draft.
    """
    papers = [papers] if isinstance(papers, Paper | Cover) else list(papers)
    if any(paper.check for paper in papers):
        raise ValueError("a Word file is a draft: it bears no check code")
    check_bounds(papers)
    document = new_document(papers[0], normalise(title))
    for number, paper in enumerate(papers):
        _add(add_sheet(document, paper, is_first=number == 0))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _add(sheet: Sheet) -> None:
    paper = sheet.paper
    if isinstance(paper, Cover):
        add_cover(sheet, paper)
        return
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


def _hold_last_lines(sheet: Sheet) -> None:
    """The signatures never stand alone on a page: the last lines go with them."""
    for line in sheet.document.paragraphs[-_LINES_WITH_SIGNATURE:]:
        line.paragraph_format.keep_with_next = True


def docx_response(content: bytes, name: str) -> HttpResponse:
    """The file, taken home under `name`, and kept by no cache."""
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response
