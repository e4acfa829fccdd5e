"""Entries of the cash book: written once, struck out with a reason, never changed."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from core.errors import RuleError
from core.periods import today
from doanvien.models import ThuChi
from tochuc.audit import record
from tochuc.models import DonVi

GUI_LAI = timedelta(minutes=1)
"""The very same entry within so short a time is the same form, sent again."""


@transaction.atomic
def add_thu_chi(
    *,
    don_vi: DonVi,
    ngay: date,
    loai: str,
    noi_dung: str,
    so_tien: int,
    by,
    chung_tu: str = "",
) -> ThuChi:
    """Write an entry. Refused for a day to come; a form sent twice is written once."""
    DonVi.objects.select_for_update(no_key=True).get(pk=don_vi.pk)
    if ngay > today():
        raise RuleError("Ngày ghi sổ là hôm nay hoặc ngày đã qua.", field="ngay")
    same = {
        "don_vi": don_vi,
        "ngay": ngay,
        "loai": loai,
        "noi_dung": noi_dung,
        "so_tien": so_tien,
        "chung_tu": chung_tu,
    }
    sent_twice = ThuChi.objects.con_tinh().filter(**same, ghi_luc__gte=timezone.now() - GUI_LAI)
    if known := sent_twice.first():
        return known
    entry = ThuChi.objects.create(**same, ghi_boi=by)
    record(by=by, hanh_dong="thu_chi.create", target=entry, loai=loai, ngay=ngay)
    return entry


@transaction.atomic
def strike_out(*, thu_chi: ThuChi, ly_do: str, by) -> ThuChi:
    """Take an entry out of the sums; it stays legible with the reason."""
    entry = ThuChi.objects.select_for_update(of=("self",)).get(pk=thu_chi.pk)
    if entry.huy_luc:
        raise RuleError("Khoản này đã được gạch bỏ.")
    entry.huy_luc, entry.ly_do_huy = timezone.now(), ly_do
    entry.save(update_fields=["huy_luc", "ly_do_huy"])
    record(by=by, hanh_dong="thu_chi.cancel", target=entry)
    return entry
