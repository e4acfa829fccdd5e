"""What python-docx has no words for: borders, fixed widths, page numbers, language."""

from collections.abc import Iterable

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_EIGHTHS = {0.6: 5, 0.75: 6}
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def element(name: str, /, **attributes):
    """<w:name w:attribute="…"/>."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def draw_line_below(paragraph, *, gap_pt: float) -> None:
    """A solid line under the paragraph, from its left indent to its right one."""
    borders = element("pBdr")
    borders.append(element("bottom", val="single", sz=6, space=round(gap_pt), color="auto"))
    _put(paragraph._p.get_or_add_pPr(), borders, before=_AFTER_BORDERS)


def draw_dashes_above(paragraph) -> None:
    borders = element("pBdr")
    borders.append(element("top", val="dashed", sz=6, space=8, color="auto"))
    _put(paragraph._p.get_or_add_pPr(), borders, before=_AFTER_BORDERS)


_AFTER_BORDERS = (
    *("shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct"),
    *("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid"),
    *("spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc"),
    *("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle"),
    *("rPr", "sectPr", "pPrChange"),
)
"""What the format wants to stand after the borders of a paragraph."""


def _put(parent, child, *, before: Iterable[str]) -> None:
    names = {qn(f"w:{name}") for name in before}
    follower = next((item for item in parent if item.tag in names), None)
    parent.append(child) if follower is None else follower.addprevious(child)


def set_borders(table, *, ruled: bool) -> None:
    borders = element("tblBorders")
    for edge in EDGES:
        line = {"val": "single", "sz": _EIGHTHS[0.6], "space": 0, "color": "000000"}
        borders.append(element(edge, **(line if ruled else {"val": "nil"})))
    _table_property(table, borders, before=("shd", "tblLayout", "tblCellMar", "tblLook"))


def set_cell_margins(table, *, side_mm: float, top_mm: float = 0) -> None:
    margins = element("tblCellMar")
    for edge, value in (
        ("top", top_mm),
        ("left", side_mm),
        ("bottom", top_mm),
        ("right", side_mm),
    ):
        margins.append(element(edge, w=twips(value), type="dxa"))
    _table_property(table, margins, before=("tblLook",))


def set_indent(table, mm: float) -> None:
    """Where the table's left edge stands, measured from the text."""
    indent = element("tblInd", w=twips(mm), type="dxa")
    _table_property(
        table, indent, before=("tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook")
    )


def _table_property(table, child, *, before: Iterable[str]) -> None:
    properties = table._tbl.tblPr
    for old in properties.findall(child.tag):
        properties.remove(old)
    _put(properties, child, before=before)


def twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


def keep_row(row, *, header: bool = False) -> None:
    """A row that never splits; a header row comes back on each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))


def add_page_number(paragraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            instruction = element("instrText")
            instruction.text = text
            run._r.append(instruction)


def set_newest_mode(document) -> None:
    """Laid out as Word does today: a table's edge, not the text in it, stands at the margin."""
    compat = element("compat")
    compat.append(
        element(
            "compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val="15",
        )
    )
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    _put(settings, compat, before=_AFTER_COMPAT)


_AFTER_COMPAT = (
    *("docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping"),
    *("doNotIncludeSubdocsInStats", "shapeDefaults", "decimalSymbol", "listSeparator"),
)


def set_language(style, language: str) -> None:
    style.element.get_or_add_rPr().append(element("lang", val=language, eastAsia=language))


def set_font(style, name: str) -> None:
    """One font for every kind of letter; else Word asks its theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), name)


_AFTER_FRAME = (
    *("lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg"),
    *("textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange"),
)


def set_frame(section, *, framed: bool) -> None:
    """A double frame along the margins of a section's pages, or none."""
    properties = section._sectPr
    for old in properties.findall(qn("w:pgBorders")):
        properties.remove(old)
    if not framed:
        return
    frame = element("pgBorders", offsetFrom="text")
    for edge in EDGES[:4]:
        frame.append(element(edge, val="double", sz=8, space=0, color="000000"))
    _put(properties, frame, before=_AFTER_FRAME)


def hide_paragraph(paragraph) -> None:
    """A paragraph that only carries the end of a section takes no line of the page."""
    properties = paragraph._p.get_or_add_pPr()
    spacing = element("spacing", before=0, after=0, line=20, lineRule="exact")
    _put(properties, spacing, before=_AFTER_BORDERS[_AFTER_BORDERS.index("ind") :])


def set_first_number(section, number: int | None) -> None:
    """The number of a section's first page; without one, the numbers of the file run on."""
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    if number is not None:
        _put(properties, element("pgNumType", start=number), before=_AFTER_FRAME[2:])
