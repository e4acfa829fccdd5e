"""Changing the tree of units in a test: who hung where from when, written as services would."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from tochuc.cay import CayTheoNgay, Khoang
from tochuc.models import DonVi, LichSuDonVi


def doi_cay(moves: Iterable[tuple[DonVi, DonVi, date]]) -> Callable[[DonVi, date], int | None]:
    """Hang units elsewhere from their days on, in order, in the history and in today's tree.

    Returns the number of the unit above another on a day.
    """
    spans = {}
    for row in LichSuDonVi.objects.order_by("don_vi", "tu_ngay"):
        spans.setdefault(row.don_vi_id, []).append([row.ten, row.cap_tren_id, row.tu_ngay, None])
    for unit, above, day in moves:
        _cut(spans[unit.pk], above.pk, day)
        DonVi.objects.move(
            DonVi.objects.get(pk=unit.pk), DonVi.objects.get(pk=above.pk), "last-child"
        )
    khoang = [Khoang(pk, *span) for pk, rows in spans.items() for span in rows]
    tree = CayTheoNgay(khoang)
    LichSuDonVi.objects.all().delete()
    LichSuDonVi.objects.bulk_create(
        LichSuDonVi(
            don_vi_id=span.don_vi,
            ten=span.ten,
            cap_tren_id=span.cap_tren,
            tu_ngay=start,
            den_ngay=end,
            duong=duong,
        )
        for span in khoang
        for start, end, duong in tree.manh(span)
    )
    return lambda unit, day: tree.tai(unit.pk, day).cap_tren


def _cut(rows: list, above: int, day: date) -> None:
    last = rows[-1]
    if last[2] == day:
        last[1] = above
        return
    last[3] = day - timedelta(days=1)
    rows.append([last[0], above, day, None])
