"""The tables of 33-HD/TWĐTN-BTC, and what must hold for any numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baocao.tieu_chi import HD33, bo_tieu_chi
from baocao.xep_loai import KetQua, Muc, ThuocDo, bac_xep, xep_chung, xep_hang

XS, T, HT, KHT = Muc.HTXS, Muc.HTT, Muc.HT, Muc.KHT


def thuoc_do(ma: str) -> ThuocDo:
    return HD33.lay(ma).thuoc_do


@pytest.mark.parametrize(
    ("ma", "tu", "mau", "muc"),
    [
        ("sinh_hoat", 12, 12, XS),
        ("sinh_hoat", 11, 12, KHT),
        ("sinh_hoat", 0, 0, None),
        ("tot_tro_len", 80, 100, XS),
        ("tot_tro_len", 4, 5, XS),
        ("tot_tro_len", 79, 100, T),
        ("tot_tro_len", 60, 100, T),
        ("tot_tro_len", 59, 100, HT),
        ("tot_tro_len", 50, 100, HT),
        ("tot_tro_len", 49, 100, KHT),
        ("tot_tro_len", 0, 0, None),
        ("khong_hoan_thanh", 0, 15, XS),
        ("khong_hoan_thanh", 1, 15, HT),
        ("khong_hoan_thanh", 3, 15, HT),
        ("khong_hoan_thanh", 4, 15, KHT),
    ],
)
def test_thresholds_read_as_the_guidance(ma, tu, mau, muc):
    assert thuoc_do(ma).muc(tu, mau) == muc


@pytest.mark.parametrize(
    ("ma", "tu", "mau", "con_thieu"),
    [
        ("sinh_hoat", 9, 11, (XS, 2)),
        ("tot_tro_len", 3, 5, (XS, 1)),
        ("tot_tro_len", 7, 15, (HT, 1)),
        ("khong_hoan_thanh", 4, 15, (HT, 1)),
        ("khong_hoan_thanh", 1, 15, (XS, 1)),
        ("tot_tro_len", 5, 5, None),
        ("tot_tro_len", 0, 0, None),
    ],
)
def test_the_way_to_the_next_level(ma, tu, mau, con_thieu):
    assert thuoc_do(ma).con_thieu(tu, mau) == con_thieu


def results(*levels):
    return [KetQua(item, level) for item, level in zip(HD33.tieu_chi, levels, strict=False)]


@pytest.mark.parametrize(
    ("levels", "muc", "cao_nhat", "so_cao_nhat", "so_thieu"),
    [
        ((XS, XS, XS), XS, XS, 3, 0),
        ((XS, T, XS), T, T, 2, 0),
        ((XS, HT, T), HT, HT, 1, 0),
        ((XS, KHT, T), KHT, KHT, 1, 0),
        ((XS, None, T), None, T, 1, 1),
        ((None, None, None), None, XS, 0, 3),
        ((KHT, None, None), KHT, KHT, 0, 2),
        ((), None, XS, 0, 0),
    ],
)
def test_the_weakest_criterion_decides_and_nothing_is_guessed(
    levels, muc, cao_nhat, so_cao_nhat, so_thieu
):
    xep = xep_chung(results(*levels))

    assert (xep.muc, xep.cao_nhat) == (muc, cao_nhat)
    assert (xep.so_cao_nhat, xep.so_thieu) == (so_cao_nhat, so_thieu)


def test_an_open_level_stands_above_failure_alone():
    assert sorted([None, *Muc], key=bac_xep) == [KHT, None, HT, T, XS]


def test_equals_share_a_rank_and_the_next_one_skips():
    ranked = xep_hang([("a", 2), ("b", 5), ("c", 5), ("d", 1)], lambda row: row[1])

    assert [(place, name) for place, (name, _) in ranked] == [
        (1, "b"),
        (1, "c"),
        (3, "a"),
        (4, "d"),
    ]


def test_each_year_has_the_set_of_its_time():
    assert bo_tieu_chi(2018) is None
    assert bo_tieu_chi(2020) is HD33
    assert len(HD33.tieu_chi) == 9


@given(st.integers(1, 500), st.data())
def test_more_is_never_worse_where_more_is_better(mau, data):
    tu = data.draw(st.integers(0, mau - 1))
    measure = thuoc_do("tot_tro_len")

    assert measure.muc(tu, mau) <= measure.muc(tu + 1, mau)


@given(st.integers(1, 500), st.data())
def test_fewer_is_never_worse_where_fewer_is_better(mau, data):
    tu = data.draw(st.integers(0, mau - 1))
    measure = thuoc_do("khong_hoan_thanh")

    assert measure.muc(tu, mau) >= measure.muc(tu + 1, mau)


@given(st.sampled_from(["sinh_hoat", "tot_tro_len", "khong_hoan_thanh"]), st.data())
def test_what_is_said_to_be_missing_is_exactly_enough(ma, data):
    mau = data.draw(st.integers(1, 300))
    tu = data.draw(st.integers(0, mau))
    measure = thuoc_do(ma)
    step = measure.con_thieu(tu, mau)

    if step is None:
        assert measure.muc(tu, mau) == XS
    else:
        level, missing = step
        sign = 1 if measure.cang_cao else -1
        assert missing > 0
        assert measure.muc(tu + sign * missing, mau) >= level
        assert measure.muc(tu + sign * (missing - 1), mau) < level


@given(st.lists(st.sampled_from([None, *Muc]), min_size=9, max_size=9), st.data())
def test_raising_one_criterion_never_lowers_a_branch(levels, data):
    index = data.draw(st.integers(0, 8))
    before = xep_chung(results(*levels))
    better = list(levels)
    better[index] = XS
    after = xep_chung(results(*better))

    assert after.cao_nhat >= before.cao_nhat
    assert after.so_cao_nhat >= before.so_cao_nhat


@given(st.lists(st.integers(0, 5)))
def test_every_row_has_a_rank_and_ranks_follow_the_order(values):
    ranked = xep_hang(values, lambda value: (value,))

    assert [place for place, _ in ranked] == sorted(place for place, _ in ranked)
    for place, value in ranked:
        assert place == 1 + sum(1 for other in values if other > value)


@given(st.fractions(0, 1))
def test_no_rate_falls_between_two_levels(rate: Fraction):
    for item in HD33.tieu_chi:
        if item.thuoc_do:
            assert item.thuoc_do.muc(rate.numerator, rate.denominator) in Muc
