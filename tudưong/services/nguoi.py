"""The member whom an entry is about, before he is in the Party."""

from django.core.exceptions import PermissionDenied

from core.errors import RuleError
from doanvien.models import DoanVien
from tochuc.permissions import Quyen, who_may


def lock_nguoi(doan_vien: DoanVien, *, quyen: Quyen, by) -> DoanVien:
    """The member, locked, with the branch; for those who hold the right on it."""
    person = DoanVien.objects.select_for_update(of=("self",)).co_chi_doan().get(pk=doan_vien.pk)
    if not by.may(quyen, person.chi_doan):
        raise PermissionDenied(who_may(quyen))
    return person


def check_chua_vao_dang(person: DoanVien) -> None:
    """Refused (RuleError): who has left, or is a Party member."""
    if not person.is_dang_sinh_hoat:
        raise RuleError(f"{person} không còn sinh hoạt tại chi đoàn.", field="doan_vien")
    if person.is_dang_vien:
        raise RuleError(f"{person} đã là đảng viên.", field="doan_vien")
