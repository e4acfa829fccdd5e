"""Scope: a role opens its unit and everything below, today, and nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from core.periods import today
from doanvien.models import DoanVien
from tests.factories import make_chi_doan, make_doan_vien, make_nguoi_dung
from tochuc.models import DonVi
from tochuc.permissions import Quyen, VaiTro, get_visible_or_404


def test_branch_secretary_sees_own_branch_only(bi_thu, chi_doan, chi_doan_khac):
    own = make_doan_vien(chi_doan=chi_doan)
    make_doan_vien(chi_doan=chi_doan_khac)

    assert list(DoanVien.objects.visible_to(bi_thu)) == [own]
    assert list(DonVi.objects.visible_to(bi_thu)) == [chi_doan]


def test_ward_sees_all_its_branches_and_not_the_neighbours(bi_thu_phuong, chi_doan, phuong_khac):
    own = make_doan_vien(chi_doan=chi_doan)
    make_doan_vien(chi_doan=make_chi_doan(phuong=phuong_khac))

    assert list(DoanVien.objects.visible_to(bi_thu_phuong)) == [own]


def test_office_above_sees_everything_below(van_phong, chi_doan, phuong_khac):
    make_doan_vien(chi_doan=chi_doan)
    make_doan_vien(chi_doan=make_chi_doan(phuong=phuong_khac))
    make_doan_vien()

    assert DoanVien.objects.visible_to(van_phong).count() == 2


@pytest.mark.parametrize("vai_tro", [VaiTro.CAP_UY, VaiTro.QUAN_TRI])
def test_roles_without_the_right_see_no_member(vai_tro, chi_doan, phuong, huyen):
    make_doan_vien(chi_doan=chi_doan)
    user = make_nguoi_dung(vai_tro, phuong if vai_tro == VaiTro.CAP_UY else huyen)

    assert not DoanVien.objects.visible_to(user).exists()


@pytest.mark.parametrize(
    ("tu", "den", "sees"),
    [(-10, None, True), (0, 0, True), (-10, -1, False), (1, None, False)],
    ids=["running", "today only", "ended yesterday", "begins tomorrow"],
)
def test_rights_hold_within_the_dates_of_the_assignment(chi_doan, tu, den, sees):
    make_doan_vien(chi_doan=chi_doan)
    user = make_nguoi_dung(
        VaiTro.BI_THU_CHI_DOAN,
        chi_doan,
        tu_ngay=today() + timedelta(days=tu),
        den_ngay=None if den is None else today() + timedelta(days=den),
    )

    assert DoanVien.objects.visible_to(user).exists() is sees
    assert user.has_quyen(Quyen.GHI_SINH_HOAT) is sees


def test_a_closed_account_sees_nothing(bi_thu, chi_doan):
    make_doan_vien(chi_doan=chi_doan)
    bi_thu.is_active = False

    assert not DoanVien.objects.visible_to(bi_thu).exists()


def test_office_above_may_not_act_below(van_phong, chi_doan):
    assert van_phong.may(Quyen.XEM_SINH_HOAT, chi_doan)
    assert not van_phong.may(Quyen.GHI_SINH_HOAT, chi_doan)
    assert not van_phong.may(Quyen.KY_HO_SO, chi_doan)


def test_two_roles_add_up(bi_thu, chi_doan_khac, chi_doan):
    bi_thu.phan_cong.create(don_vi=chi_doan_khac, vai_tro=VaiTro.UY_VIEN_CHI_DOAN, tu_ngay=today())

    assert set(DonVi.objects.visible_to(bi_thu)) == {chi_doan, chi_doan_khac}
    assert bi_thu.may(Quyen.GHI_SINH_HOAT, chi_doan_khac)
    assert not bi_thu.may(Quyen.SUA_DOAN_VIEN, chi_doan_khac)


@pytest.mark.parametrize(
    ("unit", "answer"), [("chi_doan", "given"), ("chi_doan_khac", "refused"), ("far", "not there")]
)
def test_a_row_is_given_refused_or_not_there(
    request, bi_thu, chi_doan, chi_doan_khac, phuong_khac, unit, answer
):
    """Secretary of one branch, rollkeeper of a second, nothing in the third."""
    bi_thu.phan_cong.create(don_vi=chi_doan_khac, vai_tro=VaiTro.UY_VIEN_CHI_DOAN, tu_ngay=today())
    far = make_chi_doan(phuong=phuong_khac)
    row = make_doan_vien(chi_doan=far if unit == "far" else request.getfixturevalue(unit))

    try:
        get_visible_or_404(DoanVien.objects, bi_thu, quyen=Quyen.SUA_DOAN_VIEN, pk=row.pk)
        found = "given"
    except PermissionDenied:
        found = "refused"
    except Http404:
        found = "not there"

    assert found == answer


def test_a_right_held_wherever_one_sees_takes_no_question(
    bi_thu, chi_doan, django_assert_num_queries
):
    row = make_doan_vien(chi_doan=chi_doan)
    assert bi_thu.has_quyen(Quyen.SUA_DOAN_VIEN)

    with django_assert_num_queries(1):
        get_visible_or_404(DoanVien.objects, bi_thu, quyen=Quyen.SUA_DOAN_VIEN, pk=row.pk)
