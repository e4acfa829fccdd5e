"""Figures on the map of a day and on today's: counted by the statement, and again in Python."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from baocao.chi_tieu import THEO_MA, TU_TINH, So, ThoiKy, compute, rows
from chidoan.models import BuoiSinhHoat
from core.periods import KyBaoCao
from doanvien.models import QuaTrinh
from tests.baocao.histories import make_history
from tests.cay import doi_cay
from tests.factories import make_buoi, make_chi_doan, make_doan_vien, make_huyen, make_phuong
from tochuc.ban_do import BanDo, so_sanh
from tochuc.models import DonVi, LichSuDonVi
from tochuc.quy_dinh import LUON_LUON

MOT_NGAY = timedelta(days=1)
NAM = KyBaoCao(2025)
CUOI_NAM = ThoiKy(NAM, date(2025, 12, 31))
DAU = date(2015, 1, 1)
SO = ("doan_vien", "buoi_sinh_hoat", "ket_nap_moi", "chi_doan", "chuyen_den")


def figures(don_vi, of, ban_do=None):
    table = compute(don_vi, CUOI_NAM, [THEO_MA[ma] for ma in SO], ban_do)
    return {ma: table.so(of, ma).tu for ma in SO}


class BanDoTest(TestCase):
    @settings(max_examples=12)
    @given(seed=st.integers(0, 10_000))
    def test_the_map_of_any_day_counts_as_the_history_says(self, seed):
        dice = random.Random(seed)
        huyen = make_huyen(thanh_lap=DAU)
        wards = [make_phuong(cap_tren=huyen, thanh_lap=DAU) for _ in range(3)]
        branches = [make_chi_doan(phuong=dice.choice(wards), thanh_lap=DAU) for _ in range(4)]
        moves = [
            (dice.choice(branches), dice.choice(wards), date(2025, 1, 1) + MOT_NGAY * days)
            for days in sorted(dice.sample(range(600), 5))
        ]
        above = doi_cay(moves)
        for _ in range(12):
            _life(dice, *dice.sample(branches, 2))
        day = date(2025, 1, 1) + MOT_NGAY * dice.randrange(500)
        ban_do = BanDo(day)

        table = compute(huyen, CUOI_NAM, [THEO_MA[ma] for ma in SO], ban_do)
        for ward in [huyen, *wards, *branches]:
            inside = {
                branch.pk
                for branch in branches
                if ward in (huyen, branch) or above(branch, day) == ward.pk
            }
            for ma in SO:
                figure = table.so(ward, ma).tu
                assert figure == _plain(ma, inside), ma
                assert figure == rows(THEO_MA[ma], ward, CUOI_NAM, ban_do=ban_do).count(), ma


def _life(dice, branch, other):
    start = date(2024, 6, 1) + MOT_NGAY * dice.randrange(500)
    nguoi = make_doan_vien(chi_doan=branch, tu_ngay=start, ly_do_bat_dau="ket_nap")
    if dice.random() < 0.5:
        make_buoi(chi_doan=branch, ngay=start, diem_danh={nguoi: "co_mat"})
    if dice.random() < 0.5:
        period = nguoi.qua_trinh.get()
        period.den_ngay, period.ly_do_ket_thuc = start + 30 * MOT_NGAY, "chuyen_di"
        period.save()
        QuaTrinh.objects.create(
            doan_vien=nguoi,
            chi_doan=other,
            tu_ngay=start + 31 * MOT_NGAY,
            ly_do_bat_dau="chuyen_den",
            truoc=period,
        )


def _plain(ma: str, inside: set[int]) -> int:
    """The figure counted row by row, for the branches `inside`."""
    periods = [row for row in QuaTrinh.objects.all() if row.chi_doan_id in inside]
    begun = [row for row in periods if row.tu_ngay in NAM]
    return {
        "chi_doan": len(inside),
        "doan_vien": sum(
            row.tu_ngay <= CUOI_NAM.den and (row.den_ngay is None or row.den_ngay >= CUOI_NAM.den)
            for row in periods
        ),
        "buoi_sinh_hoat": sum(
            row.chi_doan_id in inside and row.ngay in NAM for row in BuoiSinhHoat.objects.all()
        ),
        "ket_nap_moi": sum(row.ly_do_bat_dau == "ket_nap" for row in begun),
        "chuyen_den": sum(
            row.ly_do_bat_dau == "chuyen_den" and row.truoc.chi_doan_id not in inside
            for row in begun
        ),
    }[ma]


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.same_on_both)])
def test_without_reorganisation_both_maps_are_one(db, seed):
    huyen, wards, branches = make_history(seed)
    DonVi.objects.update(thanh_lap=None)
    LichSuDonVi.objects.update(tu_ngay=LUON_LUON)
    table = compute(huyen, CUOI_NAM)
    then = compute(huyen, CUOI_NAM, ban_do=BanDo(CUOI_NAM.den))

    assert not so_sanh(huyen, CUOI_NAM.den).khac
    for unit in (huyen, *wards, *branches):
        for item in TU_TINH:
            assert table.so(unit, item.ma) == then.so(unit, item.ma), item.ma


@pytest.fixture
def hai_phuong(db):
    huyen = make_huyen(thanh_lap=DAU)
    return huyen, *(make_phuong(cap_tren=huyen, thanh_lap=DAU) for _ in range(2))


def test_a_branch_that_moved_counts_where_it_was_or_where_it_is(hai_phuong):
    huyen, cu, moi = hai_phuong
    branch = make_chi_doan(phuong=cu, thanh_lap=DAU)
    make_doan_vien(chi_doan=branch, tu_ngay=date(2024, 1, 1))
    doi_cay([(branch, moi, date(2026, 3, 1))])
    moi = DonVi.objects.get(pk=moi.pk)
    then = BanDo(CUOI_NAM.den)

    assert figures(huyen, cu)["doan_vien"] == figures(huyen, moi, then)["doan_vien"] == 0
    assert figures(huyen, moi)["doan_vien"] == figures(huyen, cu, then)["doan_vien"] == 1


def test_only_rows_of_the_readers_scope_today_are_counted(hai_phuong):
    huyen, cu, moi = hai_phuong
    gone, stays = (make_chi_doan(phuong=cu, thanh_lap=DAU) for _ in range(2))
    for branch in (gone, stays):
        make_doan_vien(chi_doan=branch, tu_ngay=date(2024, 1, 1))
    doi_cay([(gone, moi, date(2026, 3, 1))])
    cu = DonVi.objects.get(pk=cu.pk)

    assert figures(cu, cu, BanDo(CUOI_NAM.den, (cu.path,)))["doan_vien"] == 1
    assert figures(cu, cu, BanDo(CUOI_NAM.den, (huyen.path,)))["doan_vien"] == 2
    assert so_sanh(cu, CUOI_NAM.den, (cu.path,)).da_roi == 1
    assert so_sanh(cu, CUOI_NAM.den, (huyen.path,)).da_roi == 0


def test_a_merge_is_the_sum_and_a_split_is_not_guessed(hai_phuong):
    """What ended hangs below what followed it: the one branch, or the ward of several."""
    _, phuong, _ = hai_phuong
    mot, hai, chia = (make_chi_doan(phuong=phuong, thanh_lap=DAU) for _ in range(3))
    for branch, count in ((mot, 2), (hai, 3), (chia, 4)):
        for _ in range(count):
            make_doan_vien(chi_doan=branch, tu_ngay=date(2024, 1, 1))
    ngay = date(2026, 1, 1)
    gop, *phan = (make_chi_doan(phuong=phuong, thanh_lap=ngay) for _ in range(3))
    doi_cay([(mot, gop, ngay), (hai, gop, ngay)])
    for branch in (mot, hai, chia):
        DonVi.objects.filter(pk=branch.pk).update(ket_thuc=ngay - MOT_NGAY)
    phuong = DonVi.objects.get(pk=phuong.pk)
    gop, *phan = (DonVi.objects.get(pk=unit.pk) for unit in (gop, *phan))
    then = BanDo(CUOI_NAM.den)

    assert figures(phuong, gop)["doan_vien"] == 5
    assert [figures(phuong, part)["doan_vien"] for part in phan] == [0, 0]
    assert figures(phuong, phuong)["doan_vien"] == 9
    assert [figures(phuong, unit, then)["doan_vien"] for unit in (mot, hai, chia)] == [2, 3, 4]
    assert figures(phuong, gop, then)["doan_vien"] == 0
    assert so_sanh(gop, CUOI_NAM.den).khac
    assert not so_sanh(gop, ngay).khac
    assert not so_sanh(phuong, CUOI_NAM.den, ben_trong=True).khac  # the ward's own are the same


def test_a_move_inside_a_district_shows_on_pages_of_its_wards_alone(hai_phuong):
    huyen, cu, moi = hai_phuong
    branch = make_chi_doan(phuong=cu, thanh_lap=DAU)
    doi_cay([(branch, moi, date(2026, 3, 1))])
    huyen, cu = (DonVi.objects.get(pk=unit.pk) for unit in (huyen, cu))

    assert not so_sanh(huyen, CUOI_NAM.den).khac
    assert so_sanh(huyen, CUOI_NAM.den, ben_trong=True).khac
    assert so_sanh(cu, CUOI_NAM.den).khac


def test_the_maps_are_compared_with_one_statement(hai_phuong, django_assert_num_queries):
    huyen, *_ = hai_phuong
    with django_assert_num_queries(1):
        so_sanh(huyen, CUOI_NAM.den)


def test_a_figure_of_a_day_takes_one_statement(hai_phuong, django_assert_num_queries):
    huyen, *_ = hai_phuong
    with django_assert_num_queries(1):
        table = compute(huyen, CUOI_NAM, ban_do=BanDo(CUOI_NAM.den, (huyen.path,)))
    assert table.so(huyen, "doan_vien") == So(0)
