"""Whom one may record a visit for, and in which unit's name."""

from core.periods import today
from doanvien.models import DoanVien
from tochuc.models import DonVi

from .services import GHI


def nguoi_de_tham(user):
    """Members for whom the person writes, by name."""
    people = DoanVien.objects.permitted_to(user, GHI).dang_sinh_hoat().co_chi_doan()
    return people.order_by("khoa_sap_xep", "ngay_sinh", "pk")


def don_vi_tham(user):
    """The units in whose name a visit may be recorded: the own one first, its branches after."""
    return DonVi.objects.permitted_to(user, GHI).dang_hoat_dong(today()).order_by("path")
