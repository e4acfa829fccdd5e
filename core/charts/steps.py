"""A way over stops in time, told by shapes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .svg import BLUES, GREEN, GRID, LINES, frame


@dataclass(frozen=True)
class Stop:
    """One stop of a way: its step counted from the top (None: nothing there), the shape that marks
    it, a note below its label, and what happened then."""

    label: str
    step: int | None = None
    shape: str = "dot"  # dot, up (a triangle) or pause (a square)
    note: str = ""
    event: str = ""


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
    return frame(
        width, bottom + 52, title, grid, events, _way(places, lambda step: top + row * step), below
    )


def step_line(stops: Sequence[Stop], *, steps: int, title: str) -> SafeString:
    """The same way without words, for a row of a table."""
    gap, row = 16, 7
    places = [(8 + gap * index, stop) for index, stop in enumerate(stops)]
    width, height = 16 + gap * max(len(stops) - 1, 1), 14 + row * (steps - 1)
    return frame(width, height, title, _way(places, lambda step: 7 + row * step, size=3.5))


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
