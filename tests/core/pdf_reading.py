"""How tests look at papers: the text and fonts of a file, and the boxes of its layout."""

import unicodedata
from functools import lru_cache
from io import BytesIO

from pypdf import PdfReader

from core.pdf.render import lay_out_papers, render_pdf
from tests.core.papers_examples import EXAMPLES

MM = 25.4 / 96


@lru_cache
def example_pdf(name: str) -> bytes:
    return render_pdf(EXAMPLES[name](), title=f"Văn bản {name}")


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def page_texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in reader(pdf).pages]


def words(text: str) -> str:
    """The text on one line, so that line ends do not matter."""
    return " ".join(text.split())


def is_nfc(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


def fonts(pdf: bytes) -> dict[str, bool]:
    """Every font of the file, and whether it is embedded."""
    found = {}
    for page in reader(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            name = descriptor["/FontName"].partition("+")[2]
            found[name] = any(key.startswith("/FontFile") for key in descriptor)
    return found


def xmp(pdf: bytes) -> bytes:
    """What the file says of itself."""
    return reader(pdf).trailer["/Root"]["/Metadata"].get_object().get_data()


class Box:
    """A box of the layout in millimetres, with the class it had in the page."""

    def __init__(self, box):
        self.kind = type(box).__name__
        element = getattr(box, "element", None)
        self.classes = set((element.get("class") or "").split()) if element is not None else set()
        self.text = getattr(box, "text", "")
        self.left = box.position_x * MM
        self.top = box.position_y * MM
        self.right = self.left + (box.margin_width() * MM)
        self.bottom = self.top + (box.margin_height() * MM)


def page_boxes(papers, title: str = "Thử") -> list[list[Box]]:
    """The boxes of each page, in reading order."""
    document = lay_out_papers(papers if isinstance(papers, list) else [papers], title).document
    return [list(_walk(page._page_box)) for page in document.pages]  # noqa: SLF001 -- the layout


@lru_cache
def example_boxes(name: str) -> list[list[Box]]:
    return page_boxes(EXAMPLES[name]())


def _walk(box):
    if hasattr(box, "margin_width") and isinstance(getattr(box, "position_x", None), int | float):
        yield Box(box)
    for child in getattr(box, "children", ()):
        yield from _walk(child)


def text_boxes(page: list[Box]) -> list[Box]:
    return [box for box in page if box.kind == "TextBox" and box.text.strip()]
