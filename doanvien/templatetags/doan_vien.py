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
