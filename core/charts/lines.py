"""Values over time: lines, and columns from zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.text.display import so

from .svg import BLUES, GRID, LINES, NOTHING, frame, joined, link, ticks


@dataclass(frozen=True)
class Line:
    """One line; None is a month without a value and breaks the line."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Point:
    """One value over time: what stands below it, and the rows it opens."""

    label: str
    value: int
    url: str = ""
    name: str = ""  # for who does not see it
    below: str = ""  # a second line, such as the year where it begins


def line_chart(
    *,
    labels: Sequence[str],
    series: Sequence[Line],
    title: str,
    width: int = 340,
    links: Sequence[tuple[str, str]] = (),
    reach: Sequence[float] = (),
) -> SafeString:
    """Up to three lines over the same labels; the name of a line stands at its end.

    `links` are an address and its name for each label: the whole height above it opens them.
    `reach` are values that the axis holds too, so that small changes look small.
    """
    height, left, right, top, bottom = 220, 34, 52, 12, 26
    drawn = [value for line in series for value in line.values if value is not None]
    marks = ticks([*drawn, *reach])
    low, high = marks[0], marks[-1]

    def x(index: float) -> float:
        return round(left + (width - left - right) * index / max(len(labels) - 1, 1), 1)

    def y(value: float) -> float:
        return round(height - bottom - (height - top - bottom) * (value - low) / (high - low), 1)

    grid = format_html_join(
        "",
        '<path d="M{} {}H{}" stroke="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        ((left, y(mark), width - right, GRID, left - 6, y(mark) + 4, so(mark)) for mark in marks),
    )
    step = ceil(len(labels) / 6)
    axis = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((x(i), height - 6, label) for i, label in enumerate(labels) if i % step == 0),
    )
    lines = joined(_line(line, n, x, y) for n, line in enumerate(series[: len(LINES)]))
    wide = round((width - left - right) / max(len(labels) - 1, 1), 1)
    opened = joined(
        link(url, name, _target(x(i) - wide / 2, top, wide, height - top))
        for i, (url, name) in enumerate(links)
        if url
    )
    return frame(width, height, title, grid, axis, lines, opened, linked=bool(opened))


def column_chart(points: Sequence[Point], *, title: str, width: int = 340) -> SafeString:
    """Columns from zero with their values above; each opens its rows."""
    height, top, bottom, gap = 214, 20, 40, 8
    wide = (width - gap) / max(len(points), 1)
    highest = max([point.value for point in points], default=0) or 1
    ground = height - bottom
    floor = format_html('<path d="M0 {}H{}" stroke="{}"/>', ground, width, GRID)
    columns = joined(
        link(point.url, point.name or point.label, _column(point, *place))
        for index, point in enumerate(points)
        for tall in [round((ground - top) * point.value / highest, 1)]
        for place in [(round(gap + wide * index, 1), round(wide - gap, 1), ground, tall)]
    )
    linked = any(point.url for point in points)
    return frame(width, height, title, floor, columns, linked=linked)


def _column(point: Point, x: float, wide: float, ground: float, tall: float) -> SafeString:
    middle = round(x + wide / 2, 1)
    return format_html(
        '<rect x="{}" y="0" width="{}" height="{}" fill="none" pointer-events="all"/>'
        '<rect x="{}" y="{}" width="{}" height="{}" rx="2" fill="{}"/>'
        '<text class="value" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        *(x, wide, ground + 38),
        *(x, round(ground - tall, 1), wide, tall, BLUES[1]),
        *(middle, round(ground - tall - 6, 1), so(point.value)),
        *(middle, ground + 18, point.label),
        *(middle, ground + 34, point.below),
    )


def _target(x: float, y: float, width: float, height: float) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="none" pointer-events="all"/>',
        *(round(x, 1), y, width, height),
    )


def _line(line: Line, number: int, x, y) -> SafeString:
    colour, thick, dash = LINES[number]
    points = [(x(i), y(value)) for i, value in enumerate(line.values) if value is not None]
    if not points:
        return NOTHING
    end_x, end_y = points[-1]
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{}"'
        ' stroke-linejoin="round"/><circle cx="{}" cy="{}" r="4" fill="{}"/>'
        '<text class="value" x="{}" y="{}">{}</text>',
        _path(line.values, x, y),
        *(colour, thick, dash or "none"),
        *(end_x, end_y, colour),
        *(end_x + 9, end_y + 4, line.name),
    )


def _path(values: Sequence[float | None], x, y) -> str:
    parts, pen_down = [], False
    for index, value in enumerate(values):
        if value is not None:
            parts.append(f"{'L' if pen_down else 'M'}{x(index)} {y(value)}")
        pen_down = value is not None
    return "".join(parts)
