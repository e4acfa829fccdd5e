"""Conditions of an admission: plain rules, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doanvien.ket_nap.dieu_kien import (
    QuyDinhKetNap,
    con_thieu,
    cung_sinh_hoat_tu,
    months_before,
    xet,
)
from doanvien.models import DoanVien, KetNap, QuaTrinh
from doanvien.tuoi import TuoiKetNap
from tochuc.models import DonVi

NGAY = date(2026, 3, 26)
QUY_DINH = QuyDinhKetNap(TuoiKetNap(15, 1), 30, 3)
LyDo = QuaTrinh.LyDoBatDau


def applicant(**fields) -> KetNap:
    """Somebody in whose way nothing stands on 26/3/2026."""
    return KetNap(
        **{
            "ho_ten": "Lý Gia Hân",
            "chi_doan": DonVi(pk=1, loai="chi_doan", ten="Khu vực 1"),
            "ngay_sinh": date(2009, 5, 19),
            "ngay_hoc_dieu_le": date(2026, 3, 1),
            "nguoi_gioi_thieu": DoanVien(pk=7, ho_ten="Lê Minh Duy"),
            "van_hoa": "Trung học cơ sở",
            **fields,
        }
    )


def blocking(ket_nap, ngay=NGAY, *, vote=date(2026, 3, 10), cung_tu=date(2020, 3, 26)) -> list[str]:
    rows = xet(ket_nap, ngay, QUY_DINH, ngay_bieu_quyet=vote, cung_tu=cung_tu)
    return [row.ten.split(" vào ngày")[0] for row in rows if row.chan]


def test_nothing_stands_in_the_way_of_a_complete_application():
    assert blocking(applicant()) == []


@pytest.mark.parametrize(
    ("born", "stops"),
    [
        (date(2011, 3, 25), []),  # 15 years and 1 day
        (date(2011, 3, 26), ["Tuổi"]),  # 15 on the very day
        (date(1995, 3, 27), []),  # 30, the last day before 31
        (date(1995, 3, 26), ["Tuổi"]),
    ],
)
def test_ages_are_those_of_the_day_of_the_resolution(born, stops):
    assert blocking(applicant(ngay_sinh=born)) == stops


@pytest.mark.parametrize(
    ("fields", "stops"),
    [
        ({"ngay_hoc_dieu_le": None}, ["Học Điều lệ Đoàn"]),
        ({"ngay_hoc_dieu_le": date(2026, 3, 27)}, ["Học Điều lệ Đoàn"]),
        ({"nguoi_gioi_thieu": None}, ["Người giới thiệu"]),
        ({"nguoi_gioi_thieu": None, "to_chuc_gioi_thieu": "Chi đội 9A1"}, []),
        ({"can_y_kien_cap_uy": True}, ["Ý kiến cấp ủy cùng cấp"]),
        ({"can_y_kien_cap_uy": True, "ngay_y_kien_cap_uy": date(2026, 3, 20)}, []),
        ({"van_hoa": ""}, []),
    ],
)
def test_each_condition_stops_by_itself(fields, stops):
    assert blocking(applicant(**fields)) == stops


def test_vote_must_have_passed_by_that_day():
    assert blocking(applicant(), vote=None) == ["Chi đoàn biểu quyết"]
    assert blocking(applicant(), vote=date(2026, 3, 27)) == ["Chi đoàn biểu quyết"]


def test_who_introduces_has_been_in_the_branch_three_months_on_the_day_of_the_vote():
    assert blocking(applicant(), cung_tu=date(2025, 12, 10)) == []
    assert blocking(applicant(), cung_tu=date(2025, 12, 11)) == ["Người giới thiệu"]
    assert blocking(applicant(), cung_tu=None) == ["Người giới thiệu"]


def test_refusal_says_what_to_do():
    rows = xet(
        applicant(ngay_sinh=date(2011, 6, 1)), NGAY, QUY_DINH, ngay_bieu_quyet=NGAY, cung_tu=None
    )

    assert "Chọn ngày chuẩn y từ 02/06/2026" in con_thieu(rows)
    assert "Chọn đoàn viên khác" in con_thieu(rows)


def period(chi_doan, tu, den=None, ly_do=LyDo.KET_NAP):
    return QuaTrinh(chi_doan_id=chi_doan, tu_ngay=tu, den_ngay=den, ly_do_bat_dau=ly_do)


def test_time_in_the_branch_goes_on_through_a_rearrangement_of_units():
    before = period(5, date(2019, 3, 26), date(2026, 1, 31))
    merged = period(1, date(2026, 2, 1), ly_do=LyDo.SAP_XEP)

    assert cung_sinh_hoat_tu([merged, before], 1, NGAY) == date(2019, 3, 26)
    moved = period(1, date(2026, 2, 1), ly_do=LyDo.CHUYEN_DEN)
    assert cung_sinh_hoat_tu([moved, before], 1, NGAY) == date(2026, 2, 1)
    assert cung_sinh_hoat_tu([before], 1, NGAY) is None


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(1, 24))
def test_months_before_is_a_day_of_the_right_month(day, months):
    found = months_before(day, months)

    assert (day.year - found.year) * 12 + day.month - found.month == months
    assert found.day == day.day or found.day < day.day <= 31
