"""Audit lines: written inside the transaction of the change they speak of, chained by hash."""

import hashlib
import json
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC

from django.db import transaction
from django.utils import timezone

from .models import ChuoiNhatKy, DonVi, NhatKy

dia_chi_hien_tai: ContextVar[str] = ContextVar("dia_chi_hien_tai", default="")
"""The network address of the request being answered; set by the middleware."""


@transaction.atomic
def record(*, by, hanh_dong: str, target=None, don_vi: DonVi | None = None, **noi_dung) -> NhatKy:
    """Append one line and return it.

    `hanh_dong` reads "noun.verb". `don_vi` is the unit whose auditors see the line; taken
    from `target.don_vi` when not given. `noi_dung` is what changed, plain JSON values: no
    citizen ids, no free texts about persons.
    """
    head = ChuoiNhatKy.objects.select_for_update().filter(pk=1).first() or _begin_chain()
    line = NhatKy(
        so=head.so_cuoi + 1,
        luc=timezone.now(),
        nguoi=by,
        hanh_dong=hanh_dong,
        doi_tuong_loai=target._meta.label_lower if target is not None else "",
        doi_tuong_id=target.pk if target is not None else None,
        don_vi=don_vi or _don_vi_of(target),
        noi_dung=json.loads(json.dumps(noi_dung, default=str)),
        dia_chi=dia_chi_hien_tai.get(),
        hash_truoc=head.hash_cuoi,
    )
    line.hash = seal(line)
    line.save(force_insert=True)
    head.so_cuoi, head.hash_cuoi = line.so, line.hash
    head.save(update_fields=["so_cuoi", "hash_cuoi"])
    return line


def _begin_chain() -> ChuoiNhatKy:
    ChuoiNhatKy.objects.get_or_create(pk=1)
    return ChuoiNhatKy.objects.select_for_update().get(pk=1)


def seal(line: NhatKy) -> str:
    """SHA-256 over every field of the line and the hash of the line before it."""
    parts = [
        line.so,
        line.luc.astimezone(UTC).isoformat(timespec="microseconds"),
        line.nguoi_id,
        line.hanh_dong,
        line.doi_tuong_loai,
        line.doi_tuong_id,
        line.don_vi_id,
        line.noi_dung,
        line.dia_chi,
        line.hash_truoc,
    ]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def mark_of_head() -> str:
    """The last line's number and hash. Kept elsewhere, it shows later that all before it stood."""
    head = ChuoiNhatKy.objects.filter(pk=1).first()
    return f"{head.so_cuoi}:{head.hash_cuoi}" if head else "0:"


def find_faults(kept_mark: str = "") -> Iterator[str]:
    """Walk the chain and yield a sentence for each fault; nothing when it is whole.

    `kept_mark` is a mark of an earlier day: who may write to the database can seal a changed
    chain anew, but not so that it still has that mark.
    """
    if kept_mark and not _has_mark(kept_mark):
        yield f"Chuỗi không còn dấu {kept_mark}: nhật ký đã bị thay trước dòng đó."
    expected, previous = 1, ""
    for line in NhatKy.objects.order_by("so").iterator(2000):
        if line.so != expected:
            yield f"Thiếu dòng {expected} đến {line.so - 1}."
        if line.hash_truoc != previous:
            yield f"Dòng {line.so} không nối với dòng trước."
        if line.hash != seal(line):
            yield f"Dòng {line.so} đã bị sửa."
        expected, previous = line.so + 1, line.hash
    head = ChuoiNhatKy.objects.filter(pk=1).first()
    so_cuoi = head.so_cuoi if head else 0
    if so_cuoi != expected - 1:
        yield f"Thiếu dòng {expected} đến {so_cuoi}."
    elif head and head.hash_cuoi != previous:
        yield "Đầu chuỗi không khớp với dòng cuối."


def _has_mark(mark: str) -> bool:
    so, _, dau = mark.partition(":")
    return so.isdigit() and NhatKy.objects.filter(so=so, hash=dau).exists()


def _don_vi_of(target) -> DonVi | None:
    if target is None or isinstance(target, DonVi):
        return target
    return getattr(target, "don_vi", None) or getattr(target, "chi_doan", None)
