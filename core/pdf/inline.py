"""Text on its way to a paper: one Unicode form, letters the font has, lines that break well."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .blocks import Bold, CheckBox, Dots, Italic, Small, Text
from .metrics import has_glyph, width_mm

NBSP = "\u00a0"
DEFAULT_DOTS_MM = 25

_UNITS = "đồng chí|buổi|lượt|đồng|giờ|phút"
_JOINS = (
    # a word and the number that belongs to it, but no full date: "ngày 05", not "ngày 05/02/2026"
    re.compile(
        r"(?<!\w)((?:ngày|tháng|năm|quý|số|điều|khoản|điểm|phường|khu phố|khu vực|ấp|tổ|khóm|thôn)"
        r" (?:\d+|[IVXLC]+)\b)(?!/\d)",
        re.IGNORECASE,
    ),
    # a number and its unit, but not after a fraction: "04 đồng chí", not "19/19 đồng chí"
    re.compile(rf"(?<![\d/.,])(\d[\d.]* (?:{_UNITS})\b)"),
)
_PROPER = re.compile(
    r"(?:PHƯỜNG|XÃ|THỊ TRẤN|ĐẶC KHU|THÀNH PHỐ|TỈNH|QUẬN|HUYỆN|KHU PHỐ|CHI ĐOÀN|(?:THÀNH|TỈNH) ĐOÀN)"
    r" (?!.*(?:PHƯỜNG|XÃ|THỊ TRẤN|ĐẶC KHU|THÀNH PHỐ|TỈNH|QUẬN|HUYỆN) )(?P<name>\S+(?: \S+){0,3})$"
)
_ENDLESS = re.compile(r"([^ \n]{120})(?=[^ \n])")  # breaking such words takes quadratic time
# with the word that clings to it: WeasyPrint breaks a line badly that would have to end inside
_CODE = re.compile(rf"(?:\w+{NBSP})?\d+(?:_\d+)?-[A-ZĐ]{{1,4}}(?:/[A-ZĐ0-9]+)?")
_REPLACED = str.maketrans({"✓": "x", "✔": "x", "☑": "x", "☒": "x", "\t": " ", "\u202f": NBSP})


def width_class(mm: float) -> str:
    """The class of a width; the rule for it is written with the page (see `layout`)."""
    return f"mm-{round(mm * 100)}"


def normalise(text: str) -> str:
    """NFC, without invisible or control characters; a letter the font lacks prints as "?".

    Pictograms are left out. So a paper never borrows a font from the machine it is made on.
    """
    text = unicodedata.normalize("NFC", str(text)).translate(_REPLACED)
    text = "".join(_printable(char) for char in text)
    return _ENDLESS.sub(r"\1 ", text)


def _printable(char: str) -> str:
    if char == "\n" or has_glyph(char):
        return "" if unicodedata.category(char) == "Cf" else char
    return "" if unicodedata.category(char)[0] in "CSM" else "?"


def keep_together(text: str) -> str:
    """No-break spaces where a line must not end (papers.md 1.4)."""
    for pattern in _JOINS:
        text = pattern.sub(lambda match: match[1].replace(" ", NBSP), text)
    return text


def even_lines(text: str, *, size_pt: float = 14, room_mm: float = 140) -> str:
    """A trích yếu in as few lines as it needs, of about one length: none ends in a lone word.

    `room_mm` is what the title leaves of an upright page. Breaks that are there stay.
    """
    return "\n".join(
        _even(keep_together(line).split(" "), size_pt, room_mm) for line in text.split("\n")
    )


def _even(words: list[str], size_pt: float, room_mm: float) -> str:
    lines = _filled(words, size_pt, room_mm)
    for room in range(int(room_mm / 2), int(room_mm)):
        narrower = _filled(words, size_pt, room)
        if len(narrower) == len(lines):
            lines = narrower
            break
    return "\n".join(lines)


def _filled(words: list[str], size_pt: float, room_mm: float) -> list[str]:
    """Lines as full as the room allows."""
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if width_mm(longer, size_pt, bold=True) <= room_mm:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def join_proper_name(text: str) -> str:
    """In capitals of the heading: the line may break before the proper name, never inside it."""
    text = text.replace("HỒ CHÍ MINH", f"HỒ{NBSP}CHÍ{NBSP}MINH")
    match = _PROPER.search(text)
    if not match:
        return text
    return text[: match.start("name")] + match["name"].replace(" ", NBSP)


def proper(name: str) -> str:
    """A proper name that a caller wants on one line."""
    return name.replace(" ", NBSP)


def pieces(text: Text) -> list:
    """A text as a flat list of pieces; `None` becomes a dotted line."""
    items = text if isinstance(text, Sequence) and not isinstance(text, str) else [text]
    return [Dots() if item is None else item for item in items if item != ""]


def has_dots(text: Text) -> bool:
    return any(isinstance(piece, Dots) for piece in pieces(text))


def ends_with_leader(text: Text) -> bool:
    """Whether the text ends in dots without a length, which run to the right margin."""
    items = pieces(text)
    return bool(items) and items[-1] == Dots()


def plain(text: Text) -> str:
    """The letters alone, for measuring and for counting."""
    return "".join(
        normalise(getattr(piece, "text", piece) if not isinstance(piece, Dots | CheckBox) else "")
        for piece in pieces(text)
    )


def inline_html(text: Text, *, leader: bool = False) -> SafeString:
    """The pieces as escaped HTML. With `leader` trailing dots are left to the block's style."""
    items = pieces(text)
    if leader and ends_with_leader(items):
        items = items[:-1]
        if items and isinstance(items[-1], str):
            items[-1] = items[-1].rstrip()
    return mark_safe("".join(_piece_html(piece) for piece in items))  # noqa: S308 -- escaped pieces


def _piece_html(piece) -> SafeString:
    if isinstance(piece, Bold):
        return format_html("<b>{}</b>", _string_html(piece.text))
    if isinstance(piece, Italic):
        return format_html("<i>{}</i>", _string_html(piece.text))
    if isinstance(piece, Small):
        return format_html('<span class="be">{}</span>', _string_html(piece.text))
    if isinstance(piece, Dots):
        return format_html(
            '<span class="dots {}"></span>', width_class(piece.mm or DEFAULT_DOTS_MM)
        )
    if isinstance(piece, CheckBox):
        return _check_box(piece)
    return _string_html(piece)


def _check_box(box: CheckBox) -> SafeString:
    return format_html('<span class="box{}"></span>', mark_safe(" crossed") if box.checked else "")


def _string_html(text: str) -> SafeString:
    text = escape(keep_together(normalise(text)))
    text = _CODE.sub(lambda match: f'<span class="nb">{match[0]}</span>', text)
    return mark_safe(text.replace("\n", "<br>"))  # noqa: S308 -- escaped above
