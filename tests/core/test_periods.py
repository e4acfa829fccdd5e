"""Periods begin and end on local days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import periods
from core.periods import KyBaoCao

DAYS = st.dates(date(1931, 3, 26), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("code", "start", "end", "ten"),
    [
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "quý\u00a0I năm\u00a02026"),
        ("2026Q3", date(2026, 7, 1), date(2026, 9, 30), "quý\u00a0III năm\u00a02026"),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31), "quý\u00a0IV năm\u00a02026"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "tháng\u00a02 năm\u00a02024"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "tháng\u00a012 năm\u00a02026"),
        ("2026H1", date(2026, 1, 1), date(2026, 6, 30), "6\u00a0tháng đầu năm\u00a02026"),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31), "6\u00a0tháng cuối năm\u00a02026"),
        ("2020", date(2020, 1, 1), date(2020, 12, 31), "năm\u00a02020"),
    ],
)
def test_period_has_its_bounds_and_its_name(code, start, end, ten):
    ky = KyBaoCao.parse(code)

    assert (ky.start, ky.end, str(ky), ky.code) == (start, end, ten, code)


@pytest.mark.parametrize(
    "text", ["", "2026Q5", "2026H3", "2026-13", "26", "quý 3", "1930", "2101", "2026Q", None]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="Ghi 2026 hoặc 2026Q3"):
        KyBaoCao.parse(text)


def test_period_in_small_letters_is_read():
    assert KyBaoCao.parse(" 2026q3 ") == KyBaoCao(2026, quy=3)


@given(DAYS)
def test_every_day_lies_in_its_month_quarter_and_year(day):
    month, quarter, year = (
        make(day) for make in (KyBaoCao.month_of, KyBaoCao.quarter_of, KyBaoCao.year_of)
    )

    assert day in month
    assert day in quarter
    assert day in year
    assert month in quarter.months
    assert len(quarter.months) == 3
    assert len(year.months) == 12


@given(DAYS)
def test_periods_follow_one_another_without_a_gap(day):
    for make in (KyBaoCao.month_of, KyBaoCao.quarter_of, KyBaoCao.half_of, KyBaoCao.year_of):
        ky = make(day)

        assert ky.next.start == ky.end + timedelta(days=1)
        assert ky.previous.end == ky.start - timedelta(days=1)
        assert ky.next.previous == ky


def test_today_is_the_day_in_vietnam(monkeypatch):
    late = datetime(2026, 9, 30, 17, 30, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)

    assert periods.today() == date(2026, 10, 1)
    assert KyBaoCao.quarter_of(periods.today()).code == "2026Q4"
