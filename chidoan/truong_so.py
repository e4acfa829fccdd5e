"""Fields for amounts: whole đồng and counts, written with dots between thousands."""

import re

from django import forms
from django.core.exceptions import ValidationError

from core.text.numbers import money

CHU_SO = 13
"""Digits of the largest amount: thousands of billions."""


class SoField(forms.CharField):
    """A whole number from zero on; "1.250.000" and "1 250 000 đ" are understood."""

    chu_so = 6
    cau = "Ghi bằng chữ số, ví dụ 35."

    def __init__(self, *, rong: str = "w-so", **kwargs):
        attrs = {"inputmode": "numeric", "class": rong, "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=24, **kwargs)

    def clean(self, value):
        typed = super().clean(value)
        typed = re.sub(r"[ .,\u00a0]|đồng$|đ$", "", typed.strip())
        if not typed:
            return None
        if not re.fullmatch(rf"[0-9]{{1,{self.chu_so}}}", typed):
            raise ValidationError(self.cau)
        return int(typed)

    def prepare_value(self, value):
        return money(value) if isinstance(value, int) else value


class TienField(SoField):
    """An amount of đồng."""

    chu_so = CHU_SO
    cau = "Ghi số tiền bằng chữ số, ví dụ 50.000.000."

    def __init__(self, **kwargs):
        super().__init__(**{"rong": "w-sdt", **kwargs})
