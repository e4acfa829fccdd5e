"""The tables of 33-HD/TWĐTN-BTC, and what must hold for any numbers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baocao.cham_diem.co_san import doc_tep
from baocao.cham_diem.cong_thuc import GiaTri, con_thieu, tinh
from baocao.cham_diem.luat import BAC_CUA, doc_luat
from baocao.cham_diem.xep_chung import xep_chung
from baocao.xep_loai import KetQua, Muc, bac_xep, xep_hang

XS, T, HT, KHT = Muc.HTXS, Muc.HTT, Muc.HT, Muc.KHT
HD33 = next(doc_luat(data) for data in doc_tep() if data["ma"] == "hd33-chi-doan")


def muc_cua(ma: str, tu: int, mau: int) -> Muc | None:
    return BAC_CUA.get(tinh(HD33.lay(ma), GiaTri(tu, mau)).muc)


def thieu(ma: str, tu: int, mau: int) -> tuple[Muc, int] | None:
    step = con_thieu(HD33.lay(ma), GiaTri(tu, mau))
    return step and (BAC_CUA[step[0].muc], step[1])


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
    assert muc_cua(ma, tu, mau) == muc


@pytest.mark.parametrize(
    ("ma", "tu", "mau", "buoc"),
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
def test_the_way_to_the_next_level(ma, tu, mau, buoc):
    assert thieu(ma, tu, mau) == buoc


def xep_cua(*levels):
    """What levels of the first criteria make, as if the set had no others."""
    items = HD33.tieu_chi[: len(levels)]
    results = [KetQua(item, level) for item, level in zip(items, levels, strict=True)]
    return xep_chung(replace(HD33, tieu_chi=items), results)


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
    xep = xep_cua(*levels)

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


def test_the_national_set_has_nine_criteria():
    assert len(HD33.la) == 9


@given(st.integers(1, 500), st.data())
def test_more_is_never_worse_where_more_is_better(mau, data):
    tu = data.draw(st.integers(0, mau - 1))

    assert muc_cua("tot_tro_len", tu, mau) <= muc_cua("tot_tro_len", tu + 1, mau)


@given(st.integers(1, 500), st.data())
def test_fewer_is_never_worse_where_fewer_is_better(mau, data):
    tu = data.draw(st.integers(0, mau - 1))

    assert muc_cua("khong_hoan_thanh", tu, mau) >= muc_cua("khong_hoan_thanh", tu + 1, mau)


@given(st.sampled_from(["sinh_hoat", "tot_tro_len", "khong_hoan_thanh"]), st.data())
def test_what_is_said_to_be_missing_is_exactly_enough(ma, data):
    mau = data.draw(st.integers(1, 300))
    tu = data.draw(st.integers(0, mau))
    step = thieu(ma, tu, mau)

    if step is None:
        assert muc_cua(ma, tu, mau) == XS
    else:
        level, missing = step
        sign = 1 if HD33.lay(ma).cang_cao else -1
        assert missing > 0
        assert muc_cua(ma, tu + sign * missing, mau) >= level
        assert muc_cua(ma, tu + sign * (missing - 1), mau) < level


@given(st.lists(st.sampled_from([None, *Muc]), min_size=9, max_size=9), st.data())
def test_raising_one_criterion_never_lowers_a_branch(levels, data):
    index = data.draw(st.integers(0, 8))
    before = xep_cua(*levels)
    better = list(levels)
    better[index] = XS
    after = xep_cua(*better)

    assert after.cao_nhat >= before.cao_nhat
    assert after.so_cao_nhat >= before.so_cao_nhat


@given(st.lists(st.integers(0, 5)))
def test_every_row_has_a_rank_and_ranks_follow_the_order(values):
    ranked = xep_hang(values, lambda value: (value,))

    assert [place for place, _ in ranked] == sorted(place for place, _ in ranked)
    for place, value in ranked:
        assert place == 1 + sum(1 for other in values if other > value)


@given(st.fractions(0, 1))
def test_no_rate_falls_between_two_levels(rate):
    for item in HD33.la:
        if item.is_tu_dong:
            assert muc_cua(item.ma, rate.numerator, rate.denominator) in Muc
