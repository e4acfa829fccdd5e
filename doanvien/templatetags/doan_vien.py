"""The rows of tabs above the register's pages and above those of one member."""

from django import template

from doanvien import muc

register = template.Library()


@register.inclusion_tag("components/_tabs.html", takes_context=True)
def tabs_so(context):
    request = context["request"]
    return _context(muc.tabs_so(request.user, request.path), "Các mục của sổ đoàn viên")


@register.inclusion_tag("components/_tabs.html", takes_context=True)
def tabs_doan_vien(context, doan_vien):
    request = context["request"]
    tabs = muc.tabs_doan_vien(request.user, doan_vien, request.path)
    return _context(tabs, f"Các mục về {doan_vien}")


def _context(tabs: list[muc.Tab], label: str) -> dict:
    row, menu = muc.split_tabs(tabs)
    return {"tabs": row, "more": menu, "label": label}


@register.inclusion_tag("doanvien/_tham_so.html", takes_context=True)
def tham_so(context, *left_out):
    """What the address asks for besides these, as hidden fields of a form."""
    params = context["request"].GET
    return {
        "tham_so": [
            (name, value)
            for name, values in params.lists()
            if name not in left_out
            for value in values
        ]
    }
