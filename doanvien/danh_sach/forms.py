from django import forms

from core.text import clean


class LuuBoLocForm(forms.Form):
    ten = forms.CharField(
        label="Tên bộ lọc",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "Ví dụ: Thiếu CCCD"}),
    )
    dieu_kien = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)

    def clean_ten(self):
        return clean(self.cleaned_data["ten"])
