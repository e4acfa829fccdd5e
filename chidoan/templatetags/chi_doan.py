"""The rows of tabs above the pages about cadres, livelihood and reorganisation."""

from django import template

from chidoan.muc import NHOM, TU_CAP_PHUONG
from doanvien.muc import split_tabs, tabs_of

register = template.Library()


@register.inclusion_tag("components/_tabs.html", takes_context=True)
def tabs_nhom(context, name: str):
    request = context["request"]
    entries, label = NHOM[name]
    if request.user.don_vi.is_chi_doan:
        entries = [muc for muc in entries if muc.name not in TU_CAP_PHUONG]
    row, menu = split_tabs(tabs_of(entries, request.user, request.path))
    return {"tabs": row, "more": menu, "label": label}
