"""After the conclusion: the inspected unit answers, the inspectors close or send back."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.models import CuocKiemTra, KienNghi, TraLoiKienNghi
from core.errors import RuleError
from core.periods import today
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_ngay_sau

from .quy_trinh import buoc_theo_kien_nghi, check_right, lock, may_write, take

TRA_LOI = Quyen.GHI_SINH_HOAT
"""Who keeps the book of the inspected unit answers for it; the ward may write for a branch."""
T, KQ = KienNghi.TrangThai, TraLoiKienNghi.KetQua


def may_answer(cuoc: CuocKiemTra, by) -> bool:
    return cuoc.is_ket_luan and by.may(TRA_LOI, cuoc.doi_tuong)


def may_take_back(cuoc: CuocKiemTra, tra_loi: TraLoiKienNghi, by) -> bool:
    """Who inspects takes back what he wrote for the unit, never the unit's own report: that one
    is confirmed or sent back."""
    return may_answer(cuoc, by) and (tra_loi.nhap_thay or not may_write(cuoc.don_vi, by))


@transaction.atomic
def answer(*, kien_nghi: KienNghi, ngay: date, noi_dung: str, by) -> TraLoiKienNghi:
    """What the inspected unit did about a recommendation; the inspectors look at it next.

    Refused: without the right at the inspected unit, before the conclusion or on a day to come,
    without words, for one that is closed or already waits for the inspectors.
    """
    cuoc, row = _lock(kien_nghi)
    if not may_answer(cuoc, by):
        raise PermissionDenied(who_may(TRA_LOI))
    check_ngay_sau(ngay, cuoc.ngay_ket_luan)
    if not noi_dung.strip():
        raise RuleError("Ghi đã làm gì, kết quả ra sao.", field="noi_dung")
    if row.is_xong:
        raise RuleError("Kiến nghị này đã được xác nhận khắc phục.")
    if row.is_cho_xet:
        raise RuleError("Lần báo cáo trước đang chờ đoàn kiểm tra xác nhận.")
    thay = is_nhap_thay(by, cuoc.doi_tuong_id)
    tra_loi = TraLoiKienNghi.objects.create(
        kien_nghi=row, ngay=ngay, noi_dung=noi_dung.strip(), nhap_thay=thay, boi=by
    )
    _set(row, T.DA_TRA_LOI)
    record(by=by, hanh_dong="kien_nghi.answer", target=cuoc, ngay=ngay, nhap_thay=thay)
    _follow(cuoc, ngay, by)
    return tra_loi


@transaction.atomic
def take_back(*, kien_nghi: KienNghi, by) -> None:
    """Take back an answer that the inspectors have not looked at."""
    cuoc, row = _lock(kien_nghi)
    if not may_answer(cuoc, by):
        raise PermissionDenied(who_may(TRA_LOI))
    last = row.tra_loi.last()
    if not row.is_cho_xet or last is None:
        raise RuleError("Không có báo cáo nào đang chờ xác nhận.")
    if not may_take_back(cuoc, last, by):
        raise RuleError("Đây là báo cáo của đơn vị: xác nhận, hoặc yêu cầu làm tiếp.")
    last.delete()
    before = row.tra_loi.last()
    _set(row, T.TRA_LAI if before else T.CHO)
    record(by=by, hanh_dong="kien_nghi.withdraw", target=cuoc)


@transaction.atomic
def accept(*, kien_nghi: KienNghi, y_kien: str = "", by) -> None:
    """The inspectors are content; with the last recommendation the inspection is done."""
    cuoc, row = _lock(kien_nghi)
    check_right(cuoc.don_vi, by)
    if not row.is_cho_xet:
        raise RuleError("Chỉ xác nhận kiến nghị đơn vị đã báo cáo.")
    _judge(row, KQ.DONG_Y, y_kien, by)
    _set(row, T.XONG, ngay_xong=today())
    record(by=by, hanh_dong="kien_nghi.accept", target=cuoc)
    _follow(cuoc, today(), by)


@transaction.atomic
def send_back(*, kien_nghi: KienNghi, y_kien: str, by) -> None:
    """More is asked for, with words; also of one that was closed by mistake."""
    cuoc, row = _lock(kien_nghi)
    check_right(cuoc.don_vi, by)
    if not y_kien.strip():
        raise RuleError("Ghi còn phải làm gì.", field="y_kien")
    if row.is_cho_don_vi:
        raise RuleError("Kiến nghị này đang chờ đơn vị khắc phục.")
    _judge(row, KQ.TRA_LAI, y_kien, by)
    _set(row, T.TRA_LAI, ngay_xong=None)
    record(by=by, hanh_dong="kien_nghi.return", target=cuoc)
    _follow(cuoc, today(), by)


def _lock(kien_nghi: KienNghi) -> tuple[CuocKiemTra, KienNghi]:
    cuoc = lock(kien_nghi.cuoc)
    if not cuoc.is_ket_luan:
        raise RuleError("Cuộc kiểm tra chưa kết luận.")
    return cuoc, KienNghi.objects.select_for_update(of=("self",)).get(pk=kien_nghi.pk)


def _judge(row: KienNghi, ket_qua: str, y_kien: str, by) -> None:
    last = row.tra_loi.last()
    last.ket_qua, last.y_kien = ket_qua, y_kien.strip()
    last.ngay_xet, last.xet_boi = today(), by
    last.save(update_fields=["ket_qua", "y_kien", "ngay_xet", "xet_boi"])


def _set(row: KienNghi, trang_thai: str, *, ngay_xong: date | None = None) -> None:
    row.trang_thai, row.ngay_xong = trang_thai, ngay_xong
    row.save(update_fields=["trang_thai", "ngay_xong"])


def _follow(cuoc: CuocKiemTra, ngay: date, by) -> None:
    """Bring the inspection to where its recommendations are."""
    states = list(cuoc.kien_nghi.values_list("trang_thai", flat=True))
    while loai := buoc_theo_kien_nghi(cuoc.trang_thai, states):
        take(cuoc, loai, ngay=max(ngay, cuoc.ngay_buoc), by=by)
