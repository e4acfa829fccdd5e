"""Forms of a group's decisions and its plan of a year."""

from django import forms

from core.periods import today
from tudưong.models import KeHoachTo
from tudưong.models.van_ban_to import QUY

from .chung import NgayField


class QuyetDinhForm(forms.Form):
    ngay = NgayField("Ngày quyết định")


class DangVienGiupForm(forms.Form):
    ten = forms.CharField(
        label="Đảng viên giúp đỡ",
        max_length=160,
        help_text="Họ tên và chi bộ, ví dụ Trần Công Minh, Chi bộ Khu vực 3.",
        widget=forms.TextInput(attrs={"autocapitalize": "words", "spellcheck": "false"}),
    )
    tu_ngay = NgayField(
        "Giúp đỡ từ ngày",
        initial=today,
        help_text="Phiếu nhận xét các quý trước vẫn ghi người giúp đỡ khi ấy.",
    )


class KeHoachForm(forms.ModelForm):
    """The plan; a new one also asks for its year."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    ngay = NgayField("Ngày kế hoạch")

    class Meta:
        model = KeHoachTo
        fields = [
            "ngay",
            "muc_dich",
            *(name for quy in QUY for name in (f"quy_{quy}", f"phu_trach_{quy}")),
        ]
        widgets = {
            "muc_dich": forms.Textarea(attrs={"rows": 3}),
            **{f"quy_{quy}": forms.Textarea(attrs={"rows": 4}) for quy in QUY},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["quy_1"].help_text = "Mỗi việc một dòng."
        self.fields["phu_trach_1"].help_text = "Để trống thì bản in ghi Tổ trưởng."


class KeHoachMoiForm(KeHoachForm):
    nam = forms.TypedChoiceField(label="Năm", coerce=int, widget=forms.RadioSelect)
    field_order = ["nam"]

    def __init__(self, *args, to, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        made = set(to.ke_hoach.values_list("nam", flat=True))
        years = [nam for nam in (today().year, today().year + 1) if nam not in made]
        self.fields["nam"].choices = [(nam, str(nam)) for nam in years]
        self.fields["nam"].initial = years[0] if years else None
        self.fields["ngay"].initial = today()
