"""Recording activities: written, changed, finished, given up, taken back."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from chidoan.models import BuoiSinhHoat, HoatDong, ThamGiaHoatDong
from core.errors import RuleError, StaleError
from core.periods import today
from core.text import clean
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.models import DonVi, NhatKy

from .loai import don_vi_tinh
from .queries import roster, tham_gia_cua
from .quy_tac import check_ket_qua, check_ngay, check_so_luong, check_tham_gia

NGAY_DUOC_XOA = 7
"""So many days after it was written a slip may be deleted; later it is given up, with a reason."""
_BATCH = 500
TRUONG = (
    *("loai", "ten", "tu_ngay", "den_ngay", "dia_diem", "so_luong", "gia_tri"),
    *("nguoi_huong_loi", "nguoi_ngoai", "mo_ta", "trang_thai", "ket_qua"),
)
"""Columns that a form fills."""


@transaction.atomic
def create_hoat_dong(
    *,
    don_vi: DonVi,
    client_id: UUID,
    values: Mapping[str, Any],
    tham_gia: Mapping[int, Decimal],
    by,
    buoi: BuoiSinhHoat | None = None,
    version: int = 0,
) -> HoatDong:
    """Write down an activity; the same `client_id` never makes a second one.

    Sent again with other words it is a StaleError that carries the first, and changes the first
    when `version` says that it was seen. Refused as in `quy_tac`, and alongside a meeting of
    another unit. The unit is locked: a double click is two requests at once.
    """
    don_vi = DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi.pk)
    earlier = HoatDong.objects.filter(client_id=client_id).first()
    if earlier:
        if earlier.don_vi_id != don_vi.pk:
            raise RuleError("Mã hoạt động này thuộc đơn vị khác. Mở lại trang để ghi.")
        return update_hoat_dong(
            hoat_dong=earlier, version=version, values=values, tham_gia=tham_gia, by=by
        )
    if buoi and buoi.chi_doan_id != don_vi.pk:
        raise RuleError(f"Buổi sinh hoạt này không phải của {don_vi}.")
    hoat_dong = HoatDong(don_vi=don_vi, client_id=client_id, buoi=buoi)
    hoat_dong.nhap_thay = is_nhap_thay(by, don_vi.pk)
    _write(hoat_dong, values, tham_gia, known=set(), by=by)
    _record(hoat_dong, "hoat_dong.create", by=by, nhap_thay=hoat_dong.nhap_thay)
    return hoat_dong


@transaction.atomic
def update_hoat_dong(
    *,
    hoat_dong: HoatDong,
    version: int,
    values: Mapping[str, Any],
    tham_gia: Mapping[int, Decimal],
    by,
) -> HoatDong:
    """Change an activity, its state too. `version` is the one the form showed: StaleError when
    somebody has saved meanwhile. Who is on record as a participant may stay so."""
    hoat_dong = _lock(hoat_dong)
    known = tham_gia_cua(hoat_dong)
    if _is_same(hoat_dong, known, values, tham_gia):
        return hoat_dong
    _check_version(hoat_dong, version)
    sent = _tidy(hoat_dong, values)
    changed = [name for name in TRUONG if sent[name] != getattr(hoat_dong, name)]
    if dict(tham_gia) != known:
        changed.append("tham_gia")
    _write(hoat_dong, values, tham_gia, known=set(known), by=by)
    thay = is_nhap_thay(by, hoat_dong.don_vi_id)
    _record(hoat_dong, "hoat_dong.update", by=by, truong=changed, nhap_thay=thay)
    return hoat_dong


@transaction.atomic
def finish_hoat_dong(*, hoat_dong: HoatDong, version: int, by, **values) -> HoatDong:
    """Say that what was being done is done, when, and with which result.

    Refused unless it is being done, and as in `quy_tac`.
    """
    hoat_dong = _lock(hoat_dong)
    _check_version(hoat_dong, version)
    if not hoat_dong.is_dang_lam:
        raise RuleError(f"Hoạt động này {hoat_dong.get_trang_thai_display().lower()} rồi.")
    if not clean(values["ket_qua"]):
        raise RuleError("Ghi một câu kết quả.", field="ket_qua")
    known = tham_gia_cua(hoat_dong)
    values = {**values, "trang_thai": HoatDong.TrangThai.XONG}
    _write(hoat_dong, values, known, known=set(known), by=by)
    thay = is_nhap_thay(by, hoat_dong.don_vi_id)
    _record(hoat_dong, "hoat_dong.finish", by=by, nhap_thay=thay)
    return hoat_dong


@transaction.atomic
def drop_hoat_dong(*, hoat_dong: HoatDong, ly_do: str, by) -> HoatDong:
    """Give an activity up: it stays on record with the reason and counts no more."""
    hoat_dong = _lock(hoat_dong)
    if hoat_dong.trang_thai == HoatDong.TrangThai.THOI:
        raise RuleError("Hoạt động này đã thôi làm rồi.")
    check_ket_qua(
        loai=hoat_dong.loai, trang_thai=HoatDong.TrangThai.THOI, ket_qua=(ly_do := clean(ly_do))
    )
    hoat_dong.trang_thai, hoat_dong.ket_qua = HoatDong.TrangThai.THOI, ly_do
    _save(hoat_dong, by)
    thay = is_nhap_thay(by, hoat_dong.don_vi_id)
    _record(hoat_dong, "hoat_dong.drop", by=by, nhap_thay=thay)
    return hoat_dong


@transaction.atomic
def delete_hoat_dong(*, hoat_dong: HoatDong, by) -> None:
    """Take back a slip. Refused as in `ly_do_khong_xoa`: then it is given up, with a reason."""
    hoat_dong = _lock(hoat_dong)
    if refusal := ly_do_khong_xoa(hoat_dong):
        raise RuleError(refusal)
    _record(hoat_dong, "hoat_dong.delete", by=by, nhap_thay=is_nhap_thay(by, hoat_dong.don_vi_id))
    hoat_dong.delete()


def ly_do_khong_xoa(hoat_dong: HoatDong) -> str:
    """Why it cannot be deleted, "" when it can: photos hang on it, or it is old. Two queries."""
    if hoat_dong.anh.exists():
        return "Hoạt động đã có ảnh thì không xóa. Nếu ghi nhầm, chọn «Thôi làm» và ghi lý do."
    lines = NhatKy.objects.filter(
        doi_tuong_loai=hoat_dong._meta.label_lower,
        doi_tuong_id=hoat_dong.pk,
        hanh_dong="hoat_dong.create",
    )
    written = lines.values_list("luc", flat=True).first()
    if written is None or timezone.now() - written > timedelta(days=NGAY_DUOC_XOA):
        return (
            f"Chỉ xóa được trong {NGAY_DUOC_XOA} ngày từ khi ghi. "
            "Nếu ghi nhầm, chọn «Thôi làm» và ghi lý do."
        )
    return ""


@transaction.atomic
def record_hoat_dong_many(
    *, rows: Iterable[tuple[HoatDong, Mapping[int, Decimal]]], don_vi: DonVi, by
) -> list[HoatDong]:
    """Write unsaved activities with days of work by member, taken over from other records; one
    audit line for all of them. Refused when one lies in the future."""
    rows = list(rows)
    for row, _ in rows:
        if row.tu_ngay > today():
            raise RuleError(f"Ngày {row.tu_ngay:%d/%m/%Y} chưa đến.")
        row.ghi_boi = by
    HoatDong.objects.bulk_create([row for row, _ in rows], batch_size=_BATCH)
    ThamGiaHoatDong.objects.bulk_create(
        [
            ThamGiaHoatDong(hoat_dong=row, doan_vien_id=pk, ngay_cong=cong)
            for row, tham_gia in rows
            for pk, cong in tham_gia.items()
        ],
        batch_size=_BATCH,
    )
    record(by=by, hanh_dong="hoat_dong.record_many", target=don_vi, so_dong=len(rows))
    return [row for row, _ in rows]


def _lock(hoat_dong: HoatDong) -> HoatDong:
    rows = HoatDong.objects.select_for_update(of=("self",)).select_related("don_vi")
    return rows.get(pk=hoat_dong.pk)


def _check_version(hoat_dong: HoatDong, version: int) -> None:
    if hoat_dong.version != version:
        raise StaleError("Có người vừa sửa hoạt động này.", current=hoat_dong)


def _write(
    hoat_dong: HoatDong,
    values: Mapping[str, Any],
    tham_gia: Mapping[int, Decimal],
    *,
    known: set[int],
    by,
) -> None:
    """Set the fields, check the whole, and store it with its participants."""
    for name, value in _tidy(hoat_dong, values).items():
        setattr(hoat_dong, name, value)
    _check(hoat_dong, tham_gia, known)
    _save(hoat_dong, by)
    hoat_dong.tham_gia.exclude(doan_vien__in=tham_gia).delete()
    ThamGiaHoatDong.objects.bulk_create(
        [
            ThamGiaHoatDong(hoat_dong=hoat_dong, doan_vien_id=pk, ngay_cong=cong)
            for pk, cong in tham_gia.items()
        ],
        update_conflicts=True,
        unique_fields=["hoat_dong", "doan_vien"],
        update_fields=["ngay_cong"],
        batch_size=_BATCH,
    )


def _check(hoat_dong: HoatDong, tham_gia: Mapping[int, Decimal], known: set[int]) -> None:
    tu, den, state = hoat_dong.tu_ngay, hoat_dong.den_ngay, hoat_dong.trang_thai
    check_ngay(hoat_dong.don_vi, tu=tu, den=den, trang_thai=state, homnay=today())
    check_so_luong(loai=hoat_dong.loai, so_luong=hoat_dong.so_luong, trang_thai=state)
    check_ket_qua(loai=hoat_dong.loai, trang_thai=state, ket_qua=hoat_dong.ket_qua)
    if tham_gia:
        people = _roster_ids(hoat_dong.don_vi, tu, den, tham_gia) | known
        check_tham_gia(tham_gia, roster=people, tu=tu, den=den)


def _roster_ids(don_vi: DonVi, tu: date, den: date, tham_gia: Iterable[int]) -> set[int]:
    """Of those who are named, who was there."""
    named = Q(doan_vien__in=list(tham_gia))
    return {person.pk for person in roster(don_vi, tu, den, trong=named)}


def _save(hoat_dong: HoatDong, by) -> None:
    hoat_dong.version = hoat_dong.version + 1 if hoat_dong.pk else 1
    hoat_dong.ghi_boi = by
    hoat_dong.save()


def _record(hoat_dong: HoatDong, hanh_dong: str, *, by, **noi_dung) -> None:
    record(
        by=by,
        hanh_dong=hanh_dong,
        target=hoat_dong,
        don_vi=hoat_dong.don_vi,
        loai=hoat_dong.loai,
        ngay=hoat_dong.tu_ngay,
        **noi_dung,
    )


def _is_same(hoat_dong, known, values, tham_gia) -> bool:
    """Whether the form says what is stored: a form sent twice counts once."""
    stored = {name: getattr(hoat_dong, name) for name in TRUONG}
    return _tidy(hoat_dong, values) == stored and dict(tham_gia) == known


def _tidy(hoat_dong: HoatDong, values: Mapping[str, Any]) -> dict[str, Any]:
    """All columns as they are to be stored: without idle spaces, a quantity only where the kind
    has a unit, the kind's own name where none was given."""
    found = {name: values.get(name, getattr(hoat_dong, name)) for name in TRUONG}
    found = {
        key: value.strip() if isinstance(value, str) else value for key, value in found.items()
    }
    if don_vi_tinh(found["loai"]) is None:
        found["so_luong"] = None
    found["ten"] = found["ten"] or HoatDong.Loai(found["loai"]).label
    return found
