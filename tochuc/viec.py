"""Việc: one thing that a person has to do, in the form in which every home page shows it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core.text.display import NBSP, con_lai

from .models import ChuoiNhatKy


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


@dataclass(frozen=True, kw_only=True)
class ViecDem:
    """A duty that stands for rows which wait: shown while there are any.

    `viec(so, han)` makes it from their number and the earliest day in their field `han`.
    """

    rows: QuerySet
    viec: Callable[[int, date | None], Viec]
    han: str = ""


def dem_viec(items: Sequence[ViecDem]) -> list[Viec]:
    """The duties whose rows there are, whatever tables they stand in. One query."""
    if not items:
        return []
    columns = {}
    for index, item in enumerate(items):
        columns[f"so_{index}"] = _count(item.rows)
        columns[f"han_{index}"] = _earliest(item) if item.han else Value(None, DateField())
    # any table with a row would do: the counts stand beside it
    found = ChuoiNhatKy.objects.order_by().annotate(**columns).values(*columns)[:1]
    counts = found[0] if found else {}
    return [
        item.viec(so, counts[f"han_{index}"])
        for index, item in enumerate(items)
        if (so := counts.get(f"so_{index}"))
    ]


def _count(rows: QuerySet):
    grouped = rows.order_by().annotate(_g=Value(1)).values("_g").annotate(_n=Count("pk"))
    return Coalesce(Subquery(grouped.values("_n")[:1]), 0)


def _earliest(item: ViecDem):
    dated = item.rows.filter(**{f"{item.han}__isnull": False}).order_by(item.han)
    return Subquery(dated.values(item.han)[:1], output_field=DateField())


def sort_viec(viec: Iterable[Viec]) -> list[Viec]:
    """Overdue first, then by due day; what has none comes last."""
    return sorted(viec, key=lambda row: (not row.qua_han, row.han is None, row.han or row.ngay))
