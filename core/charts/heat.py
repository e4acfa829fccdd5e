"""Cells of heat tables: a rate as a class, a number and a name."""

from dataclasses import dataclass


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
