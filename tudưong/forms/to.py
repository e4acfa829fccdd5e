from django import forms
from django.db.models import Exists, OuterRef

from core.periods import today
from doanvien.models import DoanVien
from tudưong.models import ThanhVienTo, ToTuDuong

from .chung import NgayField


class ToForm(forms.ModelForm):
    ngay_thanh_lap = NgayField("Ngày thành lập")

    class Meta:
        model = ToTuDuong
        fields = ["ten", "ngay_thanh_lap", "so_quyet_dinh"]


class NgayKetThucForm(forms.Form):
    ngay = NgayField("Kết thúc ngày", initial=today)


class DoanVienField(forms.ModelChoiceField):
    """Members by given name, each with the branch; one query."""

    def label_from_instance(self, obj):
        return f"{obj.ho_ten} · {obj.chi_doan}"


class ThanhVienForm(forms.Form):
    doan_vien = DoanVienField(
        label="Đoàn viên", queryset=DoanVien.objects.none(), empty_label="Chọn đoàn viên"
    )
    tu_ngay = NgayField("Vào tổ ngày", initial=today)
    dang_vien_giup = forms.CharField(
        label="Đảng viên giúp đỡ",
        max_length=160,
        required=False,
        help_text="Họ tên và chi bộ, ví dụ Trần Công Minh, Chi bộ Khu vực 3.",
        widget=forms.TextInput(attrs={"autocapitalize": "words", "spellcheck": "false"}),
    )
    la_to_truong = forms.BooleanField(label="Là tổ trưởng", required=False)

    def __init__(self, *args, to, **kwargs):
        super().__init__(*args, **kwargs)
        people = DoanVien.objects.under(to.don_vi).dang_sinh_hoat().select_related("chi_doan")
        held = ThanhVienTo.objects.chua_thoi().filter(doan_vien=OuterRef("pk"))
        self.fields["doan_vien"].queryset = people.filter(~Exists(held))


class ThoiThamGiaForm(forms.Form):
    den_ngay = NgayField("Thôi tham gia từ ngày", initial=today)
    ly_do = forms.CharField(label="Lý do", max_length=200)
