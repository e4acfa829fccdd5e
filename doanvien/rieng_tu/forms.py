"""Forms about personal data."""

from django import forms
from django.core.exceptions import ValidationError

from doanvien.models import LuotXem


class LyDoXemForm(forms.Form):
    """Why somebody wants to see what is masked."""

    ly_do = forms.ChoiceField(
        label="Lý do xem", choices=[("", "Chọn lý do"), *LuotXem.LyDo.choices]
    )
    ghi_chu = forms.CharField(
        label="Ghi rõ",
        required=False,
        max_length=200,
        help_text="Bắt buộc khi chọn «Việc khác».",
    )

    def clean(self):
        data = super().clean()
        if data.get("ly_do") == LuotXem.LyDo.KHAC and not data.get("ghi_chu", "").strip():
            raise ValidationError({"ghi_chu": "Ghi rõ việc cần xem."})
        return data
