"""Forms of visits and gifts."""

from django import forms

from chidoan.models import ThamHoi
from chidoan.truong_so import TienField
from core.periods import today
from doanvien.models import DoanVien
from tochuc.models import DonVi

DIP = [("", "Chọn dịp"), *ThamHoi.Dip.choices]
TRUNG_TINH = (
    "Ghi trung tính, một câu: «nhà bị tốc mái», «mẹ nằm viện». Không ghi tên bệnh, không ghi "
    "chuyện riêng; chỉ chi đoàn và Đoàn phường, xã đọc được."
)


class NguoiField(forms.ModelChoiceField):
    """Members with birthday and branch to tell namesakes apart; cadres say so."""

    def label_from_instance(self, obj):
        office = f", {obj.chuc_vu}" if obj.chuc_vu != "Đoàn viên" else ""
        return f"{obj.ho_ten}, {obj.ngay_sinh:%d/%m/%Y}, {obj.chi_doan.ten}{office}"


class SuaThamHoiForm(forms.Form):
    dip = forms.ChoiceField(label="Dịp", choices=DIP)
    hoan_canh = forms.CharField(
        label="Hoàn cảnh",
        max_length=300,
        required=False,
        help_text=TRUNG_TINH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    qua = forms.CharField(
        label="Quà", max_length=200, required=False, help_text="Ví dụ: gạo, dầu ăn, tiền mặt."
    )
    gia_tri = TienField(label="Trị giá (đồng)", required=False, help_text="Ví dụ 500.000.")
    nguoi_tang = forms.CharField(label="Người đến thăm, trao quà", max_length=120)
    ngay = forms.DateField(label="Ngày", help_text="Ví dụ 05/02/2026.", initial=today)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def values(self) -> dict:
        names = ("dip", "hoan_canh", "qua", "gia_tri", "nguoi_tang", "ngay")
        values = {name: self.cleaned_data[name] for name in names}
        return {**values, "gia_tri": values["gia_tri"] or 0}


class ThamHoiForm(SuaThamHoiForm):
    doan_vien = NguoiField(
        label="Thăm đồng chí",
        queryset=DoanVien.objects.none(),
        empty_label="Chọn đồng chí",
        error_messages={"required": "Chọn đồng chí được thăm."},
    )
    don_vi = forms.ModelChoiceField(
        label="Đơn vị thăm hỏi", queryset=DonVi.objects.none(), empty_label=None
    )
    field_order = ["doan_vien", "don_vi"]

    def __init__(self, *args, nguoi, don_vi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["doan_vien"].queryset = nguoi
        self.fields["don_vi"].queryset = don_vi

    @property
    def all_values(self) -> dict:
        people = {name: self.cleaned_data[name] for name in ("doan_vien", "don_vi")}
        return self.values | people
