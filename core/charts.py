"""Charts drawn by the server: SVG with attributes only, each with a sentence as its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .text.display import so

BLUES = ("#0B4FA0", "#2767B0", "#4F86C6", "#84AEDF", "#BCD6F2")
GREEN = "#14633F"
LINES = (("#0B4FA0", 2.5, ""), ("#5D6B7E", 2, "5 4"), ("#D9730D", 2, "2 3"))
GRID = "#E1E6ED"
SMALL = 5
"""Under so many people a chart shows no percentage."""


@dataclass(frozen=True)
class Line:
    """One line; None is a month without a value and breaks the line."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Bar:
    label: str
    value: int
    note: str = ""
    done: bool = False  # the last step of a funnel is green
    url: str = ""


@dataclass(frozen=True)
class HeatCell:
    """One cell of a heat table: its class, what it shows, and its name for a screen reader."""

    css: str
    text: str
    label: str
    url: str = ""


def heat_cell(
    numerator: int | None,
    denominator: int | None,
    *,
    name: str,
    url: str = "",
    due: bool = True,
    future: bool = False,
) -> HeatCell:
    """The cell of one unit in one month; without a denominator there was no meeting.

    `due=False`: none had to be held. `future`: the month has not come.
    """
    if future:
        return HeatCell("h-later", "·", f"{name}: chưa đến")
    if not denominator and not due:
        return HeatCell("h-free", "–", f"{name}: không phải họp", url)
    if not denominator:
        return HeatCell("h-none", "×", f"{name}: không họp", url)
    percent = (200 * numerator + denominator) // (2 * denominator)  # half up
    label = f"{name}: {percent}%, {numerator} trên {denominator}"
    return HeatCell(f"h-{heat_class(percent)}", str(percent), label, url)


def heat_class(percent: float) -> int:
    """The five classes of a rate: under 50, to 64, to 79, to 89, from 90 on."""
    return 1 + sum(percent >= limit for limit in (50, 65, 80, 90))


def line_chart(
    *, labels: Sequence[str], series: Sequence[Line], title: str, width: int = 340
) -> SafeString:
    """Up to three lines over the same labels; the name of a line stands at its end."""
    height, left, right, top, bottom = 220, 34, 52, 12, 26
    ticks = _ticks([value for line in series for value in line.values if value is not None])
    low, high = ticks[0], ticks[-1]

    def x(index: float) -> float:
        return round(left + (width - left - right) * index / max(len(labels) - 1, 1), 1)

    def y(value: float) -> float:
        return round(height - bottom - (height - top - bottom) * (value - low) / (high - low), 1)

    grid = format_html_join(
        "",
        '<path d="M{} {}H{}" stroke="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        ((left, y(tick), width - right, GRID, left - 6, y(tick) + 4, so(tick)) for tick in ticks),
    )
    step = ceil(len(labels) / 6)
    axis = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((x(i), height - 6, label) for i, label in enumerate(labels) if i % step == 0),
    )
    lines = format_html_join(
        "", "{}", ((_line(line, n, x, y),) for n, line in enumerate(series[: len(LINES)]))
    )
    return _svg(width, height, title, grid, axis, lines)


def _line(line: Line, number: int, x, y) -> SafeString:
    colour, thick, dash = LINES[number]
    points = [(x(i), y(value)) for i, value in enumerate(line.values) if value is not None]
    if not points:
        return SafeString("")
    end_x, end_y = points[-1]
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{}"'
        ' stroke-linejoin="round"/><circle cx="{}" cy="{}" r="4" fill="{}"/>'
        '<text class="value" x="{}" y="{}">{}</text>',
        _path(line.values, x, y),
        colour,
        thick,
        dash or "none",
        end_x,
        end_y,
        colour,
        end_x + 9,
        end_y + 4,
        line.name,
    )


def _path(values: Sequence[float | None], x, y) -> str:
    parts, pen_down = [], False
    for index, value in enumerate(values):
        if value is not None:
            parts.append(f"{'L' if pen_down else 'M'}{x(index)} {y(value)}")
        pen_down = value is not None
    return "".join(parts)


def _ticks(values: Sequence[float]) -> list[float]:
    """Four or five round numbers that hold all values."""
    low, high = min(values, default=0), max(values, default=1)
    steps = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
    for step in steps:
        first, last = floor(low / step) * step, ceil(high / step) * step
        if (last - first) / step <= 4:
            last = max(last, first + step)
            return [first + step * i for i in range(int((last - first) / step) + 1)]
    return [0, high]


def bar_chart(bars: Sequence[Bar], *, title: str, width: int = 340) -> SafeString:
    """Horizontal bars from one zero, value and note after the bar; also a funnel."""
    row, thick, left, right = 36, 26, 118, 112
    highest = max([bar.value for bar in bars], default=0) or 1
    drawn = format_html_join(
        "",
        '<text x="0" y="{}">{}</text><rect x="{}" y="{}" width="{}" height="{}" rx="3" fill="{}"/>'
        '<text x="{}" y="{}"><tspan class="value">{}</tspan>{}</text>',
        (
            (
                index * row + 17,
                bar.label,
                left,
                index * row,
                size,
                thick,
                GREEN if bar.done else BLUES[min(index, len(BLUES) - 1)],
                left + size + 8,
                index * row + 17,
                so(bar.value),
                f" · {bar.note}" if bar.note else "",
            )
            for index, bar in enumerate(bars)
            for size in [max(round((width - left - right) * bar.value / highest, 1), 1)]
        ),
    )
    return _svg(width, len(bars) * row, title, drawn)


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


def _svg(width: int, height: int, title: str, *content: SafeString) -> SafeString:
    return format_html(
        '<svg class="chart" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">'
        "{}</svg>",
        title,
        width,
        height,
        width,
        height,
        format_html_join("", "{}", ((part,) for part in content)),
    )
