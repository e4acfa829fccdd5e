"""The rules of a meeting's page as data, for the script that judges it without a network."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import get_format

from chidoan.forms import BieuQuyetForm, BuoiForm, KetQuaForm, NghiQuyetForm
from chidoan.forms.buoi import NguoiField
from chidoan.luat_buoi import CAU, VAI
from core.periods import today
from core.text.form_errors import CAU as CAU_SAI
from core.text.form_errors import field_errors

KIEU = (
    (forms.DateField, "ngay"),
    (forms.TimeField, "gio"),
    (forms.IntegerField, "so"),
    (forms.ChoiceField, "chon"),
    (forms.CharField, "chu"),
)
"""Kinds of fields; the first that fits."""


def rules_of(page) -> dict[str, Any]:
    """Sentences, fields and days for one page; what only the register knows is judged there."""
    branch = page.chi_doan
    return {
        "cau": CAU | {f"sai_{name}": text for name, text in CAU_SAI.items()},
        "vai": VAI,
        "mau_ngay": get_format("DATE_INPUT_FORMATS"),
        "mau_gio": get_format("TIME_INPUT_FORMATS"),
        "chi_doan": str(branch),
        "thanh_lap": branch.thanh_lap,
        "ket_thuc": branch.ket_thuc,
        "hom_nay": today(),
        "so_anh": settings.PHOTOS_PER_EVENT,
        "khach": sorted(_hosts(page.buoi)),
        "truong": list(_fields(BuoiForm({}, nguoi=[]))),
        "kq": list(_fields_of_class(KetQuaForm)),
        "nq": list(_fields_of_class(NghiQuyetForm)),
        "bq": list(_fields_of_class(BieuQuyetForm)),
    }


def _hosts(buoi) -> set[int]:
    """Chair and secretary of a joint meeting, who may be of the branch that invited."""
    host = buoi.chu_nha if buoi and buoi.chu_nha_id else None
    return {host.chu_tri_id, host.thu_ky_id} - {None} if host else set()


def _fields(form: forms.Form) -> Iterator[dict[str, Any]]:
    """Each field with the sentence that asks for it, when it is asked for."""
    for bound in form:
        asked = field_errors(bound) if bound.field.required else []
        yield _field(bound.name, bound.field) | {"can": asked[0] if asked else ""}


def _fields_of_class(kind: type[forms.Form]) -> Iterator[dict[str, Any]]:
    for name, field in kind.base_fields.items():
        if not field.widget.is_hidden:
            yield _field(name, field) | {"can": ""}


def _field(name: str, field: forms.Field) -> dict[str, Any]:
    said = {"ten": name, "nhan": str(field.label)}
    said["kieu"] = next(kind for cls, kind in KIEU if isinstance(field, cls))
    if getattr(field, "max_length", None):
        said["dai"] = field.max_length
    if said["kieu"] == "so":
        said |= {"it_nhat": field.min_value, "nhieu_nhat": field.max_value}
    if said["kieu"] == "chon" and not isinstance(field, NguoiField):
        said["chon"] = [str(value) for value, _ in field.choices]
    return said
