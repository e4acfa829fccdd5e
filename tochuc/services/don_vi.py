"""What changes the tree of units. Each function is one transaction."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from core.errors import RuleError
from tochuc.audit import record
from tochuc.cay import ma_buoc
from tochuc.models import CapDonVi, DonVi, LichSuDonVi, LoaiDonVi
from tochuc.quy_dinh import LUON_LUON
from tochuc.scoping import path_prefixes


@transaction.atomic
def create_don_vi(
    *, cap: str, loai: str, ten: str, ma: str, cap_tren: DonVi | None, by, **fields
) -> DonVi:
    """Add a unit under `cap_tren` (None: at the top) and open its history.

    What stands above it is locked: a reorganisation does not move it away meanwhile. Refused
    when the code is taken or the level is not below the one above it.
    """
    if DonVi.objects.filter(ma=ma).exists():
        raise RuleError(f"Mã «{ma}» đã có đơn vị dùng. Chọn mã khác.", field="ma")
    cap_tren = cap_tren and _khoa_tren(cap_tren)
    check_cap(cap, cap_tren)
    don_vi = DonVi(cap=cap, loai=LoaiDonVi(loai), ma=ma, **fields)
    don_vi.set_ten(ten)
    if cap_tren:
        DonVi.objects.add_child(cap_tren, instance=don_vi)
    else:
        DonVi.objects.add_root(instance=don_vi)
    open_lich_su(don_vi, cap_tren)
    record(by=by, hanh_dong="don_vi.create", target=don_vi, ma=ma)
    return don_vi


@transaction.atomic
def create_don_vi_many(*, rows: Iterable[DonVi], cap_tren: DonVi, by) -> list[DonVi]:
    """Add many unsaved units below one unit, with their histories.

    Each has its name and code already. One audit line for all; the database refuses a code
    that is taken. Refused when a level is not below the one above it.
    """
    rows = list(rows)
    cap_tren = _khoa_tren(cap_tren)
    for cap in {row.cap for row in rows}:
        check_cap(cap, cap_tren)
    last = DonVi.objects.filter(path__startswith=cap_tren.path, depth=cap_tren.depth + 1)
    path = last.order_by("path").values_list("path", flat=True).last()
    number = int(path[-DonVi.steplen :], len(DonVi.alphabet)) if path else 0
    for so, row in enumerate(rows, number + 1):
        row.depth = cap_tren.depth + 1
        row.path = DonVi._get_path(cap_tren.path, row.depth, so)  # noqa: SLF001 -- the tree's own
    DonVi.objects.bulk_create(rows, batch_size=500)
    DonVi.objects.filter(pk=cap_tren.pk).update(numchild=F("numchild") + len(rows))
    _open_lich_su_many(rows, cap_tren)
    record(by=by, hanh_dong="don_vi.create_many", target=cap_tren, so_don_vi=len(rows))
    return rows


def _khoa_tren(don_vi: DonVi) -> DonVi:
    """The unit as it stands now, locked with all above it in the order of their numbers."""
    rows = DonVi.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = {row.pk: row for row in rows.filter(path__in=path_prefixes(don_vi.path))}
    return found.get(don_vi.pk) or rows.get(pk=don_vi.pk)


def open_lich_su(don_vi: DonVi, cap_tren: DonVi | None, can_cu: str = "") -> None:
    """Write where the unit has hung since it exists, in a span for each way to the root."""
    tu_ngay = don_vi.thanh_lap or LUON_LUON
    ways = _duong_tren(cap_tren, tu_ngay) if cap_tren else [(tu_ngay, "")]
    LichSuDonVi.objects.bulk_create(_khoang(don_vi, cap_tren, ways, can_cu))


def _open_lich_su_many(rows: list[DonVi], cap_tren: DonVi) -> None:
    founded = {row.thanh_lap or LUON_LUON for row in rows}
    ways = {tu_ngay: _duong_tren(cap_tren, tu_ngay) for tu_ngay in founded}
    LichSuDonVi.objects.bulk_create(
        [span for row in rows for span in _khoang(row, cap_tren, ways[row.thanh_lap or LUON_LUON])],
        batch_size=500,
    )


def _khoang(don_vi, cap_tren, ways, can_cu: str = "") -> Iterator[LichSuDonVi]:
    """A span for each way to the root."""
    ends = [day - timedelta(days=1) for day, _ in ways[1:]] + [None]
    for (day, duong), end in zip(ways, ends, strict=True):
        yield LichSuDonVi(
            don_vi=don_vi,
            ten=don_vi.ten,
            cap_tren=cap_tren,
            tu_ngay=day,
            den_ngay=end,
            can_cu=can_cu,
            duong=duong + ma_buoc(don_vi.pk),
        )


def _duong_tren(cap_tren: DonVi, tu_ngay: date) -> list[tuple[date, str]]:
    """(from, path) of the unit above since `tu_ngay`; its first path for days before it."""
    rows = LichSuDonVi.objects.filter(don_vi=cap_tren).exclude(den_ngay__lt=tu_ngay)
    ways = []
    for day, duong in rows.order_by("tu_ngay").values_list("tu_ngay", "duong"):
        if not ways:
            ways.append((tu_ngay, duong))
        elif duong != ways[-1][1]:
            ways.append((day, duong))
    return ways


def check_cap(cap: str, cap_tren: DonVi | None) -> None:
    """Refuse a level that is not below the one above it."""
    thu_tu = list(CapDonVi)
    if cap_tren and thu_tu.index(CapDonVi(cap)) <= thu_tu.index(CapDonVi(cap_tren.cap)):
        raise RuleError(f"Cấp này không thể đứng dưới {cap_tren}.", field="cap")
