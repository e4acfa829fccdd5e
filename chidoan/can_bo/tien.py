"""Money as it is typed: whole đồng, dots and spaces between thousands taken out."""

import re

from django import forms
from django.core.exceptions import ValidationError


class TienField(forms.CharField):
    """Gives whole đồng; 0 when nothing is written and nothing has to be."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-sdt"})
        kwargs = {"max_length": 16, "widget": widget, "help_text": "Ví dụ 345.000."} | kwargs
        super().__init__(**kwargs)

    def clean(self, value) -> int:
        text = re.sub(r"[ .\u00a0]|đ$", "", super().clean(value))
        if not text and not self.required:
            return 0
        if not re.fullmatch(r"[0-9]{1,12}", text):
            raise ValidationError("Ghi số tiền bằng chữ số, ví dụ 345.000.")
        return int(text)
