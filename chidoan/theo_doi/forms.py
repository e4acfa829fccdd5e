"""The form by which a residential area is given to a branch."""

from django import forms

from core.periods import today
from tochuc.loc import PlainSelect
from tochuc.models import DiaBan, DonVi


class GiaoDiaBanForm(forms.Form):
    """`truoc` is the branch it had when the page was opened."""

    truoc = forms.IntegerField(required=False, widget=forms.HiddenInput)
    chi_doan = forms.ModelChoiceField(
        label="Chi đoàn phụ trách",
        queryset=DonVi.objects.none(),
        empty_label="Chọn chi đoàn",
        widget=PlainSelect,
    )
    tu_ngay = forms.DateField(
        label="Từ ngày", widget=forms.DateInput(attrs={"class": "w-ngay"}), initial=today
    )

    def __init__(self, *args, dia_ban: DiaBan, **kwargs):
        super().__init__(*args, initial={"truoc": dia_ban.chi_doan_id}, **kwargs)
        branches = DonVi.objects.truc_thuoc(dia_ban.don_vi_id, today()).chi_doan()
        self.fields["chi_doan"].queryset = branches.order_by("khoa_sap_xep")
