"""A branch's calendar feed (iCalendar, RFC 5545): meetings, no names of members."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

from chidoan.models import BuoiHuy, BuoiSinhHoat
from tochuc.models import DonVi

GIO_VIET_NAM = ZoneInfo(settings.TIME_ZONE)
KEO_DAI = timedelta(minutes=90)
"""How long a meeting stands in the calendar when its end is not known yet."""
HOI_LAI = timedelta(hours=6)


def make_lich(chi_doan: DonVi, buoi: list[BuoiSinhHoat], da_huy: Iterable[BuoiHuy] = ()) -> bytes:
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
    for row in da_huy:
        lich.add_component(_called_off(chi_doan, row))
    lich.add_missing_timezones()
    return lich.to_ical()


def _event(chi_doan: DonVi, buoi: BuoiSinhHoat) -> Event:
    event = _base(buoi.pk, buoi, buoi.version - 1, buoi.ghi_luc)
    event.add("dtend", _at(buoi, buoi.ket_thuc) if buoi.ket_thuc else _end(buoi))
    event.add("last-modified", buoi.ghi_luc)
    event.add("summary", f"{buoi.get_loai_display()}, {chi_doan}")
    event.add("status", "CONFIRMED")
    if buoi.chu_diem:
        event.add("description", f"Chủ điểm: {buoi.chu_diem}")
    return event


def _called_off(chi_doan: DonVi, row: BuoiHuy) -> Event:
    """The same event once more, with a higher sequence: calendars strike it out."""
    event = _base(row.so, row, row.version, row.huy_luc)
    event.add("dtend", _end(row))
    event.add("summary", f"Đã hủy: {row.get_loai_display()}, {chi_doan}")
    event.add("status", "CANCELLED")
    return event


def _base(so: int, row: BuoiSinhHoat | BuoiHuy, sequence: int, luc: datetime) -> Event:
    event = Event()
    event.add("uid", f"buoi-{so}@so-doan")  # its client id may change
    event.add("dtstamp", luc)
    event.add("sequence", sequence)
    event.add("dtstart", _at(row, row.bat_dau))
    if row.dia_diem:
        event.add("location", row.dia_diem)
    return event


def _at(row: BuoiSinhHoat | BuoiHuy, hour: time) -> datetime:
    return datetime.combine(row.ngay, hour, tzinfo=GIO_VIET_NAM)


def _end(row: BuoiSinhHoat | BuoiHuy) -> datetime:
    return _at(row, row.bat_dau) + KEO_DAI
