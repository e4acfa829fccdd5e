"""Setting a branch's cadence from a day, and taking back what was set wrongly.

The spans of a branch follow one another without overlapping; days outside them are monthly. A
branch that meets once in three months, or is freed for a time, is so by word of the level above:
each such span names its paper.
"""

from datetime import date, timedelta

from django.db import transaction

from chidoan.models import NhipSinhHoat
from core.errors import RuleError
from core.text import clean
from core.text.display import ngay as show_ngay
from tochuc.audit import record
from tochuc.models import DonVi

MOT_NGAY = timedelta(days=1)
Kieu = NhipSinhHoat.Kieu


@transaction.atomic
def set_nhip(
    *,
    chi_doan: DonVi,
    kieu: str,
    tu_ngay: date,
    den_ngay: date | None = None,
    can_cu: str = "",
    by,
) -> NhipSinhHoat:
    """Give a branch a cadence from a day on; the one before ends the day before.

    A time in which it is freed interrupts the cadence, which goes on after it. Refused without
    a paper, without an end when freed, outside the life of the branch, when nothing changes, or
    when a later span is in the way.
    """
    DonVi.objects.select_for_update().get(pk=chi_doan.pk)
    _check(chi_doan, kieu, tu_ngay, den_ngay, clean(can_cu))
    rows = list(NhipSinhHoat.objects.filter(chi_doan=chi_doan).order_by("tu_ngay"))
    touched = [row for row in rows if _touches(row, tu_ngay, den_ngay)]
    before = touched[0] if touched else None
    _check_others(touched, kieu, tu_ngay)
    if before:
        last_day = before.den_ngay
        before.den_ngay = tu_ngay - MOT_NGAY
        before.save(update_fields=["den_ngay"])
    row = NhipSinhHoat.objects.create(
        chi_doan=chi_doan, kieu=kieu, tu_ngay=tu_ngay, den_ngay=den_ngay, can_cu=clean(can_cu)
    )
    if before and kieu == Kieu.MIEN and (last_day is None or last_day > den_ngay):
        _copy(before, den_ngay + MOT_NGAY, last_day)
    record(by=by, hanh_dong="nhip.set", target=row, **_particulars(row))
    return row


@transaction.atomic
def remove_nhip(*, nhip: NhipSinhHoat, by) -> None:
    """Take back a span that was set wrongly; the one it had cut off runs on in its place."""
    DonVi.objects.select_for_update().get(pk=nhip.chi_doan_id)
    nhip = NhipSinhHoat.objects.filter(pk=nhip.pk).first()
    if nhip is None:
        raise RuleError("Nhịp sinh hoạt này đã được xóa.")
    record(by=by, hanh_dong="nhip.delete", target=nhip, **_particulars(nhip))
    nhip.delete()
    before = _next_to(nhip, den_ngay=nhip.tu_ngay - MOT_NGAY)
    if before is None:
        return
    before.den_ngay = nhip.den_ngay
    after = nhip.den_ngay and _next_to(nhip, tu_ngay=nhip.den_ngay + MOT_NGAY)
    if after and (after.kieu, after.can_cu) == (before.kieu, before.can_cu):
        before.den_ngay = after.den_ngay
        after.delete()
    before.save(update_fields=["den_ngay"])


def _next_to(nhip: NhipSinhHoat, **day) -> NhipSinhHoat | None:
    return NhipSinhHoat.objects.filter(chi_doan=nhip.chi_doan_id, **day).first()


def _particulars(row: NhipSinhHoat) -> dict:
    return {
        "kieu": row.kieu,
        "tu_ngay": row.tu_ngay.isoformat(),
        "den_ngay": row.den_ngay.isoformat() if row.den_ngay else None,
    }


def _copy(row: NhipSinhHoat, tu_ngay: date, den_ngay: date | None) -> None:
    """The interrupted cadence, going on."""
    NhipSinhHoat.objects.create(
        chi_doan_id=row.chi_doan_id,
        kieu=row.kieu,
        tu_ngay=tu_ngay,
        den_ngay=den_ngay,
        can_cu=row.can_cu,
    )


def _touches(row: NhipSinhHoat, tu: date, den: date | None) -> bool:
    ends_after = row.den_ngay is None or tu <= row.den_ngay
    return ends_after and (den is None or row.tu_ngay <= den)


def _check(chi_doan: DonVi, kieu: str, tu_ngay: date, den_ngay: date | None, can_cu: str) -> None:
    if den_ngay and den_ngay < tu_ngay:
        raise RuleError(
            f"Ngày {show_ngay(den_ngay)} trước ngày bắt đầu. Ghi ngày từ đó trở đi.",
            field="den_ngay",
        )
    if kieu == Kieu.MIEN and not den_ngay:
        raise RuleError("Ghi ngày cuối: tạm không phải họp là có thời hạn.", field="den_ngay")
    if kieu != Kieu.HANG_THANG and not can_cu:
        raise RuleError("Ghi căn cứ: số, ngày văn bản của Đoàn cấp trên xác nhận.", field="can_cu")
    if chi_doan.thanh_lap and tu_ngay < chi_doan.thanh_lap:
        raise RuleError(
            f"{chi_doan} thành lập ngày {show_ngay(chi_doan.thanh_lap)}. Ghi ngày từ đó trở đi.",
            field="tu_ngay",
        )
    if chi_doan.ket_thuc and tu_ngay > chi_doan.ket_thuc:
        raise RuleError(
            f"{chi_doan} kết thúc hoạt động ngày {show_ngay(chi_doan.ket_thuc)}.", field="tu_ngay"
        )


def _check_others(touched: list[NhipSinhHoat], kieu: str, tu_ngay: date) -> None:
    if not touched and kieu == Kieu.HANG_THANG:
        raise RuleError("Chi đoàn đang họp mỗi tháng một buổi, không phải ghi thêm.", field="kieu")
    in_the_way = next((row for row in touched if row.tu_ngay >= tu_ngay), None)
    if in_the_way:
        raise RuleError(
            f"Đã ghi «{in_the_way.get_kieu_display()}» từ ngày {show_ngay(in_the_way.tu_ngay)}. "
            "Xóa nhịp đó trước, hoặc chọn ngày khác.",
            field="tu_ngay",
        )
    if touched and touched[0].kieu == kieu:
        raise RuleError(
            f"Chi đoàn đang có nhịp này từ ngày {show_ngay(touched[0].tu_ngay)}.", field="kieu"
        )
