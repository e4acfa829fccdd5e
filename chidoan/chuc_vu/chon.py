"""Whom an office may be given to: members of the ward, those of the branch itself first."""

from django.db.models import Case, When

from doanvien.models import DoanVien
from tochuc.models import DonVi


def nguoi_chon_duoc(don_vi: DonVi):
    ward = don_vi.cap_tren if don_vi.is_chi_doan else don_vi
    own_first = Case(When(chi_doan=don_vi, then=0), default=1)
    members = DoanVien.objects.under(ward).dang_sinh_hoat().co_chi_doan()
    return members.order_by(own_first, "khoa_sap_xep", "ngay_sinh", "pk")
