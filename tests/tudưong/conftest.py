"""A fixed day, a ward with a committee of 15, a branch of 15 members, and a case at hand."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import (
    make_chuc_vu,
    make_doan_vien,
    make_ho_so,
    make_nguoi_dung,
    make_thanh_vien,
    make_to,
)
from tochuc.permissions import VaiTro

HOM_NAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def hom_nay(monkeypatch):
    """It is 21/11/2026, nine in the morning in Vietnam."""
    now = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return HOM_NAY


@pytest.fixture
def bch(phuong):
    """The ward's committee: its secretary and 14 others."""
    make_chuc_vu(don_vi=phuong, chuc_danh="bi_thu", ho_ten="Trịnh Hoài Phong")
    return [make_chuc_vu(don_vi=phuong) for _ in range(14)]


@pytest.fixture
def doan_vien(chi_doan):
    return make_doan_vien(chi_doan=chi_doan, ho_ten="Trần Gia Bảo")


@pytest.fixture
def chi_doan_15(chi_doan, doan_vien):
    """With the member of the case, 15 on the branch's roster."""
    return [doan_vien, *(make_doan_vien(chi_doan=chi_doan) for _ in range(14))]


@pytest.fixture
def ho_so(doan_vien, chi_doan_15):
    return make_ho_so(doan_vien=doan_vien)


@pytest.fixture
def to(phuong):
    return make_to(don_vi=phuong)


@pytest.fixture
def thanh_vien(to, doan_vien):
    return make_thanh_vien(to=to, doan_vien=doan_vien, dang_vien_giup="Trần Công Minh")


@pytest.fixture
def pho_bi_thu_phuong(phuong):
    return make_nguoi_dung(VaiTro.PHO_BI_THU_PHUONG, phuong)
