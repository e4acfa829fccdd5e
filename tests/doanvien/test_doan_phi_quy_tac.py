from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doanvien.doan_phi.quy_tac import (
    Chia,
    Doan,
    cac_thang,
    chia,
    doc_khoang,
    noi_thu,
    quyen_so,
    thang_sau,
)

NAM = date(2026, 1, 1), date(2026, 12, 31)
A, B = 1, 2


def thang(*so):
    return [date(2026, m, 1) for m in so]


@pytest.mark.parametrize(
    ("periods", "due"),
    [
        ([Doan(A, date(2018, 3, 26))], dict.fromkeys(thang(*range(1, 13)), A)),
        # admitted and gone in the course of a month: both months are due
        ([Doan(A, date(2026, 3, 26), date(2026, 5, 2))], dict.fromkeys(thang(3, 4, 5), A)),
        # moved in mid-month: the sender collects that month
        (
            [
                Doan(B, date(2026, 5, 15), date(2026, 6, 30)),
                Doan(A, date(2026, 4, 1), date(2026, 5, 14)),
            ],
            {**dict.fromkeys(thang(4, 5), A), **dict.fromkeys(thang(6), B)},
        ),
        # a gap is due nowhere; who comes back in the same month pays once
        (
            [
                Doan(A, date(2026, 1, 1), date(2026, 1, 9)),
                Doan(B, date(2026, 1, 20), date(2026, 1, 31)),
            ],
            {date(2026, 1, 1): A},
        ),
        ([Doan(A, date(2024, 1, 1), date(2025, 12, 31))], {}),
    ],
)
def test_each_month_is_due_in_the_branch_of_its_first_period(periods, due):
    assert noi_thu(periods, *NAM) == due


days = st.dates(date(2025, 6, 1), date(2027, 6, 30))
spans = st.lists(st.tuples(days, days).map(sorted), max_size=6)


@given(spans)
def test_a_month_is_due_exactly_when_some_period_touches_it(pairs):
    periods = [Doan(number, start, end) for number, (start, end) in enumerate(pairs)]
    due = noi_thu(periods, *NAM)

    for month in cac_thang(*NAM):
        touching = [p for p in periods if p.tu < thang_sau(month) and p.den >= month]
        assert (month in due) == bool(touching)
        if touching:
            assert due[month] == min(touching, key=lambda p: p.tu).chi_doan


@given(st.integers(0, 10**12), st.integers(0, 9), st.integers(1, 9))
def test_a_split_loses_no_dong_and_rounds_the_remitted_part_down(co_so, tu, mau):
    tu = min(tu, mau)
    parts = chia(co_so, tu, mau)

    assert parts.giu_lai + parts.trich_nop == co_so
    assert parts.giu_lai >= 0
    assert parts.trich_nop >= 0
    assert parts.trich_nop * mau <= co_so * tu < (parts.trich_nop + 1) * mau
    assert parts.le == (parts.trich_nop * mau != co_so * tu)


@given(st.lists(st.integers(0, 10**7), max_size=20))
def test_up_the_levels_nothing_is_lost(collected):
    """Branch to ward to district: what all keep and the last remits is what was collected."""
    branches = [chia(amount, 1, 3) for amount in collected]
    ward = chia(sum(part.trich_nop for part in branches), 1, 3)
    district = chia(ward.trich_nop, 1, 3)

    kept = sum(part.giu_lai for part in branches) + ward.giu_lai + district.giu_lai
    assert kept + district.trich_nop == sum(collected)


def test_the_odd_dong_stays_with_the_branch():
    assert chia(10_001, 1, 3) == Chia(10_001, 6_668, 3_333, le=True)
    assert chia(20_000, 1, 3) == Chia(20_000, 13_334, 6_666, le=True)
    assert chia(234_000, 1, 3) == Chia(234_000, 156_000, 78_000, le=False)


def test_months_in_words():
    months = [date(2026, 3, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 5, 1)]

    assert doc_khoang(months) == "tháng 1–3, 5/2026"
    assert doc_khoang([date(2025, 12, 1), date(2026, 1, 1)]) == "tháng 12/2025, 1/2026"
    assert doc_khoang([]) == ""


def test_a_book_of_receipts_ends():
    assert [quyen_so(so, 500) for so in (1, 500, 501, 931)] == [1, 1, 2, 2]
