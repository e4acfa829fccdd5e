"""What changes a member's record. Each function is one action and one transaction."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from core.errors import RuleError, StaleError
from tochuc.audit import record
from tochuc.models import DonVi

from .models import DoanVien, QuaTrinh, XepLoai

_BATCH = 500


@transaction.atomic
def create_doan_vien(*, doan_vien: DoanVien, tu_ngay: date, ly_do: str, by) -> DoanVien:
    """Enter one person into a branch's register, with the official period that begins.

    `doan_vien` is unsaved, its `chi_doan` chosen and its name set by `set_ho_ten`. Refused
    when the citizen id is on file or the branch does not exist on that day.
    """
    if doan_vien.cccd_bam and DoanVien.objects.filter(cccd_bam=doan_vien.cccd_bam).exists():
        raise RuleError("Số CCCD này đã có trong sổ.", field="cccd")
    _check_chi_doan(doan_vien.chi_doan, tu_ngay)
    doan_vien.save(force_insert=True)
    QuaTrinh.objects.create(
        doan_vien=doan_vien, chi_doan=doan_vien.chi_doan, tu_ngay=tu_ngay, ly_do_bat_dau=ly_do
    )
    record(by=by, hanh_dong="doan_vien.create", target=doan_vien)
    return doan_vien


@transaction.atomic
def create_many(
    *, rows: Iterable[tuple[DoanVien, date, str]], don_vi: DonVi, by, hanh_dong: str
) -> list[DoanVien]:
    """Enter many people in one transaction: (unsaved member, first day, why it begins).

    One audit line for all of them. The database refuses a citizen id that is on file.
    """
    rows = list(rows)
    people = DoanVien.objects.bulk_create([row[0] for row in rows], batch_size=_BATCH)
    QuaTrinh.objects.bulk_create(
        [
            QuaTrinh(doan_vien=nguoi, chi_doan=nguoi.chi_doan, tu_ngay=ngay, ly_do_bat_dau=ly_do)
            for nguoi, (_, ngay, ly_do) in zip(people, rows, strict=True)
        ],
        batch_size=_BATCH,
    )
    record(by=by, hanh_dong=hanh_dong, target=don_vi, so_nguoi=len(people))
    return people


@transaction.atomic
def update_doan_vien(*, doan_vien: DoanVien, version: int, changes: dict, by) -> DoanVien:
    """Change the record's own fields; its branch and state follow from the periods alone.

    `version` is the one the form showed; StaleError when somebody has saved meanwhile.
    """
    current = DoanVien.objects.select_for_update(of=("self",)).get(pk=doan_vien.pk)
    if current.version != version:
        raise StaleError("Có người vừa sửa bản ghi này. Xem lại trước khi lưu.", current=current)
    cccd = changes.pop("cccd", None)
    ho_ten = changes.pop("ho_ten", None)
    if ho_ten is not None:
        current.set_ho_ten(ho_ten)
    if cccd is not None:
        current.set_cccd(cccd)
        same = DoanVien.objects.exclude(pk=current.pk).exclude(cccd_bam="")
        if same.filter(cccd_bam=current.cccd_bam).exists():
            raise RuleError("Số CCCD này đã có trong sổ.", field="cccd")
    for field, value in changes.items():
        setattr(current, field, value)
    current.version += 1
    current.save()
    fields = sorted([*changes, *(["cccd"] if cccd is not None else [])])
    record(by=by, hanh_dong="doan_vien.update", target=current, truong=fields)
    return current


@transaction.atomic
def end_membership(*, doan_vien: DoanVien, den_ngay: date, ly_do: str, by) -> QuaTrinh:
    """Close the open official period; the person stays in the register and findable.

    `ly_do` is one of DoanVien.TrangThai but "đang sinh hoạt". Refused when no official
    period is open or the day lies before its beginning.
    """
    if ly_do not in DoanVien.TrangThai.values or ly_do == DoanVien.TrangThai.DANG_SINH_HOAT:
        raise RuleError("Chọn lý do thôi sinh hoạt.", field="ly_do")
    period = (
        QuaTrinh.objects.select_for_update()
        .chinh_thuc()
        .filter(doan_vien=doan_vien, den_ngay__isnull=True)
        .first()
    )
    if period is None:
        raise RuleError(f"{doan_vien} không còn sinh hoạt chính thức ở chi đoàn nào.")
    if den_ngay < period.tu_ngay:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    period.den_ngay, period.ly_do_ket_thuc = den_ngay, ly_do
    period.save(update_fields=["den_ngay", "ly_do_ket_thuc"])
    DoanVien.objects.filter(pk=doan_vien.pk).update(trang_thai=ly_do)
    record(by=by, hanh_dong="doan_vien.end", target=doan_vien, ly_do=ly_do, den_ngay=den_ngay)
    return period


@transaction.atomic
def end_many(
    *, rows: Iterable[tuple[DoanVien, date]], ly_do: str, don_vi: DonVi, by, hanh_dong: str
) -> int:
    """Close the open official periods of many people for one reason: (member, last day).

    One audit line for all. Refused when somebody among them has no open period.
    """
    ngay_cua = {doan_vien.pk: den_ngay for doan_vien, den_ngay in rows}
    periods = list(
        QuaTrinh.objects.select_for_update()
        .chinh_thuc()
        .filter(doan_vien__in=ngay_cua, den_ngay__isnull=True)
    )
    if len(periods) != len(ngay_cua):
        raise RuleError("Có đồng chí không còn sinh hoạt chính thức ở chi đoàn nào.")
    for period in periods:
        period.den_ngay, period.ly_do_ket_thuc = ngay_cua[period.doan_vien_id], ly_do
    QuaTrinh.objects.bulk_update(periods, ["den_ngay", "ly_do_ket_thuc"], batch_size=_BATCH)
    DoanVien.objects.filter(pk__in=ngay_cua).update(trang_thai=ly_do)
    record(by=by, hanh_dong=hanh_dong, target=don_vi, so_nguoi=len(periods), ly_do=ly_do)
    return len(periods)


@transaction.atomic
def record_xep_loai(*, rows: Iterable[XepLoai], don_vi: DonVi, by) -> list[XepLoai]:
    """Enter the yearly ratings a unit has decided on; one audit line for all.

    Party members are not rated as members of the Union (33-HD/TWĐTN-BTC 2019): refused. The
    database refuses a second rating of a person for the same year.
    """
    rows = list(rows)
    for row in rows:
        vao_dang = row.doan_vien.ngay_vao_dang
        if vao_dang and vao_dang.year < row.nam:
            raise RuleError(f"{row.doan_vien} là đảng viên, không xếp loại đoàn viên.")
    XepLoai.objects.bulk_create(rows, batch_size=_BATCH)
    record(by=by, hanh_dong="xep_loai.record", target=don_vi, so_nguoi=len(rows))
    return rows


def _check_chi_doan(chi_doan: DonVi, ngay: date) -> None:
    if not chi_doan.is_chi_doan:
        raise RuleError(f"{chi_doan} không phải là chi đoàn.", field="chi_doan")
    if chi_doan.ket_thuc and chi_doan.ket_thuc < ngay:
        raise RuleError(f"{chi_doan} đã kết thúc hoạt động.", field="chi_doan")
