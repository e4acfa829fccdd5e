"""Which branch of the ward a written name means."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from core.text import clean, fold

PREFIX = re.compile(r"^(chi doan|cd)\b[ .:]*")
ENUMERATION = re.compile(r"^([IVXLC]+|\d+)\s*[.):]\s*", re.IGNORECASE)
COUNT = re.compile(r"\(\s*(\d+)\s*[^)]*\)\s*$")


def branch_key(text: str) -> str:
    """A branch's name as it is compared: folded, and without "Chi đoàn" or "CĐ", however often."""
    key = " ".join(re.sub(r"[^\w.:]+", " ", fold(text)).split())
    while PREFIX.match(key):
        key = PREFIX.sub("", key)
    return key


class Branches:
    """The branches of one ward by the names that lists give them."""

    def __init__(self, names: Iterable[str]):
        self.by_key = {}
        for name in names:
            self.by_key.setdefault(branch_key(name), []).append(name)
        self.found: dict[str, str] = {}  # a list writes few names, each of them often

    def find(self, text: str) -> str:
        """The branch that `text` names; "" for none, and for a name that two of them share."""
        if text not in self.found:
            named = self.by_key.get(branch_key(text), [])
            self.found[text] = named[0] if len(named) == 1 else ""
        return self.found[text]

    def suggest(self, text: str) -> str:
        """The branch with the nearest name; never one with another number."""
        key = branch_key(text)
        same_number = [known for known in self.by_key if _numbers(known) == _numbers(key)]
        near = get_close_matches(key, same_number, n=1, cutoff=0.8)
        return self.by_key[near[0]][0] if near else ""


def split_section(text: str) -> tuple[str, int | None]:
    """ "II. CHI ĐOÀN TRƯỜNG THCS (23 đoàn viên)" → ("CHI ĐOÀN TRƯỜNG THCS", 23)."""
    text = clean(text)
    count = COUNT.search(text)
    return ENUMERATION.sub("", COUNT.sub("", text)).strip(), int(count[1]) if count else None


def _numbers(key: str) -> list[int]:
    return [int(number) for number in re.findall(r"[0-9]+", key)]
