"""What would raise a result: the amount named reaches the next step, one less does not."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baocao.cham_diem.cong_thuc import GiaTri, KetTinh, tinh
from baocao.cham_diem.luat import BAC_CUA, Bac, CongThuc, LuatTieuChi
from baocao.ket_qua.de_nang import buoc_cuoi, buoc_ke, is_du_tran_so

LIMIT = st.fractions(min_value=0, max_value=4, max_denominator=12)
POINTS = st.integers(0, 200).map(lambda n: Decimal(n) / 10)


def value_of(ket: KetTinh):
    return ket.diem if ket.diem is not None else BAC_CUA[ket.muc]


@st.composite
def steps(draw, by_level):
    """A criterion of steps: limits going down where more is better, up where less is."""
    cang_cao = draw(st.booleans())
    limits = sorted(draw(st.sets(LIMIT, min_size=1, max_size=3)), reverse=cang_cao)
    gives = (
        ["htxs", "htt", "ht"]
        if by_level
        else sorted(
            draw(st.sets(st.integers(1, 100), min_size=len(limits), max_size=len(limits))),
            reverse=True,
        )
    )
    bac = [
        Bac(
            gioi_han=limit,
            is_tren=draw(st.booleans()),
            **({"muc": gives[n]} if by_level else {"diem": Decimal(gives[n])}),
        )
        for n, limit in enumerate(limits)
    ]
    last = {"muc": "kht"} if by_level else {"diem": Decimal(0)}
    return LuatTieuChi(
        ma="x",
        ten="x",
        cach_cham="tu_dong",
        cong_thuc=CongThuc.BAC,
        cang_cao=cang_cao,
        diem_toi_da=Decimal(100),
        tran_so=draw(st.none() | st.integers(0, 40)) if cang_cao else None,
        bac=(*bac, Bac(**last)),
    )


@st.composite
def lines(draw):
    low, high = draw(LIMIT), draw(LIMIT)
    if low == high:
        high += 1
    return LuatTieuChi(
        ma="x",
        ten="x",
        cach_cham="tu_dong",
        cong_thuc=CongThuc.TY_LE,
        moc_duoi=low,
        moc_tren=high,
        diem_toi_da=draw(POINTS),
        tran_so=draw(st.none() | st.integers(0, 40)) if high > low else None,
    )


@st.composite
def units(draw):
    gain = draw(st.integers(-30, 30).filter(bool))
    return LuatTieuChi(
        ma="x",
        ten="x",
        cach_cham="tu_dong",
        cong_thuc=CongThuc.MOI_DON_VI,
        moi=draw(st.integers(1, 5)),
        diem_moi=Decimal(gain) / 4,
        diem_toi_da=draw(POINTS) if gain > 0 else Decimal(0),
        diem_toi_thieu=-draw(POINTS) if gain < 0 else Decimal(0),
        tran_so=draw(st.none() | st.integers(0, 40)) if gain > 0 else None,
    )


CRITERIA = st.one_of(steps(by_level=False), steps(by_level=True), lines(), units())
VALUES = st.builds(
    GiaTri,
    tu=st.integers(0, 60),
    mau=st.none() | st.integers(1, 25),
    khong_cao_nhat=st.booleans(),
)


def after(luat, value, them):
    return value_of(tinh(luat, replace(value, tu=value.tu + them)))


@given(luat=CRITERIA, value=VALUES)
def test_the_amount_named_reaches_the_step_and_one_less_does_not(luat, value):
    now = value_of(tinh(luat, value))
    step = buoc_ke(luat, value)
    if step is None:
        assert all(after(luat, value, n) <= now for n in range(-value.tu, 300))
        return

    one_less = step.them - (1 if step.them > 0 else -1)
    assert after(luat, value, step.them) == value_of(step.ket) > now
    assert after(luat, value, one_less) <= now


@given(luat=CRITERIA, value=VALUES)
def test_beyond_the_last_step_nothing_more_is_to_be_had(luat, value):
    step = buoc_cuoi(luat, value)
    now = value_of(tinh(luat, value))
    best = value_of(step.ket) if step else now

    assert all(after(luat, value, n) <= best for n in (*range(-value.tu, 400), 10**6))
    if step:
        one_less = step.them - (1 if step.them > 0 else -1)
        assert after(luat, value, step.them) == best > after(luat, value, one_less)


def test_what_cannot_be_told_has_no_step():
    luat = LuatTieuChi(
        ma="x",
        ten="x",
        cach_cham="tu_dong",
        cong_thuc=CongThuc.TY_LE,
        moc_duoi=Fraction(0),
        moc_tren=Fraction(1),
        diem_toi_da=Decimal(10),
    )

    assert buoc_ke(luat, None) is None
    assert buoc_ke(luat, GiaTri(0, 0)) is None
    assert buoc_cuoi(luat, GiaTri(3, 3)) is None


@pytest.mark.parametrize(("tu", "reached"), [(7, False), (8, True), (20, True)])
def test_a_capped_count_gives_nothing_beyond_its_cap(tu, reached):
    luat = LuatTieuChi(
        ma="x",
        ten="x",
        cach_cham="tu_dong",
        cong_thuc=CongThuc.MOI_DON_VI,
        diem_moi=Decimal(1),
        diem_toi_da=Decimal(20),
        tran_so=8,
    )

    assert is_du_tran_so(luat, GiaTri(tu)) is reached
    assert (buoc_ke(luat, GiaTri(tu)) is None) is reached
