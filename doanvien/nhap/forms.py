from django import forms

from tochuc.models import DonVi
from tochuc.permissions import Quyen

from .limits import MAX_FILE_BYTES


class NhapForm(forms.Form):
    don_vi = forms.ModelChoiceField(
        queryset=DonVi.objects.none(), label="Nhập vào sổ của", empty_label="Chọn đơn vị"
    )
    tep = forms.FileField(
        label="Tệp danh sách",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": "Tệp rỗng. Chọn lại tệp danh sách."},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = DonVi.objects.permitted_to(user, Quyen.NHAP_DOAN_VIEN).co_so()
        self.fields["don_vi"].queryset = own
        units = list(own[:2])
        if len(units) == 1:
            self.fields["don_vi"].widget = forms.HiddenInput()
            self.initial["don_vi"] = units[0]

    def clean_tep(self):
        tep = self.cleaned_data["tep"]
        if tep.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                "Tệp nặng hơn 10 MB. Tách danh sách thành nhiều tệp nhỏ hơn."
            )
        return tep


class XacNhanForm(forms.Form):
    """The counts that the importer saw on the button."""

    so_them = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    so_cap_nhat = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class LuaChonForm(forms.Form):
    """What becomes of a duplicate, and the view it was seen in."""

    cap_nhat = forms.BooleanField(required=False)
    xem = forms.SlugField(required=False)
    page = forms.IntegerField(required=False, min_value=1)
