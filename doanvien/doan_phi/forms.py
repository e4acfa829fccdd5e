"""Forms of dues."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from core.periods import KyBaoCao, today
from core.text.display import tien
from doanvien.models import MienDoanPhi

from .quy_tac import thang_cua


class ThangField(forms.CharField):
    """A month typed as 9/2026 or 09/2026; gives its first day."""

    def __init__(self, **kwargs):
        attrs = {"class": "w-so", "inputmode": "text", "placeholder": "mm/yyyy"}
        super().__init__(max_length=7, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        match = re.fullmatch(r"(\d{1,2})\s*[/.-]\s*(\d{4})", text)
        if not match or not 1 <= int(match[1]) <= 12 or not 2000 <= int(match[2]) <= 2100:
            raise ValidationError("Ghi tháng/năm, ví dụ 09/2026.")
        return date(int(match[2]), int(match[1]), 1)

    def prepare_value(self, value):
        return f"{value:%m/%Y}" if isinstance(value, date) else value


class ThangChoice(forms.CharField):
    """A month of an address or a hidden field (2026-11); gives its first day."""

    def clean(self, value):
        try:
            ky = KyBaoCao.parse(super().clean(value))
        except ValueError as error:
            raise ValidationError("Tháng không đúng.") from error
        if not ky.thang:
            raise ValidationError("Tháng không đúng.")
        return ky.start


class ThuHetForm(forms.Form):
    """The button of the whole branch."""

    thang = ThangChoice()
    tong = forms.IntegerField(min_value=1)
    ma_gui = forms.UUIDField()


class ThuNhanhForm(forms.Form):
    """The button of one member."""

    thang = ThangChoice()
    doan_vien = forms.IntegerField(min_value=1)
    ma_gui = forms.UUIDField()


class HoanTacForm(forms.Form):
    dong = forms.IntegerField(min_value=1)


class ThuForm(forms.Form):
    """Several months of one member, with the amount, the day and who brought the money."""

    thang = forms.TypedMultipleChoiceField(
        label="Tháng",
        coerce=date.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một tháng để thu."},
    )
    muc = forms.IntegerField(
        label="Số tiền mỗi tháng",
        required=False,
        min_value=1,
        max_value=10_000_000,
        localize=True,
        help_text="Để trống: thu theo mức quy định.",
    )
    o_nuoc_ngoai = forms.BooleanField(label="Đồng chí đang ở nước ngoài", required=False)
    ngay = forms.DateField(label="Ngày thu")
    nguoi_nop = forms.CharField(
        label="Người nộp tiền",
        max_length=160,
        required=False,
        help_text="Để trống nếu chính đồng chí ấy nộp.",
    )
    ma_gui = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, thang, muc_nuoc_ngoai: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.muc_nuoc_ngoai = muc_nuoc_ngoai
        self.fields["thang"].choices = thang
        self.fields["ngay"].initial = today
        self.fields[
            "o_nuoc_ngoai"
        ].help_text = f"Mức thấp nhất {muc_nuoc_ngoai:,} đ một tháng.".replace(",", ".")

    def clean(self):
        data = super().clean()
        if data.get("o_nuoc_ngoai") and "muc" in data:
            data["muc"] = data["muc"] or self.muc_nuoc_ngoai
            if data["muc"] < self.muc_nuoc_ngoai:
                least = f"{self.muc_nuoc_ngoai:,}".replace(",", ".")
                self.add_error("muc", f"Đồng chí ở nước ngoài đóng từ {least} đ một tháng.")
        return data


class MoSoForm(forms.Form):
    tu_thang = ThangField(
        label="Thu từ tháng",
        help_text="Trước tháng này không ai nợ. Thường là tháng chi đoàn bắt đầu ghi ở đây.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_thang"].initial = lambda: thang_cua(today())


class LyDoForm(forms.Form):
    """Why something is taken back."""

    ly_do = forms.CharField(
        label="Lý do", max_length=200, widget=forms.Textarea(attrs={"rows": "2"})
    )


class MienForm(forms.Form):
    tu_thang = ThangField(label="Miễn từ tháng", initial=lambda: thang_cua(today()))
    den_thang = ThangField(label="Đến hết tháng")
    ly_do = forms.ChoiceField(
        label="Lý do", choices=MienDoanPhi.LyDo.choices, widget=forms.RadioSelect
    )


class DuyetMienForm(forms.Form):
    ngay = forms.DateField(label="Ngày Ban Chấp hành xét", initial=today)
    van_ban = forms.CharField(label="Số văn bản", max_length=60, required=False)


class KhongMienForm(forms.Form):
    ngay = forms.DateField(label="Ngày Ban Chấp hành xét", initial=today)
    y_kien = forms.CharField(label="Ý kiến của phường", max_length=200)


class MucForm(forms.Form):
    huong_luong = forms.TypedChoiceField(
        label="Mức đóng",
        choices=[("1", "Có hưởng lương"), ("0", "Không hưởng lương")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    tu_thang = ThangField(
        label="Từ tháng",
        required=False,
        help_text="Các tháng trước đó chưa đóng tính theo mức kia.",
    )
    tu_truoc = forms.BooleanField(label="Từ trước đến nay vẫn mức này", required=False)

    def __init__(self, *args, doan_vien, muc: dict[bool, int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["huong_luong"].initial = "1" if doan_vien.huong_luong else "0"
        self.fields["tu_thang"].initial = doan_vien.huong_luong_tu
        self.fields["tu_thang"].can_khi_chon = True
        self.fields["huong_luong"].choices = [
            (value, f"{label} · {tien(muc[value == '1'])} một tháng")
            for value, label in self.fields["huong_luong"].choices
        ]

    def clean(self):
        data = super().clean()
        if data.pop("tu_truoc", False):
            return data | {"tu_thang": None}
        if not data.get("tu_thang") and "tu_thang" not in self.errors:
            self.add_error("tu_thang", "Ghi mức này từ tháng nào, hoặc đánh dấu ô bên dưới.")
        return data


class KetThucSomForm(forms.Form):
    den_thang = ThangField(
        label="Miễn đến hết tháng", required=False, help_text="Từ tháng sau đó lại phải đóng."
    )
    bo_ca = forms.BooleanField(label="Bỏ cả lần miễn này, vì xét nhầm", required=False)
    ly_do = forms.CharField(label="Lý do", max_length=140)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["den_thang"].can_khi_chon = True

    def clean(self):
        data = super().clean()
        if data.pop("bo_ca", False):
            return data | {"den_thang": None}
        if "den_thang" not in self.errors and not data.get("den_thang"):
            self.add_error("den_thang", "Ghi tháng cuối cùng được miễn, hoặc đánh dấu ô bên dưới.")
        return data


class NopForm(forms.Form):
    ngay = forms.DateField(label="Ngày nộp", initial=today)
    chung_tu = forms.CharField(
        label="Số chứng từ",
        max_length=60,
        required=False,
        help_text="Số biên nhận hoặc mã chuyển khoản, nếu có.",
    )
    ma_gui = forms.UUIDField(widget=forms.HiddenInput)


class NhanForm(forms.Form):
    ngay = forms.DateField(label="Ngày nhận", initial=today)


def doan_vien_cua(text: str | None) -> int:
    """The member's number in an address; 0, which nobody has, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
