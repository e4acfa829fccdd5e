"""Working days: what the two days of a first answer are counted in.

Weekends and public holidays do not count (Bộ luật Lao động 2019, Điều 112: Tết Dương lịch, năm
ngày Tết Âm lịch, Giỗ Tổ 10/3 âm lịch, 30/4, 01/5, hai ngày Quốc khánh; a holiday that falls on
a weekend is made up for on the next working day).

`NGHI` holds the days off that fall on working days. Days that are only exchanged for a Saturday
are left out, and for years whose notice has not come only what the law itself makes certain
stands here: a due day may come earlier than the law's, never later.
"""

from datetime import date, timedelta

NGUON = {
    2024: "Thông báo 5015/TB-LĐTBXH ngày 22/11/2023",
    2025: "Thông báo 6150/TB-BLĐTBXH ngày 03/12/2024",
    2026: "Thông báo của Bộ Nội vụ về nghỉ Tết Bính Ngọ và Quốc khánh 2026",
    2027: "Bộ luật Lao động 2019, Điều 112; mùng 1 Tết Đinh Mùi 06/02/2027, Giỗ Tổ 16/4/2027",
    2028: "Bộ luật Lao động 2019, Điều 112; mùng 1 Tết Mậu Thân 26/01/2028, Giỗ Tổ 04/4/2028",
}
"""Where the days of each year come from."""

_NGHI = {
    2024: "01/01 08/02 09/02 12/02 13/02 14/02 18/04 30/04 01/05 02/09 03/09",
    2025: "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 01/09 02/09",
    2026: "01/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 01/09 02/09",
    2027: "01/01 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09",
    2028: "03/01 25/01 26/01 27/01 28/01 04/04 01/05 02/05 04/09",
}
NGHI: frozenset[date] = frozenset(
    date(year, int(text[3:]), int(text[:2]))
    for year, days in _NGHI.items()
    for text in days.split()
)
MOI_NAM = {(1, 1), (4, 30), (5, 1), (9, 2)}
"""Month and day of the holidays that need no table."""


def is_ngay_lam_viec(day: date) -> bool:
    """Whether offices work on that day."""
    return day.weekday() < 5 and day not in NGHI and (day.month, day.day) not in MOI_NAM


def cong_ngay_lam_viec(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_ngay_lam_viec(day)
    return day


def den_ngay_lam_viec(day: date) -> date:
    """The day itself or the next working day (Bộ luật Dân sự 2015, Điều 148)."""
    return day if is_ngay_lam_viec(day) else cong_ngay_lam_viec(day, 1)
