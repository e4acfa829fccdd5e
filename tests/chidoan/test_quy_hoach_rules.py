"""What a branch lacks in people."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidoan.quy_hoach.khuyet import NguongNhanSu, TinhHinhNhanSu, add_months, tim_thieu

NGAY = date(2026, 11, 29)
NGUONG = NguongNhanSu(thang_den_tuoi=12, thang_nhiem_ky=6, tuoi=30)
DU = TinhHinhNhanSu(
    day=NGAY, co_bi_thu=True, co_pho=True, so_ung_vien=1, bi_thu_sinh=date(2001, 1, 1)
)


def codes(row) -> set[str]:
    return set(tim_thieu(row, NGUONG))


def test_a_branch_with_everybody_lacks_nothing():
    assert codes(DU) == set()


@pytest.mark.parametrize(
    ("change", "code", "family"),
    [
        ({"co_bi_thu": False, "bi_thu_sinh": None}, "khuyet_bi_thu", "bad"),
        ({"co_pho": False}, "khuyet_pho", "warn"),
        ({"so_ung_vien": 0, "so_nguon": 2}, "khong_ung_vien", "warn"),
        ({"so_ung_vien": 0}, "khong_ung_vien", "bad"),
        ({"di_xa_tu": date(2026, 9, 1)}, "di_xa", "bad"),
        ({"bi_thu_sinh": date(1997, 11, 29)}, "den_tuoi", "warn"),
        ({"bi_thu_sinh": date(1996, 11, 29)}, "den_tuoi", "bad"),
        ({"het_nhiem_ky": date(2027, 5, 29)}, "het_nhiem_ky", "warn"),
        ({"het_nhiem_ky": date(2026, 11, 28)}, "het_nhiem_ky", "bad"),
    ],
)
def test_each_gap_is_told_alone(change, code, family):
    found = tim_thieu(replace(DU, **change), NGUONG)

    assert [(gap.ma, gap.muc) for gap in found.values()] == [(code, family)]


def test_what_lies_further_ahead_is_no_gap():
    later = {"bi_thu_sinh": date(1997, 11, 30), "het_nhiem_ky": date(2027, 5, 30)}

    assert codes(replace(DU, **later)) == set()


@given(st.dates(date(1990, 1, 1), date(2010, 1, 1)), st.integers(0, 400))
def test_once_due_a_secretary_stays_due(sinh, days):
    """A gap of age never closes by waiting."""
    now = replace(DU, bi_thu_sinh=sinh)
    later = replace(now, day=NGAY + timedelta(days=days))

    assert codes(now) <= codes(later)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_months_ahead_never_leave_the_month(day, months):
    ahead = add_months(day, months)

    assert (ahead.year * 12 + ahead.month) - (day.year * 12 + day.month) == months
