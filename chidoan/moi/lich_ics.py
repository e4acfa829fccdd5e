"""A branch's calendar feed (iCalendar, RFC 5545): meetings, no names of members."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

from chidoan.models import BuoiSinhHoat
from tochuc.models import DonVi

GIO_VIET_NAM = ZoneInfo(settings.TIME_ZONE)
KEO_DAI = timedelta(minutes=90)
"""How long a meeting stands in the calendar when its end is not known yet."""
HOI_LAI = timedelta(hours=6)


def make_lich(chi_doan: DonVi, buoi: list[BuoiSinhHoat]) -> bytes:
    """The feed; the same meetings always give the same bytes."""
    lich = Calendar()
    lich.add("prodid", "-//So Doan//Lich sinh hoat//VI")
    lich.add("version", "2.0")
    lich.add("method", "PUBLISH")
    lich.add("name", f"Sinh hoạt {chi_doan}")
    lich.add("x-wr-calname", f"Sinh hoạt {chi_doan}")
    lich.add("x-wr-timezone", settings.TIME_ZONE)
    lich.add("refresh-interval", HOI_LAI, parameters={"VALUE": "DURATION"})
    for row in buoi:
        lich.add_component(_event(chi_doan, row))
    lich.add_missing_timezones()
    return lich.to_ical()


def _event(chi_doan: DonVi, buoi: BuoiSinhHoat) -> Event:
    start = datetime.combine(buoi.ngay, buoi.bat_dau, tzinfo=GIO_VIET_NAM)
    end = (
        datetime.combine(buoi.ngay, buoi.ket_thuc, tzinfo=GIO_VIET_NAM)
        if buoi.ket_thuc
        else start + KEO_DAI
    )
    event = Event()
    event.add("uid", f"buoi-{buoi.pk}@so-doan")  # its client id may change
    event.add("dtstamp", buoi.ghi_luc)
    event.add("last-modified", buoi.ghi_luc)
    event.add("sequence", buoi.version - 1)
    event.add("summary", f"{buoi.get_loai_display()}, {chi_doan}")
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("status", "CONFIRMED")
    if buoi.dia_diem:
        event.add("location", buoi.dia_diem)
    if buoi.chu_diem:
        event.add("description", f"Chủ điểm: {buoi.chu_diem}")
    return event
