from django import forms

from chidoan.models import NhipSinhHoat
from core.periods import today


class NhipForm(forms.Form):
    kieu = forms.ChoiceField(
        label="Nhịp sinh hoạt",
        choices=NhipSinhHoat.Kieu.choices,
        initial=NhipSinhHoat.Kieu.BA_THANG,
        widget=forms.RadioSelect,
    )
    tu_ngay = forms.DateField(label="Từ ngày", help_text="Ví dụ 05/02/2026", initial=today)
    den_ngay = forms.DateField(
        label="Đến hết ngày",
        required=False,
        help_text="Để trống khi chưa hẹn ngày hết. Tạm không phải họp thì phải ghi.",
    )
    can_cu = forms.CharField(
        label="Căn cứ",
        max_length=200,
        required=False,
        help_text="Số, ngày văn bản xác nhận hoặc lý do: thiên tai, nghỉ hè của trường.",
    )
