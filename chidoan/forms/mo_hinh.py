"""Initiatives and their teams."""

from django import forms

from chidoan.models import MoHinh
from chidoan.services.mo_hinh import ThanhVien

CHUONG_TRINH = (
    ("3 chủ động", "3 chủ động"),
    ("1+1", "Chủ trương 1+1"),
)


class MoHinhForm(forms.ModelForm):
    gan_voi = forms.MultipleChoiceField(
        label="Gắn với",
        choices=CHUONG_TRINH,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = MoHinh
        fields = ["ten", "muc_tieu", "diem", "gan_voi", "sinh_hoat", "tu_ngay", "den_ngay"]
        labels = {
            "ten": "Tên mô hình",
            "muc_tieu": "Mục tiêu",
            "diem": "Chi đoàn làm điểm",
            "sinh_hoat": "Nếp sinh hoạt",
            "tu_ngay": "Từ ngày",
            "den_ngay": "Đến ngày",
        }
        widgets = {"muc_tieu": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, chi_doan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["diem"].queryset = chi_doan
        self.fields["diem"].empty_label = "Không chọn điểm"


class ThanhVienForm(forms.Form):
    ho_ten = forms.CharField(
        label="Họ và tên",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "words", "spellcheck": "false"}),
    )
    chuc_vu = forms.CharField(label="Chức vụ", max_length=120, required=False)
    nhiem_vu = forms.CharField(label="Nhiệm vụ", max_length=300, required=False)
    la_to_truong = forms.BooleanField(label="Tổ trưởng", required=False)
    mark_required = True

    def clean(self):
        data = super().clean()
        if not data.get("ho_ten") and (data.get("nhiem_vu") or data.get("la_to_truong")):
            self.add_error("ho_ten", "Ghi họ và tên.")
        return data


class BaseThanhVienFormSet(forms.BaseFormSet):
    @property
    def thanh_vien(self) -> list[ThanhVien]:
        rows = (form.cleaned_data for form in self)
        return [ThanhVien(**row) for row in rows if row.get("ho_ten")]


ThanhVienFormSet = forms.formset_factory(
    ThanhVienForm, formset=BaseThanhVienFormSet, extra=4, max_num=30, absolute_max=30
)
