"""Months as the field counts them: ages and validities run by month, to the same day."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def full_months(start: date, day: date) -> int:
    """Whole months from `start` to `day`; a person is "đủ 18 tuổi" at 216.

    The counterpart of `add_months`: who was born on 29/02 is a year older on 28/02 where the
    month is shorter.
    """
    months = (day.year - start.year) * 12 + day.month - start.month
    return months if day.day >= add_months(start, months).day else months - 1
