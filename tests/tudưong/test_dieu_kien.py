"""What a member still needs before being referred."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from doanvien.models import XepLoai
from tests.factories import make_doan_vien, make_ho_so
from tochuc.models import QuyDinh
from tudưong.dieu_kien import dieu_kien_cua, from_thcs
from tudưong.models import BuocHoSo, GiayTo, HoSo
from tudưong.services import update_giay_to
from tudưong.thang import add_months, full_months

DAY = date(2026, 11, 21)


def conditions(doan_vien, so_quy=0) -> dict:
    rows = dieu_kien_cua(doan_vien, DAY, so_quy=so_quy, don_vi=doan_vien.chi_doan.cap_tren)
    return {row.title: (row.dat, row.note) for row in rows}


@pytest.mark.parametrize(
    ("van_hoa", "reaches"),
    [
        ("12/12", True),
        ("9/12", True),
        ("8/12", False),
        ("7/10", True),
        ("6/10", False),
        ("Trung học cơ sở", True),
        ("Trung học phổ thông hệ 12/12", True),
        ("Tiểu học", False),
        ("", None),
    ],
)
def test_schooling_to_the_end_of_lower_secondary(van_hoa, reaches):
    assert from_thcs(van_hoa) is reaches


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 8, 30), 60, date(2029, 8, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_run_to_the_same_day(start, months, end):
    assert add_months(start, months) == end


@pytest.mark.parametrize(("day", "months"), [(date(2026, 5, 18), 215), (date(2026, 5, 19), 216)])
def test_age_is_counted_in_full_months(day, months):
    assert full_months(date(2008, 5, 19), day) == months


@pytest.mark.parametrize(
    ("born", "day", "months"),
    [
        (date(2008, 2, 29), date(2026, 2, 27), 215),
        (date(2008, 2, 29), date(2026, 2, 28), 216),
        (date(2008, 2, 29), date(2028, 2, 28), 239),
        (date(2007, 8, 31), date(2026, 6, 30), 226),
    ],
    ids=["the day before", "no 29/02", "a leap year", "a shorter month"],
)
def test_a_month_without_the_day_is_full_on_its_last(born, day, months):
    assert full_months(born, day) == months


@given(
    start=st.dates(date(1990, 1, 1), date(2030, 12, 31)),
    months=st.integers(0, 800),
)
@example(start=date(2008, 2, 29), months=216)
@example(start=date(2024, 1, 31), months=1)
def test_months_are_full_on_the_day_they_end_and_not_the_day_before(start, months):
    end = add_months(start, months)

    assert full_months(start, end) == months
    assert full_months(start, end - timedelta(days=1)) < months


@given(
    start=st.dates(date(1990, 1, 1), date(2030, 12, 31)),
    day=st.dates(date(2031, 1, 1), date(2999, 1, 1)),
)
def test_months_never_run_ahead_of_the_day(start, day):
    months = full_months(start, day)

    assert add_months(start, months) <= day < add_months(start, months + 1)


def test_nothing_on_record(doan_vien):
    assert conditions(doan_vien) == {
        "Đủ 18 tuổi": (True, "26\u00a0tuổi 6\u00a0tháng"),
        "Xếp loại năm 2025": (False, "chưa có kết quả"),
        "Học vấn từ THCS": (False, "chưa ghi trình độ văn hóa"),
        "Giấy chứng nhận nhận thức về Đảng": (False, "chưa có"),
        "Đủ 4 quý được tổ đánh giá": (False, "đang là 0/4"),
        "Chi đoàn biểu quyết": (False, "chưa họp"),
    }


def test_everything_on_record(chi_doan, phuong, django_assert_num_queries):
    doan_vien = make_doan_vien(chi_doan=chi_doan, van_hoa="12/12")
    XepLoai.objects.create(
        doan_vien=doan_vien, chi_doan=chi_doan, nam=2025, muc="htxs", ngay=date(2025, 11, 30)
    )
    ho_so = make_ho_so(doan_vien=doan_vien)
    GiayTo.objects.filter(loai=GiayTo.Loai.CHUNG_NHAN).update(
        tinh_trang="ban_sao", hieu_luc_den=date(2030, 3, 14)
    )
    tally = {"co_quyen": 15, "co_mat": 12, "tan_thanh": 12, "khong_tan_thanh": 0, "khong_hop_le": 0}
    BuocHoSo.objects.create(
        ho_so=ho_so,
        thu_tu=1,
        loai="de_nghi",
        den_trang_thai="cho_tham_tra",
        ngay=date(2026, 6, 12),
        **tally,
    )

    with django_assert_num_queries(4):
        rows = dieu_kien_cua(doan_vien, DAY, so_quy=4, don_vi=phuong)

    assert [(row.dat, row.note) for row in rows[1:]] == [
        (True, "hoàn thành xuất sắc nhiệm vụ"),
        (True, "12/12"),
        (True, "còn hạn đến 14/03/2030"),
        (True, "đang là 4/4"),
        (True, "12/15\u00a0phiếu, ngày 12/06/2026"),
    ]


@pytest.mark.parametrize(
    ("den", "note"),
    [(date(2026, 11, 20), "hết hạn 20/11/2026"), (None, "chưa ghi ngày cấp")],
)
def test_certificate_that_does_not_count(doan_vien, den, note):
    make_ho_so(doan_vien=doan_vien)
    GiayTo.objects.filter(loai="chung_nhan").update(tinh_trang="ban_sao", hieu_luc_den=den)

    assert conditions(doan_vien)["Giấy chứng nhận nhận thức về Đảng"] == (False, note)


def test_quarters_asked_for_are_a_dated_setting(doan_vien, phuong):
    QuyDinh.objects.create(
        ma="so_quy_boi_duong",
        don_vi=phuong,
        tu_ngay=date(2026, 1, 1),
        gia_tri=2,
        can_cu="Kế hoạch của phường",
    )

    assert conditions(doan_vien, so_quy=2)["Đủ 2 quý được tổ đánh giá"] == (True, "đang là 2/2")


def test_age_counts_by_month_on_the_day_the_party_cell_is_expected_to_decide(
    client_of, bi_thu, chi_doan
):
    member = make_doan_vien(chi_doan=chi_doan, ngay_sinh=date(2009, 1, 31), van_hoa="Tiểu học")
    ho_so = make_ho_so(doan_vien=member, du_kien=date(2027, 1, 30))
    assert conditions(member)["Đủ 18 tuổi"] == (False, "17\u00a0tuổi 11\u00a0tháng")
    page = client_of(bi_thu).get(ho_so.get_absolute_url()).text
    assert "Ngày 30/01/2027 đồng chí mới 17\u00a0tuổi 11\u00a0tháng" in page
    assert "đủ 18 tuổi từ ngày 31/01/2027" in page
    assert "chưa từ tốt nghiệp THCS" in page

    HoSo.objects.update(du_kien=date(2027, 1, 31))

    assert conditions(member)["Đủ 18 tuổi"] == (True, "18\u00a0tuổi 0\u00a0tháng")
    assert "đồng chí mới" not in client_of(bi_thu).get(ho_so.get_absolute_url()).text


def test_certificate_counts_on_the_expected_day(doan_vien):
    ho_so = make_ho_so(doan_vien=doan_vien, du_kien=date(2027, 3, 1))
    ho_so.giay_to.filter(loai="chung_nhan").update(
        tinh_trang="ban_sao", hieu_luc_den=date(2027, 2, 28)
    )

    found = conditions(doan_vien)["Giấy chứng nhận nhận thức về Đảng"]

    assert found == (False, "hết hạn 28/02/2027")


@pytest.mark.parametrize(
    ("loai", "ngay", "den"),
    [
        ("chung_nhan", date(2024, 2, 29), date(2029, 2, 28)),
        ("chung_nhan", date(2021, 11, 30), date(2026, 11, 30)),
        ("nq_bch", date(2025, 8, 31), date(2026, 8, 31)),
        ("nq_bch", date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_validity_runs_by_month_to_the_last_day(bi_thu_phuong, ho_so, loai, ngay, den):
    row = ho_so.giay_to.get(loai=loai)

    update_giay_to(giay_to=row, tinh_trang="ban_sao", ngay=ngay, by=bi_thu_phuong)

    row.refresh_from_db()
    assert row.hieu_luc_den == den
