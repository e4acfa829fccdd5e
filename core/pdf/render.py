"""Papers to PDF: `render_pdf(papers, title=…)` and the answer that sends it."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from .blocks import Certificate, Cover, Paper
from .bounds import check_bounds
from .inline import normalise
from .layout import PDF_UA, Layout, Sheet, lay_out
from .markup import document_html, has_qr

MIN_LAST_LINES = 8
"""A last page with fewer lines of text is worth one try with the compact set."""


AnyPaper = Paper | Cover | Certificate


def render_pdf(
    papers: AnyPaper | Sequence[AnyPaper], *, title: str, variant: str = PDF_UA
) -> bytes:
    """One file of all papers, in order; the same content always gives the same bytes."""
    papers = [papers] if isinstance(papers, AnyPaper) else list(papers)
    check_bounds(papers)
    return fit(papers, normalise(title))[1].pdf(variant)


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """The file, shown in the browser under `name`, and kept by no cache."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name)
    response["Cache-Control"] = "private, no-store"
    return response


def fit(
    papers: Sequence[AnyPaper], title: str, *, before: int = 0
) -> tuple[list[AnyPaper], Layout]:
    """Rule 1.6.4: the compact set, once, where it saves a page that is nearly empty.

    `before` is how many pages of the file stand before them.
    """
    chosen, layout = [], Layout([])
    for paper in papers:
        fitting, own = _fit_one(paper, title, before + layout.pages)
        chosen.append(fitting)
        layout += own
    return chosen, layout


def _fit_one(paper: AnyPaper, title: str, before: int) -> tuple[AnyPaper, Layout]:
    layout = lay_out_papers([paper], title, before=before)
    if not is_thin(paper, layout):
        return paper, layout
    compact = replace(paper, compact=True)
    trial = lay_out_papers([compact], title, before=before)
    return (compact, trial) if trial.pages < layout.pages else (paper, layout)


def is_thin(paper: AnyPaper, layout: Layout) -> bool:
    """Whether its size of type follows from how it fits, and its last page is nearly empty."""
    is_open = isinstance(paper, Paper) and paper.compact == "auto"
    return is_open and layout.pages > 1 and layout.last_lines() < MIN_LAST_LINES


def lay_out_papers(papers: Sequence[AnyPaper], title: str, *, before: int = 0) -> Layout:
    """The papers as they are, each beginning a page; numbers of pages begin afresh with each that
    does not continue the file."""
    layout = Layout([])
    for paper in papers:
        sheet = _sheet(paper, before + layout.pages)
        layout += Layout([lay_out(document_html(paper, title), sheet)])
    return layout


def _sheet(paper: AnyPaper, before: int) -> Sheet:
    if isinstance(paper, Paper):
        return Sheet(
            paper.page, not paper.continues, has_qr(paper), before if paper.continues else 0
        )
    return Sheet("cover" if isinstance(paper, Cover) else "certificate")
