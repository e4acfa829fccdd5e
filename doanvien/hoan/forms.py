from django import forms

from core.periods import today
from doanvien.forms import not_later


class HoanForm(forms.Form):
    tu_ngay = forms.DateField(label="Hoãn từ ngày")
    den_ngay = forms.DateField(label="Đến hết ngày")
    ly_do = forms.CharField(
        label="Lý do",
        max_length=200,
        help_text="Ví dụ: nuôi con nhỏ, ôn thi. Không ghi chi tiết về sức khỏe.",
    )
    so_nghi_quyet = forms.CharField(
        label="Số nghị quyết, biên bản của chi đoàn",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w-sdt"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].initial = today()


class ThoiHoanForm(forms.Form):
    ngay = forms.DateField(label="Hoãn đến hết ngày")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].initial = today()

    def clean_ngay(self):
        return not_later(self.cleaned_data["ngay"], "Ngày")
