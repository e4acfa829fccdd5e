"""The rows of tabs above the register's pages and above those of one member."""

from django import template

from doanvien import muc

register = template.Library()


@register.inclusion_tag("components/_tabs.html", takes_context=True)
def tabs_so(context):
    request = context["request"]
    return {"tabs": muc.tabs_so(request.user, request.path), "label": "Các mục của sổ đoàn viên"}


@register.inclusion_tag("components/_tabs.html", takes_context=True)
def tabs_doan_vien(context, doan_vien):
    request = context["request"]
    tabs = muc.tabs_doan_vien(request.user, doan_vien, request.path)
    return {"tabs": tabs, "label": f"Các mục về {doan_vien}"}


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
