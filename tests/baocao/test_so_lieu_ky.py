"""Facts: the figures of every unit of a period, counted in one pass and equal to the live ones."""

import random
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from baocao.chi_tieu import TU_TINH, So, ThoiKy, compute, rows
from baocao.models import DemSoLieu, SoLieuKy
from baocao.so_lieu_ky import cac_quy, cua_cac_don_vi, dem_so_lieu, qua_cac_ky
from core.periods import KyBaoCao
from tests.baocao.histories import live_on, make_full_history
from tests.cay import doi_cay
from tests.factories import make_doan_vien, make_phuong
from tochuc.ban_do import BanDo
from tochuc.models import DonVi

Q4, FEB = KyBaoCao.parse("2025Q4"), KyBaoCao.parse("2026-02")
LICH_SU = [0, pytest.param(1, marks=pytest.mark.same_on_both)]


def assert_as_live(goc, ky, *, khi_do=False) -> None:
    """Every figure of every unit below is what `compute` counts; own rows are the unit's own."""
    thoi_ky = ThoiKy.of(ky, goc)
    table = compute(goc, thoi_ky, ban_do=BanDo(thoi_ky.den) if khi_do else None)
    for unit in DonVi.objects.under(goc):
        kept = qua_cac_ky(unit, [ky], khi_do=khi_do).get(ky.code)
        for item in TU_TINH:
            live = table.so(unit, item.ma)
            if kept is None:  # not on that map
                assert live.tu == 0
                continue
            assert kept.so(item.ma) == live, (unit, item.ma)


@pytest.mark.parametrize("seed", LICH_SU)
def test_facts_are_what_is_counted_live_on_both_maps(db, seed):
    """With branches that were handed from ward to ward, and again after more was entered."""
    huyen, wards, branches = make_full_history(seed)
    dice = random.Random(seed)
    doi_cay(
        (dice.choice(branches), dice.choice(wards), date(2025, 11, 1) + timedelta(days=so))
        for so in (0, 20, 90)
    )
    for ky in (Q4, FEB, KyBaoCao(2025)):
        for khi_do in (False, True):
            assert dem_so_lieu(huyen, ky, khi_do=khi_do) >= len(wards) + 1
            assert_as_live(huyen, ky, khi_do=khi_do)
    live_on(seed, branches)
    dem_so_lieu(huyen, Q4)
    assert_as_live(huyen, Q4)


def test_own_rows_are_told_apart_and_zeros_are_not_kept(db):
    huyen, wards, branches = make_full_history(0)
    dem_so_lieu(huyen, Q4)

    thoi_ky = ThoiKy.of(Q4, huyen)
    for fact in SoLieuKy.objects.select_related("dem__don_vi"):
        assert fact.tu or fact.mau
        if fact.dem.don_vi in branches:
            assert (fact.tu, fact.mau) == (fact.tu_rieng, fact.mau_rieng)
    item = next(item for item in TU_TINH if item.ma == "tham_muu")
    for ward in wards:
        own = rows(item, ward, thoi_ky).filter(don_vi=ward).count()
        kept = SoLieuKy.objects.filter(dem__don_vi=ward, ma=item.ma).first()
        assert (kept.tu_rieng if kept else 0) == own


def test_a_ward_is_counted_alone_and_others_stay(db):
    huyen, wards, branches = make_full_history(0)
    assert dem_so_lieu(huyen, Q4) == 1 + len(wards) + len(branches)
    before = qua_cac_ky(huyen, [Q4])["2025Q4"]
    make_doan_vien(chi_doan=branches[0], tu_ngay=date(2025, 10, 1))
    ward = branches[0].cap_tren
    dem_so_lieu(ward, Q4)

    assert qua_cac_ky(huyen, [Q4])["2025Q4"] == before
    found = cua_cac_don_vi([*wards, huyen], Q4, "doan_vien")
    assert found[ward.pk] == So(compute(ward, ThoiKy.of(Q4, ward)).so(ward, "doan_vien").tu)
    assert sum(found[unit.pk].tu for unit in wards) == found[huyen.pk].tu + 1


@pytest.mark.parametrize("so_ky", [1, 4])
def test_many_periods_of_a_unit_are_one_statement(db, django_assert_num_queries, so_ky):
    huyen, wards, _ = make_full_history(0)
    periods = cac_quy(KyBaoCao.parse("2026Q1"), so_ky)
    for ky in periods:
        dem_so_lieu(huyen, ky)
    with django_assert_num_queries(8):
        dem_so_lieu(huyen, Q4)  # two of them open and close the transaction
    with django_assert_num_queries(1):
        found = qua_cac_ky(wards[0], periods, ["doan_vien", "ty_le_du_sinh_hoat"])
    assert list(found) == [ky.code for ky in periods]
    for ky in periods:
        live = compute(wards[0], ThoiKy.of(ky, wards[0]))
        for ma in ("doan_vien", "ty_le_du_sinh_hoat"):
            assert found[ky.code].so(ma) == live.so(wards[0], ma)


def test_a_count_says_how_far_it_goes_and_when_it_was_made(phuong, hom_nay):
    running, over = KyBaoCao.quarter_of(hom_nay), KyBaoCao.quarter_of(hom_nay).previous
    for ky in (running, over):
        dem_so_lieu(phuong, ky)
    found = qua_cac_ky(phuong, [over, running])

    assert (found[running.code].den, found[running.code].het_ky) == (hom_nay, False)
    assert (found[over.code].den, found[over.code].het_ky) == (over.end, True)
    assert qua_cac_ky(make_phuong(), [over]) == {}


def test_the_command_counts_every_root_and_a_named_unit(phuong, chi_doan, hom_nay):
    out = StringIO()
    call_command("dem_so_lieu", periods=2, stdout=out)
    codes = {ky.code for ky in cac_quy(KyBaoCao.quarter_of(hom_nay), 2)}
    assert set(DemSoLieu.objects.values_list("ky", flat=True)) == codes
    assert DemSoLieu.objects.filter(don_vi__in=[phuong, chi_doan]).count() == 4
    call_command("dem_so_lieu", unit=phuong.ma, period=["2026"], map="reported", stdout=out)
    assert DemSoLieu.objects.filter(don_vi=phuong, ky="2026", khi_do=True).exists()
    assert str(phuong) in out.getvalue()
    for wrong in ({"unit": "khong-co"}, {"period": ["2026Q9"]}):
        with pytest.raises(SystemExit) as stopped:
            call_command("dem_so_lieu", stdout=out, stderr=out, **wrong)
        assert stopped.value.code == 2
