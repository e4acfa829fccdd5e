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
class Stop:
    """One stop of a way: its step counted from the top (None: nothing there), the shape that marks
    it, a note below its label, and what happened then."""

    label: str
    step: int | None = None
    shape: str = "dot"  # dot, up (a triangle) or pause (a square)
    note: str = ""
    event: str = ""


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


def step_chart(stops: Sequence[Stop], *, steps: Sequence[str], title: str) -> SafeString:
    """A way over stops in time, each on one of `steps` (the best on top); shapes, not colours, part
    them, and a dashed line says when something happened."""
    left, right, row, gap, top = 124, 26, 30, 58, 26
    width = left + right + gap * max(len(stops) - 1, 1)
    bottom = top + row * (len(steps) - 1)
    places = [(left + gap * index, stop) for index, stop in enumerate(stops)]
    grid = format_html_join(
        "",
        '<path d="M{} {}H{}" stroke="{}"/><text x="0" y="{}">{}</text>',
        (
            (left - 12, top + row * step, width - 16, GRID, top + row * step + 4, name)
            for step, name in enumerate(steps)
        ),
    )
    events = format_html_join(
        "",
        '<path d="M{} {}V{}" stroke="{}" stroke-dasharray="3 3"/>'
        '<text class="value" x="{}" y="12" text-anchor="middle">{}</text>',
        ((x, 16, bottom + 10, LINES[1][0], x, stop.event) for x, stop in places if stop.event),
    )
    below = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="value" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((x, bottom + 28, stop.label, x, bottom + 44, stop.note) for x, stop in places),
    )
    return _svg(
        width, bottom + 52, title, grid, events, _way(places, lambda step: top + row * step), below
    )


def step_line(stops: Sequence[Stop], *, steps: int, title: str) -> SafeString:
    """The same way without words, for a row of a table."""
    gap, row = 16, 7
    places = [(8 + gap * index, stop) for index, stop in enumerate(stops)]
    width, height = 16 + gap * max(len(stops) - 1, 1), 14 + row * (steps - 1)
    return _svg(width, height, title, _way(places, lambda step: 7 + row * step, size=3.5))


def shape_mark(shape: str) -> SafeString:
    """A shape of such a chart beside its words in a legend."""
    return format_html(
        '<svg class="chart-mark" aria-hidden="true" viewBox="0 0 14 14" width="14" height="14">{}'
        "</svg>",
        _shape(shape, 7, 7, 5),
    )


def _way(places, y, size: float = 5) -> SafeString:
    """The line through the stops that have a step, and the shape of each."""
    stops = [(x, y(stop.step), stop.shape) for x, stop in places if stop.step is not None]
    path = " ".join(f"{'L' if index else 'M'}{x} {at}" for index, (x, at, _) in enumerate(stops))
    line = format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="2"/>', path or "M0 0", BLUES[0]
    )
    shapes = format_html_join("", "{}", ((_shape(shape, x, at, size),) for x, at, shape in stops))
    return line + shapes


def _shape(shape: str, x: float, y: float, size: float) -> SafeString:
    if shape == "up":
        points = f"{x},{y - size - 1} {x + size + 1},{y + size} {x - size - 1},{y + size}"
        return format_html('<polygon points="{}" fill="{}"/>', points, GREEN)
    if shape == "pause":
        return format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" fill="#fff" stroke="{}" stroke-width="2"/>',
            *(x - size, y - size, 2 * size, 2 * size, LINES[2][0]),
        )
    return format_html('<circle cx="{}" cy="{}" r="{}" fill="{}"/>', x, y, size, BLUES[0])


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
