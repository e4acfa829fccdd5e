from datetime import date

import pytest

from chidoan.vang_lau.queries import ba_thang, khong_sinh_hoat
from tests.factories import make_buoi, make_doan_vien, make_hoan
from tochuc.permissions import Quyen

NGAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (NGAY, [(2026, 8), (2026, 9), (2026, 10)]),
        (date(2026, 4, 1), [(2026, 1), (2026, 2), (2026, 3)]),
        (date(2026, 3, 31), [(2025, 10), (2025, 11), (2025, 12)]),
        (date(2026, 1, 5), [(2025, 10), (2025, 11), (2025, 12)]),
    ],
)
def test_three_months_lie_in_one_year(day, months):
    assert [(month.nam, month.thang) for month in ba_thang(day)] == months


def test_only_who_was_absent_without_reason_in_each_month_is_named(chi_doan, bi_thu):
    states = {
        "silent": ("vang", "vang", "vang"),
        "excused": ("vang", "vang_co_ly_do", "vang"),
        "came": ("vang", "vang", "muon"),
        "deferred": ("vang", "vang", "vang"),
        "new": (None, "vang", "vang"),
    }
    people = {name: make_doan_vien(chi_doan=chi_doan) for name in states}
    make_hoan(people["deferred"])
    for index, month in enumerate((8, 9, 10)):
        roll = {people[name]: row[index] for name, row in states.items() if row[index]}
        make_buoi(chi_doan=chi_doan, ngay=date(2026, month, 15), diem_danh=roll)
    make_buoi(
        chi_doan=chi_doan, ngay=date(2026, 11, 3), diem_danh={people["silent"]: "co_mat"}
    )  # the running month is not over

    found = khong_sinh_hoat(bi_thu, Quyen.XEM_DOAN_VIEN, NGAY)

    assert [(row.pk, row.so_vang) for row in found] == [(people["silent"].pk, 3)]


def test_a_branch_that_did_not_meet_blames_nobody(chi_doan, bi_thu):
    nguoi = make_doan_vien(chi_doan=chi_doan)
    for month in (8, 9):
        make_buoi(chi_doan=chi_doan, ngay=date(2026, month, 15), diem_danh={nguoi: "vang"})

    assert not khong_sinh_hoat(bi_thu, Quyen.XEM_DOAN_VIEN, NGAY).exists()
