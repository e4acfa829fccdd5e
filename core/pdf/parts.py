"""Pieces that most papers share: the number line, place and date, typed text as paragraphs."""

from datetime import date

from core.text import lines
from core.text.numbers import date_long, month_long

from .blocks import Dots, Para, Text


def so_hieu(so: int | None, loai: str, don_vi: str, mau: str = "{so}-{loai}/{don_vi}") -> Text:
    """Số và ký hiệu: "Số: 07-NQ/ĐTN", or dots where no number has been given yet.

    `mau` is the unit's number pattern, a dated setting.
    """
    before, after = mau.format(so="\0", loai=loai, don_vi=don_vi).split("\0")
    if so is None:
        return ("Số: " + before, Dots(14), after)
    return f"Số: {before}{so:02d}{after}"


def dia_danh_ngay(dia_danh: str, ngay: date | None) -> Text:
    """Địa danh, ngày tháng năm; without a date dots to write on."""
    if ngay is None:
        return (f"{dia_danh}, ngày ", Dots(8), " tháng ", Dots(8), " năm 20", Dots(6))
    return f"{dia_danh}, {date_long(ngay)}"


def dia_danh_thang(dia_danh: str, ngay: date) -> str:
    """Place and month, as the cover of a dossier bears them."""
    return f"{dia_danh}, {month_long(ngay)}"


def paragraphs(text: str | None) -> list[Para]:
    """A typed text as paragraphs, one for each line; no text is one dotted line."""
    return [Para(line) for line in lines(text or "")] or [Para(None)]
