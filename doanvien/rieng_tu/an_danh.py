"""Taking a person out of the rows that are his: what is typed goes, what is counted stays."""

from datetime import date

from django.db import models, transaction

from doanvien.models import DoanVien, KetNap
from doanvien.models.rieng_tu import DA_XOA

from .ban_du_lieu import rows_of
from .quan_he import Nguoi, bang_ten, has_namesake, rows_by_name

NGAY_SINH = "ngay_sinh"
KHONG_TON_GIAO = "Không"
GIU = frozenset({"ma", "mau", "ky", "so", "chung_tu", "sha256", "hash", "dau", "dau_vet"})
"""Codes, numbers of decisions and fingerprints; names beginning with "so_" are kept as well."""
_CON_LAI = {"cccd_ngay_cap": None, "ngay_cam_tinh": None, "ngay_dang_chinh_thuc": None}
"""Days of a record that say more than statistics need."""
_NHAN_THAN = {"can_y_kien_cap_uy": False, "ngay_y_kien_cap_uy": None}
"""Of an application: that the applicant's family had to be asked about."""


def anonymise(person: Nguoi, *, ho_ten: str = DA_XOA) -> None:
    """Take the person out of every row; inside the caller's transaction.

    `ho_ten` stands where the name was.
    """
    if isinstance(person, DoanVien) and not has_namesake(person):
        for model, field in bang_ten():
            _clear(model, list(rows_by_name(model, field, person)))
    for bang, rows in list(rows_of(person)):
        _clear(bang.model, rows)
        if bang.model is KetNap:
            KetNap.objects.filter(pk__in=[row.pk for row in rows]).update(**_NHAN_THAN)
    _clear_record(person, ho_ten)


def _clear_record(person: Nguoi, ho_ten: str) -> None:
    """The record itself: what is counted stays in its coarsest form."""
    dan_toc = person.dan_toc if person.dan_toc == "Kinh" else "Khác"
    ton_giao = KHONG_TON_GIAO if person.ton_giao in ("", KHONG_TON_GIAO) else "Có"
    for field in person._meta.concrete_fields:
        if _is_typed(field):
            setattr(person, field.name, _emptied(field, getattr(person, field.name)))
    person.set_ho_ten(ho_ten)
    person.set_cccd("")
    person.dan_toc, person.ton_giao = dan_toc, ton_giao
    person.ngay_sinh = _giua_nam(person.ngay_sinh)
    for name, value in (_CON_LAI if isinstance(person, DoanVien) else _NHAN_THAN).items():
        setattr(person, name, value)
    person.version += 1
    person.save()


def _clear(model, rows: list) -> None:
    """Empty what was typed into these rows; what is nothing without it goes as a whole."""
    if getattr(model, "xoa_ca_dong", False):
        model.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return
    common = getattr(model, "loi_chung", ())
    fields = [
        field
        for field in model._meta.concrete_fields
        if _is_cleared(field) and field.name not in common
    ]
    for row in rows:
        for field in fields:
            _drop_file(row, field)
            setattr(row, field.attname, _emptied(field, getattr(row, field.attname), model))
    if fields and rows:
        model.objects.bulk_update(rows, [field.name for field in fields])


def _giua_nam(day: date | None) -> date | None:
    """A birth date as far as statistics of age need it: the middle of its year."""
    return day and date(day.year, 7, 1)


def _is_cleared(field) -> bool:
    is_code = field.name in GIU or field.name.startswith("so_")
    return field.name == NGAY_SINH or (_is_typed(field) and not is_code)


def _is_typed(field) -> bool:
    """Text, a file or a list that somebody wrote; no choice, no relation, no key."""
    if field.is_relation or field.primary_key or field.flatchoices:
        return False
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    return isinstance(field, (*kinds, models.BinaryField))


def _emptied(field, value, model=None):
    """Nothing where nothing is allowed; else the words that it was erased."""
    if value in (None, "", b"", [], {}):
        return value
    if field.name == NGAY_SINH:
        return _giua_nam(value)
    if isinstance(field, models.JSONField):
        return field.get_default() if field.has_default() else {}
    if isinstance(field, models.BinaryField):
        return b""
    if field.blank and not _is_demanded(field, model):
        return ""
    return DA_XOA[: field.max_length]


def _is_demanded(field, model) -> bool:
    """Whether a constraint of the table speaks of the field, so that it may not turn empty."""
    constraints = model._meta.constraints if model else ()
    return any(f"'{field.name}'" in repr(rule) for rule in constraints)


def _drop_file(row, field) -> None:
    stored = getattr(row, field.name) if isinstance(field, models.FileField) else None
    if stored:
        storage, name = stored.storage, stored.name
        transaction.on_commit(lambda: storage.delete(name))
