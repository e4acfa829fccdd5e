import re

from django import forms

from core.periods import today
from tochuc.models import DonVi, NguoiDung
from tochuc.permissions import VAI_TRO_DUOC_CAP, Quyen, VaiTro
from tochuc.services import suggest_password

from .don_vi import DonViChoiceField

HINT = "Gợi ý sẵn; chép và đưa tận tay. Đồng chí ấy đổi lại sau khi đăng nhập. Từ 15 ký tự."
PASSWORD_BOX = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


def vai_tro_choices(user):
    """The roles that somebody may give somewhere; where, the service decides."""
    given = set()
    for phan_cong in user.phan_cong_hom_nay:
        given |= VAI_TRO_DUOC_CAP.get(phan_cong.vai_tro, frozenset())
    return [(vai_tro.value, vai_tro.label) for vai_tro in VaiTro if vai_tro in given]


def read_dien_thoai(typed: str) -> str:
    """A phone number without spaces, dots and dashes; ValidationError when it is none."""
    number = re.sub(r"[ .\-]", "", typed)
    if number:
        NguoiDung._meta.get_field("dien_thoai").run_validators(number)
    return number


class PhanCongForm(forms.Form):
    """A role at a unit for a time; also the second half of a new account."""

    don_vi = DonViChoiceField(
        label="Đơn vị", queryset=DonVi.objects.none(), empty_label="Chọn đơn vị"
    )
    vai_tro = forms.ChoiceField(label="Vai trò")
    tu_ngay = forms.DateField(label="Từ ngày", help_text="Ví dụ 05/02/2026.")
    den_ngay = forms.DateField(
        label="Đến hết ngày",
        required=False,
        help_text="Để trống khi chưa biết; kết thúc vai trò sau cũng được.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = DonVi.objects.permitted_to(user, Quyen.QUAN_LY_TAI_KHOAN)
        self.fields["don_vi"].queryset = units.dang_hoat_dong(today())
        self.fields["vai_tro"].choices = [("", "Chọn vai trò"), *vai_tro_choices(user)]
        self.fields["tu_ngay"].initial = today()


class TaiKhoanForm(PhanCongForm):
    ho_ten = forms.CharField(
        label="Họ và tên",
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "words", "spellcheck": "false"}),
    )
    dien_thoai = forms.CharField(
        label="Số điện thoại",
        required=False,
        max_length=16,
        help_text="10 chữ số. Có thể dùng thay tên đăng nhập.",
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "w-sdt"}),
    )
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ thường không dấu, số, dấu chấm, gạch. Ví dụ bithu.khuvuc1.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Mật khẩu đầu tiên",
        max_length=128,
        strip=False,
        initial=suggest_password,
        help_text=HINT,
        widget=forms.TextInput(attrs=PASSWORD_BOX),
    )
    field_order = ["ho_ten", "dien_thoai", "username", "password"]

    def clean_username(self):
        username = self.cleaned_data["username"].strip().lower()
        NguoiDung._meta.get_field("username").run_validators(username)
        return username

    def clean_dien_thoai(self):
        return read_dien_thoai(self.cleaned_data["dien_thoai"])


class MatKhauMoiForm(forms.Form):
    password = forms.CharField(
        label="Mật khẩu mới",
        max_length=128,
        strip=False,
        initial=suggest_password,
        help_text=HINT,
        widget=forms.TextInput(attrs=PASSWORD_BOX),
    )


class KetThucForm(forms.Form):
    den_ngay = forms.DateField(
        label="Giữ vai trò đến hết ngày",
        help_text="Chọn ngày hôm qua để dừng ngay.",
    )
    ly_do = forms.CharField(label="Lý do", max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["den_ngay"].initial = today()
