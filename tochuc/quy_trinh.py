"""What every case that moves by steps shares: days, the state of the case, the double click.

Each procedure keeps its own table of steps (who may take which, from where); what happens
around a step is decided here. A case has `trang_thai`, `ngay_buoc` and `version`; its steps
have `thu_tu`, `loai`, `boi` and `tai_version`.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Max, QuerySet

from core.errors import AlreadyRecordedError, RuleError, StaleError
from core.periods import today

from .audit import record


def check_da_den(ngay: date, *, field: str = "ngay") -> None:
    """Nothing is recorded of a day that has not come (RuleError)."""
    if ngay > today():
        raise RuleError(f"Ngày {ngay:%d/%m/%Y} chưa đến. Ghi ngày thực tế đã làm.", field=field)


def check_ngay_sau(ngay: date, truoc: date, *, field: str = "ngay") -> None:
    """Days of a case go forward and never beyond today (RuleError)."""
    check_da_den(ngay, field=field)
    if ngay < truoc:
        raise RuleError(
            f"Ngày {ngay:%d/%m/%Y} trước bước liền trước ({truoc:%d/%m/%Y}). Xem lại ngày.",
            field=field,
        )


def check_buoc_mo(case, tu: Collection[str], *, ten: str) -> None:
    """The step follows from where the case stands (RuleError); `ten` begins the sentence."""
    if case.trang_thai not in tu:
        raise RuleError(
            f"{ten} đang ở bước «{case.get_trang_thai_display()}», chưa thể ghi việc này."
        )


def refuse_stale(case, buoc: QuerySet, loai: Collection[str], *, by, version: int, ten: str):
    """Refuse a step that was shown with an older `version` of the case.

    AlreadyRecordedError when the same person took this very step (one of `loai`) from that
    version, StaleError when somebody else changed the case meanwhile.
    """
    if buoc.filter(boi=by, tai_version=version, loai__in=loai).exists():
        raise AlreadyRecordedError("Bước này đã được ghi.")
    raise StaleError(
        f"{ten} vừa có thay đổi trong lúc đồng chí đang ghi. Xem lại rồi ghi tiếp.", current=case
    )


def next_thu_tu(buoc: QuerySet) -> int:
    """The place of the next step among those of the case."""
    return (buoc.aggregate(last=Max("thu_tu"))["last"] or 0) + 1


def move(
    case, *, den: str, ngay: date, hanh_dong: str, by, nhap_thay: bool, changes=None, **noi_dung
) -> None:
    """Bring a locked case to its next state, with further fields, and write the audit line with
    further particulars."""
    truoc = case.trang_thai
    fields = {"trang_thai": den, "ngay_buoc": ngay, **(changes or {})}
    for field, value in fields.items():
        setattr(case, field, value)
    case.version += 1
    case.save(update_fields=[*fields, "version"])
    record(
        by=by,
        hanh_dong=hanh_dong,
        target=case,
        truoc=truoc,
        sau=den,
        ngay=ngay,
        nhap_thay=nhap_thay,
        **noi_dung,
    )
