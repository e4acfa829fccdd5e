"""The body of a table. Built in Python: a list of 50 rows has some 400 cells."""

from html import escape
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from core.tables import Cell

from .core import pill

register = template.Library()


@register.simple_tag(takes_context=True)
def table_rows(context: Context, rows: list[list[Cell]]) -> SafeString:
    """The rows of core.tables as <tr>. Each text is escaped once, where it enters."""
    lines = (f"<tr>{''.join(_cell(context, cell) for cell in row)}</tr>" for row in rows)
    return SafeString("\n".join(lines))


def _cell(context: Context, cell: Cell) -> str:
    content = _content(context, cell)
    if cell.lead:
        content = f'<span class="t-lead">{_escaped(cell.lead)} </span>{content}'
    if second := cell.second:
        name = "" if cell.is_primary else ' class="t-second"'
        content = f"{content}<small{name}>{_escaped(second)}</small>"
    if cell.is_primary:
        name = "t-name nowrap" if cell.column.nowrap else "t-name"
        return f'<th scope="row" class="{name}">{content}</th>'
    return f'<td class="{cell.css}">{content}</td>'


def _content(context: Context, cell: Cell) -> str:
    if cell.column.template:
        part = context.template.engine.get_template(cell.column.template)
        with context.push(row=cell.row, value=cell.value):
            return part.render(context)
    if cell.url:
        return f'<a href="{_escaped(cell.url)}">{_escaped(cell.text)}</a>'
    state = cell.pill
    if not state:
        return _escaped(cell.text)
    family, icon, text = state
    if family:
        return _escaped(pill(family, icon, text))
    return f'<span class="quiet">{_escaped(text)}</span>'


def _escaped(text: Any) -> str:
    """Django's `conditional_escape` without its handling of lazy texts, of which there are none."""
    return text.__html__() if hasattr(text, "__html__") else escape(str(text))
