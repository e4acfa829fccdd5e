"""Reading a Word file back, and the words of the page that the print is laid out from."""

import re
from html.parser import HTMLParser
from io import BytesIO

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from core.pdf import Cover, Paper
from core.pdf.markup import paper_html


def opened(content: bytes):
    return Document(BytesIO(content))


def texts(part):
    """Paragraphs in reading order; a cell over several columns is read once."""
    for block in part.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            seen = set()
            for row in block.rows:
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        yield from texts(cell)


def in_order(text: str) -> list[str]:
    """The words, without dots to write on and without boxes to cross."""
    return re.sub(r"\.{3,}|[☒☐]", " ", text).split()


def words_of_docx(content: bytes) -> list[str]:
    return in_order("\n".join(texts(opened(content))).upper())


_INLINE = ("b", "em", "i", "span", "strong")


class _Reader(HTMLParser):
    """The words of the page that the print is laid out from, in the order they are read."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag not in _INLINE:
            self.found.append("\n")

    def handle_data(self, data):
        self.found.append(data)


def words_of_page(paper: Paper | Cover) -> list[str]:
    reader = _Reader()
    reader.feed(paper_html(paper))
    return in_order("".join(reader.found).upper())
