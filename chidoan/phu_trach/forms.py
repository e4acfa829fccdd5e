"""A visit in a minute: what was seen; advice and promises where there are any."""

from datetime import timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from chidoan.models import ChucVu, LoiHua
from core.periods import today
from doanvien.forms import MucGap

from .services import HuaLam

SO_HUA = 3
HAN_THUONG = timedelta(days=30)
"""What is offered as the due day of a promise; nobody is held to it."""
BEN = [("", LoiHua.Ben.PHUONG.label), (LoiHua.Ben.CHI_DOAN.value, LoiHua.Ben.CHI_DOAN.label)]
"""The ward promises, unless it is said otherwise."""
VI_DU_NGAY = "Ví dụ 05/02/2026."
KHONG_GHI_RIENG = "Ghi việc của chi đoàn; không ghi bệnh tật hay chuyện riêng của ai."


class UyVienField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.ho_ten}, {obj.get_chuc_danh_display()}"


class LanXuongForm(forms.Form):
    ngay = forms.DateField(label="Ngày xuống", help_text=VI_DU_NGAY)
    chuc_vu = UyVienField(
        label="Người xuống", queryset=ChucVu.objects.none(), empty_label="Chọn ủy viên"
    )
    noi_dung = forms.CharField(
        label="Thấy gì ở chi đoàn",
        max_length=1000,
        help_text=f"Một câu là đủ. {KHONG_GHI_RIENG}",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    gop_y = forms.CharField(
        label="Đã góp ý, hướng dẫn gì",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, uy_vien, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chuc_vu"].queryset = uy_vien
        self.fields["ngay"].initial = today()
        for so in range(1, SO_HUA + 1):
            self._add_promise(so)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        first, *rest = (_fields(so) for so in range(1, SO_HUA + 1))
        self.helper.layout = Layout(
            Row(Column("ngay"), Column("chuc_vu")),
            "noi_dung",
            "gop_y",
            "version",
            Fieldset("Việc đã hứa", *first),
            MucGap("Hứa thêm việc khác", *(field for row in rest for field in row)),
        )

    def _add_promise(self, so: int) -> None:
        self.fields[f"hua_{so}"] = forms.CharField(
            label="Hứa việc gì" if so == 1 else f"Việc thứ {so}", max_length=300, required=False
        )
        self.fields[f"ben_{so}"] = forms.ChoiceField(label="Bên làm", choices=BEN, required=False)
        self.fields[f"nguoi_{so}"] = forms.CharField(label="Ai làm", max_length=120, required=False)
        self.fields[f"han_{so}"] = forms.DateField(
            label="Hạn", required=False, initial=today() + HAN_THUONG if so == 1 else None
        )

    def clean(self):
        data = super().clean()
        for so in range(1, SO_HUA + 1):
            missing = data.get(f"hua_{so}") and not data.get(f"han_{so}")
            if missing and f"han_{so}" not in self.errors:
                self.add_error(f"han_{so}", "Ghi hạn của việc đã hứa.")
        return data

    @property
    def loi_hua(self) -> list[HuaLam]:
        data = self.cleaned_data
        return [
            HuaLam(
                noi_dung=data[f"hua_{so}"],
                ben=data[f"ben_{so}"] or LoiHua.Ben.PHUONG,
                nguoi=data[f"nguoi_{so}"],
                han=data[f"han_{so}"],
            )
            for so in range(1, SO_HUA + 1)
            if data[f"hua_{so}"].strip()
        ]

    @property
    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("ngay", "chuc_vu", "noi_dung", "gop_y")}


def _fields(so: int) -> tuple:
    return (f"hua_{so}", Row(Column(f"ben_{so}"), Column(f"nguoi_{so}"), Column(f"han_{so}")))


class XongForm(forms.Form):
    ngay = forms.DateField(label="Làm xong ngày", help_text=VI_DU_NGAY, initial=today)
    ket_qua = forms.CharField(label="Kết quả", max_length=300, required=False)
