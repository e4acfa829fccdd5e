"""Calling a meeting; saying who one is; why one stays away."""

import uuid

from django import forms

from chidoan.models import BuoiSinhHoat, DiemDanh

from .services import Hen

LOAI_HEN = [choice for choice in BuoiSinhHoat.Loai.choices if choice[0] != BuoiSinhHoat.Loai.BCH]
"""All kinds to which the whole branch is asked."""


class HenForm(forms.Form):
    loai = forms.ChoiceField(label="Loại buổi", choices=LOAI_HEN)
    ngay = forms.DateField(label="Ngày họp", help_text="Ví dụ 05/02/2026")
    bat_dau = forms.TimeField(
        label="Bắt đầu lúc",
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "class": "w-so"}),
    )
    dia_diem = forms.CharField(label="Địa điểm", max_length=160)
    chu_diem = forms.CharField(label="Chủ điểm", max_length=200, required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def hen(self) -> Hen:
        names = ("loai", "ngay", "bat_dau", "dia_diem", "chu_diem")
        return Hen(**{name: self.cleaned_data[name] for name in names})

    def clean_client_id(self):
        return self.cleaned_data["client_id"] or uuid.uuid4()


class TheForm(forms.Form):
    """Who is there, without an account."""

    so_the = forms.CharField(
        label="Số thẻ đoàn viên",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    ngay_sinh = forms.DateField(label="Ngày sinh", help_text="Ví dụ 05/02/2004")


class VangForm(forms.Form):
    """Away with a reason: each reason is a button."""

    ly_do = forms.ChoiceField(label="Lý do vắng", choices=DiemDanh.LyDo.choices)
