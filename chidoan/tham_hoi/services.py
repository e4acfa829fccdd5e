"""Recording visits with gifts. Each function is one action and one transaction."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.models import ChucVu, ThamHoi
from core.errors import RuleError, StaleError
from core.text import clean, clean_name
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_da_den

GHI = Quyen.SUA_DOAN_VIEN
FIELDS = ("dip", "hoan_canh", "qua", "gia_tri", "nguoi_tang", "ngay")


@transaction.atomic
def create_tham_hoi(
    *,
    doan_vien: DoanVien,
    don_vi: DonVi,
    dip: str,
    nguoi_tang: str,
    ngay: date,
    by,
    hoan_canh: str = "",
    qua: str = "",
    gia_tri: int = 0,
) -> ThamHoi:
    """Write down that `don_vi` visited a member, with the office he held that day.

    Refused: a day to come, nobody who went, neither a gift nor what it was worth nor a
    circumstance; a unit that is neither the person's branch nor above it; the same visit again
    (a form sent twice).
    """
    people = DoanVien.objects.select_for_update(of=("self",)).select_related("chi_doan")
    person = people.get(pk=doan_vien.pk)
    _check_right(person.chi_doan, by)
    if not person.chi_doan.path.startswith(don_vi.path):
        raise RuleError("Chọn chi đoàn của đồng chí hoặc Đoàn cấp trên.", field="don_vi")
    fields = _clean(dip, hoan_canh, qua, gia_tri, nguoi_tang, ngay)
    if ThamHoi.objects.filter(doan_vien=person, don_vi=don_vi, **fields).exists():
        raise RuleError("Lần thăm hỏi này đã được ghi.")
    row = ThamHoi.objects.create(
        doan_vien=person,
        chi_doan=person.chi_doan,
        don_vi=don_vi,
        chuc_vu=_office(person, ngay),
        ghi_boi=by,
        **fields,
    )
    record(by=by, hanh_dong="tham_hoi.create", target=row, ngay=ngay, so_tien=gia_tri)
    return row


@transaction.atomic
def update_tham_hoi(*, tham_hoi: ThamHoi, version: int, changes: dict, by) -> ThamHoi:
    """Correct what was written. StaleError when somebody has saved meanwhile."""
    row = _lock(tham_hoi, by)
    if row.version != version:
        raise StaleError("Có người vừa sửa mục này. Xem lại trước khi lưu.", current=row)
    fields = _clean(**{name: changes.get(name, getattr(row, name)) for name in FIELDS})
    for name, value in fields.items():
        setattr(row, name, value)
    row.chuc_vu = _office(row.doan_vien, row.ngay)
    row.version += 1
    row.save(update_fields=[*fields, "chuc_vu", "version"])
    record(by=by, hanh_dong="tham_hoi.update", target=row, truong=sorted(changes))
    return row


@transaction.atomic
def delete_tham_hoi(*, tham_hoi: ThamHoi, by) -> None:
    """Take back what was written down by mistake."""
    row = _lock(tham_hoi, by)
    record(by=by, hanh_dong="tham_hoi.delete", target=row, ngay=row.ngay)
    row.delete()


def may_write(tham_hoi: ThamHoi, by) -> bool:
    return by.may(GHI, tham_hoi.chi_doan)


def _lock(tham_hoi: ThamHoi, by) -> ThamHoi:
    rows = ThamHoi.objects.select_for_update(of=("self",))
    row = rows.select_related("chi_doan", "doan_vien").get(pk=tham_hoi.pk)
    _check_right(row.chi_doan, by)
    return row


def _check_right(chi_doan: DonVi, by) -> None:
    if not by.may(GHI, chi_doan):
        raise PermissionDenied(who_may(GHI))


def _clean(dip: str, hoan_canh: str, qua: str, gia_tri: int, nguoi_tang: str, ngay: date) -> dict:
    check_da_den(ngay)
    if dip not in ThamHoi.Dip.values:
        raise RuleError("Chọn dịp.", field="dip")
    if not clean(nguoi_tang):
        raise RuleError("Ghi người đến thăm, trao quà.", field="nguoi_tang")
    if not (clean(qua) or gia_tri or clean(hoan_canh)):
        raise RuleError("Ghi quà, trị giá, hoặc đã thăm hỏi về việc gì.", field="qua")
    return {
        "dip": dip,
        "hoan_canh": clean(hoan_canh),
        "qua": clean(qua),
        "gia_tri": gia_tri,
        "nguoi_tang": clean_name(nguoi_tang) if "," not in nguoi_tang else clean(nguoi_tang),
        "ngay": ngay,
    }


def _office(person: DoanVien, ngay: date) -> str:
    """What he was on that day: the first of his offices, in words."""
    terms = ChucVu.objects.tai_ngay(ngay).filter(doan_vien=person).select_related("don_vi")
    held = terms.order_by("chuc_danh").first()
    return f"{held.ten_chuc} {held.don_vi}"[:60] if held else ""
