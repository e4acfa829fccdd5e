from django import forms
from django.contrib.auth import authenticate

from .auth import forget_failures, record_failure, so_lan_con_lai


class DangNhapForm(forms.Form):
    username = forms.CharField(
        label="Tên đăng nhập hoặc số điện thoại",
        max_length=120,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
        error_messages={"required": "Ghi tên đăng nhập hoặc số điện thoại."},
    )
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Ghi mật khẩu."},
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.user = None

    def clean(self):
        data = super().clean()
        username, password = data.get("username"), data.get("password")
        if not username or not password:
            return data
        if not so_lan_con_lai(username):
            raise forms.ValidationError(
                "Đã thử quá nhiều lần. Đồng chí chờ 15 phút rồi đăng nhập lại."
            )
        self.user = authenticate(self.request, username=username, password=password)
        if self.user is None:
            record_failure(username)
            con_lai = so_lan_con_lai(username)
            raise forms.ValidationError(
                "Chưa đúng tên đăng nhập hoặc mật khẩu. "
                f"Đồng chí còn {con_lai} lần thử trong 15 phút."
            )
        forget_failures(username)
        return data
