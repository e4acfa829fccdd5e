"""Sessions of a class and their rolls."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction

from chidoan.bang_ghi import dong_can_ghi
from chidoan.models import BuoiTapHuan, DiemDanhTapHuan, LopTapHuan
from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from core.periods import today
from tochuc.audit import record

from .khoa import lock_to_chuc

TRUONG = ("ngay", "bat_dau", "ket_thuc", "chuyen_de", "giang_vien", "tai_lieu", "tai_lieu_url")
CO_MAT, VANG = "Có mặt", "Vắng"
_BATCH = 500


@transaction.atomic
def add_buoi(*, lop: LopTapHuan, values: Mapping[str, Any], by) -> BuoiTapHuan:
    """Add a session. Refused outside the days of the class, and with hours out of order."""
    current = lock_to_chuc(lop, by)
    buoi = BuoiTapHuan(lop=current)
    _set(buoi, values)
    buoi.save()
    record(by=by, hanh_dong="buoi_tap_huan.create", target=buoi, ngay=buoi.ngay)
    return buoi


@transaction.atomic
def update_buoi(
    *, buoi: BuoiTapHuan, values: Mapping[str, Any], by, version: str | None = None
) -> BuoiTapHuan:
    """Change a session; `version` is the one that was shown. A roll that was taken does not move
    to a day that has not come."""
    current = _lock(buoi, by)
    check_chua_doi(current, version, "buổi học này")
    _set(current, values)
    if current.da_diem_danh and current.ngay > today():
        raise RuleError("Buổi này đã điểm danh, không dời sang ngày chưa đến.", field="ngay")
    current.save()
    record(by=by, hanh_dong="buoi_tap_huan.update", target=current, truong=sorted(values))
    return current


@transaction.atomic
def delete_buoi(*, buoi: BuoiTapHuan, by) -> None:
    """Take away a session that is not held. Refused once its roll is taken, and for the last."""
    current = _lock(buoi, by)
    if current.da_diem_danh:
        raise RuleError("Buổi này đã điểm danh, không bỏ được.")
    if not current.lop.buoi.exclude(pk=current.pk).exists():
        raise RuleError("Lớp cần ít nhất một buổi. Sửa ngày, giờ của buổi này nếu có thay đổi.")
    record(by=by, hanh_dong="buoi_tap_huan.delete", target=current, ngay=current.ngay)
    current.delete()


@transaction.atomic
def diem_danh(*, buoi: BuoiTapHuan, vang: Collection[int], by, version: str | None = None) -> int:
    """Take the roll of a session: who is on the list is there, except `vang` (participants).

    Returns how many were there. Refused before the day, for a class nobody is in, and for
    somebody who is not on the list. Taking it again replaces it; `version` is what the page
    carried (`bang_ghi`): StaleError when somebody has marked one of them otherwise since.
    """
    current = _lock(buoi, by)
    if current.ngay > today():
        raise RuleError(f"Buổi học ngày {current.ngay:%d/%m/%Y} chưa đến, chưa điểm danh được.")
    people = list(current.lop.hoc_vien.dang_ky().values_list("pk", flat=True))
    if not people:
        raise RuleError("Lớp chưa có ai trong danh sách. Đăng ký, thêm người trước.")
    if set(vang) - set(people):
        raise RuleError("Danh sách lớp vừa thay đổi. Tải lại trang rồi điểm danh.")
    sent = {str(pk): (VANG if pk in vang else CO_MAT,) for pk in people}
    changed = dong_can_ghi(sent, version, bang_diem_danh(current, people))
    rows = [
        DiemDanhTapHuan(buoi=current, hoc_vien_id=int(pk), co_mat=sent[pk] == (CO_MAT,))
        for pk in changed
    ]
    DiemDanhTapHuan.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["buoi", "hoc_vien"],
        update_fields=["co_mat"],
        batch_size=_BATCH,
    )
    current.da_diem_danh = True
    current.save(update_fields=["da_diem_danh"])
    _drop_results(current.lop)
    du = current.diem_danh.co_mat().count()
    record(by=by, hanh_dong="buoi_tap_huan.record", target=current, ngay=current.ngay, so_nguoi=du)
    return du


def bang_diem_danh(buoi: BuoiTapHuan, people: Iterable[int]) -> dict[str, tuple]:
    """The roll as lines of a grid, by participant; nothing for who is not marked yet."""
    marks = {mark.hoc_vien_id: mark.co_mat for mark in buoi.diem_danh.all()}
    words = {True: CO_MAT, False: VANG, None: ""}
    return {str(pk): (words[marks.get(pk)],) for pk in people}


def _drop_results(lop: LopTapHuan) -> None:
    """Who turns out to have attended nothing has no result."""
    came = lop.hoc_vien.da_du().values("pk")
    lop.hoc_vien.exclude(ket_qua="").exclude(pk__in=came).update(ket_qua="", diem=None)


def _lock(buoi: BuoiTapHuan, by) -> BuoiTapHuan:
    lop = lock_to_chuc(buoi.lop, by)
    current = BuoiTapHuan.objects.select_for_update(of=("self",)).get(pk=buoi.pk)
    current.lop = lop
    return current


def _set(buoi: BuoiTapHuan, values: Mapping[str, Any]) -> None:
    for name in TRUONG:
        value = values.get(name, getattr(buoi, name))
        setattr(buoi, name, value.strip() if isinstance(value, str) else value)
    lop = buoi.lop
    if not lop.tu_ngay <= buoi.ngay <= lop.den_ngay:
        raise RuleError(
            f"Lớp học từ {lop.tu_ngay:%d/%m/%Y} đến {lop.den_ngay:%d/%m/%Y}. Xem lại ngày, "
            "hoặc sửa ngày của lớp trước.",
            field="ngay",
        )
    if buoi.bat_dau and buoi.ket_thuc and buoi.ket_thuc <= buoi.bat_dau:
        raise RuleError("Giờ kết thúc phải sau giờ bắt đầu.", field="ket_thuc")
