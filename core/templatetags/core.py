"""Tags and filters that every template has without loading."""

from datetime import date
from functools import lru_cache

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import format_html

from core import periods
from core.assets.icons import ICONS
from core.text import display, form_errors

register = template.Library()

register.filter("ngay", display.ngay)
register.filter("gio", display.gio)
register.filter("thu", display.thu)
register.filter("so", display.so)
register.filter("tien", display.tien)
register.filter("phan_tram", display.phan_tram)
register.filter("show", display.show)
register.filter("cau_loi", form_errors.field_errors)

FAMILIES = {"ok", "info", "warn", "bad", "neutral"}
"""Families of state: each has a colour, and is always shown with an icon and a word."""
BANNER_ICONS = {
    "ok": "circle-check",
    "info": "info",
    "warn": "triangle-alert",
    "bad": "circle-alert",
}
WIDTHS = (
    (forms.DateField, "w-ngay"),
    (forms.DateTimeField, "w-ngay-gio"),
    (forms.TimeField, "w-so"),
    (forms.DecimalField, "w-so"),
    (forms.IntegerField, "w-so"),
)


@register.filter
def ty_le(numerator: int, denominator: int) -> str:
    """{{ numerator|ty_le:denominator }} is 81,2% (112/138)."""
    return display.ty_le(numerator, denominator)


@register.filter
def con_lai(due: date | None) -> str:
    """How many days are left until a due day."""
    return display.con_lai(due, periods.today())


@register.simple_tag
def icon(name: str, size: int = 20) -> str:
    """One icon of the sprite, drawn in the colour of the text around it."""
    if name not in ICONS:
        raise ValueError(f"No icon {name!r}: add it to core/assets/icons.py.")
    return _svg(name, size, asset("icons.svg"))


@lru_cache
def _svg(name: str, size: int, sprite: str) -> str:
    """A page draws some thirty of them, most of them alike."""
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" aria-hidden="true"><use href="{1}#{2}"></use>'
        "</svg>",
        size,
        sprite,
        name,
    )


@register.simple_tag
def pill(family: str, icon_name: str, text: str, *, plain: bool = False) -> str:
    """A state in colour, shape and word; `plain` leaves the tint away for dense tables."""
    if family not in FAMILIES:
        raise ValueError(f"No family of states {family!r}.")
    return format_html(
        '<span class="{} is-{}">{}{}</span>',
        "state" if plain else "pill",
        family,
        icon(icon_name, 15) if icon_name else "",
        text,
    )


@register.simple_tag
def banner_icon(family: str) -> str:
    return icon(BANNER_ICONS[family])


@register.filter
def control(field: BoundField) -> BoundField:
    """Fit a field's widget to the house: text instead of number boxes, width by content."""
    widget = field.field.widget
    is_decimal = isinstance(field.field, forms.DecimalField | forms.FloatField)
    if isinstance(field.field, forms.DateField | forms.IntegerField):
        widget.attrs.setdefault("inputmode", "decimal" if is_decimal else "numeric")
        widget.attrs.setdefault("autocomplete", "off")
    if isinstance(widget, forms.NumberInput):
        widget.input_type = "text"
    if isinstance(widget, forms.Textarea):
        widget.attrs.pop("cols", None)
        if widget.attrs.get("rows") == "10":  # Django's own; a box grows with its text
            widget.attrs["rows"] = "4"
    if isinstance(widget, forms.MultiWidget):
        names = ("từ", "đến") if hasattr(widget, "suffixes") else ("ngày", "giờ")
        for name, part in zip(names, widget.widgets, strict=False):
            part.attrs.setdefault("aria-label", f"{field.label}, {name}")
    return field


@register.filter
def box_css(field: BoundField) -> str:
    """The classes of a text box, as wide as its content needs."""
    width = next((name for kind, name in WIDTHS if isinstance(field.field, kind)), "")
    return f"form-control {width}".strip()


@register.filter
def truong_loi(form: forms.BaseForm) -> list[BoundField]:
    """The visible fields of a form that have errors, in the order of the form."""
    return [field for field in form.visible_fields() if field.errors]


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built asset (font, sprite), also when it was never built."""
    path = f"assets/{name}"
    try:
        return static(path)
    except ValueError:  # collected without assets: pages still work, in the system's font
        return f"{settings.STATIC_URL}{path}"
