"""Phần: one section of what is handed over, as every layer tells it.

The setting HAND_OVER names the functions that are asked, in their order: each takes the
branch and the day and yields sections. So a layer above adds what it keeps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from tochuc.models import DonVi


@dataclass(frozen=True, kw_only=True)
class Cot:
    """A column of a section's table; without `mm` it takes the room that is left."""

    ten: str
    mm: int | None = None
    align: str = "left"


@dataclass(frozen=True, kw_only=True)
class Phan:
    """A section: sentences, a table below them, or what is said when there is nothing."""

    ten: str
    cau: tuple[str, ...] = ()
    cot: tuple[Cot, ...] = ()
    dong: tuple[tuple[str, ...], ...] = ()
    trong: str = "Không có."

    @property
    def is_trong(self) -> bool:
        return not self.cau and not self.dong


def cac_phan(don_vi: DonVi, ngay: date) -> Iterator[Phan]:
    """Every section about the branch, as it stands on that day."""
    for name in settings.HAND_OVER:
        yield from import_string(name)(don_vi, ngay)
