"""What a form says about a wrong field: the value and what to do, instead of Django's words."""

from django import forms
from django.core.validators import DecimalValidator, validate_email
from django.forms.boundfield import BoundField

from core.text import lowfirst

from .display import so

CAU = {
    "dai": "{nhan} dài {so} ký tự, quá {nhieu_nhat}. Rút gọn lại.",
    "nho": "{nhan} không nhỏ hơn {it_nhat}.",
    "lon": "{nhan} không lớn hơn {nhieu_nhat}.",
    "gio": "Giờ «{gia_tri}» không đúng. Gõ theo giờ:phút, ví dụ 19:30.",
    "so": "{nhan} «{gia_tri}» không phải là số. Gõ chữ số, ví dụ 15.",
    "nam": "Mới có năm {gia_tri}. Ghi đủ ngày/tháng/năm, ví dụ 05/02/{gia_tri}.",
    "ngay": "Ngày {gia_tri} không có trong lịch. Gõ theo ngày/tháng/năm.",
    "lua_chon": "{nhan}: lựa chọn không còn trong danh sách. Chọn lại.",
}
"""What is said of a wrong value, by kind; a script that judges without the server says the same."""


CHU_SO = {
    "max_decimal_places": "{nhan} chỉ ghi đến {so} chữ số sau dấu phẩy.",
    "max_digits": "{nhan} có quá nhiều chữ số. Xem lại.",
    "max_whole_digits": "{nhan} có quá nhiều chữ số. Xem lại.",
}


def field_errors(field: BoundField) -> list[str]:
    """The sentences under one field; a message the form's author wrote is left as it is."""
    return [
        _ours(field, error) or message
        for error in field.errors.as_data()
        for message in error.messages
    ]


def _ours(field: BoundField, error: forms.ValidationError) -> str:
    if not _is_default(field.field, error):
        return ""
    label = str(field.label)
    params = error.params or {}
    match error.code:
        case "required":
            return _required(field, label)
        case "invalid":
            return _invalid(field, label)
        case "invalid_choice":
            return CAU["lua_chon"].format(nhan=label)
        case "max_length":
            length, limit = so(params["show_value"]), so(params["limit_value"])
            return CAU["dai"].format(nhan=label, so=length, nhieu_nhat=limit)
        case "min_value":
            return CAU["nho"].format(nhan=label, it_nhat=so(params["limit_value"]))
        case "max_value":
            return CAU["lon"].format(nhan=label, nhieu_nhat=so(params["limit_value"]))
    return CHU_SO.get(error.code, "").format(nhan=label, so=params.get("max"))


def _is_default(field: forms.Field, error: forms.ValidationError) -> bool:
    """Whether the message is Django's own, not one that the form or the rule wrote."""
    if error.code in {"max_length", "min_value", "max_value"}:
        return bool(error.params and "limit_value" in error.params)
    if error.code in CHU_SO:
        return error.message == DecimalValidator.messages[error.code]
    if isinstance(field, forms.EmailField) and error.message == validate_email.message:
        return True
    defaults = {}
    for cls in reversed(type(field).__mro__):
        defaults.update(getattr(cls, "default_error_messages", {}))
    return error.code in defaults and error.message == defaults[error.code]


def _required(field: BoundField, label: str) -> str:
    chosen = forms.ChoiceField | forms.ModelChoiceField | forms.MultipleChoiceField
    if isinstance(field.field, forms.FileField):
        return f"Chọn tệp cho mục {label}."
    if isinstance(field.field, forms.BooleanField):
        return f"Đánh dấu vào ô «{label}» để tiếp tục."
    if label.startswith("Ghi "):
        return f"{label}."
    if isinstance(field.field, forms.DateField) and not label.startswith("Ngày"):
        return f"Ghi ngày vào ô «{label}»."
    verb = "Chọn" if isinstance(field.field, chosen) else "Ghi"
    return f"{verb} {lowfirst(label)}."


def _invalid(field: BoundField, label: str) -> str:
    value = field.value()
    if isinstance(field.field, forms.DateField):
        return _invalid_date(str(value))
    if isinstance(field.field, forms.TimeField):
        return CAU["gio"].format(gia_tri=value)
    if isinstance(field.field, forms.IntegerField):
        return CAU["so"].format(nhan=label, gia_tri=value)
    if isinstance(field.field, forms.EmailField):
        return f"Địa chỉ thư «{value}» không đúng. Ví dụ ten@example.vn."
    return ""


def _invalid_date(value: str) -> str:
    digits = value.strip()
    if digits.isdigit() and len(digits) == 4:
        return CAU["nam"].format(gia_tri=digits)
    return CAU["ngay"].format(gia_tri=digits)
