"""Days of every year, as settings give them: "15/11"."""

from calendar import monthrange
from datetime import date


def ngay_trong_nam(text: str, nam: int) -> date:
    """The day of "15/11" in a year; one that the month has not is its last."""
    day, month = (int(part) for part in text.split("/"))
    return date(nam, month, min(day, monthrange(nam, month)[1]))
