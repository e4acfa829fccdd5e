from datetime import date

import pytest

from chidoan.models import BuoiSinhHoat, ChiDoan, ChuDiem
from chidoan.viec import viec_can_lam
from core.periods import KyBaoCao, today
from tests.factories import (
    make_buoi,
    make_chi_doan,
    make_doan_vien,
    make_nghi_quyet,
    make_nguoi_dung,
)
from tochuc.permissions import VaiTro
from tochuc.viec import Viec, sort_viec

NGAY = date(2026, 11, 18)


def duties(user, day=NGAY):
    return [(row.tieu_de, row.han, row.qua_han) for row in viec_can_lam(user, day)]


def held(chi_doan, *days, **fields):
    for day in days:
        make_buoi(chi_doan=chi_doan, ngay=day, **fields)


def test_branch_has_to_log_this_month_and_the_month_it_missed(bi_thu, chi_doan):
    assert duties(bi_thu) == [
        ("Ghi buổi sinh hoạt tháng 10", date(2026, 10, 25), True),
        ("Ghi buổi sinh hoạt tháng 11", date(2026, 11, 25), False),
    ]


def test_branch_that_has_met_has_nothing_to_log(bi_thu, chi_doan):
    held(chi_doan, date(2026, 10, 1), date(2026, 11, 1))

    assert duties(bi_thu) == []


def test_drafts_and_meetings_of_the_committee_do_not_count(bi_thu, chi_doan):
    held(chi_doan, date(2026, 10, 1), date(2026, 11, 3), trang_thai="nhap")
    held(chi_doan, date(2026, 11, 4), loai="bch")

    held(chi_doan, date(2026, 11, 5), loai="bch", trang_thai="nhap")
    held(chi_doan, date(2026, 9, 9), trang_thai="nhap")

    found = viec_can_lam(bi_thu, NGAY)

    assert [(row.tieu_de, row.chi_tiet, row.nut) for row in found] == [
        ("Ghi buổi sinh hoạt tháng 10", "có bản nháp ngày 01/10", "Mở bản nháp"),
        ("Ghi buổi sinh hoạt tháng 11", "có bản nháp ngày 03/11", "Mở bản nháp"),
        ("Hoàn thành biên bản ngày 09/09", "đang là bản nháp", "Mở bản nháp"),
        ("Hoàn thành biên bản ngày 05/11", "đang là bản nháp", "Mở bản nháp"),
    ]
    assert found[1].url == BuoiSinhHoat.objects.get(ngay=date(2026, 11, 3)).get_absolute_url() + (
        "sua/"
    )


@pytest.mark.parametrize(
    ("day", "met", "expected"),
    [
        (date(2026, 11, 18), [], []),
        (date(2026, 12, 3), [], ["Ghi buổi sinh hoạt tháng 12"]),
        (date(2026, 12, 3), [date(2026, 10, 9)], []),
        (date(2026, 10, 3), [], ["Ghi buổi sinh hoạt tháng 9"]),
    ],
)
def test_dispersed_branch_logs_once_in_a_quarter(phuong, day, met, expected):
    chi_doan = make_chi_doan(phuong=phuong, dac_thu=True)
    held(chi_doan, *met)
    user = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan)

    assert [row[0] for row in duties(user, day)] == expected


def test_branch_founded_this_month_has_nothing_to_log(phuong):
    chi_doan = make_chi_doan(phuong=phuong, thanh_lap=date(2026, 11, 2))

    assert duties(make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan)) == []


def test_branch_whose_records_have_stopped_has_nothing_to_log(phuong):
    chi_doan = make_chi_doan(phuong=phuong, so_lieu_den=date(2025, 12, 31))

    assert duties(make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan)) == []


def test_resolutions_overdue_and_due_soon_are_two_duties(bi_thu, chi_doan):
    held(chi_doan, date(2026, 10, 1))
    buoi = make_buoi(chi_doan=chi_doan, ngay=date(2026, 11, 1))
    for han in (date(2026, 11, 17), date(2026, 11, 3), NGAY, date(2026, 11, 25)):
        make_nghi_quyet(buoi=buoi, han=han)
    make_nghi_quyet(buoi=buoi, han=date(2026, 11, 26))
    make_nghi_quyet()

    assert duties(bi_thu) == [
        ("Báo kết quả 2 nghị quyết", date(2026, 11, 3), True),
        ("Báo kết quả 2 nghị quyết", NGAY, False),
    ]


def test_ward_is_told_which_branches_have_not_met_and_of_a_missing_theme(
    can_bo_phuong, phuong, chi_doan, chi_doan_khac
):
    held(chi_doan, date(2026, 11, 1))
    make_chi_doan(phuong=phuong, dac_thu=True)

    (waiting, theme) = viec_can_lam(can_bo_phuong, NGAY)

    assert (waiting.tieu_de, waiting.chi_tiet) == (
        "1 chi đoàn chưa sinh hoạt tháng 11",
        "1/2 đã họp",
    )
    assert theme.tieu_de == "Đặt chủ điểm tháng 11"


@pytest.mark.parametrize("day", [date(2026, 11, 18), date(2026, 12, 18)])
def test_branches_that_wait_are_those_the_list_shows(can_bo_phuong, phuong, chi_doan, day):
    held(make_chi_doan(phuong=phuong), day.replace(day=1))
    held(make_chi_doan(phuong=phuong, dac_thu=True), date(2026, 10, 2))
    make_chi_doan(phuong=phuong, dac_thu=True)
    make_chi_doan(phuong=phuong, thanh_lap=day.replace(day=2))
    make_chi_doan(phuong=phuong, dac_thu=True, thanh_lap=date(2026, 11, 2))
    make_chi_doan(phuong=phuong, so_lieu_tu=day.replace(day=2))
    make_chi_doan(phuong=phuong, ket_thuc=day.replace(day=20))
    held(make_chi_doan(phuong=phuong, thanh_lap=day.replace(day=2)), day.replace(day=3))

    rows = ChiDoan.objects.dang_hoat_dong(day).with_hop(KyBaoCao.month_of(day))
    waiting = rows.filter(hop=ChiDoan.Hop.CHUA).count()

    assert waiting == (2 if day.month == 12 else 1)
    assert duties(can_bo_phuong, day)[0][0] == (
        f"{waiting} chi đoàn chưa sinh hoạt tháng {day.month}"
    )
    assert rows.filter(hop=ChiDoan.Hop.DA).count() == 3


def test_duty_of_the_ward_opens_as_many_rows_as_it_says(client_of, can_bo_phuong, phuong, chi_doan):
    held(make_chi_doan(phuong=phuong), today())
    make_chi_doan(phuong=phuong, thanh_lap=today())
    make_chi_doan(phuong=phuong, dac_thu=True)

    duty = viec_can_lam(can_bo_phuong, today())[0]
    page = client_of(can_bo_phuong).get(duty.url)

    assert duty.tieu_de.startswith(f"{len(page.context['rows'])} chi đoàn chưa")


def test_ward_whose_branches_have_met_has_nothing_to_do(can_bo_phuong, phuong, chi_doan):
    held(chi_doan, date(2026, 11, 1))
    ChuDiem.objects.create(don_vi=phuong, nam=2026, thang=11, ten="Tôn sư trọng đạo")

    assert duties(can_bo_phuong) == []


@pytest.mark.parametrize("role", ["van_phong", "kiem_tra", "quan_tri", "cap_uy"])
def test_those_who_log_no_meetings_have_no_duty_here(request, chi_doan, role):
    assert duties(request.getfixturevalue(role)) == []


@pytest.mark.parametrize("count", [1, 25])
def test_duties_take_the_same_queries_for_any_number_of_branches(
    phuong, can_bo_phuong, count, django_assert_num_queries
):
    for _ in range(count):
        make_doan_vien(chi_doan=make_chi_doan(phuong=phuong))

    # roles; branches, meetings, theme
    with django_assert_num_queries(4):
        viec_can_lam(can_bo_phuong, NGAY)


def test_duties_of_a_branch_take_few_queries(bi_thu, django_assert_num_queries):
    # roles; setting, meetings, drafts, resolutions
    with django_assert_num_queries(5):
        viec_can_lam(bi_thu, NGAY)


def duty(**fields):
    fields = {"tieu_de": "Việc", "url": "/", "icon": "x", "nut": "Làm", "ngay": NGAY, **fields}
    return Viec(**fields)


def test_duty_says_how_late_it_is_or_when_it_is_due():
    late = duty(han=date(2026, 11, 15), so_phut=1, muc="info")
    due = duty(han=date(2026, 11, 25), chi_tiet="11/15 đã nộp", so_phut=2, muc="info")

    assert (late.family, late.overdue, late.note) == ("bad", "Quá hạn 3\xa0ngày", "1\xa0phút")
    assert (due.family, due.overdue, due.note) == (
        "info",
        "",
        "11/15 đã nộp · hạn 25/11 · 2\xa0phút",
    )


def test_duties_are_sorted_overdue_first_then_by_day():
    rows = [
        duty(tieu_de="không hạn"),
        duty(tieu_de="mai", han=date(2026, 11, 19)),
        duty(tieu_de="trễ", han=date(2026, 11, 17)),
        duty(tieu_de="trễ hơn", han=date(2026, 11, 1)),
    ]

    assert [row.tieu_de for row in sort_viec(rows)] == ["trễ hơn", "trễ", "mai", "không hạn"]
