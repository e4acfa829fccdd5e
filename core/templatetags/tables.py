"""The body of a table. Built in Python: a list of 50 rows has some 400 cells."""

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.tables import Cell

from .core import pill

register = template.Library()


@register.simple_tag(takes_context=True)
def table_rows(context: Context, rows: list[list[Cell]]) -> SafeString:
    """The rows of core.tables as <tr>."""
    return format_html_join("\n", "<tr>{}</tr>", ((_row(context, row),) for row in rows))


def _row(context: Context, row: list[Cell]) -> SafeString:
    return format_html_join("", "{}", ((_cell(context, cell),) for cell in row))


def _cell(context: Context, cell: Cell) -> SafeString:
    content = _content(context, cell)
    if cell.lead:
        content = format_html('<span class="t-lead">{} </span>{}', cell.lead, content)
    if second := cell.second:
        content = format_html("{}<small>{}</small>", content, second)
    if cell.is_primary:
        return format_html('<th scope="row" class="t-name">{}</th>', content)
    return format_html('<td class="{}">{}</td>', cell.column.css, content)


def _content(context: Context, cell: Cell) -> str:
    if cell.column.template:
        part = context.template.engine.get_template(cell.column.template)
        with context.push(row=cell.row, value=cell.value):
            return part.render(context)
    if cell.url:
        return format_html('<a href="{}">{}</a>', cell.url, cell.text)
    state = cell.pill
    if not state:
        return cell.text
    family, icon, text = state
    return (
        pill(family, icon, text) if family else format_html('<span class="quiet">{}</span>', text)
    )
