"""From HTML to PDF with WeasyPrint: fonts, pages and what a paper may load, which is nothing."""

import atexit
import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock

from core.errors import RuleError

from .geometry import PAGES
from .metrics import FONT_FILES, font_bytes

_LOCK = Lock()
_PAGE_RULES = """
@page p0 {{ size: {width}mm {height}mm; margin: {top}mm {right}mm {bottom}mm {left}mm; }}
@page p0:nth(1 of p0) {{ counter-reset: page {first}; }}
#p0 {{ page: p0; }}
"""
_COVER_RULES = """
@page p0 {
  border: 3pt double;
  @top-center { content: none; }
  @bottom-left { content: none; }
}
"""
FRAMED = ("cover", "certificate")
"""Pages that are one sheet in a double frame, without a number and a check line below it."""
_FIRST_RULES = """
@page p0:nth(1 of p0) { @top-center { content: none; } }
"""
_QR_RULES = """
@page p0:nth(1 of p0) {
  @bottom-right { content: element(qr); vertical-align: middle; text-align: right; width: 14mm; }
}
"""
_MEASURES = {"mm": "width:{}e-2mm", "high": "height:{}e-2mm", "pt": "font-size:{}e-1pt"}
PDF_UA = "pdf/ua-1"
ARCHIVAL = ("pdf/a-2a", "pdf/a-2u")
VARIANTS = (PDF_UA, *ARCHIVAL)
"""Forms of a file: for readers of screens, and to be kept for long; all are tagged."""
_COLOURS = "colours"
_PRODUCER = re.compile(rb' \w+:Producer="[^"]*"')


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the layout has to know of one paper: its page format and how it begins.

    `before` is how many pages of the file stand before it, where it carries on their numbers.
    """

    page: str
    is_first: bool = True
    has_qr: bool = False
    before: int = 0


class Layout:
    """The papers of one file, each laid out by itself: that is quicker than all at once."""

    def __init__(self, documents: Sequence):
        self.documents = tuple(documents)

    def __add__(self, other: "Layout") -> "Layout":
        return Layout(self.documents + other.documents)

    @property
    def document(self):
        """All pages in order."""
        return self.documents[0].copy([page for part in self.documents for page in part.pages])

    @property
    def pages(self) -> int:
        return sum(len(part.pages) for part in self.documents)

    def page_count(self, number: int = 0) -> int:
        """How many pages the paper of this number takes."""
        return len(self.documents[number].pages)

    def last_lines(self, number: int = 0) -> int:
        """Lines of main text on the last of its pages that holds any."""
        boxes = [page._page_box for page in self.documents[number].pages]  # noqa: SLF001 -- no public way to ask
        return next((count for count in map(_main_lines, reversed(boxes)) if count), 0)

    def pdf(self, variant: str = PDF_UA) -> bytes:
        """The file, tagged, in a form of `VARIANTS`."""
        document, options = self.document, {"pdf_variant": variant, "pdf_tags": True}
        if variant in ARCHIVAL:
            document.color_profiles, document.output_intent = {_COLOURS: _profile()}, _COLOURS
            options["output_intent"] = _COLOURS
        with _undisturbed():
            return document.write_pdf(finisher=_finish, **options)


def lay_out(html: str, sheet: Sheet):
    """Lay one paper out, the section `p0` of the page, by the rules of its sheet."""
    weasyprint, fonts, css = engine()
    with _undisturbed():
        rules = weasyprint.CSS(string=_rules(html, sheet), url_fetcher=paper_fetcher())
        source = weasyprint.HTML(string=html, url_fetcher=paper_fetcher(), base_url="asset:")
        return source.render(stylesheets=[css, rules], font_config=fonts)


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


def _profile():
    """The colours that a file for the archive is made for: sRGB, as WeasyPrint has it."""
    from weasyprint.css import ColorProfile  # noqa: PLC0415 -- slow import

    path = files("weasyprint.pdf") / "sRGB2014.icc"
    with path.open("rb") as file:
        return ColorProfile(file, path.name, "relative-colorimetric", (["r"], ["g"], ["b"]))


def _rules(html: str, sheet: Sheet) -> str:
    parts = [_PAGE_RULES.format(first=sheet.before + 1, **asdict(PAGES[sheet.page]))]
    if sheet.page in FRAMED:
        parts.append(_COVER_RULES)
    elif sheet.is_first:
        parts += [_FIRST_RULES, _QR_RULES] if sheet.has_qr else [_FIRST_RULES]
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
        elif lines and isinstance(lines[0], bytes) and b"<x:xmpmeta" in lines[0]:
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
