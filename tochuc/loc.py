"""Filtering by unit: every visible unit is accepted, and a list that can be read is offered."""

from collections.abc import Callable
from html import escape

import django_filters
from django import forms
from django.http import Http404
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django_filters import fields

from core.periods import FIRST_YEAR, LAST_YEAR

from .models import CapDonVi, DonVi
from .models.don_vi import goi_ten
from .permissions import get_visible_or_404
from .scoping import path_prefixes

DAI_KHOA = 18
"""Digits of a key that every database can be asked for."""


def don_vi_of_request(request):
    return DonVi.objects.visible_to(request.user).order_by("path")


def is_khoa(text: str) -> bool:
    """Whether every database can be asked for it as the key of a row."""
    return text.isascii() and text.isdecimal() and len(text) <= DAI_KHOA


def named_pk(text: str) -> int:
    """The key that an address names; what no database can hold is not found."""
    if not is_khoa(text):
        raise Http404
    return int(text)


class NhieuField(forms.ModelMultipleChoiceField):
    """Rows by their keys; what no database can hold is no row."""

    def clean(self, value):
        return super().clean([key for key in value or () if is_khoa(str(key))])


def named_unit(request, quyen) -> DonVi:
    """The unit that the address names, else the first at which the person holds the right."""
    named = request.GET.get("don_vi") or request.POST.get("don_vi")
    if named:
        return get_visible_or_404(DonVi.objects, request.user, quyen=quyen, pk=named_pk(named))
    return next(role.don_vi for role in request.user.phan_cong_hom_nay if quyen in role.quyen)


def looks_from_above(user) -> bool:
    """Whether the person's unit is above the wards, so that its branches are too many to list."""
    role = user.phan_cong_chinh
    return role is not None and role.don_vi.cap not in (CapDonVi.CO_SO, CapDonVi.CHI_DOAN)


def phuong_cua_chi_doan(user, don_vi: DonVi) -> Callable[[DonVi], str] | None:
    """What names a branch's ward in a list, for who sees several wards. One query."""
    if not looks_from_above(user):
        return None
    names = {unit.path: str(unit) for unit in DonVi.objects.under(don_vi).co_so()}
    return lambda branch: next(
        (names[path] for path in path_prefixes(branch.path)[-2::-1] if path in names), ""
    )


class PlainSelect(forms.Select):
    """A select written in one go: Django's own renders a template for each of its options."""

    is_plain = True  # templates write its label and box themselves

    def render(self, name, value, attrs=None, renderer=None):
        chosen = "" if value is None else str(value)
        options = "".join(_option(str(key), label, chosen) for key, label in self.choices)
        given = {"class": "form-select", **(attrs or {}), "name": name}
        attributes = self.build_attrs(self.attrs, given)
        flat = format_html_join("", ' {}="{}"', attributes.items())
        return SafeString(f"<select{flat}>{options}</select>")


def _option(key, label, chosen):
    selected = " selected" if key == chosen else ""
    return f'<option value="{escape(key)}"{selected}>{escape(str(label))}</option>'


class NamField(forms.CharField):
    """A year as text of four digits: as a number it would be shown as 2.026."""

    def validate(self, value):
        super().validate(value)
        is_number = value.isascii() and value.isdigit() and len(value) == 4
        if value and not (is_number and FIRST_YEAR <= int(value) <= LAST_YEAR):
            raise forms.ValidationError("Ghi năm bằng bốn chữ số, ví dụ 2026.")


class NamFilter(django_filters.CharFilter):
    """Rows of a year: `?nam=2026`; the method is given the text."""

    field_class = NamField

    def __init__(self, *args, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-nam"})
        super().__init__(*args, **{"label": "Năm", "widget": widget, **kwargs})


class OfferedUnits(fields.ModelChoiceIterator):
    """Only what an option says is read: a province has hundreds of wards."""

    def __iter__(self):
        yield "", self.field.empty_label
        for pk, loai, ten in self.field.offered.values_list("pk", "loai", "ten"):
            yield pk, goi_ten(loai, ten)


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
                units = units.tren_chi_doan()
            field.offered = units
            field.widget.choices = field.choices
        return field


def units_nearby(user, quyen, don_vi: DonVi) -> list[DonVi]:
    """Where else one may look from a unit: its ward and the branches of it, as rights allow."""
    ward = don_vi.cap_tren if don_vi.is_chi_doan else don_vi
    if ward is None or not ward.is_co_so:
        return []
    return list(DonVi.objects.permitted_to(user, quyen).under(ward).order_by("path"))
