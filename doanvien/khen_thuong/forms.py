from django import forms

from core.periods import today
from doanvien.forms import chi_doan_to_edit, not_later
from doanvien.models import DoanVien, KhenThuong
from tochuc.forms.don_vi import DonViChoiceField
from tochuc.loc import NhieuField
from tochuc.models import DonVi
from tochuc.permissions import Quyen


class NguoiField(NhieuField):
    """Members by name, with birthday and branch to tell namesakes apart."""

    def label_from_instance(self, obj):
        return f"{obj.ho_ten}, {obj.ngay_sinh:%d/%m/%Y}, {obj.chi_doan.ten}"


class ChonChiDoanForm(forms.Form):
    """Whose members are listed to choose from."""

    chi_doan = DonViChoiceField(
        label="Chi đoàn", queryset=DonVi.objects.none(), required=False, empty_label="Mọi chi đoàn"
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chi_doan"].queryset = chi_doan_to_edit(user)


class KhenThuongForm(forms.Form):
    doan_vien = NguoiField(
        label="Đồng chí được khen",
        queryset=DoanVien.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    cap = forms.ChoiceField(label="Cấp khen", choices=KhenThuong.Cap)
    hinh_thuc = forms.ChoiceField(
        label="Hình thức", choices=KhenThuong.HinhThuc, initial=KhenThuong.HinhThuc.GIAY_KHEN
    )
    noi_dung = forms.CharField(
        label="Nội dung, thành tích",
        max_length=300,
        help_text="Ví dụ: Có thành tích xuất sắc trong Tháng Thanh niên năm 2026.",
    )
    ngay = forms.DateField(label="Ngày quyết định")
    so_quyet_dinh = forms.CharField(
        label="Số quyết định",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w-sdt"}),
    )

    def __init__(self, *args, user, chi_doan=None, chon=(), **kwargs):
        """`chon` are numbers of people asked for: ticked, first in the list, members or not."""
        super().__init__(*args, **kwargs)
        people = DoanVien.objects.permitted_to(user, Quyen.SUA_DOAN_VIEN).co_chi_doan()
        self.fields["doan_vien"].queryset = people.de_chon(chon, chi_doan)
        self.fields["doan_vien"].initial = chon
        self.fields["ngay"].initial = today()

    def clean_ngay(self):
        return not_later(self.cleaned_data["ngay"], "Ngày quyết định")
