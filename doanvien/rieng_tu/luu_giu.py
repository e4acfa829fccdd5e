"""How long an application that led nowhere is kept: its words go after so many years.

The law has data deleted when its purpose is done. Refused and withdrawn applications stay for
a while, because the branch may take them up again; then the person is taken out of them, and
dates, votes and counts stand.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

from django.db import transaction

from doanvien.ket_nap import quy_trinh
from doanvien.models import BuocKetNap, KetNap, YeuCauDuLieu
from doanvien.models.rieng_tu import DA_HET_HAN
from doanvien.tuoi import years_before
from tochuc.audit import record
from tochuc.quy_dinh import gia_tri

from .an_danh import anonymise

QUA_HAN = "Quá thời hạn giữ đơn."


def don_het_han(day: date) -> Iterator[KetNap]:
    """Applications whose time is over on `day`; while a request about one is open, it stays."""
    han = cache(lambda phuong: _giu_tu(phuong, day))
    asked = YeuCauDuLieu.objects.con_mo().filter(ket_nap__isnull=False).values("ket_nap")
    for row in KetNap.objects.da_dung(day).for_pages().exclude(pk__in=asked).order_by("pk"):
        if row.ngay_buoc <= han(row.don_vi_chuan_y):
            yield row


def erase_don_het_han(day: date) -> int:
    """Erase them, each in a transaction of its own; how many that were."""
    return sum(_erase(row, day) for row in don_het_han(day))


@transaction.atomic
def _erase(ket_nap: KetNap, day: date) -> bool:
    """Close it, take the person out; left alone when the branch went on with it meanwhile."""
    current = quy_trinh.lock(ket_nap)
    if current.version != ket_nap.version:
        return False
    if current.is_dang_mo:
        loai = BuocKetNap.Loai.RUT
        quy_trinh.take(ket_nap=current, loai=loai, ngay=day, by=None, ly_do=QUA_HAN)
    anonymise(current, ho_ten=DA_HET_HAN)
    phuong = current.don_vi_chuan_y
    record(by=None, hanh_dong="ket_nap.erase_old", target=current, don_vi=phuong)
    return True


def _giu_tu(phuong, day: date) -> date:
    """The last day whose applications have been kept long enough."""
    return years_before(day, int(gia_tri("luu_don_da_dung", ngay=day, don_vi=phuong)))
