from django import forms


class NhacForm(forms.Form):
    """Which branches were reminded."""

    chi_doan = forms.ModelMultipleChoiceField(queryset=None)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chi_doan"].queryset = rows
