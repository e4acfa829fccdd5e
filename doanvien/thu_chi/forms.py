import re

from django import forms
from django.core.exceptions import ValidationError

from core.periods import today
from doanvien.models import ThuChi


class ThuChiForm(forms.Form):
    loai = forms.ChoiceField(
        label="Thu hay chi", choices=ThuChi.Loai.choices, widget=forms.RadioSelect
    )
    ngay = forms.DateField(label="Ngày", help_text="Ví dụ 05/02/2026.")
    noi_dung = forms.CharField(label="Nội dung", max_length=200)
    so_tien = forms.CharField(
        label="Số tiền (đồng)",
        max_length=16,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-sdt"}),
        help_text="Số nguyên, ví dụ 50.000.",
    )
    chung_tu = forms.CharField(label="Số chứng từ", max_length=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].initial = today()
        self.fields["loai"].initial = ThuChi.Loai.CHI

    def clean_so_tien(self):
        """Whole đồng; dots and spaces between thousands are taken out."""
        typed = re.sub(r"[ .\u00a0]|đ$", "", self.cleaned_data["so_tien"])
        if not re.fullmatch(r"[0-9]{1,9}", typed) or not int(typed):
            raise ValidationError("Ghi số tiền bằng chữ số, lớn hơn 0, ví dụ 50.000.")
        return int(typed)


class GachBoForm(forms.Form):
    ly_do = forms.CharField(label="Lý do gạch bỏ", max_length=200)
