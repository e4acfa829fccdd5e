"""Forms of activities."""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from chidoan.models import HoatDong
from core.periods import today
from doanvien.forms import MucGap

from .loai import DON_VI_TINH, doc_so

Loai = HoatDong.Loai
NHIEU_NGUOI = 2_147_483_647
"""As many people as the register can hold."""
NHOM = (
    (
        "Tình nguyện",
        (
            *(Loai.CHU_NHAT_XANH, Loai.TINH_NGUYEN, Loai.CONG_TRINH, Loai.TRONG_CAY),
            *(Loai.HIEN_MAU, Loai.DUONG, Loai.CAU, Loai.NHA_NHAN_AI),
        ),
    ),
    ("Giáo dục", (Loai.HOC_NGHI_QUYET, Loai.VE_NGUON, Loai.CHINH_SACH)),
    ("Thể thao, văn nghệ", (Loai.THE_THAO,)),
    (
        "Sáng tạo, chuyển đổi số",
        (Loai.HUONG_DAN_SO, Loai.SANG_TAO, Loai.HOC_AI, Loai.OCOP, Loai.QR_DIA_CHI_DO),
    ),
    ("Đồng hành", (Loai.HUONG_NGHIEP, Loai.HOC_BONG)),
    ("Đội, Hội", (Loai.THIEU_NHI, Loai.SINH_HOAT_HE, Loai.HOI_VIEN)),
    ("Khác", (Loai.KHAC,)),
)
"""Kinds under the headings of the report."""
LOAI = [("", "Chọn loại"), *((nhom, [(x.value, x.label) for x in kinds]) for nhom, kinds in NHOM)]


@dataclass(frozen=True)
class ThamGia:
    """Who took part, and for how many days: what the ticked names of a form say."""

    cong: dict[int, Decimal] = field(default_factory=dict)

    def __str__(self):
        if not self.cong:
            return "chưa chọn ai"
        return f"{len(self.cong)} đồng chí, {doc_so(sum(self.cong.values()))} ngày công"


class ThamGiaWidget(forms.Widget):
    """Ticked names (`tg`) and, for each, days of work (`cong-<member>`); the page draws them."""

    is_hidden = False

    def render(self, name, value, attrs=None, renderer=None):
        return ""

    def value_from_datadict(self, data, files, name):
        ticked = data.getlist("tg") if hasattr(data, "getlist") else data.get("tg", [])
        return {pk: data.get(f"cong-{pk}", "") for pk in ticked}

    def value_omitted_from_data(self, data, files, name):
        return False


class ThamGiaField(forms.Field):
    widget = ThamGiaWidget

    def clean(self, value) -> ThamGia:
        if isinstance(value, ThamGia):
            return value
        found = {}
        for pk, text in (value or {}).items():
            if not str(pk).isdecimal() or len(str(pk)) > 18:
                raise ValidationError("Chọn lại người tham gia.")
            found[int(pk)] = _ngay_cong(text)
        return ThamGia(found)

    def has_changed(self, initial, data) -> bool:
        try:
            return self.clean(data) != (initial or ThamGia())
        except ValidationError:
            return True


def _ngay_cong(text: str) -> Decimal:
    """0,5 or 1 or 12; nothing means one."""
    text = text.strip().replace(",", ".") or "1"
    if not re.fullmatch(r"\d{1,3}(\.\d)?", text):
        raise ValidationError("Ngày công ghi bằng số, lẻ tối đa một chữ số, ví dụ 0,5.")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValidationError("Ngày công ghi bằng số, ví dụ 1 hoặc 0,5.") from error


class HoatDongForm(forms.ModelForm):
    """One activity on one page; what is seldom written is folded away."""

    tham_gia = ThamGiaField(label="Người tham gia", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = HoatDong
        fields = [
            *("loai", "ten", "tu_ngay", "den_ngay", "dia_diem", "so_luong", "gia_tri"),
            *("nguoi_huong_loi", "nguoi_ngoai", "mo_ta", "trang_thai", "ket_qua"),
        ]
        labels = {
            "loai": "Loại hoạt động",
            "ten": "Tên hoạt động",
            "tu_ngay": "Ngày",
            "den_ngay": "Đến ngày",
            "dia_diem": "Địa điểm",
            "gia_tri": "Trị giá (đồng)",
            "nguoi_huong_loi": "Số người được hưởng",
            "nguoi_ngoai": "Người ngoài cùng tham gia",
            "mo_ta": "Ghi thêm",
            "ket_qua": "Kết quả, hoặc lý do thôi làm",
        }
        help_texts = {
            "ten": "Để trống: lấy theo loại.",
            "den_ngay": "Để trống nếu làm trong một ngày.",
            "nguoi_ngoai": "Thanh niên, người dân; không tính đoàn viên đã chọn tên.",
        }
        localized_fields = ["so_luong", "gia_tri", "nguoi_huong_loi", "nguoi_ngoai"]
        widgets = {
            "mo_ta": forms.Textarea(attrs={"rows": 2}),
            "trang_thai": forms.RadioSelect,
            "gia_tri": forms.TextInput(attrs={"class": "w-sdt", "inputmode": "numeric"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("ten", "den_ngay", "nguoi_ngoai"):
            self.fields[name].required = False
        self.fields["loai"].choices = LOAI
        self.fields["trang_thai"].choices = HoatDong.TrangThai.choices
        self.fields["so_luong"].label = "Số lượng"
        self.fields["version"].initial = self.instance.version if self.instance.pk else 0
        self.fields["client_id"].initial = self.instance.client_id
        if not self.instance.pk:
            # the empty row's own value would stand before a field's initial one
            self.initial["tu_ngay"] = self.initial.get("tu_ngay") or today()
            self.initial["nguoi_ngoai"] = None
        if self.instance.pk and self.instance.mot_ngay:
            self.initial["den_ngay"] = None
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            *("version", "client_id", "loai"),
            Row(Column("tu_ngay"), Column("den_ngay")),
            "so_luong",
            HTML('{% include "chidoan/hoat_dong/_nguoi.html" %}'),
            *("nguoi_ngoai", "ten", "dia_diem", "ket_qua"),
            MucGap(
                "Trị giá, người được hưởng, tình trạng",
                *("gia_tri", "nguoi_huong_loi", "trang_thai", "mo_ta"),
                css_class="section",
            ),
        )

    @property
    def cau_hoi(self) -> list[tuple[str, str]]:
        """For the page's script: what a kind asks for as its quantity."""
        return [(str(loai), unit.hoi) for loai, unit in DON_VI_TINH.items()]

    def clean(self):
        data = super().clean()
        data["den_ngay"] = data.get("den_ngay") or data.get("tu_ngay")
        data["nguoi_ngoai"] = data.get("nguoi_ngoai") or 0
        return data

    @staticmethod
    def stored(current, name):
        """What another version holds of a field, as two versions are shown side by side."""
        if name == "tham_gia":
            rows = current.tham_gia.order_by().values_list("doan_vien_id", "ngay_cong")
            return ThamGia(dict(rows))
        return getattr(current, name)


class XongForm(forms.Form):
    """What a work came to."""

    den_ngay = forms.DateField(label="Xong ngày")
    so_luong = forms.DecimalField(
        label="Số lượng", required=False, max_digits=10, decimal_places=2, localize=True
    )
    gia_tri = forms.IntegerField(
        label="Trị giá (đồng)",
        required=False,
        min_value=0,
        max_value=models.BigIntegerField.MAX_BIGINT,
        localize=True,
    )
    nguoi_huong_loi = forms.IntegerField(
        label="Số người được hưởng",
        required=False,
        min_value=0,
        max_value=NHIEU_NGUOI,
        localize=True,
    )
    ket_qua = forms.CharField(
        label="Kết quả",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Một câu, ví dụ: đã nghiệm thu, bàn giao cho khu vực 3 sử dụng.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, hoat_dong: HoatDong, **kwargs):
        names = ("so_luong", "gia_tri", "nguoi_huong_loi", "version")
        initial = {name: getattr(hoat_dong, name) for name in names}
        super().__init__(*args, initial=initial | {"den_ngay": today()}, **kwargs)
        unit = DON_VI_TINH.get(hoat_dong.loai)
        if unit:
            self.fields["so_luong"].label = unit.hoi
        else:
            del self.fields["so_luong"]


class ThoiForm(forms.Form):
    ly_do = forms.CharField(
        label="Vì sao thôi làm",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Một câu. Hoạt động vẫn còn trong sổ, không tính vào số liệu.",
    )
