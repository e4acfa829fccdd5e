from django import forms
from django.core.exceptions import ValidationError

from core.errors import RuleError
from tochuc.auth import prove_password, sign_in

NEW_PASSWORD = {"autocomplete": "new-password", "autocapitalize": "none", "spellcheck": "false"}


class DangNhapForm(forms.Form):
    username = forms.CharField(
        label="Số điện thoại hoặc tên đăng nhập",
        max_length=120,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
        error_messages={"required": "Ghi số điện thoại hoặc tên đăng nhập."},
    )
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Ghi mật khẩu."},
    )
    remember = forms.BooleanField(label="Nhớ trên máy này 30 ngày", required=False)

    def __init__(self, *args, thiet_bi="", **kwargs):
        super().__init__(*args, **kwargs)
        self.thiet_bi = thiet_bi
        self.user = None

    def clean(self):
        data = super().clean()
        if data.get("username") and data.get("password"):
            try:
                self.user = sign_in(
                    username=data["username"],
                    password=data["password"],
                    thiet_bi=self.thiet_bi,
                )
            except RuleError as refusal:
                raise ValidationError(str(refusal)) from refusal
        return data


class DoiMatKhauForm(forms.Form):
    current = forms.CharField(
        label="Mật khẩu đang dùng",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        max_length=128,
        help_text="Từ 15 ký tự, nên là một câu dễ nhớ. Viết có dấu cũng được.",
        widget=forms.PasswordInput(attrs=NEW_PASSWORD),
    )
    again = forms.CharField(
        label="Ghi lại mật khẩu mới",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs=NEW_PASSWORD),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_again(self):
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise ValidationError("Hai lần ghi mật khẩu mới chưa giống nhau. Ghi lại.")
        return self.cleaned_data["again"]

    def clean(self):
        data = super().clean()
        if not self.errors:
            try:
                prove_password(user=self.user, password=data["current"])
            except RuleError as refusal:
                self.add_error("current", str(refusal))
        return data
