"""Charts drawn by the server: SVG with attributes only, each with a sentence as its name.

The same drawing stands on a page and in a paper; what opens rows is a link inside it.
"""

from .bars import Bar, Pair, bar_chart, pyramid, score_bar
from .heat import HeatCell, heat_cell, heat_class
from .lines import Line, Point, column_chart, line_chart
from .steps import Stop, shape_mark, step_chart, step_line
from .svg import SMALL

__all__ = [
    "SMALL",
    "Bar",
    "HeatCell",
    "Line",
    "Pair",
    "Point",
    "Stop",
    "bar_chart",
    "column_chart",
    "heat_cell",
    "heat_class",
    "line_chart",
    "pyramid",
    "score_bar",
    "shape_mark",
    "step_chart",
    "step_line",
]
