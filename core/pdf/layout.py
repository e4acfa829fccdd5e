"""From HTML to PDF with WeasyPrint: fonts, pages and what a paper may load, which is nothing."""

import atexit
import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from core.errors import RuleError

from .geometry import PAGES
from .metrics import FONT_FILES, font_bytes

_LOCK = Lock()
_PAGE_RULES = """
@page p{n} {{ size: {width}mm {height}mm; margin: {top}mm {right}mm {bottom}mm {left}mm; }}
#p{n} {{ page: p{n}; }}
"""
_COVER_RULES = """
@page p{n} {{
  border: 3pt double;
  @top-center {{ content: none; }}
  @bottom-left {{ content: none; }}
}}
"""
FRAMED = ("cover", "certificate")
"""Pages that are one sheet in a double frame, without a number and a check line below it."""
_FIRST_RULES = """
@page p{n}:nth(1 of p{n}) {{ @top-center {{ content: none; }} }}
"""
_QR_RULES = """
@page p{n}:nth(1 of p{n}) {{
  @bottom-right {{ content: element(qr); vertical-align: middle; text-align: right; width: 14mm; }}
}}
"""
_MEASURES = {"mm": "width:{}e-2mm", "high": "height:{}e-2mm", "pt": "font-size:{}e-1pt"}
_PRODUCER = re.compile(rb' \w+:Producer="[^"]*"')


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the layout has to know of one paper: its page format and how it begins.

    Without `has_qr` no code stands in its corner: else that of the paper before it would.
    """

    page: str
    is_first: bool = True
    has_qr: bool = False


class Layout:
    """The pages of a document, and where the main text of each paper ended."""

    def __init__(self, document):
        self.document = document

    def page_count(self, number: int = 0) -> int:
        """How many pages the paper of this number takes."""
        return len(self._pages(number))

    def last_lines(self, number: int = 0) -> int:
        """Lines of main text on the last of its pages that holds any."""
        counts = map(_main_lines, reversed(self._pages(number)))
        return next((count for count in counts if count), 0)

    def _pages(self, number: int) -> list:
        boxes = [page._page_box for page in self.document.pages]  # noqa: SLF001 -- no public way to ask
        return [box for box in boxes if box.page_type.name == f"p{number}"]

    def pdf(self) -> bytes:
        with _undisturbed():
            return self.document.write_pdf(finisher=_finish, pdf_variant="pdf/ua-1")


def lay_out(html: str, sheets: list[Sheet]) -> Layout:
    """Lay the document out; sections `p0`, `p1` … take the page rules of their sheets."""
    weasyprint, fonts, css = engine()
    with _undisturbed():
        rules = weasyprint.CSS(string=_rules(html, sheets), url_fetcher=paper_fetcher())
        source = weasyprint.HTML(string=html, url_fetcher=paper_fetcher(), base_url="asset:")
        return Layout(source.render(stylesheets=[css, rules], font_config=fonts))


@contextmanager
def _undisturbed():
    """One thread at a time, for two are slower than one after the other; and no search for cycles.

    It would walk through all boxes again and again while they are still wanted: a third of a
    report's time. What a paper leaves is bounded, and found by the first search after it.
    """
    with _LOCK:
        searches = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if searches:
                gc.enable()


def _rules(html: str, sheets: list[Sheet]) -> str:
    parts = []
    for number, sheet in enumerate(sheets):
        parts.append(_PAGE_RULES.format(n=number, **asdict(PAGES[sheet.page])))
        if sheet.page in FRAMED:
            parts.append(_COVER_RULES.format(n=number))
        elif sheet.is_first:
            parts.append(_FIRST_RULES.format(n=number))
            parts.append(_QR_RULES.format(n=number) if sheet.has_qr else "")
    return "".join([*parts, *_measures(html)])


def _measures(html: str) -> Iterator[str]:
    """The rules for the measures that the page uses: `mm-…` wide, `high-…` high, `pt-…` type."""
    for kind, value in sorted(set(re.findall(r"\b(mm|high|pt)-(\d{1,6})\b", html))):
        yield f".{kind}-{value}{{{_MEASURES[kind].format(int(value))}}}\n"


def _main_lines(box, in_main: bool = False) -> int:
    element = getattr(box, "element", None)
    classes = (element.get("class") or "").split() if element is not None else []
    if {"heading", "title", "kinh-gui", "signatures"} & set(classes):
        return 0
    in_main = in_main or "main" in classes
    if in_main and type(box).__name__ == "LineBox":
        return 1
    return sum(_main_lines(child, in_main) for child in getattr(box, "children", ()))


def _finish(_document, pdf) -> None:
    """No versions in the file; a no-break space is found by searching for a space."""
    pdf.info.pop("Producer", None)
    for item in pdf.objects:
        lines = getattr(item, "stream", None) or []
        if b"begincmap" in lines:
            lines[:] = [line.replace(b"> <00a0>", b"> <0020>") for line in lines]
        elif lines and b"<x:xmpmeta" in lines[0]:
            lines[:] = [_PRODUCER.sub(b"", line) for line in lines]


@lru_cache
def engine():
    """WeasyPrint, one font configuration and the style sheet, read once per process."""
    try:
        import weasyprint  # noqa: PLC0415 -- slow import
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- slow import
    except OSError as error:
        raise RuleError(
            "Chưa in được văn bản vì máy chủ thiếu thư viện dàn trang. "
            "Đề nghị báo người quản trị hệ thống."
        ) from error
    fonts = FontConfiguration()
    atexit.register(engine.cache_clear)  # its folder of fonts goes while Python can still delete
    text = (Path(__file__).parent / "paper.css").read_text(encoding="utf-8")
    css = weasyprint.CSS(
        string=text, font_config=fonts, url_fetcher=paper_fetcher(), base_url="asset:"
    )
    return weasyprint, fonts, css


@lru_cache
def paper_fetcher():
    """A fetcher that knows the four fonts by name and pictures written into the page itself."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 -- slow import

    class PaperFetcher(URLFetcher):
        def fetch(self, url, headers=None):
            scheme, _, name = url.partition(":")
            if scheme == "data":
                return super().fetch(url, headers)
            if scheme == "asset" and name in FONT_FILES.values():
                return URLFetcherResponse(url, font_bytes(name))
            raise ValueError("a paper loads nothing but its own fonts")

    return PaperFetcher(allowed_protocols=["data"], allow_redirects=False)
