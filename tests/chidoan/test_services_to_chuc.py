from datetime import date, timedelta

import pytest

from chidoan import services
from chidoan.models import ChucVu, ChuDiem, NghiQuyet, PhuTrach
from core.errors import RuleError
from core.periods import today
from tests.factories import (
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_nghi_quyet,
)
from tochuc.models import NhatKy

NGAY = date(2026, 9, 1)


def members(chi_doan, count):
    return [make_doan_vien(chi_doan=chi_doan) for _ in range(count)]


def add(chi_doan, doan_vien, chuc_danh="bi_thu", **fields):
    fields = {"tu_ngay": NGAY, "by": None, **fields}
    return services.add_chuc_vu(don_vi=chi_doan, doan_vien=doan_vien, chuc_danh=chuc_danh, **fields)


def test_term_begins_and_the_register_follows(chi_doan, bi_thu_phuong):
    (person,) = members(chi_doan, 1)

    row = add(chi_doan, person, by=bi_thu_phuong)

    person.refresh_from_db()
    assert (row.ho_ten, row.trong_bch, person.chuc_vu) == (person.ho_ten, False, "Bí thư")
    line = NhatKy.objects.get(hanh_dong="chuc_vu.add")
    assert (line.nguoi, line.don_vi_id) == (bi_thu_phuong, chi_doan.pk)


def test_branch_of_nine_has_a_committee(chi_doan):
    people = members(chi_doan, 9)

    assert add(chi_doan, people[0]).trong_bch
    assert add(chi_doan, people[1], "uy_vien").trong_bch


def test_second_secretary_is_refused_until_the_first_term_ends(chi_doan):
    first, second = members(chi_doan, 2)
    row = add(chi_doan, first)

    with pytest.raises(RuleError, match="đang giữ chức Bí thư từ 01/09/2026") as refused:
        add(chi_doan, second, tu_ngay=date(2026, 10, 1))
    services.end_chuc_vu(chuc_vu=row, den_ngay=date(2026, 9, 30), ly_do="Chuyển công tác", by=None)

    assert refused.value.field == "chuc_danh"
    assert add(chi_doan, second, tu_ngay=date(2026, 10, 1)).pk


def test_past_term_that_overlaps_another_secretary_is_refused(chi_doan):
    first, second = members(chi_doan, 2)
    add(chi_doan, first)

    with pytest.raises(RuleError, match="đang giữ chức Bí thư"):
        add(chi_doan, second, tu_ngay=date(2026, 8, 1), den_ngay=NGAY)

    assert add(chi_doan, second, tu_ngay=date(2026, 8, 1), den_ngay=date(2026, 8, 31)).pk


@pytest.mark.parametrize(
    ("chuc_danh", "fields", "message"),
    [
        ("uy_vien", {}, "chưa đủ đoàn viên để bầu Ban Chấp hành"),
        ("uy_vien_btv", {}, "không có Ban Thường vụ"),
        ("bi_thu", {"den_ngay": date(2026, 8, 31)}, "từ ngày bắt đầu trở đi"),
    ],
)
def test_term_at_a_small_branch_is_refused(chi_doan, chuc_danh, fields, message):
    (person,) = members(chi_doan, 1)

    with pytest.raises(RuleError, match=message):
        add(chi_doan, person, chuc_danh, **fields)

    assert not ChucVu.objects.exists()


def test_second_office_of_one_person_in_one_unit_is_refused(chi_doan):
    (person,) = members(chi_doan, 1)
    add(chi_doan, person)

    with pytest.raises(RuleError, match="đang giữ một chức vụ"):
        add(chi_doan, person, "pho_bi_thu")


def test_branch_takes_a_secretary_from_another_branch_of_the_ward_only(
    chi_doan, chi_doan_khac, phuong_khac
):
    (neighbour,) = members(chi_doan_khac, 1)
    (stranger,) = members(make_chi_doan(phuong=phuong_khac), 1)

    with pytest.raises(RuleError, match="không sinh hoạt tại Đoàn phường Thử"):
        add(chi_doan, stranger)
    row = add(chi_doan, neighbour)

    neighbour.refresh_from_db()
    assert (row.doan_vien, neighbour.chuc_vu) == (neighbour, "Đoàn viên")


def test_branch_needs_somebody_of_the_register_a_ward_does_not(chi_doan, phuong):
    with pytest.raises(RuleError, match="Chọn đoàn viên"):
        add(chi_doan, None, ho_ten="Ngoài Danh Sách")
    with pytest.raises(RuleError, match="Chọn đoàn viên"):
        add(phuong, None)

    assert add(phuong, None, "uy_vien_btv", ho_ten="ngoài  danh sách").ho_ten == "Ngoài Danh Sách"


def test_term_ends_and_coaching_with_it(phuong, chi_doan):
    (person,) = members(chi_doan, 1)
    own = add(chi_doan, person)
    coach = make_chuc_vu(don_vi=phuong)
    services.assign_phu_trach(chi_doan=chi_doan, chuc_vu=coach, tu_ngay=NGAY, by=None)

    services.end_chuc_vu(chuc_vu=own, den_ngay=date(2026, 9, 30), ly_do=" Xin  thôi ", by=None)
    services.end_chuc_vu(chuc_vu=coach, den_ngay=date(2026, 9, 30), ly_do="", by=None)

    own.refresh_from_db()
    person.refresh_from_db()
    assert (own.den_ngay, own.ly_do_ket_thuc) == (date(2026, 9, 30), "Xin thôi")
    assert person.chuc_vu == "Đoàn viên"
    assert PhuTrach.objects.get().den_ngay == date(2026, 9, 30)


def test_end_of_a_term_is_refused_twice_and_before_its_beginning(chi_doan):
    (person,) = members(chi_doan, 1)
    row = add(chi_doan, person)

    with pytest.raises(RuleError, match="Nhiệm kỳ bắt đầu ngày 01/09/2026"):
        services.end_chuc_vu(chuc_vu=row, den_ngay=date(2026, 8, 31), ly_do="", by=None)
    services.end_chuc_vu(chuc_vu=row, den_ngay=NGAY, ly_do="", by=None)
    with pytest.raises(RuleError, match="đã kết thúc ngày 01/09/2026"):
        services.end_chuc_vu(chuc_vu=row, den_ngay=NGAY, ly_do="", by=None)


def test_coach_is_replaced_by_the_next(phuong, chi_doan):
    first, second = make_chuc_vu(don_vi=phuong), make_chuc_vu(don_vi=phuong)
    services.assign_phu_trach(chi_doan=chi_doan, chuc_vu=first, tu_ngay=NGAY, by=None)

    services.assign_phu_trach(chi_doan=chi_doan, chuc_vu=second, tu_ngay=date(2026, 10, 1), by=None)

    assert list(PhuTrach.objects.order_by("tu_ngay").values_list("chuc_vu", "den_ngay")) == [
        (first.pk, date(2026, 9, 30)),
        (second.pk, None),
    ]


def test_coach_replaced_on_the_same_day_leaves_no_row(phuong, chi_doan):
    first, second = make_chuc_vu(don_vi=phuong), make_chuc_vu(don_vi=phuong)
    services.assign_phu_trach(chi_doan=chi_doan, chuc_vu=first, tu_ngay=NGAY, by=None)

    services.assign_phu_trach(chi_doan=chi_doan, chuc_vu=second, tu_ngay=NGAY, by=None)

    assert PhuTrach.objects.get().chuc_vu == second


def test_coach_is_refused(phuong, phuong_khac, chi_doan):
    stranger = make_chuc_vu(don_vi=phuong_khac)
    own = make_chuc_vu(don_vi=chi_doan)
    former = make_chuc_vu(don_vi=phuong, den_ngay=date(2026, 8, 31))
    coach = make_chuc_vu(don_vi=phuong)
    services.assign_phu_trach(chi_doan=chi_doan, chuc_vu=coach, tu_ngay=NGAY, by=None)

    for chuc_vu, message in (
        (stranger, "ủy viên của Đoàn cấp trên"),
        (own, "ủy viên của Đoàn cấp trên"),
        (former, "không giữ chức vụ vào ngày 01/09/2026"),
        (coach, "đang phụ trách chi đoàn này"),
    ):
        with pytest.raises(RuleError, match=message):
            services.assign_phu_trach(chi_doan=chi_doan, chuc_vu=chuc_vu, tu_ngay=NGAY, by=None)
    other = {"chi_doan": chi_doan, "chuc_vu": make_chuc_vu(don_vi=phuong), "by": None}
    with pytest.raises(RuleError, match="Xem lại năm"):
        services.assign_phu_trach(tu_ngay=date(2062, 9, 1), **other)

    assert PhuTrach.objects.get().chuc_vu == coach


def test_coaching_ends_once(phuong, chi_doan):
    row = services.assign_phu_trach(
        chi_doan=chi_doan, chuc_vu=make_chuc_vu(don_vi=phuong), tu_ngay=NGAY, by=None
    )

    services.end_phu_trach(phu_trach=row, den_ngay=date(2026, 9, 30), by=None)
    with pytest.raises(RuleError, match="đã kết thúc"):
        services.end_phu_trach(phu_trach=row, den_ngay=date(2026, 9, 30), by=None)

    row.refresh_from_db()
    assert row.den_ngay == date(2026, 9, 30)


def test_themes_are_set_changed_and_taken_away(phuong):
    services.set_chu_diem(don_vi=phuong, nam=2026, chu_diem={1: "Xuân", 2: "Thanh niên"}, by=None)

    services.set_chu_diem(
        don_vi=phuong, nam=2026, chu_diem={1: " ", 2: "Đảng ", 3: "Đoàn"}, by=None
    )

    assert list(ChuDiem.objects.values_list("nam", "thang", "ten")) == [
        (2026, 2, "Đảng"),
        (2026, 3, "Đoàn"),
    ]


@pytest.mark.parametrize("trang_thai", ["xong", "thoi"])
def test_resolution_is_ended_between_meetings_and_taken_up_again(chi_doan, bi_thu, trang_thai):
    row = make_nghi_quyet(buoi=make_buoi(chi_doan=chi_doan, ngay=NGAY))

    services.finish_nghi_quyet(
        nghi_quyet=row, trang_thai=trang_thai, ket_qua=" Đã làm ", ngay=date(2026, 9, 9), by=bi_thu
    )
    row.refresh_from_db()
    ended = (row.trang_thai, row.ket_qua, row.ket_thuc_ngay, row.ket_thuc_tai)
    services.reopen_nghi_quyet(nghi_quyet=row, by=bi_thu)

    row.refresh_from_db()
    assert ended == (trang_thai, "Đã làm", date(2026, 9, 9), None)
    assert (row.trang_thai, row.ket_qua, row.ket_thuc_ngay) == ("dang_lam", "", None)
    assert list(
        NhatKy.objects.filter(hanh_dong__startswith="nghi_quyet").values_list("nguoi", flat=True)
    ) == [bi_thu.pk, bi_thu.pk]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"trang_thai": "dang_lam"}, "trang_thai", "Xong hoặc Thôi làm"),
        ({"ket_qua": " "}, "ket_qua", "một câu kết quả"),
        ({"ngay": today() + timedelta(days=1)}, "ngay", "chưa đến"),
        ({"ngay": date(2026, 8, 31)}, "ngay", "ra ngày 01/09/2026"),
    ],
)
def test_end_of_a_resolution_is_refused(chi_doan, changes, field, message):
    row = make_nghi_quyet(buoi=make_buoi(chi_doan=chi_doan, ngay=NGAY))
    values = {"trang_thai": "xong", "ket_qua": "Đã làm", "ngay": date(2026, 9, 9)} | changes

    with pytest.raises(RuleError, match=message) as refused:
        services.finish_nghi_quyet(nghi_quyet=row, by=None, **values)

    row.refresh_from_db()
    assert (refused.value.field, row.trang_thai) == (field, "dang_lam")


def test_ended_resolution_is_not_ended_again_nor_reopened_against_its_meeting(chi_doan):
    buoi = make_buoi(chi_doan=chi_doan, ngay=NGAY)
    ended = {"trang_thai": "xong", "ket_qua": "Rồi", "ket_thuc_ngay": NGAY}
    row = make_nghi_quyet(buoi=buoi, ket_thuc_tai=buoi, **ended)

    with pytest.raises(RuleError, match="đã được kết thúc"):
        services.finish_nghi_quyet(
            nghi_quyet=row, trang_thai="thoi", ket_qua="Bỏ", ngay=NGAY, by=None
        )
    with pytest.raises(RuleError, match="Sửa ở buổi đó"):
        services.reopen_nghi_quyet(nghi_quyet=row, by=None)
    with pytest.raises(RuleError, match="đang làm"):
        services.reopen_nghi_quyet(nghi_quyet=make_nghi_quyet(buoi=buoi), by=None)

    assert NghiQuyet.objects.get(pk=row.pk).ket_qua == "Rồi"
