"""Names of people and units: stored in one form, sorted and found as Vietnamese readers expect."""

import re
import unicodedata
from functools import lru_cache

# The alphabet in dictionary order; f, j, w and z come from foreign and ethnic names.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_SYMBOLS = "0123456789abcdefghijklmnopqrstuvwxyz"
_RANK = {letter: _SYMBOLS[index + 1] for index, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_SHAPES = {"\u0302", "\u0306", "\u031b"}  # circumflex, breve, horn: part of the letter
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def clean(text: str | None) -> str:
    """NFC, without invisible characters, each run of white space one space, trimmed."""
    text = text or ""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def lines(text: str) -> list[str]:
    """What is typed one a line: each trimmed, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def clean_name(text: str | None) -> str:
    """A person's name: cleaned, and capitalised by word if it came all in one case."""
    text = clean(text).replace("\u00d0", "\u0110")  # Icelandic eth typed for Đ
    if text.isupper() or text.islower():
        text = " ".join(word.capitalize() for word in text.split())
    return text


def fold(text: str | None) -> str:
    """The form for searching: lower case, no marks, đ as d.

    "Đặng Thị Hoà" and "Đặng Thị Hòa" both give "dang thi hoa", so it does not matter on
    which vowel a tone was typed.
    """
    text = clean(text).lower().replace("đ", "d").replace("\u00f0", "d")
    marks_off = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(marks_off)


def name_sort_key(name: str) -> str:
    """A key of digits and small letters that sorts names by given name, then middle, then family.

    Letters follow the Vietnamese alphabet (a ă â b … đ …) and tones the order ngang, huyền,
    hỏi, ngã, sắc, nặng. Plain ASCII, so SQLite and PostgreSQL order it alike whatever
    their collation.
    """
    family, *others = clean(name).lower().split() or [""]
    middle, given = others[:-1], others[-1:]
    parts = [*map(_syllable_key, [*given, *middle]), "0", _syllable_key(family)]
    return "".join(parts)  # the "0" puts a name without a middle one first


def natural_sort_key(name: str) -> str:
    """A sort key for units: "Khu phố 2" before "Khu phố 10"."""
    parts = re.findall(r"\d+|[^\W\d_]+", clean(name).lower())
    return "".join(f"y{int(p):05d}" if p.isdigit() else _syllable_key(p) for p in parts)


@lru_cache(maxsize=4096)
def _syllable_key(word: str) -> str:
    letters, tone = [], "1"
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _SHAPES and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        elif not unicodedata.combining(char):
            letters.append(char)
    return "".join(_RANK.get(letter, "z") for letter in letters) + "0" + tone


def lowfirst(text: str) -> str:
    """The text inside a sentence: its first letter small, as Django's `capfirst` makes it large."""
    return f"{text[:1].lower()}{text[1:]}"
