"""Bìa hồ sơ in Word: the same lines at the same heights inside a double frame."""

from docx.shared import Mm, Pt

from core.pdf.blocks import Cover

from .heading import CENTER, LEFT, Lines, add_columns
from .inline import add_text
from .page import Sheet

_LABEL_MM, _VALUE_MM, _LEFT_MM = 28, 104, 24
_ROOM_MM = 46
"""From the fields to the last lines, where print has its check code."""


def add_cover(sheet: Sheet, cover: Cover) -> None:
    """A draft has no check code: in its place there is room, and the warning below it."""
    _line(sheet, cover.tieu_de, size=16, bold=True, before_mm=14, leading=22)
    _line(sheet, cover.cap_tren, size=14, leading=22)
    _line(sheet, cover.co_quan, size=16, bold=True, leading=22)
    _line(sheet, "***", size=14, leading=22)
    _line(sheet, cover.ten, size=34, bold=True, before_mm=33, leading=42)
    _line(sheet, cover.ten_phu, size=18, bold=True, leading=24)
    _line(sheet, "", size=2, before_mm=16)
    for label, value in cover.fields:
        _, name, words = add_columns(sheet, (_LEFT_MM, _LABEL_MM, _VALUE_MM))
        Lines(name, 24).add(label, size=14, align=LEFT)
        Lines(words, 24).add(value, size=14, align=LEFT)
    _line(sheet, cover.canh_bao, size=11, italic=True, before_mm=_ROOM_MM)
    _line(sheet, cover.dia_danh_ngay, size=14, italic=True, before_mm=5)


def _line(sheet: Sheet, text, *, size, bold=False, italic=False, before_mm=0, leading=0) -> None:
    line = sheet.document.add_paragraph()
    line.alignment, line.paragraph_format.space_before = CENTER, Mm(before_mm)
    if leading:
        line.paragraph_format.line_spacing = Pt(leading)
    add_text(line, text, size=size, bold=bold, italic=italic)
