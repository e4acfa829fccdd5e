"""The dated tree: where each unit hung on which days, as plain arithmetic.

A unit's path on a day is written like the tree's own: four characters a level, the root
first. Each step is the unit's number in base 36, so a path never changes its meaning.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

_CHU = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BUOC = 4
"""Characters a level."""


@dataclass(frozen=True)
class Khoang:
    """A span of days of one unit: what it was called and what stood above it."""

    don_vi: int
    ten: str
    cap_tren: int | None
    tu_ngay: date
    den_ngay: date | None
    can_cu: str = ""


def ma_buoc(so: int) -> str:
    """The step of the unit with that number: 37 is "0011"."""
    text = ""
    while so:
        so, thua = divmod(so, 36)
        text = _CHU[thua] + text
    if len(text) > BUOC:
        raise ValueError("Số đơn vị vượt quá bốn ký tự cơ số 36.")
    return text.rjust(BUOC, "0")


def doc_duong(duong: str) -> list[int]:
    """The numbers of the units along a path, the root first."""
    return [int(duong[end - BUOC : end], 36) for end in range(BUOC, len(duong) + 1, BUOC)]


class CayTheoNgay:
    """All spans of a tree; says the path of a unit on a day and until when it holds."""

    def __init__(self, khoang):
        self._khoang = defaultdict(list)
        for span in sorted(khoang, key=lambda span: span.tu_ngay):
            self._khoang[span.don_vi].append(span)

    def tai(self, don_vi: int, ngay: date) -> Khoang | None:
        """The span that covers `ngay`; the first one for a day before the unit existed."""
        spans = self._khoang.get(don_vi, [])
        held = [span for span in spans if span.tu_ngay <= ngay]
        return held[-1] if held else next(iter(spans), None)

    def duong(self, don_vi: int, ngay: date) -> tuple[str, date | None]:
        """The path on `ngay`, and the last day on which it is surely the same."""
        steps, ends, seen = [], [], set()
        while don_vi is not None:
            if don_vi in seen:
                raise ValueError("Đơn vị đứng dưới chính mình.")
            seen.add(don_vi)
            steps.append(ma_buoc(don_vi))
            span = self.tai(don_vi, ngay)
            if span is None:
                break
            ends.append(self._het(span, ngay))
            don_vi = span.cap_tren
        known = [end for end in ends if end]
        return "".join(reversed(steps)), min(known, default=None)

    def _het(self, span: Khoang, ngay: date) -> date | None:
        later = [other.tu_ngay for other in self._khoang[span.don_vi] if other.tu_ngay > ngay]
        if span.tu_ngay > ngay:  # asked before its time: the first span stands for it
            later = later[1:]
        return min(later) - timedelta(days=1) if later else None

    def manh(self, span: Khoang):
        """The span in pieces with one path each: (from, to, path)."""
        start, pieces = span.tu_ngay, []
        while True:
            duong, end = self.duong(span.don_vi, start)
            if end is None or (span.den_ngay and end > span.den_ngay):
                end = span.den_ngay
            if pieces and pieces[-1][2] == duong:
                pieces[-1] = (pieces[-1][0], end, duong)
            else:
                pieces.append((start, end, duong))
            if end == span.den_ngay:
                return pieces
            start = end + timedelta(days=1)
