"""Việc: one thing that a person has to do, in the form in which every home page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.text.display import NBSP, con_lai


@dataclass(frozen=True, kw_only=True)
class Viec:
    """Việc (duty). `ngay` is the day it is looked at: whether it is late follows from it.

    `muc` is the family of its tile while it is not late (info, warn, neutral). The English
    names below are those of `components/_duty_rows.html`, which takes a duty as it is.
    """

    tieu_de: str
    url: str
    icon: str
    nut: str  # the words of its button
    ngay: date
    han: date | None = None
    chi_tiet: str = ""
    so_phut: int = 0
    muc: str = "neutral"

    @property
    def qua_han(self) -> bool:
        return self.han is not None and self.han < self.ngay

    @property
    def title(self) -> str:
        return self.tieu_de

    @property
    def family(self) -> str:
        return "bad" if self.qua_han else self.muc

    @property
    def overdue(self) -> str:
        """ "Quá hạn 3 ngày", or nothing."""
        return con_lai(self.han, self.ngay).capitalize() if self.qua_han else ""

    @property
    def note(self) -> str:
        """Progress, due day and minutes in one line: "11/15 đã nộp · hạn 25/11 · 2 phút"."""
        due = f"hạn {self.han:%d/%m}" if self.han and not self.qua_han else ""
        minutes = f"{self.so_phut}{NBSP}phút" if self.so_phut else ""
        return " · ".join(part for part in (self.chi_tiet, due, minutes) if part)


def sort_viec(viec: Iterable[Viec]) -> list[Viec]:
    """Overdue first, then by due day; what has none comes last."""
    return sorted(viec, key=lambda row: (not row.qua_han, row.han is None, row.han or row.ngay))
