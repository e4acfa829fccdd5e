"""Resolutions: made by a meeting, ended by a later one or between meetings."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from chidoan.models import BuoiSinhHoat, NghiQuyet, TienDoNghiQuyet
from chidoan.noi_dung import KetQua, NghiQuyetMoi
from core.errors import RuleError
from core.periods import today
from core.text import clean
from core.text.display import ngay as show_ngay
from doanvien.models import DoanVien
from doanvien.nhap_thay import nhap_thay
from tochuc.audit import record
from tochuc.models import DonVi

from .kiem_tra import check_ket_qua_text

DANG_LAM = NghiQuyet.TrangThai.DANG_LAM


@transaction.atomic
def finish_nghi_quyet(
    *, nghi_quyet: NghiQuyet, trang_thai: str, ket_qua: str, ngay: date, by
) -> NghiQuyet:
    """End a resolution between meetings, as done or dropped.

    Refused when it is ended already, without one line of result, on a day to come or before
    the meeting that made it.
    """
    nghi_quyet = _lock_open(nghi_quyet)
    if trang_thai not in (NghiQuyet.TrangThai.XONG, NghiQuyet.TrangThai.THOI):
        raise RuleError("Chọn Xong hoặc Thôi làm.", field="trang_thai")
    check_ket_qua_text(trang_thai, ket_qua)
    _check_day(nghi_quyet, ngay)
    _close(nghi_quyet, KetQua(trang_thai=trang_thai, ket_qua=ket_qua.strip()), ngay)
    nghi_quyet.save()
    _record("finish", nghi_quyet, by=by, trang_thai=trang_thai)
    return nghi_quyet


@transaction.atomic
def report_tien_do(*, nghi_quyet: NghiQuyet, ngay: date, noi_dung: str, by) -> TienDoNghiQuyet:
    """Tell what was done for a resolution between two meetings; the next minutes repeat it.

    Refused when it is ended, without words, on a day to come or before the meeting that made it.
    The same words of the same day count once.
    """
    nghi_quyet = _lock_open(nghi_quyet)
    _check_day(nghi_quyet, ngay)
    words = clean(noi_dung)
    if not words:
        raise RuleError("Ghi một câu đã làm được gì.", field="noi_dung")
    same = nghi_quyet.tien_do.filter(ngay=ngay, noi_dung=words).first()
    if same:
        return same
    row = nghi_quyet.tien_do.create(ngay=ngay, noi_dung=words, ghi_boi=by)
    _record("tien_do", nghi_quyet, by=by, ngay=ngay)
    return row


@transaction.atomic
def change_nghi_quyet(
    *, nghi_quyet: NghiQuyet, phu_trach: DoanVien, han: date, ly_do: str, by
) -> NghiQuyet:
    """Give an open resolution another owner or due day between meetings, for a reason that stands
    among its progress. Refused before the meeting's day, and for who is no member of the branch."""
    nghi_quyet = _lock_open(nghi_quyet)
    old = (nghi_quyet.phu_trach, nghi_quyet.han)
    if old == (phu_trach, han):
        return nghi_quyet
    if not clean(ly_do):
        raise RuleError("Ghi lý do đổi người phụ trách hoặc hạn.", field="ly_do")
    if han < nghi_quyet.buoi.ngay:
        raise RuleError(f"Hạn {show_ngay(han)} trước ngày họp. Chọn ngày sau.", field="han")
    if phu_trach != old[0] and phu_trach.chi_doan_id != nghi_quyet.chi_doan_id:
        raise RuleError("Chọn người phụ trách trong chi đoàn.", field="phu_trach")
    nghi_quyet.phu_trach, nghi_quyet.han = phu_trach, han
    nghi_quyet.save()
    words = (
        f"Đổi người phụ trách, hạn {show_ngay(han)}"
        if phu_trach != old[0]
        else (f"Dời hạn từ {show_ngay(old[1])} sang {show_ngay(han)}")
    )
    nghi_quyet.tien_do.create(ngay=today(), noi_dung=f"{words}: {clean(ly_do)}"[:300], ghi_boi=by)
    _record("change", nghi_quyet, by=by, han=han)
    return nghi_quyet


@transaction.atomic
def reopen_nghi_quyet(*, nghi_quyet: NghiQuyet, by) -> NghiQuyet:
    """Take back an end that was recorded between meetings.

    One that a meeting recorded is changed in that meeting, so that its minutes stay true.
    """
    DonVi.objects.select_for_update(of=("self",)).get(pk=nghi_quyet.chi_doan_id)
    nghi_quyet = NghiQuyet.objects.select_for_update(of=("self",)).get(pk=nghi_quyet.pk)
    if not nghi_quyet.is_ket_thuc:
        raise RuleError("Nghị quyết này đang làm.")
    if nghi_quyet.ket_thuc_tai_id:
        raise RuleError("Kết quả này ghi tại một buổi sinh hoạt. Sửa ở buổi đó.")
    _reopen(nghi_quyet)
    nghi_quyet.save()
    _record("reopen", nghi_quyet, by=by)
    return nghi_quyet


def apply_ket_qua(*, buoi: BuoiSinhHoat, ket_qua: dict[int, KetQua]) -> None:
    """Write what the meeting said of earlier resolutions; one it ended and now does not reopens."""
    rows = NghiQuyet.objects.filter(chi_doan=buoi.chi_doan_id).exclude(buoi=buoi)
    ended_here = {row.pk: row for row in rows.filter(ket_thuc_tai=buoi)}
    said = {pk: result for pk, result in ket_qua.items() if result.is_ket_thuc}
    changed = []
    for row in rows.filter(pk__in={*said, *ended_here}):
        if row.pk in said:
            _close(row, said[row.pk], buoi.ngay)
            row.ket_thuc_tai = buoi
        else:
            _reopen(row)
        changed.append(row)
    fields = ["trang_thai", "ket_qua", "ket_thuc_ngay", "ket_thuc_tai"]
    NghiQuyet.objects.bulk_update(changed, fields)


def save_nghi_quyet(*, buoi: BuoiSinhHoat, rows: Iterable[NghiQuyetMoi]) -> None:
    """Make the meeting's resolutions those of `rows`; what is ended already stays as it is."""
    known = {row.pk: row for row in buoi.nghi_quyet.all()}
    kept = set()
    for row in rows:
        current = known.get(row.pk)
        if current is None:
            current = NghiQuyet(buoi=buoi, chi_doan_id=buoi.chi_doan_id)
        kept.add(current.pk)
        if current.is_ket_thuc:
            continue
        current.set_noi_dung(row.noi_dung)
        current.phu_trach_id, current.han = row.phu_trach_id, row.han
        current.save()
    gone = [pk for pk, row in known.items() if pk not in kept and not row.is_ket_thuc]
    NghiQuyet.objects.filter(pk__in=gone).delete()


def _lock_open(nghi_quyet: NghiQuyet) -> NghiQuyet:
    """The branch is locked first: a meeting that is saved meanwhile may end it too."""
    DonVi.objects.select_for_update(of=("self",)).get(pk=nghi_quyet.chi_doan_id)
    rows = NghiQuyet.objects.select_for_update(of=("self",)).select_related("buoi", "phu_trach")
    nghi_quyet = rows.get(pk=nghi_quyet.pk)
    if nghi_quyet.is_ket_thuc:
        raise RuleError("Nghị quyết này đã được kết thúc.")
    return nghi_quyet


def _check_day(nghi_quyet: NghiQuyet, ngay: date) -> None:
    if ngay > today():
        raise RuleError(f"Ngày {show_ngay(ngay)} chưa đến.", field="ngay")
    if ngay < nghi_quyet.buoi.ngay:
        raise RuleError(
            f"Nghị quyết ra ngày {show_ngay(nghi_quyet.buoi.ngay)}; chọn ngày từ đó.", field="ngay"
        )


def _record(word: str, nghi_quyet: NghiQuyet, *, by, **noi_dung) -> None:
    thay = nhap_thay(by, nghi_quyet.chi_doan_id)
    record(by=by, hanh_dong=f"nghi_quyet.{word}", target=nghi_quyet, **noi_dung, **thay)


def _close(nghi_quyet: NghiQuyet, ket_qua: KetQua, ngay: date) -> None:
    nghi_quyet.trang_thai = ket_qua.trang_thai
    nghi_quyet.ket_qua = ket_qua.ket_qua
    nghi_quyet.ket_thuc_ngay = ngay


def _reopen(nghi_quyet: NghiQuyet) -> None:
    nghi_quyet.trang_thai, nghi_quyet.ket_qua = DANG_LAM, ""
    nghi_quyet.ket_thuc_ngay, nghi_quyet.ket_thuc_tai = None, None
