"""The row of tabs above the pages around a cultivation group."""

from django import template

from doanvien.muc import tabs_of
from tudưong.muc import MUC_TO

register = template.Library()


@register.inclusion_tag("components/_tabs.html", takes_context=True)
def tabs_to(context):
    request = context["request"]
    return {
        "tabs": tabs_of(MUC_TO, request.user, request.path),
        "label": "Các mục về tổ tu dưỡng",
    }
