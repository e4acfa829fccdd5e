from django import forms

from core.periods import today

VI_DU_NGAY = "Ví dụ 05/02/2026."


class NgayField(forms.DateField):
    """A day typed as dd/mm/yyyy."""

    def __init__(self, label, **kwargs):
        kwargs.setdefault("help_text", VI_DU_NGAY)
        super().__init__(label=label, **kwargs)


class NoiDungField(forms.CharField):
    """A text of a few lines."""

    def __init__(self, label, *, rows=3, **kwargs):
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class BuocForm(forms.Form):
    """A step of a case: its day, and the state of the case that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    ngay = NgayField("Ngày")

    def __init__(self, *args, ho_so, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = ho_so.version
        self.fields["ngay"].initial = today()
