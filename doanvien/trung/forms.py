"""Choosing, field by field, what the one record of a person says."""

from dataclasses import dataclass

from django import forms
from django.utils.text import capfirst

from core.text.display import show
from doanvien.ly_lich import NHAY_CAM, SECTIONS, field_names
from doanvien.models import DoanVien

GIU, BO = "giu", "bo"
_CCCD = ("cccd_ma_hoa", "cccd_bam", "cccd_cuoi")
_SOM_HON = ("ngay_vao_doan",)
"""Of these the earlier value is proposed."""


@dataclass(frozen=True)
class DongKhac:
    """One field in which the two records differ, with both values in words."""

    ten: str
    nhan: str
    giu: str
    bo: str
    chon: str


class GopForm(forms.Form):
    """A choice for each field that differs; both records are known to the page."""

    def __init__(self, *args, giu: DoanVien, bo: DoanVien, is_readable: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.records = giu, bo
        self.hidden_names = set() if is_readable else set(NHAY_CAM)
        for name in self.differing():
            self.fields[name] = forms.ChoiceField(
                label=label_of(name),
                choices=[(GIU, GIU), (BO, BO)],
                initial=_proposed(name, giu, bo),
            )

    def differing(self) -> list[str]:
        names = [name for _, rows in SECTIONS for name in field_names(rows) if name != "nguon"]
        names = [name for name in names if name not in self.hidden_names]
        giu, bo = self.records
        return [name for name in names if _stored(giu, name) != _stored(bo, name)]

    @property
    def dong(self) -> list[DongKhac]:
        giu, bo = self.records
        return [
            DongKhac(
                name, field.label, in_words(giu, name), in_words(bo, name), str(self[name].value())
            )
            for name, field in self.fields.items()
        ]

    def values(self) -> dict:
        """What the kept record takes, by column; unseen fields are filled where empty."""
        giu, bo = self.records
        values = {}
        for name, chosen in self.cleaned_data.items():
            source = giu if chosen == GIU else bo
            for column in _CCCD if name == "cccd" else (name,):
                values[column] = getattr(source, column)
        for name in self.hidden_names:
            values[name] = getattr(giu, name) or getattr(bo, name)
        return values


def label_of(name: str) -> str:
    if name == "cccd":
        return "Số CCCD"
    text = str(DoanVien._meta.get_field(name).verbose_name)
    return capfirst(text)


def in_words(row: DoanVien, name: str) -> str:
    if name == "cccd":
        return row.cccd_che
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return "" if value in ("", None) else show(value)


def _stored(row: DoanVien, name: str):
    if name == "cccd":
        return row.cccd_bam
    return getattr(row, DoanVien._meta.get_field(name).attname)


def _proposed(name: str, giu: DoanVien, bo: DoanVien) -> str:
    """The kept record's value, unless it is empty or the other one must be right."""
    mine, other = _stored(giu, name), _stored(bo, name)
    if name in _SOM_HON:
        return GIU if mine <= other else BO
    return BO if mine in ("", None, False, DoanVien.GioiTinh.CHUA_RO) else GIU
