"""From a paper's blocks to HTML; the pictures of it are in templates/core/pdf and paper.css."""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from math import ceil

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from .blocks import (
    Appendix,
    Block,
    BookHeading,
    Bullets,
    Cell,
    Certificate,
    Charts,
    CheckLine,
    Column,
    Cover,
    CutLine,
    Dots,
    Fields,
    GroupRow,
    Heading,
    LinkLine,
    Note,
    Paper,
    Para,
    Picture,
    Section,
    Signatures,
    SlipHead,
    TableBlock,
    Text,
    Title,
)
from .geometry import NARROW_HEADING, PAGES, check_rows, column_widths
from .inline import has_dots, join_proper_name, normalise, pieces, plain
from .metrics import width_mm

_TEMPLATES = {
    Para: "para",
    Section: "section",
    TableBlock: "table",
    Note: "note",
    Picture: "picture",
    Charts: "charts",
    CutLine: "cut_line",
    SlipHead: "slip_head",
    Appendix: "appendix",
    Title: "title",
    Signatures: "signatures",
}
_LINK = re.compile(r"</?a\b[^>]*>")
_SVG = "http://www.w3.org/2000/svg"
_INDENT_MM = 12.7
_QR_ROOM_MM = 20


CERTIFICATE_MM = 240
"""What a name on a certificate may measure in its large letters; a longer one is set smaller."""
CERTIFICATE_LINE_MM = 216
CERTIFICATE_LINES = 4
"""So many lines stand below the name at ease; with more, everything moves closer together."""


def document_html(paper: Paper | Cover | Certificate, title: str) -> str:
    return render_to_string(
        "core/pdf/document.html", {"section": paper_html(paper), "title": title}
    )


def certificate_lines(paper: Certificate) -> int:
    """How many lines stand between the name and the place and date."""
    lines = [*paper.fields, *plain(paper.cau).split("\n")]
    return sum(max(1, ceil(text_mm(line, 14) / CERTIFICATE_LINE_MM)) for line in lines)


def paper_html(paper: Paper | Cover | Certificate) -> SafeString:
    """One paper as a section whose id `p0` binds it to its page rules."""
    if not isinstance(paper, Paper):
        context = {"paper": paper, "qr": paper.check and qr_uri(paper.check)}
        if isinstance(paper, Cover):
            return _render("cover", context)
        is_long = width_mm(normalise(paper.nguoi), 28, bold=True) > CERTIFICATE_MM
        is_full = certificate_lines(paper) > CERTIFICATE_LINES
        return _render("certificate", context | {"is_long": is_long, "is_full": is_full})
    return _render(
        "paper",
        {
            "paper": paper,
            "size": font_size(paper),
            "heading": paper.heading and heading_html(paper.heading, paper),
            "addressees": punctuated(paper.kinh_gui),
            "body": blocks_html(paper.body, paper),
            "signatures": paper.signatures and block_html(paper.signatures, paper),
            "appendix": blocks_html(paper.appendix, paper),
            "check": check_text(paper),
            "qr": has_qr(paper) and qr_uri(paper.check),
        },
    )


def font_size(paper: Paper) -> int:
    """14 pt, or 13 pt in the compact set and where the unit has chosen it."""
    return 13 if paper.compact is True or paper.cach_viet.co_chu == 13 else 14


# ---- heading -------------------------------------------------------------------------------


def heading_html(heading: Heading | BookHeading, paper: Paper) -> SafeString:
    if isinstance(heading, BookHeading):
        return _render("book_heading", {"heading": heading})
    columns, sizes = heading_columns(heading, paper)
    return _render(
        "heading",
        {
            "heading": heading,
            "the_thuc": paper.cach_viet,
            "cap_tren": heading_name(heading.cap_tren, columns[0], bold=False),
            "co_quan": heading_name(heading.co_quan, columns[0], bold=True),
            "left": columns[0],
            "right": columns[1],
            "classes": sizes,
        },
    )


def heading_columns(heading: Heading, paper: Paper) -> tuple[tuple[float, float], str]:
    """The two columns by the measured date line: 60/100 when it is wider than its column."""
    columns = PAGES[paper.page].heading
    size = 13 if paper.page != "A4" else font_size(paper)
    date_mm = text_mm(heading.dia_danh_ngay, size, italic=True)
    if date_mm <= columns[1]:
        return columns, "one-line"
    is_small = date_mm > NARROW_HEADING[1]
    if is_small:
        date_mm = text_mm(heading.dia_danh_ngay, 13, italic=True)
    fits = " one-line" if date_mm <= NARROW_HEADING[1] else ""
    return NARROW_HEADING, f"narrow{' small-date' if is_small else ''}{fits}"


def heading_name(text: str, column_mm: float, *, bold: bool) -> str:
    joined = join_proper_name(text.upper())
    widest = max((width_mm(part, 14, bold=bold) for part in joined.split(" ")), default=0)
    return joined if widest <= column_mm else text.upper()


def text_mm(text: Text, size_pt: float, *, italic: bool = False) -> float:
    """The printed width of a text on one line, dots included."""
    dots = sum((piece.mm or 0) + 0.4 for piece in pieces(text) if isinstance(piece, Dots))
    return width_mm(plain(text), size_pt, italic=italic) + dots


# ---- blocks --------------------------------------------------------------------------------


def blocks_html(blocks: Sequence[Block], paper: Paper) -> list[SafeString]:
    """All blocks; a last paragraph of one line is tied to what stands before it.

    So no signature, which clings to that line, ever takes less than two lines along.
    """
    blocks = [line for block in blocks for line in as_lines(block)]
    if blocks and _is_one_line(blocks[-1], paper):
        blocks[-1] = replace(blocks[-1], keep_with_previous=True)
    return [block_html(block, paper) for block in blocks]


def as_lines(block: Block) -> Iterator[Block]:
    """Lists and fields as the paragraphs they are printed as."""
    if isinstance(block, Bullets):
        yield from (Para([f"{block.sign} ", *pieces(item)]) for item in block.items)
    elif isinstance(block, Fields):
        for label, value in block.rows:
            yield Para([f"{label}: ", *pieces(value)], align="left", indent=block.indent)
    else:
        yield block


def block_html(block: Block, paper: Paper) -> SafeString:
    context = {"block": block, "the_thuc": paper.cach_viet}
    if isinstance(block, TableBlock):
        context |= table_context(block, PAGES[paper.page].text_width)
    elif isinstance(block, Signatures):
        context |= signatures_context(block, paper)
    elif isinstance(block, Para):
        context["align"] = (
            "left" if has_dots(block.text) and block.align == "justify" else block.align
        )
    elif isinstance(block, Picture):
        context["uri"] = f"data:image/jpeg;base64,{b64encode(block.jpeg).decode()}"
    elif isinstance(block, Charts):
        context["charts"] = [(chart, _chart_uri(chart.svg)) for chart in block.charts]
    elif isinstance(block, Section):
        context["tag"] = f"h{_rank(block, paper) + 2}"
    return _render(_TEMPLATES[type(block)], context)


def _chart_uri(svg: str) -> str:
    """The drawing as a picture of its own: in the paper's type, and without links."""
    drawn = _LINK.sub("", svg).replace('class="value"', 'font-weight="700"')
    drawn = drawn.replace("<svg ", f'<svg xmlns="{_SVG}" font-family="Doc" font-size="13" ', 1)
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"


def _rank(section: Section, paper: Paper) -> int:
    """The depth of a heading among those of this paper, so that no level is skipped for readers."""
    blocks = (*paper.body, *paper.appendix)
    return sorted({block.level for block in blocks if isinstance(block, Section)}).index(
        section.level
    )


def _is_one_line(block: Block, paper: Paper) -> bool:
    room = PAGES[paper.page].text_width - _INDENT_MM
    return isinstance(block, Para) and text_mm(block.text, 14) <= room


# ---- tables --------------------------------------------------------------------------------


def table_context(table: TableBlock, available: float) -> dict:
    """Widths, one or two header rows, and every cell with its span and alignment."""
    widths = column_widths(table.columns, available)
    check_rows(table)
    rows = [_row(row, table.columns) for row in table.rows]
    for row in rows[-2:]:
        row["is_last"] = True
    return {"widths": widths, "rows": rows, "size": round(table.size_pt * 10), **_header(table)}


def _header(table: TableBlock) -> dict:
    has_groups = any(column.group for column in table.columns)
    first, second = [], []
    for group, neighbours in groupby(table.columns, key=lambda column: column.group):
        columns = list(neighbours)
        if group:
            first.append({"text": group, "span": len(columns), "height": 1})
            second += [{"text": column.title} for column in columns]
        else:
            height = 2 if has_groups else 1
            first += [{"text": column.title, "span": 1, "height": height} for column in columns]
    return {"header": first, "sub_header": second}


def _row(row, columns: Sequence[Column]) -> dict:
    if isinstance(row, GroupRow):
        return {"group": row.text}
    cells, position = [], 0
    for item in row:
        cell = item if isinstance(item, Cell) else Cell(item)
        align = cell.align or ("center" if cell.span > 1 else columns[position].align)
        text = "" if cell.text is None else cell.text
        cells.append({"text": text, "span": cell.span, "align": align, "bold": cell.bold})
        position += cell.span
    return {"cells": cells}


# ---- signatures, addressees, check line ----------------------------------------------------


def signatures_context(block: Signatures, paper: Paper) -> dict:
    """Signers in equal columns; role lists are padded so that the names stand on one line."""
    if not 1 <= len(block.signers) <= 3 or (block.noi_nhan and len(block.signers) > 1):
        raise ValueError("one signer with noi_nhan, or one to three signers without")
    height = max(len(signer.lines) + bool(signer.note) for signer in block.signers)
    room = max(signer.room_mm for signer in block.signers)
    width = PAGES[paper.page].text_width
    column = {1: 84, 2: width / 2 - 4, 3: width / 3 - 1}[len(block.signers)]
    signers = [
        {
            "lines": signer.lines,
            "note": signer.note,
            "padding": range(height - len(signer.lines) - bool(signer.note)),
            "name": signer.name,
            "is_small": width_mm(signer.name, font_size(paper), bold=True) > column,
        }
        for signer in block.signers
    ]
    return {"signers": signers, "room": room, "noi_nhan": punctuated(block.noi_nhan)}


def punctuated(items: Sequence[Text]) -> list[Text]:
    """Every item ends with a semicolon, the last with a full stop; dots end by themselves."""
    ended = []
    for number, item in enumerate(items, start=1):
        parts = pieces(item)
        if parts and isinstance(parts[-1], str):
            parts[-1] = parts[-1].rstrip(" .;,") + ("." if number == len(items) else ";")
        ended.append(parts)
    return ended


def check_text(paper: Paper) -> str:
    """The line in the bottom margin, with the warning below it if the paper bears one."""
    lines = [paper.check.words] if paper.check else []
    if paper.check and paper.check.address:
        lines[0] += f" – {paper.check.address.partition('://')[2] or paper.check.address}"
    return "\n".join([*lines, paper.canh_bao] if paper.canh_bao else lines)


def has_qr(paper: Paper) -> bool:
    """On the first page of a paper whose bottom margin has room for it; not on slips."""
    check = paper.check
    has_room = PAGES[paper.page].bottom >= _QR_ROOM_MM
    return bool(check and check.address and check.qr and has_room and not paper.continues)


@lru_cache(maxsize=64)  # a paper that is laid out twice shows the same picture
def qr_uri(check: CheckLine | LinkLine) -> str:
    """The address as a QR code, error level M, drawn as an inline picture."""
    address = check.address if "://" in check.address else f"https://{check.address}"
    return segno.make(address, error="m", micro=False).svg_data_uri(border=0, xmldecl=False)


def _render(name: str, context: dict) -> SafeString:
    return mark_safe(render_to_string(f"core/pdf/{name}.html", context))  # noqa: S308 -- a template's own output
