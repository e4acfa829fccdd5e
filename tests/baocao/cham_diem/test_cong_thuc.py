"""Formulas, totals and classes: exact arithmetic that no data can push out of its bounds."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from baocao.cham_diem.cong_thuc import GiaTri, tinh
from baocao.cham_diem.luat import Bac, BoLuat, LuatMuc, LuatTieuChi, bam, doc_luat, ghi_luat
from baocao.cham_diem.tong_hop import muc_cua, tong_hop
from baocao.xep_loai import xep_hang

DIEM = st.decimals(min_value=0, max_value=100, places=2)
MOC = st.fractions(min_value=0, max_value=20, max_denominator=50)
SO = st.integers(min_value=0, max_value=500)


def tieu_chi(cong_thuc, **them) -> LuatTieuChi:
    return LuatTieuChi(
        **{"ma": "x", "ten": "X", "cach_cham": "tu_dong", "nguon": "nhip_hop", **them},
        cong_thuc=cong_thuc,
    )


def bo(*tieu_chi: LuatTieuChi, muc=(), kieu="diem") -> BoLuat:
    return BoLuat(
        ma="thu",
        phien_ban=1,
        ten="Thử",
        doi_tuong="chi_doan",
        kieu=kieu,
        can_cu="Thử",
        tieu_chi=tieu_chi,
        muc=muc,
    )


@st.composite
def cong_thuc(draw, *, cang_cao=None):
    """A criterion of points with any of the three formulas, more being better unless asked."""
    kind = draw(st.sampled_from(["ty_le", "bac", "moi_don_vi"]))
    most = draw(DIEM)
    up = draw(st.booleans()) if cang_cao is None else cang_cao
    if kind == "ty_le":
        low, high = sorted([draw(MOC), draw(MOC)])
        assume(low != high)
        ends = (low, high) if up else (high, low)
        return up, tieu_chi("ty_le", moc_duoi=ends[0], moc_tren=ends[1], diem_toi_da=most)
    if kind == "moi_don_vi":
        step, each = draw(st.integers(1, 5)), draw(st.decimals(0, 10, places=2))
        limits = {"diem_toi_da": most} if up else {"diem_toi_thieu": -most}
        return up, tieu_chi("moi_don_vi", moi=step, diem_moi=each if up else -each, **limits)
    limits = sorted(draw(st.sets(MOC, min_size=1, max_size=5)), reverse=up)
    shares = sorted(draw(st.sets(st.integers(0, 99), min_size=len(limits) + 1, max_size=9)))[::-1]
    points = [most * share / 100 for share in shares]
    steps = [
        Bac(gioi_han=limit, is_tren=draw(st.booleans()), diem=diem)
        for limit, diem in zip(limits, points, strict=False)
    ]
    rest = Bac(diem=points[len(limits)])
    return up, tieu_chi("bac", bac=(*steps, rest), cang_cao=up, diem_toi_da=most)


@given(cong_thuc(), SO, SO, st.integers(1, 40))
def test_points_never_fall_when_the_figure_gets_better(declared, first, second, base):
    up, item = declared
    worse, better = sorted([first, second], reverse=not up)

    low, high = (tinh(item, GiaTri(so, base)).diem for so in (worse, better))

    assert low <= high


@given(cong_thuc(), SO, st.integers(1, 40))
def test_points_stay_between_the_least_and_the_most(declared, figure, base):
    _, item = declared

    assert item.diem_toi_thieu <= tinh(item, GiaTri(figure, base)).diem <= item.diem_toi_da


@given(cong_thuc())
def test_without_a_base_nothing_is_said(declared):
    _, item = declared

    assert tinh(item, None).is_thieu
    assert tinh(item, GiaTri(0, 0)).is_thieu


@given(cong_thuc(cang_cao=True), SO, SO)
def test_a_capped_count_gains_nothing_above_its_cap(declared, cap, extra):
    _, item = declared
    capped = LuatTieuChi(**{**item.__dict__, "tran_so": cap})

    assert tinh(capped, GiaTri(cap + extra, 1)) == tinh(capped, GiaTri(cap, 1))


@pytest.mark.parametrize(
    ("tu", "muc"), [(0, "kht"), (1, "ht"), (79, "ht"), (80, "htt"), (99, "htt"), (100, "htxs")]
)
def test_the_limit_itself_reaches_a_step_unless_it_must_be_passed(tu, muc):
    steps = [("htxs", "1", False), ("htt", "4/5", False), ("ht", "0", True)]
    item = tieu_chi(
        "bac",
        bac=(
            *(Bac(muc=muc, gioi_han=Fraction(limit), is_tren=tren) for muc, limit, tren in steps),
            Bac(muc="kht"),
        ),
    )

    assert tinh(item, GiaTri(tu, 100)).muc == muc


@st.composite
def bang_diem(draw):
    """A set of points by hand with bands that begin anywhere, and a score for each criterion."""
    items = tuple(
        LuatTieuChi(ma=f"t{so}", ten="T", cach_cham="tu_cham", diem_toi_da=draw(DIEM))
        for so in range(draw(st.integers(1, 6)))
    )
    starts = sorted(draw(st.sets(DIEM, min_size=3, max_size=3)), reverse=True)
    levels = ("htxs", "htt", "ht", "kht")
    muc = tuple(
        LuatMuc(muc=muc, ten="", tu_diem=start)
        for muc, start in zip(levels, [*starts, Decimal(0)], strict=True)
    )
    scores = {
        item.ma: draw(st.none() | st.decimals(min_value=0, max_value=item.diem_toi_da, places=2))
        for item in items
    }
    return bo(*items, muc=muc), scores


@given(bang_diem(), st.decimals(min_value=-50, max_value=700, places=2))
def test_every_total_has_one_class(drawn, total):
    luat, _ = drawn

    assert muc_cua(luat, total) in luat.cac_muc


@given(bang_diem(), st.randoms())
def test_the_total_is_the_sum_in_whatever_order(drawn, random):
    luat, scores = drawn
    keys = list(scores)
    random.shuffle(keys)

    found = tong_hop(luat, {key: scores[key] for key in keys})

    assert found == tong_hop(luat, scores)
    assert found.tong == sum((diem for diem in scores.values() if diem is not None), Decimal(0))


@given(bang_diem())
def test_an_open_class_is_decided_only_when_nothing_missing_could_move_it(drawn):
    luat, scores = drawn
    full = {ma: luat.lay(ma).diem_toi_da if diem is None else diem for ma, diem in scores.items()}
    least = {ma: Decimal(0) if diem is None else diem for ma, diem in scores.items()}
    ends = {tong_hop(luat, end).muc for end in (full, least)}

    found = tong_hop(luat, scores)

    assert found.so_thieu == sum(1 for diem in scores.values() if diem is None)
    assert {found.muc} == ends if len(ends) == 1 else found.muc == ""


def test_a_bonus_nobody_claimed_is_none_and_adds_above_the_maximum():
    rest = LuatTieuChi(ma="a", ten="A", cach_cham="tu_cham", diem_toi_da=Decimal(10))
    bonus = LuatTieuChi(ma="b", ten="B", cach_cham="cong_tru", diem_toi_da=Decimal(3))
    luat = bo(rest, bonus, muc=(LuatMuc(muc="kht", ten="", tu_diem=Decimal(0)),))

    assert tong_hop(luat, {"a": Decimal(10)}).so_thieu == 0
    found = tong_hop(luat, {"a": Decimal(10), "b": Decimal(2)})
    assert (found.tong, found.toi_da) == (12, 10)


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=8), st.randoms())
def test_equal_totals_share_a_rank_whatever_the_order(totals, random):
    rows = list(enumerate(totals))
    random.shuffle(rows)

    ranked = {row[0]: place for place, row in xep_hang(rows, lambda row: (row[1],))}

    for number, total in enumerate(totals):
        assert ranked[number] == 1 + sum(1 for other in totals if other > total)


@given(cong_thuc())
def test_rules_survive_their_json_and_keep_their_mark(declared):
    luat = bo(declared[1], muc=(LuatMuc(muc="kht", ten="Chưa đạt", tu_diem=Decimal(0)),))
    data = ghi_luat(luat)

    assert doc_luat(data) == luat
    assert bam(dict(reversed(data.items()))) == bam(data)
