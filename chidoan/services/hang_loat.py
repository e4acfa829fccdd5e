"""Writing many finished meetings at once, for what is taken over from other records."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from chidoan.models import BieuQuyet, BuoiSinhHoat, DiemDanh, NghiQuyet
from core.errors import RuleError
from core.periods import today
from tochuc.audit import record
from tochuc.models import DonVi

_BATCH = 500


@dataclass(kw_only=True)
class BuoiDaHop:
    """A meeting to take over: unsaved `buoi`, roll as (member id, state, reason), and what follows.

    Votes are unsaved and name their `buoi`. The resolutions are unsaved and may name another
    meeting of the same call in `ket_thuc_tai`; their `buoi` and `chi_doan` are filled in.
    """

    buoi: BuoiSinhHoat
    diem_danh: list[tuple[int, str, str]]
    nghi_quyet: list[NghiQuyet] = field(default_factory=list)
    bieu_quyet: list[BieuQuyet] = field(default_factory=list)


@transaction.atomic
def record_buoi_many(*, rows: Iterable[BuoiDaHop], don_vi: DonVi, by) -> list[BuoiSinhHoat]:
    """Write finished meetings with rolls and resolutions; one audit line for all of them.

    Refused when one lies in the future; the database refuses a person twice on a roll.
    """
    rows = list(rows)
    for row in rows:
        if row.buoi.ngay > today():
            raise RuleError(f"Ngày họp {row.buoi.ngay:%d/%m/%Y} chưa đến.")
        row.buoi.trang_thai = BuoiSinhHoat.TrangThai.HOAN_THANH
        row.buoi.ghi_boi = by
    BuoiSinhHoat.objects.bulk_create([row.buoi for row in rows], batch_size=_BATCH)
    DiemDanh.objects.bulk_create(
        [
            DiemDanh(buoi_id=row.buoi.pk, doan_vien_id=pk, trang_thai=trang_thai, ly_do=ly_do)
            for row in rows
            for pk, trang_thai, ly_do in row.diem_danh
        ],
        batch_size=_BATCH,
    )
    votes = [vote for row in rows for vote in row.bieu_quyet]
    BieuQuyet.objects.bulk_create(votes, batch_size=_BATCH)
    resolutions = []
    for row in rows:
        for resolution in row.nghi_quyet:
            resolution.buoi, resolution.chi_doan_id = row.buoi, row.buoi.chi_doan_id
            resolution.set_noi_dung(resolution.noi_dung)
            resolutions.append(resolution)
    NghiQuyet.objects.bulk_create(resolutions, batch_size=_BATCH)
    record(
        by=by,
        hanh_dong="buoi.record_many",
        target=don_vi,
        so_buoi=len(rows),
        so_nghi_quyet=len(resolutions),
    )
    return [row.buoi for row in rows]
