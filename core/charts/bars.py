"""Bars: below each other from one zero, two sides against each other, parts of a score."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.text.display import so

from .svg import BLUES, GREEN, LINES, NOTHING, frame, joined, link, stripes


@dataclass(frozen=True)
class Bar:
    label: str
    value: int
    note: str = ""
    done: bool = False  # the last step of a funnel is green
    url: str = ""


@dataclass(frozen=True)
class Pair:
    """One band of a pyramid: what is at the left and at the right of its label."""

    label: str
    left: int
    right: int
    left_url: str = ""
    right_url: str = ""


def bar_chart(bars: Sequence[Bar], *, title: str, width: int = 340) -> SafeString:
    """Horizontal bars from one zero, value and note after the bar; also a funnel."""
    row, thick, left, right = 36, 26, 126, 104
    highest = max([bar.value for bar in bars], default=0) or 1
    drawn = joined(
        link(bar.url, f"{bar.label}: {so(bar.value)}", _bar(bar, index, row, thick, left, size))
        for index, bar in enumerate(bars)
        for size in [max(round((width - left - right) * bar.value / highest, 1), 1)]
    )
    linked = any(bar.url for bar in bars)
    return frame(width, len(bars) * row, title, drawn, linked=linked)


def _bar(bar: Bar, index: int, row: int, thick: int, left: int, size: float) -> SafeString:
    y = index * row
    return format_html(
        '<text x="0" y="{}">{}</text><rect x="{}" y="{}" width="{}" height="{}" rx="3" fill="{}"/>'
        '<text x="{}" y="{}"><tspan class="value">{}</tspan>{}</text>',
        *(y + 17, bar.label),
        *(left, y, size, thick),
        GREEN if bar.done else BLUES[min(index, len(BLUES) - 1)],
        *(left + size + 8, y + 17, so(bar.value)),
        f" · {bar.note}" if bar.note else "",
    )


def pyramid(
    bands: Sequence[Pair], *, sides: tuple[str, str], title: str, width: int = 340
) -> SafeString:
    """Two sides against each other, the first band on top; the left one is striped."""
    row, thick, top, middle = 30, 22, 24, 66
    most = max((max(band.left, band.right) for band in bands), default=0) or 1
    room = (width - middle) / 2 - 30
    at_left, at_right = (width - middle) / 2, (width + middle) / 2
    heads = format_html(
        '<text class="value" x="{}" y="14" text-anchor="end">{}</text>'
        '<text class="value" x="{}" y="14">{}</text>',
        *(at_left, sides[0], at_right, sides[1]),
    )
    drawn = []
    for index, band in enumerate(bands):
        y = top + index * row
        left, right = (round(room * value / most, 1) for value in (band.left, band.right))
        drawn += [
            format_html(
                '<text x="{}" y="{}" text-anchor="middle">{}</text>', width / 2, y + 16, band.label
            ),
            link(
                band.left_url,
                f"{sides[0]}, {band.label}: {so(band.left)}",
                _side(at_left - left, y, left, thick, band.left, at_left - left - 5, "end"),
            ),
            link(
                band.right_url,
                f"{sides[1]}, {band.label}: {so(band.right)}",
                _side(at_right, y, right, thick, band.right, at_right + right + 5, "start"),
            ),
        ]
    linked = any(band.left_url or band.right_url for band in bands)
    return frame(width, top + row * len(bands), title, heads, *drawn, linked=linked)


def _side(x: float, y: float, size: float, thick: int, value: int, at: float, anchor: str):
    is_left = anchor == "end"
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>{}'
        '<text class="value" x="{}" y="{}" text-anchor="{}">{}</text>',
        *(round(x, 1), y, size, thick, LINES[2][0] if is_left else BLUES[0]),
        stripes(round(x, 1), y, size, thick) if is_left and size else NOTHING,
        *(round(at, 1), y + 16, anchor, so(value)),
    )


def score_bar(parts: Sequence[float], *, maximum: float, title: str) -> SafeString:
    """230 × 14: a segment for each group in fixed order, grey up to the maximum."""
    width, height, gap = 230, 14, 1.5
    start, drawn = 0.0, []
    for number, part in enumerate(parts, start=1):
        size = width * part / maximum
        if size > gap:
            drawn.append((f"s-{number}", round(start, 1), round(size - gap, 1)))
        start += size
    segments = format_html_join("", '<rect class="{}" x="{}" width="{}" height="14"/>', drawn)
    rest = mark_safe('<rect width="230" height="14" fill="#E6EAF0"/>')
    return format_html(
        '<svg class="score" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">'
        "{}{}</svg>",
        title,
        width,
        height,
        width,
        height,
        rest,
        segments,
    )
