"""Mật khẩu: what Django's validators let through and everybody here would guess first."""

import re

from django.core.exceptions import ValidationError

from core.text import fold

TU_QUEN = re.findall(
    r"\w+",
    "doanphuong doanxa doanthanhnien thanhnien congsan hochiminh doanvien chidoan bithu sodoan "
    "huyendoan tinhdoan thanhdoan vietnam matkhau password admin abcdef qwerty asdfgh zxcvbn doan",
)
"""Words that stand in half of all passwords of the field, longer ones first."""
CON_LAI = 6
"""So many different signs must be left when they, and long numbers, are taken away."""


class MatKhauDeDoanValidator:
    """Refuse a password made of the field's own words, of numbers, or of few signs."""

    def validate(self, password, user=None):
        rest = re.sub(r"\d{4,}|[\W_]", "", fold(password))
        for word in TU_QUEN:
            rest = rest.replace(word, "")
        if len(set(rest)) < CON_LAI:
            raise ValidationError("Too easy to guess.", code="password_guessable")

    def get_help_text(self):
        return "Không ghép từ những từ ai cũng đoán được."
