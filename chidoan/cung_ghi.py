"""A form that two people may have open at once, of a row that keeps no version of its own.

The page carries a mark of what it showed. Who saves after somebody else is told, sees both
versions and decides; sending again keeps this person's words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms

from core.errors import StaleError
from core.text.display import ngay

_DAI = 16


@dataclass(frozen=True)
class DangLuu:
    """The fields as they are stored, and their mark."""

    truong: Mapping[str, Any]
    version: str


def ghi_dau(truong: Mapping[str, Any]) -> str:
    """The mark of these fields: another one whenever one of them is another."""
    words = "\x1f".join(f"{ten}={_chu(value)}" for ten, value in sorted(truong.items()))
    return sha256(words.encode()).hexdigest()[:_DAI]


def check_chua_doi(version: str | None, luu: Mapping[str, Any]) -> None:
    """StaleError when the row is no longer what the page showed; without a mark, nothing."""
    now = ghi_dau(luu)
    if version and version != now:
        raise StaleError(
            "Có người vừa sửa mục này. Xem hai bản rồi lưu.", current=DangLuu(luu, now)
        )


class CungGhiForm(forms.Form):
    """A form of a row's fields, `luu`, that shows both versions when somebody else was first."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, luu: Mapping[str, Any], **kwargs):
        self.luu = dict(luu)
        initial = {**self.luu, **(kwargs.pop("initial", None) or {}), "version": ghi_dau(self.luu)}
        super().__init__(*args, initial=initial, **kwargs)

    @property
    def dau(self) -> str | None:
        """The mark that was sent along."""
        return self.cleaned_data["version"] or None

    def two_versions(self, current: DangLuu) -> list[dict]:
        return [
            {
                "label": self.fields[ten].label,
                "mine": self._cho_xem(ten, self.cleaned_data.get(ten)),
                "theirs": self._cho_xem(ten, value),
            }
            for ten, value in current.truong.items()
            if ten in self.fields and _chu(self.cleaned_data.get(ten)) != _chu(value)
        ]

    def _cho_xem(self, ten: str, value) -> str:
        if isinstance(value, date):
            return ngay(value)
        words = dict(getattr(self.fields[ten], "choices", ()))
        return str(words.get(value, "" if value is None else value))


def _chu(value) -> str:
    """Nothing and an empty box are one; a browser sends line ends of its own."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
