"""Recording discipline, appeals and the end of its force. Audit lines name no reason."""

from datetime import date

from django.db import transaction

from core.errors import RuleError
from doanvien.models import DoanVien, KyLuat
from doanvien.services import end_membership, reopen_membership
from tochuc.audit import record

HT, KN = KyLuat.HinhThuc, KyLuat.KhieuNai
_SUA = ["khieu_nai", "khieu_nai_ngay", "het_hieu_luc"]


@transaction.atomic
def create_ky_luat(*, ky_luat: KyLuat, by) -> KyLuat:
    """Record a decision that was announced; khai trừ ends the membership on that day.

    `ky_luat` is unsaved, its member chosen. Refused for who is no member, for a day to come
    (the form sees to it), without an office to be relieved of, and for the same paper twice.
    """
    person = DoanVien.objects.select_for_update(of=("self",)).get(pk=ky_luat.doan_vien_id)
    if not person.is_dang_sinh_hoat:
        raise RuleError(f"{person} không còn sinh hoạt chính thức ở chi đoàn nào.")
    if (ky_luat.hinh_thuc == HT.CACH_CHUC) != bool(ky_luat.chuc_vu.strip()):
        raise RuleError(
            "Cách chức thì ghi chức vụ bị cách; hình thức khác để trống.", field="chuc_vu"
        )
    if ky_luat.ngay_cong_bo < ky_luat.ngay_quyet_dinh:
        raise RuleError("Ngày công bố phải từ ngày quyết định trở đi.", field="ngay_cong_bo")
    same = KyLuat.objects.cua(person).filter(
        so_quyet_dinh=ky_luat.so_quyet_dinh, ngay_quyet_dinh=ky_luat.ngay_quyet_dinh
    )
    if same.exists():
        raise RuleError("Quyết định này đã được ghi.", field="so_quyet_dinh")
    ky_luat.chi_doan, ky_luat.ghi_boi = person.chi_doan, by
    ky_luat.save(force_insert=True)
    if ky_luat.hinh_thuc == HT.KHAI_TRU:
        end_membership(
            doan_vien=person,
            den_ngay=ky_luat.ngay_cong_bo,
            ly_do=DoanVien.TrangThai.KHAI_TRU,
            by=by,
            so_quyet_dinh=ky_luat.so_quyet_dinh,
        )
    record(by=by, hanh_dong="ky_luat.create", target=person)
    return ky_luat


@transaction.atomic
def update_khieu_nai(*, ky_luat: KyLuat, khieu_nai: str, ngay: date, by) -> KyLuat:
    """An appeal and its outcome. The decision holds meanwhile; lifted, it counts as never given.

    When an expulsion is lifted, the membership is open again as before.
    """
    row = KyLuat.objects.select_for_update(of=("self",)).get(pk=ky_luat.pk)
    if row.khieu_nai == KN.HUY:
        raise RuleError("Quyết định này đã bị hủy.", field="khieu_nai")
    if ngay < row.ngay_cong_bo:
        raise RuleError("Ngày khiếu nại phải từ ngày công bố trở đi.", field="ngay")
    row.khieu_nai, row.khieu_nai_ngay = khieu_nai, None if khieu_nai == KN.KHONG else ngay
    row.save(update_fields=_SUA)
    if khieu_nai == KN.HUY and row.hinh_thuc == HT.KHAI_TRU:
        reopen_membership(doan_vien=row.doan_vien, ly_do="quyết định khai trừ bị hủy", by=by)
    record(by=by, hanh_dong="ky_luat.appeal", target=row.doan_vien)
    return row


@transaction.atomic
def end_ky_luat(*, ky_luat: KyLuat, ngay: date, by) -> KyLuat:
    """The day from which a decision is removed or has run out; khai trừ does not run out."""
    row = KyLuat.objects.select_for_update(of=("self",)).get(pk=ky_luat.pk)
    if row.hinh_thuc == HT.KHAI_TRU:
        raise RuleError(
            "Khai trừ không tự hết hiệu lực. Người bị khai trừ muốn vào lại thì kết nạp."
        )
    if ngay <= row.ngay_cong_bo:
        raise RuleError("Ngày chấm dứt phải sau ngày công bố.", field="ngay")
    row.het_hieu_luc = ngay
    row.save(update_fields=_SUA)
    record(by=by, hanh_dong="ky_luat.end", target=row.doan_vien)
    return row


@transaction.atomic
def delete_ky_luat(*, ky_luat: KyLuat, by) -> None:
    """Take back a row that was written by mistake; an expulsion that never was is undone."""
    row = KyLuat.objects.select_for_update(of=("self",)).get(pk=ky_luat.pk)
    if row.hinh_thuc == HT.KHAI_TRU and row.khieu_nai != KN.HUY:
        reopen_membership(doan_vien=row.doan_vien, ly_do="ghi nhầm quyết định khai trừ", by=by)
    record(by=by, hanh_dong="ky_luat.delete", target=row.doan_vien)
    row.delete()


def nguoi_cua(rows):
    """The people whom these decisions are about, each once."""
    return DoanVien.objects.co_chi_doan().filter(pk__in=rows.order_by().values("doan_vien"))


def record_look(*, don_vi, by, doan_vien: DoanVien | None = None, so_dong: int | None = None):
    """One audit line for each look at discipline."""
    more = {} if so_dong is None else {"so_dong": so_dong}
    record(by=by, hanh_dong="ky_luat.view", target=doan_vien, don_vi=don_vi, **more)
