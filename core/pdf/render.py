"""Papers to PDF: `render_pdf(papers, title=…)` and the answer that sends it."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from .blocks import Certificate, Cover, Paper
from .bounds import check_bounds
from .inline import normalise
from .layout import Layout, Sheet, lay_out
from .markup import document_html, has_qr

MIN_LAST_LINES = 8
"""A last page with fewer lines of text is worth one try with the compact set."""


AnyPaper = Paper | Cover | Certificate


def render_pdf(papers: AnyPaper | Sequence[AnyPaper], *, title: str) -> bytes:
    """One PDF/UA file of all papers, in order; the same content always gives the same bytes."""
    papers = [papers] if isinstance(papers, AnyPaper) else list(papers)
    check_bounds(papers)
    return fit(papers, normalise(title))[1].pdf()


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """The file, shown in the browser under `name`, and kept by no cache."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name)
    response["Cache-Control"] = "private, no-store"
    return response


def fit(papers: list[AnyPaper], title: str) -> tuple[list[AnyPaper], Layout]:
    """Rule 1.6.4: the compact set, once, where it saves a page that is nearly empty.

    Each paper begins a page of its own, so one layout tells how all of them fit.
    """
    layout = lay_out_papers(papers, title)
    compact = {
        number: replace(paper, compact=True)
        for number, paper in enumerate(papers)
        if is_thin(paper, number, layout)
    }
    if not compact:
        return papers, layout
    trial = lay_out_papers(list(compact.values()), title)
    saved = {
        number: compact[number]
        for place, number in enumerate(compact)
        if trial.page_count(place) < layout.page_count(number)
    }
    if not saved:
        return papers, layout
    chosen = [saved.get(number, paper) for number, paper in enumerate(papers)]
    return chosen, trial if len(saved) == len(papers) else lay_out_papers(chosen, title)


def is_thin(paper: AnyPaper, number: int, layout: Layout) -> bool:
    """Whether its size of type follows from how it fits, and its last page is nearly empty."""
    is_open = isinstance(paper, Paper) and paper.compact == "auto"
    return is_open and layout.page_count(number) > 1 and layout.last_lines(number) < MIN_LAST_LINES


def lay_out_papers(papers: list[AnyPaper], title: str) -> Layout:
    return lay_out(document_html(papers, title), [_sheet(paper) for paper in papers])


def _sheet(paper: AnyPaper) -> Sheet:
    if isinstance(paper, Paper):
        return Sheet(paper.page, not paper.continues, has_qr(paper))
    return Sheet("cover" if isinstance(paper, Cover) else "certificate")
