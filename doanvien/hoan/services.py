"""Letting somebody off the meetings, and taking them back early. Charter of the Union."""

from calendar import monthrange
from datetime import date, timedelta

from django.db import transaction

from core.errors import RuleError
from core.text import clean
from doanvien.models import DoanVien, HoanSinhHoat
from doanvien.nhap_thay import nhap_thay
from tochuc.audit import record
from tochuc.quy_dinh import gia_tri


def muon_nhat(tu_ngay: date, thang: int) -> date:
    """The last day of a span of so many months: from 15/3/2026, 12 months end on 14/3/2027."""
    index = tu_ngay.year * 12 + tu_ngay.month - 1 + thang
    year, month = divmod(index, 12)
    day = min(tu_ngay.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)


@transaction.atomic
def defer(
    *, doan_vien: DoanVien, tu_ngay: date, den_ngay: date, ly_do: str, so_nghi_quyet: str = "", by
) -> HoanSinhHoat:
    """Record that the branch lets a member off its meetings; the person stays a member.

    Refused for who is no member, for a span longer than the setting allows, and when it
    meets another deferral: going on is a new row that begins after it.
    """
    person = DoanVien.objects.select_for_update(of=("self",)).get(pk=doan_vien.pk)
    if not person.is_dang_sinh_hoat:
        raise RuleError(f"{person} không còn sinh hoạt.")
    if den_ngay < tu_ngay:
        raise RuleError("Ngày hết hoãn phải từ ngày bắt đầu trở đi.", field="den_ngay")
    months = gia_tri("thoi_han_hoan", ngay=tu_ngay, don_vi=person.chi_doan)
    last = muon_nhat(tu_ngay, months)
    if den_ngay > last:
        raise RuleError(
            f"Mỗi lần hoãn không quá {months} tháng, muộn nhất đến {last:%d/%m/%Y}. "
            "Hết hạn, chi đoàn xét tiếp thì ghi thêm một lần hoãn.",
            field="den_ngay",
        )
    other = HoanSinhHoat.objects.cua(person).giao_voi(tu_ngay, den_ngay).first()
    if other:
        raise RuleError(
            f"Đã ghi hoãn từ {other.tu_ngay:%d/%m/%Y} đến {other.ngay_het:%d/%m/%Y}. "
            "Chọn ngày bắt đầu sau đó.",
            field="tu_ngay",
        )
    row = HoanSinhHoat.objects.create(
        doan_vien=person,
        chi_doan=person.chi_doan,
        tu_ngay=tu_ngay,
        den_ngay=den_ngay,
        ly_do=clean(ly_do),
        so_nghi_quyet=clean(so_nghi_quyet),
        ghi_boi=by,
    )
    record(
        by=by,
        hanh_dong="hoan_sinh_hoat.create",
        target=person,
        tu_ngay=tu_ngay,
        den_ngay=den_ngay,
        **nhap_thay(by, person.chi_doan_id),
    )
    return row


@transaction.atomic
def end_deferral(*, hoan: HoanSinhHoat, ngay: date, by) -> HoanSinhHoat:
    """The person comes back before the time: `ngay` is the last day off.

    Refused outside the span and for one that was ended before.
    """
    row = HoanSinhHoat.objects.select_for_update(of=("self",)).get(pk=hoan.pk)
    if row.ket_thuc_som:
        raise RuleError(f"Đã ghi thôi hoãn sau ngày {row.ket_thuc_som:%d/%m/%Y}.", field="ngay")
    if not row.tu_ngay <= ngay <= row.den_ngay:
        raise RuleError(
            f"Chọn ngày trong thời gian hoãn: {row.tu_ngay:%d/%m/%Y} – {row.den_ngay:%d/%m/%Y}.",
            field="ngay",
        )
    row.ket_thuc_som = ngay
    row.save(update_fields=["ket_thuc_som"])
    record(
        by=by,
        hanh_dong="hoan_sinh_hoat.end",
        target=row.doan_vien,
        den_ngay=ngay,
        **nhap_thay(by, row.chi_doan_id),
    )
    return row


@transaction.atomic
def delete_deferral(*, hoan: HoanSinhHoat, by) -> None:
    """Take a row back that was written by mistake."""
    row = HoanSinhHoat.objects.select_for_update(of=("self",)).get(pk=hoan.pk)
    record(by=by, hanh_dong="hoan_sinh_hoat.delete", target=row.doan_vien, tu_ngay=row.tu_ngay)
    row.delete()
