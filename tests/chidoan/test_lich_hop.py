import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidoan.lich_hop import (
    KhoangNhip,
    NhipHop,
    da_hop_trong,
    ky_cua,
    ky_phai_hop,
    nhip_hop,
    phai_hop_trong_thang,
    so_phai_hop,
    so_thang_khong_hop,
)
from chidoan.models import ChiDoan
from core.periods import KyBaoCao

NAM = KyBaoCao(2026)
CUOI_NAM = date(2026, 12, 31)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
kinds = st.sampled_from(["hang_thang", "ba_thang", "mien"])
freed = ("mien", "sap_xep")
periods = st.one_of(
    st.builds(KyBaoCao, st.integers(2021, 2029)),
    st.builds(KyBaoCao, st.integers(2021, 2029), quy=st.integers(1, 4)),
    st.builds(KyBaoCao, st.integers(2021, 2029), thang=st.integers(1, 12)),
)


def branch(*, nhip=(), dac_thu=False, **fields):
    found = ChiDoan(pk=1, cap="chi_doan", loai="chi_doan", **fields)
    found.nhip = (KhoangNhip("ba_thang", date(1931, 3, 26)),) if dac_thu else tuple(nhip)
    return found


def span(kieu, tu, den=None):
    return KhoangNhip(kieu, date(2026, *tu), date(2026, *den) if den else None)


@st.composite
def cadences(draw):
    """Spans of any kind one after the other, with or without days between them."""
    marks = sorted(draw(st.sets(days, max_size=8)))
    spans = [
        KhoangNhip(draw(kinds), start, end)
        for start, end in itertools.pairwise(marks)
        if draw(st.booleans())
    ]
    if marks and draw(st.booleans()):
        spans.append(KhoangNhip(draw(kinds), marks[-1] + timedelta(days=1)))
    return [
        KhoangNhip(span.kieu, span.tu_ngay, span.den_ngay and span.den_ngay - timedelta(days=1))
        for span in spans
        if not span.den_ngay or span.den_ngay > span.tu_ngay
    ]


@st.composite
def branches(draw):
    start = draw(st.none() | days)
    end = draw(st.none() | st.dates(start or date(2020, 1, 1), date(2031, 12, 31)))
    on_record = draw(st.none() | days)
    merges = [KhoangNhip("sap_xep", day, day) for day in sorted(draw(st.sets(days, max_size=2)))]
    spans = draw(cadences()) + merges
    return branch(nhip=spans, thanh_lap=start, so_lieu_tu=on_record, ket_thuc=end)


@pytest.mark.parametrize(
    ("fields", "as_of", "expected"),
    [
        ({}, CUOI_NAM, 12),
        ({}, date(2026, 11, 18), 10),
        ({}, date(2026, 11, 30), 11),
        ({}, date(2025, 12, 31), 0),
        ({"thanh_lap": date(2026, 3, 1)}, CUOI_NAM, 10),
        ({"thanh_lap": date(2026, 3, 2)}, CUOI_NAM, 9),
        ({"so_lieu_tu": date(2026, 10, 31)}, CUOI_NAM, 2),
        ({"thanh_lap": date(2026, 3, 1), "so_lieu_tu": date(2026, 11, 1)}, CUOI_NAM, 2),
        ({"ket_thuc": date(2026, 6, 30)}, CUOI_NAM, 6),
        ({"ket_thuc": date(2026, 6, 29)}, CUOI_NAM, 5),
        ({"dac_thu": True}, CUOI_NAM, 4),
        ({"dac_thu": True}, date(2026, 11, 18), 3),
        ({"dac_thu": True, "thanh_lap": date(2026, 2, 1)}, CUOI_NAM, 3),
        ({"nhip": [span("ba_thang", (4, 1))]}, CUOI_NAM, 3 + 3),
        ({"nhip": [span("ba_thang", (4, 15))]}, CUOI_NAM, 4 + 2),
        ({"nhip": [span("ba_thang", (1, 1), (5, 9))]}, CUOI_NAM, 1 + 7),
        ({"nhip": [span("mien", (5, 5), (5, 20))]}, CUOI_NAM, 11),
        ({"nhip": [span("mien", (5, 31), (6, 1))]}, CUOI_NAM, 10),
        ({"nhip": [span("sap_xep", (7, 1), (7, 1))]}, CUOI_NAM, 11),
        ({"nhip": [span("ba_thang", (1, 1)), span("sap_xep", (6, 15), (6, 15))]}, CUOI_NAM, 3),
        (
            {
                "thanh_lap": date(2026, 7, 1),
                "nhip": [span("sap_xep", (7, 1), (7, 1))],
            },
            CUOI_NAM,
            5,
        ),
        (
            {
                "nhip": [
                    span("ba_thang", (1, 1), (5, 4)),
                    span("mien", (5, 5), (5, 20)),
                    span("ba_thang", (5, 21)),
                ]
            },
            CUOI_NAM,
            3,
        ),
    ],
)
def test_expected_meetings_of_a_year(fields, as_of, expected):
    assert so_phai_hop(branch(**fields), NAM, as_of) == expected


def test_quarter_of_a_dispersed_branch_belongs_to_its_last_month():
    dispersed = branch(dac_thu=True)

    found = [so_phai_hop(dispersed, KyBaoCao(2026, thang=month), CUOI_NAM) for month in (4, 5, 6)]

    assert found == [0, 0, 1]
    assert ky_phai_hop(dispersed, KyBaoCao(2026, thang=6), CUOI_NAM) == [KyBaoCao(2026, quy=2)]


def test_two_meetings_in_a_month_fulfil_it_once():
    held = {date(2026, 1, 1), date(2026, 3, 1)}

    assert nhip_hop(branch(), held, NAM, date(2026, 4, 30)) == NhipHop(da_hop=2, phai_hop=4)


def test_any_month_of_its_quarter_fulfils_a_dispersed_branch():
    found = nhip_hop(branch(dac_thu=True), {date(2026, 2, 1)}, NAM, date(2026, 7, 1))

    assert found == NhipHop(da_hop=1, phai_hop=2)


@pytest.mark.parametrize(
    ("fields", "held", "expected"),
    [
        ({}, [date(2026, 8, 1)], 2),
        ({}, [date(2026, 11, 1)], 0),
        ({}, [], 12),
        ({"thanh_lap": date(2026, 9, 1)}, [], 2),
        ({"so_lieu_tu": date(2026, 11, 17)}, [], 0),
        ({"dac_thu": True}, [date(2026, 5, 1)], 3),
        ({"dac_thu": True}, [date(2026, 10, 1)], 0),
        ({"nhip": [span("mien", (9, 1), (9, 30))]}, [date(2026, 7, 1)], 2),
        ({"nhip": [span("ba_thang", (4, 1), (9, 30))]}, [date(2026, 2, 1)], 1 + 6 + 1),
        ({"nhip": [KhoangNhip("mien", date(2000, 1, 1))]}, [], 0),
    ],
)
def test_months_in_a_row_without_a_meeting(fields, held, expected):
    assert so_thang_khong_hop(branch(**fields), held, date(2026, 11, 18)) == expected


def test_meeting_due_in_a_month_does_not_wait_for_its_end():
    assert phai_hop_trong_thang(branch(), KyBaoCao(2026, thang=11))
    assert not phai_hop_trong_thang(branch(dac_thu=True), KyBaoCao(2026, thang=11))
    assert phai_hop_trong_thang(branch(dac_thu=True), KyBaoCao(2026, thang=12))
    assert not phai_hop_trong_thang(branch(thanh_lap=date(2026, 11, 2)), KyBaoCao(2026, thang=11))


@given(branches(), st.integers(2021, 2029), days)
def test_a_year_is_the_sum_of_its_quarters_and_of_its_months(chi_doan, nam, as_of):
    year = so_phai_hop(chi_doan, KyBaoCao(nam), as_of)

    assert year == sum(so_phai_hop(chi_doan, KyBaoCao(nam, quy=q), as_of) for q in range(1, 5))
    assert year == sum(so_phai_hop(chi_doan, KyBaoCao(nam, thang=m), as_of) for m in range(1, 13))


@given(branches(), periods, days)
def test_nothing_is_expected_outside_the_life_of_a_branch_or_after_the_day(chi_doan, ky, as_of):
    for unit in ky_phai_hop(chi_doan, ky, as_of):
        assert unit.end <= as_of
        assert unit.end in ky
        assert chi_doan.thanh_lap is None or chi_doan.thanh_lap <= unit.start
        assert chi_doan.so_lieu_tu is None or chi_doan.so_lieu_tu <= unit.start
        assert chi_doan.ket_thuc is None or unit.end <= chi_doan.ket_thuc


@given(branches(), periods, days, st.sets(days.map(lambda day: day.replace(day=1))))
def test_held_is_never_more_than_expected_and_grows_with_time(chi_doan, ky, as_of, held):
    now = nhip_hop(chi_doan, held, ky, as_of)
    later = nhip_hop(chi_doan, held, ky, as_of + timedelta(days=90))

    assert 0 <= now.da_hop <= now.phai_hop
    assert now.da_hop <= later.da_hop
    assert now.phai_hop <= later.phai_hop


@given(branches(), st.integers(2021, 2029))
def test_each_month_belongs_to_one_unit_and_to_one_that_is_due_at_most(chi_doan, nam):
    for month in KyBaoCao(nam).months:
        unit = ky_cua(chi_doan, month)
        assert month.start in unit
        assert {ky_cua(chi_doan, part) for part in unit.months} == {unit}
    due = ky_phai_hop(chi_doan, KyBaoCao(nam), date(nam, 12, 31))
    months = [month for unit in due for month in unit.months]
    assert len(months) == len(set(months))
    assert all(unit == ky_cua(chi_doan, unit.months[0]) for unit in due)


@given(branches(), periods, days, st.sets(days.map(lambda day: day.replace(day=1))), days)
def test_one_more_meeting_never_lowers_what_was_held(chi_doan, ky, as_of, held, day):
    more = held | {day.replace(day=1)}

    assert nhip_hop(chi_doan, held, ky, as_of).da_hop <= nhip_hop(chi_doan, more, ky, as_of).da_hop
    assert so_thang_khong_hop(chi_doan, more, as_of) <= so_thang_khong_hop(chi_doan, held, as_of)


@given(branches(), days)
def test_a_freed_month_asks_for_nothing(chi_doan, day):
    month = KyBaoCao.month_of(day)
    if any(one.kieu in freed and one.cham(month.start, month.end) for one in chi_doan.nhip):
        assert not phai_hop_trong_thang(chi_doan, month)
        assert all(month.start not in unit for unit in ky_phai_hop(chi_doan, month, day))


@given(branches(), periods, days)
def test_three_months_are_one_only_from_the_day_that_was_confirmed(chi_doan, ky, as_of):
    for unit in ky_phai_hop(chi_doan, ky, as_of):
        confirmed = [one for one in chi_doan.nhip if one.kieu == "ba_thang"]
        if unit.quy:
            for month in unit.months:
                assert any(one.cham(month.start, month.start) for one in confirmed)
        else:
            assert not any(one.cham(unit.start, unit.start) for one in confirmed)


def test_a_meeting_of_the_quarter_serves_all_its_months():
    held = {(1, date(2026, 4, 1))}

    assert [
        da_hop_trong(branch(dac_thu=True), KyBaoCao(2026, thang=month), held) for month in (3, 4, 6)
    ] == [False, True, True]
    assert not da_hop_trong(branch(), KyBaoCao(2026, thang=6), held)
