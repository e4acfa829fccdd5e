"""Levels that decisions give units.

Their rows belong to a layer above; they are found through the unit's own relation.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from doanvien.models import QuyetDinhXepLoai
from tochuc.models import DonVi


def muc_trong_nam(nam: int, chi_doan: Iterable[int]) -> dict[int, tuple[str, str]]:
    """(level in words, number of its decision) of each branch that has one that year."""
    rows = _rows().filter(don_vi__in=chi_doan, nam=nam)
    return {row.don_vi_id: (row.ten, row.so_quyet_dinh) for row in rows}


def muc_theo(quyet_dinh: QuyetDinhXepLoai, chi_doan: Iterable[int]) -> dict[int, str]:
    """The level that this very decision gives each branch, in words."""
    found = muc_trong_nam(quyet_dinh.nam, chi_doan)
    so = quyet_dinh.so_ky_hieu
    return {pk: muc for pk, (muc, theirs) in found.items() if so and theirs == so}


def remove_muc(quyet_dinh: QuyetDinhXepLoai) -> None:
    """Take back the levels that a cancelled decision gave branches."""
    rows = _rows().filter(don_vi__in=quyet_dinh.chi_doan_ids(), nam=quyet_dinh.nam)
    rows.filter(so_quyet_dinh=quyet_dinh.so_ky_hieu).delete()


def trong_so(don_vi: DonVi, nam: int, den: date) -> list:
    """What the unit, those below it and their committees were rated for a year. One query."""
    return list(_all().trong_so(don_vi, nam, den))


def _rows() -> QuerySet:
    return _all().cua_chi_doan()


def _all() -> QuerySet:
    return DonVi._meta.get_field("xep_loai_don_vi").related_model.objects.all()
