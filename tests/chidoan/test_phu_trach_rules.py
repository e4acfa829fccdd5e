"""Which branch the ward looks after first, and since when nobody has come."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidoan.phu_trach.thu_tu import (
    MOI_LAP,
    SAP_NHAP,
    CanKem,
    lau_chua_xuong,
    moi_vi_sao,
    thu_tu,
)

NGAY = date(2026, 11, 29)


def test_new_and_merged_come_first_then_weak_then_without_coach():
    on_dinh = CanKem(path="A")
    khong_ai = CanKem(path="B", co_phu_trach=False)
    yeu = CanKem(path="C", diem=20)
    rat_yeu = CanKem(path="D", diem=50)
    yeu_khong_ai = CanKem(path="E", diem=20, co_phu_trach=False)
    moi = CanKem(path="F", moi=MOI_LAP)

    rows = sorted([on_dinh, khong_ai, yeu, rat_yeu, yeu_khong_ai, moi], key=thu_tu)

    assert rows == [moi, yeu_khong_ai, rat_yeu, yeu, khong_ai, on_dinh]


def test_among_equals_who_was_visited_longest_ago_comes_first():
    never, long_ago, lately = (
        CanKem(lan_cuoi=day) for day in (None, date(2026, 1, 1), date(2026, 11, 1))
    )

    assert sorted([lately, never, long_ago], key=thu_tu) == [never, long_ago, lately]


@pytest.mark.parametrize(
    ("thanh_lap", "sap_xep", "expected"),
    [
        (None, (), ""),
        (date(2025, 11, 28), (), ""),
        (date(2025, 12, 1), (), MOI_LAP),
        (date(2025, 12, 1), (date(2026, 7, 1),), SAP_NHAP),
        (date(2010, 1, 1), (date(2024, 7, 1),), ""),
        (date(2026, 12, 1), (), ""),
    ],
)
def test_new_means_founded_or_merged_within_the_months(thanh_lap, sap_xep, expected):
    assert moi_vi_sao(thanh_lap=thanh_lap, sap_xep=sap_xep, day=NGAY, thang=12) == expected


@given(st.dates(date(2020, 1, 1), NGAY), st.integers(1, 400))
def test_a_branch_waits_once_more_days_have_gone_by(lan_cuoi, so_ngay):
    waits = lau_chua_xuong(lan_cuoi, thanh_lap=None, day=NGAY, so_ngay=so_ngay)

    assert waits == (lan_cuoi + timedelta(days=so_ngay) < NGAY)


def test_a_young_branch_is_given_time_and_an_old_one_never_visited_waits():
    young = lau_chua_xuong(None, thanh_lap=date(2026, 11, 1), day=NGAY, so_ngay=60)
    old = lau_chua_xuong(None, thanh_lap=None, day=NGAY, so_ngay=60)

    assert (young, old) == (False, True)
