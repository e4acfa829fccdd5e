from django import forms

from core.periods import today
from doanvien.forms import not_later
from doanvien.models import KyLuat


class KyLuatForm(forms.ModelForm):
    class Meta:
        model = KyLuat
        fields = [
            "hinh_thuc",
            "chuc_vu",
            "cap",
            "so_quyet_dinh",
            "ngay_quyet_dinh",
            "ngay_cong_bo",
            "ly_do",
        ]
        widgets = {"hinh_thuc": forms.RadioSelect, "ly_do": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "hinh_thuc": "Khai trừ thì thôi là đoàn viên từ ngày công bố.",
            "chuc_vu": "Chỉ ghi khi cách chức.",
            "ngay_cong_bo": "Có hiệu lực từ ngày này, kể cả khi đang khiếu nại.",
            "ly_do": "Ghi gọn. Chỉ Đoàn cơ sở và cấp trên đọc được; mỗi lần xem đều ghi nhật ký.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hinh_thuc"].choices = KyLuat.HinhThuc.choices
        self.fields["cap"].choices = KyLuat.Cap.choices
        self.initial |= {"cap": KyLuat.Cap.CO_SO, "ngay_quyet_dinh": today()}
        self.initial["ngay_cong_bo"] = today()

    def build(self) -> KyLuat:
        """The unsaved decision with everything that the form says."""
        return self.instance

    def clean(self):
        data = super().clean()
        is_cach_chuc = data.get("hinh_thuc") == KyLuat.HinhThuc.CACH_CHUC
        if is_cach_chuc != bool(data.get("chuc_vu")):
            self.add_error(
                "chuc_vu", "Ghi chức vụ bị cách." if is_cach_chuc else "Chỉ ghi khi cách chức."
            )
        return data

    def clean_ngay_quyet_dinh(self):
        return not_later(self.cleaned_data["ngay_quyet_dinh"], "Ngày quyết định")

    def clean_ngay_cong_bo(self):
        return not_later(self.cleaned_data["ngay_cong_bo"], "Ngày công bố")


class KhieuNaiForm(forms.Form):
    khieu_nai = forms.ChoiceField(
        label="Tình trạng", choices=KyLuat.KhieuNai, widget=forms.RadioSelect
    )
    ngay = forms.DateField(label="Ngày")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].initial = today()

    def clean_ngay(self):
        return not_later(self.cleaned_data["ngay"], "Ngày")


class HetHieuLucForm(forms.Form):
    ngay = forms.DateField(label="Chấm dứt hiệu lực từ ngày")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].initial = today()

    def clean_ngay(self):
        return not_later(self.cleaned_data["ngay"], "Ngày")
