"""Where a person stands in the database: found in the models, so that no table is forgotten.

A person is a member, or an applicant whom nobody has admitted.

A foreign key to DoanVien whose name is in CHU_THE makes a row *his*; what hangs on such a row
is his as well. Any other foreign key names him in a matter of others (who took the minutes, who
introduced somebody): of such a row he gets dates and units, and erasing leaves it alone, for
it holds no word about him.

A model that keeps somebody's name as text says so: `ten_nguoi = "ho_ten"`. One whose papers tell
of several people at once says `giay_chung = True`: somebody gets them among his own when the row
says that he signed them (`da_ky_boi`). Words by which rows of several people belong together are
in `loi_chung`: erasing one of them leaves these. Rows that are nothing without what erasing takes
say `xoa_ca_dong = True`; a row that holds a file in the database says what it is called, `ten_tep`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from doanvien.models import DoanVien, KetNap

Nguoi = DoanVien | KetNap
CHU_THE = frozenset({"doan_vien", "ket_nap", "trung_voi", "phu_trach", "giu"})
"""Names of foreign keys that say whose row it is."""


@dataclass(frozen=True)
class Bang:
    """One way from a table to the person: `path` is the lookup that ends at him."""

    model: type[models.Model]
    path: str
    cua_nguoi: bool

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def rows(self, nguoi: Nguoi):
        """His rows, oldest first."""
        manager = self.model.objects
        return manager.filter(**{self.path: nguoi.pk}).order_by("pk")


def bang_lien_quan(goc: type[Nguoi] = DoanVien) -> list[Bang]:
    """Every table with a way to the person, the nearest first."""
    found = list(_direct(goc))
    seen = {(bang.label, bang.path) for bang in found}
    own = {bang.label for bang in found if bang.cua_nguoi}
    for bang in found:  # grows while it is walked
        if not bang.cua_nguoi:
            continue
        for child, field in _pointing_at(bang.model):
            key = (child._meta.label_lower, f"{field.name}__{bang.path}")
            if key in seen or key[0] in own or child is goc:
                continue
            seen.add(key)
            found.append(Bang(child, key[1], cua_nguoi=True))
    return found


def bang_ten() -> Iterator[tuple[type[models.Model], str]]:
    """Models that keep names of people as text, with the field that does."""
    for model in _models():
        if name := getattr(model, "ten_nguoi", ""):
            yield model, name


def rows_by_name(model, field: str, doan_vien: DoanVien):
    """Rows of the person's ward that bear his name and belong to nobody of the register."""
    rows = model.objects.under(doan_vien.chi_doan.cap_tren)
    rows = rows.filter(**{field: doan_vien.ho_ten})
    for key in model._meta.concrete_fields:
        if key.related_model is DoanVien and key.name in CHU_THE:
            rows = rows.filter(**{f"{key.name}__isnull": True})
    return rows.order_by("pk")


def has_namesake(doan_vien: DoanVien) -> bool:
    """Whether somebody else of the ward bears the name, so that a written name proves nothing."""
    same = DoanVien.objects.under(doan_vien.chi_doan.cap_tren).filter(khoa_tim=doan_vien.khoa_tim)
    return same.exclude(pk=doan_vien.pk).exists()


def _direct(goc: type[Nguoi]) -> Iterator[Bang]:
    for model, field in _pointing_at(goc):
        yield Bang(model, field.name, cua_nguoi=field.name in CHU_THE and model is not goc)


def _pointing_at(target) -> Iterator[tuple[type[models.Model], models.Field]]:
    for model in _models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is target:
                yield model, field


def _models() -> Iterator[type[models.Model]]:
    yield from (model for model in apps.get_models() if not model._meta.proxy)
