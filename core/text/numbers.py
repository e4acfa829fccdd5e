"""Numbers, money, dates and file names as official papers write them."""

import re
import unicodedata
from datetime import date

from django.utils.text import capfirst

from .names import clean

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_FILE_NAME_MAX = 80

# ---- words ---------------------------------------------------------------------------------


def number_words(number: int, *, linh: str = "linh", nghin: str = "nghìn") -> str:
    """The number read aloud in small letters; `linh`/`lẻ` and `nghìn`/`ngàn` are settings."""
    if number < 0:
        return "âm " + number_words(-number, linh=linh, nghin=nghin)
    return " ".join(_read(number, linh, nghin, is_first=True)) or _DIGITS[0]


def money_words(
    amount: int, *, linh: str = "linh", nghin: str = "nghìn", is_chan: bool = True
) -> str:
    """The amount as receipts write it: capital first letter, "đồng", "chẵn" for whole thousands."""
    chan = " chẵn" if is_chan and amount and amount % 1000 == 0 else ""
    words = f"{number_words(amount, linh=linh, nghin=nghin)} đồng{chan}"
    return capfirst(words)


def _read(number: int, linh: str, nghin: str, *, is_first: bool) -> list[str]:
    """Read from the left: everything above 10^9 first, said again with "tỷ"."""
    billions, rest = divmod(number, 10**9)
    words = []
    if billions:
        words = [*_read(billions, linh, nghin, is_first=is_first), "tỷ"]
    for unit, word in ((10**6, "triệu"), (10**3, nghin), (1, "")):
        group, rest = divmod(rest, unit)
        if group:
            words += _read_group(group, linh, is_first=is_first and not words)
            words += [word] if word else []
    return words


def _read_group(group: int, linh: str, *, is_first: bool) -> list[str]:
    """Three digits; a group that is not the first says its empty hundreds ("không trăm")."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    has_hundreds = hundreds > 0 or not is_first
    words = [_DIGITS[hundreds], "trăm"] if has_hundreds else []
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        words.append("mười")
    elif ones and has_hundreds:
        words.append(linh)
    return [*words, _read_ones(tens, ones)] if ones else words


def _read_ones(tens: int, ones: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    return "lăm" if ones == 5 and tens else _DIGITS[ones]


# ---- figures -------------------------------------------------------------------------------


def money(amount: int) -> str:
    """With dots between thousands: 1.764.000. The unit is the caller's word."""
    return f"{amount:,}".replace(",", ".")


def decimal(value: float, places: int = 1) -> str:
    """One decimal with a comma, thousands with dots: 1.248,5."""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def million(amount: int) -> str:
    """An amount in millions of đồng with one decimal, for tables: 86,5."""
    return decimal(_half_up(amount, 10**6, 1))


def percent(part: int, whole: int) -> str:
    """One decimal, comma, no space: 86,7%. Without a base there is no percentage: ""."""
    return f"{decimal(_half_up(100 * part, whole, 1))}%" if whole else ""


def fraction_percent(part: int, whole: int) -> str:
    """A percentage with its base, as tables of votes write it: 13/15 = 86,7%."""
    return f"{part}/{whole} = {percent(part, whole)}" if whole else ""


def count(number: int) -> str:
    """People and papers in prose: two digits below ten (01, 09), zero as 0."""
    return f"{number:02d}" if 0 < number < 10 else money(number)


def roman(number: int) -> str:
    """Roman number of a quarter, a section or a volume."""
    if not 0 < number < 4000:
        raise ValueError(f"no Roman number for {number}")
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def _half_up(part: int, whole: int, places: int) -> float:
    """Round half away from zero in whole numbers, so that 12,25 never becomes 12,2."""
    scale = 10**places
    sign = -1 if (part < 0) != (whole < 0) else 1
    part, whole = abs(part), abs(whole)
    return sign * ((2 * part * scale + whole) // (2 * whole)) / scale


# ---- dates ---------------------------------------------------------------------------------


def date_long(day: date) -> str:
    """As headings and prose write it: "ngày 05 tháng 02 năm 2026"."""
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def date_short(day: date | None) -> str:
    """Zero before days 1-9 and months 1-2 only: 09/3/2001."""
    return f"{day.day:02d}/{_month(day)}/{day.year}" if day else ""


def day_short(day: date) -> str:
    """The same without the year: 15/01, 15/3."""
    return f"{day.day:02d}/{_month(day)}"


def month_long(day: date) -> str:
    """As covers write it: "tháng 02 năm 2026"."""
    return f"tháng {_month(day)} năm {day.year}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


# ---- file names ----------------------------------------------------------------------------


def ascii_slug(text: str) -> str:
    """Small ASCII words joined by hyphens: "Trần Minh Đức" → tran-minh-duc."""
    return _ascii(text).lower()


def file_name(*parts: str | int, day: date | None = None, ext: str = "pdf") -> str:
    """A file name of the given parts and the date: NQ_07-NQ-DTN_…_20260205.pdf.

    Marks are removed, at most 80 characters; the last part loses words until it fits. Callers
    keep birth dates and citizen ids out of the parts.
    """
    words = [part for part in (_ascii(str(part)) for part in parts) if part]
    tail = (f"_{day:%Y%m%d}" if day else "") + f".{ext}"
    stem = "_".join(words)
    if len(stem) + len(tail) > _FILE_NAME_MAX:
        room = stem[: _FILE_NAME_MAX - len(tail) + 1]
        stem = re.sub(r"[-_][^-_]*$", "", room)[: _FILE_NAME_MAX - len(tail)]
    return (stem or "van-ban") + tail


def _ascii(text: str) -> str:
    text = unicodedata.normalize("NFD", clean(text).replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"[^A-Za-z0-9_]+", "-", re.sub(r"[\u0300-\u036f]", "", text)).strip("-_")
