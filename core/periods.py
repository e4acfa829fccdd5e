"""Reporting periods: a year, a half, a quarter or a month of local dates."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from django.core.exceptions import ValidationError
from django.forms import DateField
from django.utils import timezone

ROMAN = ("", "I", "II", "III", "IV")
NUA = ("", "đầu", "cuối")
FIRST_YEAR, LAST_YEAR = 1900, 2100
_MA = re.compile(r"(\d{4})(?:Q([1-4])|H([12])|-(0[1-9]|1[0-2]))?")


def today() -> date:
    """Today in Vietnam; the one clock that dates come from."""
    return timezone.localdate()


def het_ngay(day: date) -> date:
    """The last day that is over when one looks on `day`: what is due today may still be done."""
    return day - timedelta(days=1) if day == today() else day


def check_year(day: date) -> None:
    """Refuse a typed day that is nobody's: 0206, 9999."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            f"Năm {day.year:04d} không đúng. Ghi ngày/tháng/năm, ví dụ 05/02/2026."
        )


def read_day(text: str | None) -> date:
    """The day that an address asks for (`?ngay=`); today for nothing and for nonsense.

    Today as well for a day that has not come: nobody knows who will belong then.
    """
    try:
        return min(DateField().clean(text), today())
    except ValidationError:
        return today()


def read_year(text: str | None, first: int = 2000) -> int:
    """The year that an address asks for (`?nam=`); this year for nothing and for nonsense."""
    typed = text or ""
    nam = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    return nam if first <= nam <= today().year else today().year


def read_ky(text: str | None, default: "KyBaoCao") -> "KyBaoCao":
    """The period that an address asks for (`?ky=`); the page's own for nothing and for nonsense."""
    try:
        return KyBaoCao.parse(text or "")
    except ValueError:
        return default


@dataclass(frozen=True, order=True)
class KyBaoCao:
    """Kỳ báo cáo: a year; with `quy` a quarter of it; with `thang` a month, with `nua` a half."""

    nam: int
    quy: int = 0
    thang: int = 0
    nua: int = 0

    @classmethod
    def parse(cls, text: str) -> "KyBaoCao":
        """Read "2026", "2026H1", "2026Q3" or "2026-03"; anything else is a ValueError."""
        match = _MA.fullmatch((text or "").strip().upper())
        if not match or not 1931 <= int(match[1]) <= 2100:
            raise ValueError(f"Kỳ «{text}» không đúng. Ghi 2026 hoặc 2026Q3.")
        nam, quy, nua, thang = (int(part or 0) for part in match.groups())
        return cls(nam, quy, thang, nua)

    @classmethod
    def quarter_of(cls, day: date) -> "KyBaoCao":
        return cls(day.year, quy=(day.month + 2) // 3)

    @classmethod
    def quarter_due(cls, day: date) -> "KyBaoCao":
        """The quarter that is written down now: the running one from its last month on."""
        quarter = cls.quarter_of(day)
        return quarter if day.month % 3 == 0 else quarter.previous

    @classmethod
    def half_of(cls, day: date) -> "KyBaoCao":
        return cls(day.year, nua=1 if day.month <= 6 else 2)

    @classmethod
    def year_of(cls, day: date) -> "KyBaoCao":
        return cls(day.year)

    @classmethod
    def month_of(cls, day: date) -> "KyBaoCao":
        return cls(day.year, thang=day.month)

    @property
    def is_nam(self) -> bool:
        return not (self.quy or self.thang or self.nua)

    @cached_property
    def start(self) -> date:
        return date(self.nam, self._months[0], 1)

    @cached_property
    def end(self) -> date:
        """The last day, inclusive."""
        month = self._months[-1]
        return date(self.nam, month, monthrange(self.nam, month)[1])

    @property
    def months(self) -> list["KyBaoCao"]:
        """Each month is one object that knows its days: a ranking asks it for thousands."""
        return [_thang(self.nam, month) for month in self._months]

    @property
    def previous(self) -> "KyBaoCao":
        return self._shift(-1)

    @property
    def next(self) -> "KyBaoCao":
        return self._shift(1)

    @property
    def code(self) -> str:
        """The form used in addresses and commands: 2026, 2026H1, 2026Q3, 2026-03."""
        if self.quy:
            return f"{self.nam}Q{self.quy}"
        if self.nua:
            return f"{self.nam}H{self.nua}"
        return f"{self.nam}-{self.thang:02d}" if self.thang else str(self.nam)

    @property
    def ten(self) -> str:
        """As a heading says it: "quý III năm 2026"."""
        if self.quy:
            return f"quý\u00a0{ROMAN[self.quy]} năm\u00a0{self.nam}"
        if self.nua:
            return f"6\u00a0tháng {NUA[self.nua]} năm\u00a0{self.nam}"
        return (
            f"tháng\u00a0{self.thang} năm\u00a0{self.nam}" if self.thang else f"năm\u00a0{self.nam}"
        )

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return self.ten

    @property
    def _months(self) -> range:
        if self.thang:
            return range(self.thang, self.thang + 1)
        if self.quy:
            return range(3 * self.quy - 2, 3 * self.quy + 1)
        if self.nua:
            return range(6 * self.nua - 5, 6 * self.nua + 1)
        return range(1, 13)

    def _shift(self, step: int) -> "KyBaoCao":
        if self.quy:
            index = self.nam * 4 + self.quy - 1 + step
            return KyBaoCao(index // 4, quy=index % 4 + 1)
        if self.thang:
            index = self.nam * 12 + self.thang - 1 + step
            return KyBaoCao(index // 12, thang=index % 12 + 1)
        if self.nua:
            index = self.nam * 2 + self.nua - 1 + step
            return KyBaoCao(index // 2, nua=index % 2 + 1)
        return KyBaoCao(self.nam + step)


@cache
def _thang(nam: int, thang: int) -> KyBaoCao:
    return KyBaoCao(nam, thang=thang)
