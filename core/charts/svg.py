"""What all charts share: colours, the frame with its name, links, and stripes for print."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

BLUES = ("#0B4FA0", "#2767B0", "#4F86C6")  # none lighter: 3:1 on white
GREEN = "#14633F"
LINES = (("#0B4FA0", 2.5, ""), ("#5D6B7E", 2, "5 4"), ("#D9730D", 2, "2 3"))
GRID = "#E1E6ED"
SMALL = 5
"""Under so many people a chart shows no percentage."""
NOTHING = SafeString("")


def joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def frame(
    width: float, height: float, title: str, *content: SafeString, linked: bool = False
) -> SafeString:
    """The chart with its sentence; one with links is a group, so that they can be reached."""
    return format_html(
        '<svg class="chart" role="{}" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">'
        "{}</svg>",
        "group" if linked else "img",
        title,
        width,
        height,
        width,
        height,
        joined(content),
    )


def link(url: str, name: str, content: SafeString) -> SafeString:
    """The part of a chart that opens its rows; without an address the part alone."""
    if not url:
        return content
    return format_html('<a href="{}" aria-label="{}">{}</a>', url, name, content)


def stripes(x: float, y: float, width: float, height: float) -> SafeString:
    """White lines over a bar, which tell it from a plain one without colour, in print too."""
    return format_html(
        '<path d="M{} {}h{}" stroke="#fff" stroke-width="{}" stroke-dasharray="2 5"/>',
        x,
        y + height / 2,
        width,
        height,
    )


def ticks(values: Sequence[float], most: int = 4) -> list[float]:
    """Few round numbers that hold all values."""
    low, high = min(values, default=0), max(values, default=1)
    steps = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
    for step in steps:
        first, last = low // step * step, -(-high // step) * step
        if (last - first) / step <= most:
            last = max(last, first + step)
            return [first + step * i for i in range(int((last - first) / step) + 1)]
    return [0, high]
