"""What the templates of papers need: texts as escaped HTML and widths as classes."""

from django import template

from core.pdf.inline import ends_with_leader, inline_html, width_class

register = template.Library()

register.filter("inline", inline_html)
register.filter("leader", ends_with_leader)
register.filter("mm", width_class)


@register.filter
def inline_leader(text):
    """Without the dots that end it: they are drawn to the margin by the block."""
    return inline_html(text, leader=True)


@register.filter
def mm_high(mm):
    """The class of a height."""
    return width_class(mm).replace("mm-", "high-")
