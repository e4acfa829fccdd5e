"""How dates, numbers and rates stand on a screen."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import capfirst

NBSP = "\u00a0"
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
EMPTY = "–"


def ngay(value: date | datetime | None) -> str:
    """05/02/2026; a moment is shown on its local day."""
    if not value:
        return ""
    return f"{_local(value):%d/%m/%Y}"


def gio(value: datetime | None) -> str:
    """09:14 ngày 05/02/2026."""
    if not value:
        return ""
    return f"{_local(value):%H:%M} ngày{NBSP}{_local(value):%d/%m/%Y}"


def gio_phut(value: datetime | None) -> str:
    """09:14."""
    return f"{_local(value):%H:%M}" if value else ""


def thu(value: date | datetime | None) -> str:
    """Thứ Sáu, 20/11/2026, as a headline begins."""
    if not value:
        return ""
    day = WEEKDAYS[_local(value).weekday()].replace(" ", NBSP)
    return f"{capfirst(day)}, {ngay(value)}"


def so(value: int | float | Decimal | None, places: int | None = None) -> str:
    """1.248 or 1.248,5; without `places` at most two decimals, no trailing zero."""
    if value is None or value == "":
        return ""
    if type(value) is int and not places:
        return f"{value:,}".replace(",", ".")  # as nearly all are, and a page shows hundreds
    if places is None:
        value = _half_up(value, "0.01")
        value = value.to_integral() if value == value.to_integral() else value.normalize()
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def tien(value: int | Decimal | None) -> str:
    """4.000 đ, in one piece."""
    return f"{so(value, 0)}{NBSP}đ" if value not in (None, "") else ""


def phan_tram(value: float | Decimal | None) -> str:
    """0.812 is 81,2%; a whole percentage has no decimals."""
    if value is None or value == "":
        return ""
    return f"{so(_half_up(Decimal(str(value)) * 100, '0.1'))}%"


def ty_le(numerator: int, denominator: int) -> str:
    """81,2% (112/138); under ten people the fraction leads: 7/8 (87,5%)."""
    if not denominator:
        return EMPTY
    fraction = f"{so(numerator)}/{so(denominator)}"
    rate = phan_tram(Decimal(numerator) / Decimal(denominator))
    return f"{fraction} ({rate})" if denominator < 10 else f"{rate} ({fraction})"


def con_lai(due: date | None, today: date) -> str:
    """How far a due day is: "quá hạn 3 ngày", "hạn hôm nay", "còn 7 ngày"."""
    if not due:
        return ""
    days = (due - today).days
    if days < 0:
        return f"quá hạn {-days}{NBSP}ngày"
    return f"còn {days}{NBSP}ngày" if days else "hạn hôm nay"


def show(value: Any) -> str:
    """Any value as a cell shows it: dates, numbers, yes and no, lists; nothing is "–"."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int | float | Decimal):
        return so(value)
    if isinstance(value, date):
        return gio(value) if isinstance(value, datetime) else ngay(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(show(item) for item in value) or EMPTY
    return str(value)


def _half_up(value: int | float | Decimal, step: str) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(step), ROUND_HALF_UP)


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
