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
    title = normalise(title)
    if len(papers) == 1:
        return fit(papers[0], title)[1].pdf()
    chosen = [fit(paper, title)[0] if is_open(paper) else paper for paper in papers]
    return lay_out_papers(chosen, title).pdf()


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """The file, shown in the browser under `name`, and kept by no cache."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name)
    response["Cache-Control"] = "private, no-store"
    return response


def fit(paper: AnyPaper, title: str) -> tuple[AnyPaper, Layout]:
    """Rule 1.6.4: the compact set, once, when it saves a page that is nearly empty."""
    layout = lay_out_papers([paper], title)
    if not is_open(paper) or layout.page_count == 1 or layout.last_lines() >= MIN_LAST_LINES:
        return paper, layout
    compact = replace(paper, compact=True)
    compact_layout = lay_out_papers([compact], title)
    if compact_layout.page_count < layout.page_count:
        return compact, compact_layout
    return replace(paper, compact=False), layout


def is_open(paper: AnyPaper) -> bool:
    """Whether its size of type follows from how it fits."""
    return isinstance(paper, Paper) and paper.compact == "auto"


def lay_out_papers(papers: list[AnyPaper], title: str) -> Layout:
    return lay_out(document_html(papers, title), [_sheet(paper) for paper in papers])


def _sheet(paper: AnyPaper) -> Sheet:
    if isinstance(paper, Paper):
        return Sheet(paper.page, not paper.continues, has_qr(paper))
    return Sheet("cover" if isinstance(paper, Cover) else "certificate")
