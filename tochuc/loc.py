"""Filtering by unit: every visible unit is accepted, and a list that can be read is offered."""

import django_filters
from django import forms
from django.utils.html import format_html, format_html_join
from django_filters import fields

from .models import CapDonVi, DonVi


def don_vi_of_request(request):
    return DonVi.objects.visible_to(request.user).order_by("path")


def looks_from_above(user) -> bool:
    """Whether the person's unit is above the wards, so that its branches are too many to list."""
    role = user.phan_cong_chinh
    return role is not None and role.don_vi.cap not in (CapDonVi.CO_SO, CapDonVi.CHI_DOAN)


class PlainSelect(forms.Select):
    """A select written in one go: Django's own renders a template for each of its options."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = {str(item) for item in ([value] if value is not None else [])}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, " selected" if str(key) in chosen else "", label)
                for key, label in self.choices
            ),
        )
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        flat = format_html_join("", ' {}="{}"', attributes.items())
        return format_html("<select{}>{}</select>", flat, options)


class OfferedUnits(fields.ModelChoiceIterator):
    def __init__(self, field):
        super().__init__(field)
        self.queryset = field.offered


class DonViField(fields.ModelChoiceField):
    iterator = OfferedUnits
    widget = PlainSelect
    offered = DonVi.objects.none()


class DonViFilter(django_filters.ModelChoiceFilter):
    """Rows of a unit: `?don_vi=` takes any unit the person sees.

    Offered are, from a ward's view, the ward and its branches; from above, all but branches.
    """

    field_class = DonViField

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args,
            **{
                "label": "Đơn vị",
                "queryset": don_vi_of_request,
                "empty_label": "Mọi đơn vị",
                **kwargs,
            },
        )

    @property
    def field(self):
        field = super().field
        request = self.get_request()
        if request is not None and field.offered is DonViField.offered:
            units = field.queryset
            if looks_from_above(request.user):
                units = units.exclude(cap=CapDonVi.CHI_DOAN)
            field.offered = units
            field.widget.choices = field.choices
        return field
