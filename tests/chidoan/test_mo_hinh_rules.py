"""Initiatives without the database: quarters, days, templates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidoan.mo_hinh.mau_cam_ket import CHUONG_TRINH
from chidoan.mo_hinh.quy_tac import cac_quy, check_ngay_danh_gia, check_quy, doc_quy
from core.errors import RuleError
from core.periods import KyBaoCao

Q = KyBaoCao
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@given(DAYS, st.none() | DAYS, DAYS)
def test_quarters_are_those_in_which_it_ran_up_to_today(tu, den, homnay):
    found = cac_quy(tu, den, homnay)
    last = min(den or homnay, homnay)

    assert found == sorted(found, reverse=True)
    assert all(ky.start <= last and ky.end >= tu for ky in found)
    if tu <= last:
        assert found[0] == Q.quarter_of(last)
        assert found[-1] == Q.quarter_of(tu)


def test_an_address_asks_for_a_quarter_of_the_initiative_or_gets_the_newest():
    quarters = cac_quy(date(2026, 2, 1), None, date(2026, 11, 29))

    assert doc_quy("2026Q2", quarters, date(2026, 11, 29)) == Q(2026, quy=2)
    for nonsense in ("2025Q4", "2026", "xyz", None):
        assert doc_quy(nonsense, quarters, date(2026, 11, 29)) == Q(2026, quy=4)


@pytest.mark.parametrize("ky", [Q(2026), Q(2026, quy=1), Q(2026, quy=4)])
def test_a_quarter_outside_the_initiative_is_refused(ky):
    with pytest.raises(RuleError):
        check_quy(date(2026, 4, 1), date(2026, 9, 30), ky, date(2026, 11, 29))


def test_a_quarter_is_reviewed_from_its_last_month_on():
    check_ngay_danh_gia(Q(2026, quy=3), date(2026, 9, 1), date(2026, 11, 29))
    for ngay in (date(2026, 8, 31), date(2026, 11, 30)):
        with pytest.raises(RuleError):
            check_ngay_danh_gia(Q(2026, quy=3), ngay, date(2026, 11, 29))


def test_three_initiatives_of_the_field_come_ready_made():
    three = CHUONG_TRINH["ba_chu_dong"].nhom

    assert [nhom.ten.split()[:2] for nhom in three] == [["Chủ", "động"]] * 3
    assert all(nhom.muc for nhom in three)
    assert not CHUONG_TRINH["mot_cong_mot"].nhom[0].muc  # counted, not ticked
