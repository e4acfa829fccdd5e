"""What allowances come to, and the scale of a year."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidoan.can_bo.quy_tac import PhaiChi, cac_muc, phai_chi, tong_chi
from core.periods import KyBaoCao

QUY = KyBaoCao(2026, quy=3)


def monthly(tu, den=None, so_tien=345_000):
    return SimpleNamespace(kieu="thang", so_tien=so_tien, so_ngay=None, tu_ngay=tu, den_ngay=den)


@pytest.mark.parametrize(
    ("tu", "den", "months"),
    [
        (date(2020, 1, 1), None, 3),
        (date(2026, 8, 15), None, 2),
        (date(2020, 1, 1), date(2026, 8, 14), 1),
        (date(2020, 1, 1), date(2026, 9, 30), 3),
        (date(2026, 10, 1), None, 0),
        (date(2020, 1, 1), date(2026, 6, 30), 0),
    ],
)
def test_a_month_counts_where_the_allowance_runs_on_its_last_day(tu, den, months):
    assert phai_chi(monthly(tu, den), QUY) == PhaiChi(months, months * 345_000)


def test_a_running_quarter_counts_the_months_that_are_over():
    assert phai_chi(monthly(date(2020, 1, 1)), QUY, date(2026, 9, 29)).so == 2


def test_days_of_work_count_where_their_span_ends():
    row = SimpleNamespace(
        kieu="ngay_cong",
        so_tien=80_000,
        so_ngay=6,
        tu_ngay=date(2026, 6, 1),
        den_ngay=date(2026, 7, 31),
    )

    assert phai_chi(row, QUY) == PhaiChi(6, 480_000)
    assert phai_chi(row, QUY.previous) == PhaiChi()


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.dates(date(2026, 1, 2), date(2026, 12, 31)),
)
def test_no_month_is_paid_twice_when_the_office_changes_hands(tu, doi):
    """Old and new holder together cost what one holder would have cost."""
    old = monthly(tu, max(tu, doi - timedelta(days=1)))
    new = monthly(max(tu + timedelta(days=1), doi))
    quarters = [KyBaoCao(2026, quy=quy) for quy in (1, 2, 3, 4)]

    split = sum(tong_chi([old, new], ky) for ky in quarters)

    assert split == sum(tong_chi([monthly(tu)], ky) for ky in quarters)


def test_a_year_has_the_words_of_its_scale():
    assert [label for _, label in cac_muc(2018)] == ["Xuất sắc", "Khá", "Trung bình", "Yếu kém"]
    assert cac_muc(2019)[0] == ("htxs", "Hoàn thành xuất sắc nhiệm vụ")
    assert len(cac_muc(2026)) == 4
