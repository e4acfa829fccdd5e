"""When a branch is likely to meet next: the day of the month it met last time."""

from calendar import monthrange
from datetime import date

from core.periods import KyBaoCao


def ngay_ke_tiep(truoc: date, homnay: date) -> date:
    """The same day of the month, in the first month after `truoc` in which it is still to come.

    Today counts as to come; a month that is too short has its last day instead.
    """
    month = KyBaoCao.month_of(truoc)
    while True:
        month = month.next
        last = monthrange(month.nam, month.thang)[1]
        day = month.start.replace(day=min(truoc.day, last))
        if day >= homnay:
            return day
