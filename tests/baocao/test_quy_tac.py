"""Rules between figures: what is missing, both sides, levels; half-years beside quarters."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baocao.bang_so_lieu import load_bang
from baocao.chi_tieu import THEO_MA
from baocao.kiem_tra import find_van_de
from baocao.models import SoLieu
from baocao.quy_tac import QUY_TAC, Phep, QuyTac, Thieu
from tests.factories import make_bao_cao

SO = st.integers(-1000, 1000).map(Decimal)
BANG = st.dictionaries(st.sampled_from("abcd"), st.none() | SO)
VE = st.lists(st.sampled_from(["a", "b", "-c", "d"]), min_size=1, max_size=4).map(tuple)


@given(VE, VE, BANG, st.sampled_from(Phep), st.sampled_from(Thieu))
def test_a_rule_is_passed_over_or_says_both_sides(trai, phai, so, phep, thieu):
    rule = QuyTac(trai, phep, phai, "", thieu=thieu)
    missing = [so.get(ma) is None for ma in rule.ma]
    skipped = {Thieu.BAT_KY: any(missing), Thieu.TAT_CA: all(missing), Thieu.KHONG: False}[thieu]
    left, right = (
        sum((-1 if ma[0] == "-" else 1) * (so.get(ma[-1]) or 0) for ma in side)
        for side in (trai, phai)
    )
    holds = left <= right if phep == Phep.KHONG_QUA else left == right

    assert rule.so_sai(so) == (None if skipped or holds else (left, right))


@given(st.dictionaries(st.sampled_from(["doan_vien", "doan_vien_nu"]), SO, min_size=2))
def test_zero_is_a_value_and_a_blank_is_none(so):
    (rule,) = (rule for rule in QUY_TAC if rule.trai == ("doan_vien_nu",))

    assert (rule.so_sai(so) is None) == (so["doan_vien_nu"] <= so["doan_vien"])
    assert rule.so_sai(so | {"doan_vien": None}) is None


def test_rules_read_indicators_that_there_are():
    assert {ma.split("@")[0] for rule in QUY_TAC for ma in rule.ma} <= set(THEO_MA)


def frozen(phuong, ky, ma, value):
    report = make_bao_cao(don_vi=phuong, ky=ky, trang_thai="chap_nhan", tinh_den="2026-06-30")
    SoLieu.objects.create(bao_cao=report, ma=ma, gia_tri=value, tu_so=value)


@pytest.mark.parametrize(("truoc", "la"), [(0, False), (3, True)])
def test_members_at_the_start_and_what_came_and_went_make_those_at_the_end(phuong, truoc, la):
    frozen(phuong, "2026Q2", "doan_vien", truoc)
    bang = load_bang(make_bao_cao(don_vi=phuong))

    found = [item for item in find_van_de(bang, {}) if "Đoàn viên kỳ trước cộng tăng" in item.title]

    assert bool(found) is la
    assert not any(item.is_chan for item in found)


def test_fewer_than_two_quarters_before_say_nothing_of_a_figure(phuong):
    frozen(phuong, "2026Q2", "hien_mau", 50)
    report = make_bao_cao(don_vi=phuong)
    SoLieu.objects.create(bao_cao=report, ma="hien_mau", bao_cao_gia_tri=1)

    assert not any("Đúng không" in item.title for item in find_van_de(load_bang(report), {}))


def test_a_half_year_is_not_added_to_its_quarters(huyen):
    for ky in ("2026Q1", "2026Q2", "2026H1"):
        report = make_bao_cao(don_vi=huyen, ky=ky, trang_thai="chap_nhan", tinh_den="2026-06-30")
        SoLieu.objects.create(bao_cao=report, ma="hien_mau", bao_cao_gia_tri=10)
    report = make_bao_cao(don_vi=huyen)
    SoLieu.objects.create(bao_cao=report, ma="hien_mau", bao_cao_gia_tri=1)

    line = load_bang(report).dong("hien_mau")

    assert (line.luy_ke, line.bon_ky_truoc) == (21, (10, 10))
