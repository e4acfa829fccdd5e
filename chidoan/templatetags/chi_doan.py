"""The rows of tabs above the pages about cadres, livelihood and reorganisation."""

from django import template

from chidoan.muc import NHOM
from doanvien.muc import split_tabs, tabs_of

register = template.Library()


@register.inclusion_tag("components/_tabs.html", takes_context=True)
def tabs_nhom(context, name: str):
    request = context["request"]
    entries, label = NHOM[name]
    row, menu = split_tabs(tabs_of(entries, request.user, request.path))
    return {"tabs": row, "more": menu, "label": label}
