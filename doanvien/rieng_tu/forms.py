"""Forms about personal data."""

from django import forms
from django.core.exceptions import ValidationError

from core.periods import today
from doanvien.models import LuotXem, YeuCauDuLieu

VI_DU_NGAY = "Ví dụ 05/02/2026."


class LyDoXemForm(forms.Form):
    """Why somebody wants to see what is masked."""

    mark_required = True
    ly_do = forms.ChoiceField(
        label="Lý do xem", choices=[("", "Chọn lý do"), *LuotXem.LyDo.choices]
    )
    ghi_chu = forms.CharField(
        label="Ghi rõ",
        required=False,
        max_length=200,
        help_text="Bắt buộc khi chọn «Việc khác».",
    )

    def clean(self):
        data = super().clean()
        if data.get("ly_do") == LuotXem.LyDo.KHAC and not data.get("ghi_chu", "").strip():
            raise ValidationError({"ghi_chu": "Ghi rõ việc cần xem."})
        return data


class NhanYeuCauForm(forms.Form):
    """A request as it came in; the person is known to the page."""

    loai = forms.ChoiceField(
        label="Yêu cầu gì", choices=YeuCauDuLieu.Loai, widget=forms.RadioSelect
    )
    nguoi_yeu_cau = forms.ChoiceField(label="Ai yêu cầu", choices=YeuCauDuLieu.NguoiYeuCau)
    cach_nhan = forms.ChoiceField(label="Nhận bằng cách", choices=YeuCauDuLieu.CachNhan)
    ngay_nhan = forms.DateField(label="Ngày nhận", initial=today, help_text=VI_DU_NGAY)
    noi_dung = forms.CharField(
        label="Nội dung",
        required=False,
        max_length=1000,
        help_text="Mục nào sai, xóa gì, vì sao; theo lời người yêu cầu.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TraLoiForm(forms.Form):
    ngay = forms.DateField(label="Ngày trả lời", initial=today, help_text=VI_DU_NGAY)
    noi_dung = forms.CharField(
        label="Đã trả lời thế nào",
        required=False,
        max_length=1000,
        help_text="Ví dụ: đã báo nhận yêu cầu, hẹn ngày có kết quả.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GiaHanForm(forms.Form):
    ly_do = forms.CharField(
        label="Lý do gia hạn", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class KetThucForm(forms.Form):
    trang_thai = forms.ChoiceField(
        label="Kết quả", choices=YeuCauDuLieu.TrangThai.choices[2:], widget=forms.RadioSelect
    )
    ngay = forms.DateField(label="Ngày", initial=today, help_text=VI_DU_NGAY)
    ket_qua = forms.CharField(
        label="Đã làm gì, hoặc lý do",
        required=False,
        max_length=1000,
        help_text="Yêu cầu sửa để trống thì sổ tự ghi những mục đã sửa.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class XoaForm(forms.Form):
    xac_nhan = forms.CharField(
        label="Gõ họ tên đồng chí để xác nhận",
        max_length=120,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}
        ),
    )
