from django import forms

from tochuc.loc import NhieuField


class NhacForm(forms.Form):
    """Which branches were reminded."""

    chi_doan = NhieuField(queryset=None)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chi_doan"].queryset = rows
