"""Coaching, themes, and the end of resolutions."""

from django import forms

from chidoan.models import NghiQuyet
from core.periods import today


class PhuTrachForm(forms.Form):
    chuc_vu = forms.ModelChoiceField(
        label="Ủy viên phụ trách", queryset=None, empty_label="Chọn ủy viên"
    )
    tu_ngay = forms.DateField(label="Từ ngày", help_text="Ví dụ 05/02/2026", initial=today)

    def __init__(self, *args, uy_vien, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chuc_vu"].queryset = uy_vien


class KetThucNghiQuyetForm(forms.Form):
    trang_thai = forms.ChoiceField(
        label="Tình trạng",
        choices=[
            (NghiQuyet.TrangThai.XONG, "Xong"),
            (NghiQuyet.TrangThai.THOI, "Thôi làm"),
        ],
        initial=NghiQuyet.TrangThai.XONG,
        widget=forms.RadioSelect,
    )
    ket_qua = forms.CharField(
        label="Kết quả hoặc lý do thôi làm", max_length=300, help_text="Một câu là đủ."
    )
    ngay = forms.DateField(label="Kết thúc ngày", help_text="Ví dụ 05/02/2026", initial=today)


class ChuDiemForm(forms.Form):
    """Twelve lines, one for each month; none of them has to be filled."""

    mark_required = True

    def __init__(self, *args, cap_tren: dict[int, str], **kwargs):
        super().__init__(*args, **kwargs)
        for month in range(1, 13):
            self.fields[f"thang_{month}"] = forms.CharField(
                label=f"Tháng {month}",
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs={"placeholder": cap_tren.get(month, "")}),
            )

    @property
    def chu_diem(self) -> dict[int, str]:
        return {month: self.cleaned_data[f"thang_{month}"] for month in range(1, 13)}


class TienDoForm(forms.Form):
    noi_dung = forms.CharField(label="Đã làm được", max_length=300, help_text="Một câu là đủ.")
    ngay = forms.DateField(label="Ngày", help_text="Ví dụ 05/02/2026", initial=today)


class DoiNghiQuyetForm(forms.Form):
    """Another owner or due day of an open resolution."""

    phu_trach = forms.ModelChoiceField(label="Người phụ trách", queryset=None)
    han = forms.DateField(label="Hạn", help_text="Ví dụ 05/02/2026")
    ly_do = forms.CharField(label="Lý do", max_length=200, help_text="Một câu là đủ.")

    def __init__(self, *args, nguoi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phu_trach"].queryset = nguoi
