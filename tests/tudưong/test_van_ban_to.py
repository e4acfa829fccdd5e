"""Decisions about a group and its plan of a year: numbers, days, members, two savers."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleError, StaleError
from tests.factories import make_chi_doan, make_doan_vien, make_ky, make_thanh_vien
from tochuc.models import QuyDinh, VanBan
from tochuc.van_ban import void
from tudưong.giay_to.ke_hoach_to import giay_ke_hoach
from tudưong.giay_to.phieu_quy import phieu_nhan_xet
from tudưong.giay_to.quyet_dinh_to import cac_dong_chi, giay_quyet_dinh
from tudưong.models import QuyetDinhTo, ToTuDuong
from tudưong.services import (
    assign_dang_vien_giup,
    create_ke_hoach,
    issue_ke_hoach,
    issue_quyet_dinh,
    remove_thanh_vien,
    update_ke_hoach,
)
from tudưong.services.van_ban_to import day_of_decision, start_of

NGAY = date(2026, 9, 6)
KE_HOACH = {
    "ngay": date(2026, 1, 10),
    "muc_dich": "Bồi dưỡng đoàn viên ưu tú.",
    "quy_1": "Giao việc cho từng đồng chí\nHọp tổ",
    "phu_trach_1": "Tổ trưởng",
}


@pytest.fixture
def leader(to):
    return make_thanh_vien(to=to, la_to_truong=True)


@pytest.fixture
def ke_hoach(to, can_bo_phuong):
    return create_ke_hoach(to=to, nam=2026, by=can_bo_phuong, **KE_HOACH)


# ---- decisions -------------------------------------------------------------------------------


def test_founding_decision_lists_the_group_and_gives_it_its_number(
    to, leader, thanh_vien, bch, bi_thu_phuong
):
    row = issue_quyet_dinh(to=to, ngay=NGAY, by=bi_thu_phuong)

    to.refresh_from_db()
    paper = VanBan.objects.issued(row, "QĐ")
    assert (row.loai, row.so_van_ban, to.so_quyet_dinh) == ("thanh_lap", "01-QĐ/ĐTN", "01-QĐ/ĐTN")
    assert (paper.tieu_de, paper.ngay) == ("Quyết định thành lập Tổ tu dưỡng", NGAY)
    assert paper.tep.startswith(b"%PDF")
    text = repr(giay_quyet_dinh(row))
    for words in ("Tổ trưởng", "Tổ viên", "Trần Gia Bảo", "Trần Công Minh", "02 đồng chí", "./."):
        assert words in text


def test_number_of_a_decision_on_paper_stays_and_the_next_reorganises(to, leader, bi_thu_phuong):
    ToTuDuong.objects.update(so_quyet_dinh="15-QĐ/ĐTN")

    row = issue_quyet_dinh(to=to, ngay=NGAY, by=bi_thu_phuong)

    to.refresh_from_db()
    assert (row.loai, to.so_quyet_dinh) == ("kien_toan", "15-QĐ/ĐTN")
    assert "thay thế danh sách theo Quyết định số 15-QĐ/ĐTN" in repr(giay_quyet_dinh(row))


def test_other_members_are_a_new_decision_that_names_the_one_before(
    to, leader, thanh_vien, bch, bi_thu_phuong
):
    issue_quyet_dinh(to=to, ngay=NGAY, by=bi_thu_phuong)
    remove_thanh_vien(
        thanh_vien=thanh_vien, den_ngay=date(2026, 10, 1), ly_do="Đi xa", by=bi_thu_phuong
    )
    with pytest.raises(RuleError, match="còn giá trị"):
        issue_quyet_dinh(to=to, ngay=NGAY, by=bi_thu_phuong)

    second = issue_quyet_dinh(to=to, ngay=date(2026, 10, 5), by=bi_thu_phuong)

    assert (second.loai, second.so_van_ban) == ("kien_toan", "02-QĐ/ĐTN")
    assert "Quyết định số 01-QĐ/ĐTN ngày 06 tháng 9 năm 2026" in repr(giay_quyet_dinh(second))
    assert len(cac_dong_chi(to, NGAY)) == 2
    assert len(cac_dong_chi(to, second.ngay)) == 1


def test_decision_declared_void_is_made_anew_with_its_own_number(to, leader, bi_thu_phuong):
    row = issue_quyet_dinh(to=to, ngay=NGAY, by=bi_thu_phuong)
    void(van_ban=VanBan.objects.issued(row, "QĐ"), ly_do="Sai ngày", by=bi_thu_phuong)

    again = issue_quyet_dinh(to=to, ngay=date(2026, 9, 5), by=bi_thu_phuong)

    to.refresh_from_db()
    assert (again.pk, again.loai, again.so_van_ban) == (row.pk, "thanh_lap", "02-QĐ/ĐTN")
    assert to.so_quyet_dinh == "02-QĐ/ĐTN"


@pytest.mark.parametrize("ngay", [date(2026, 11, 22), date(2025, 9, 5)])
def test_decisions_day_is_from_the_founding_to_today(to, leader, bi_thu_phuong, ngay):
    with pytest.raises(RuleError):
        issue_quyet_dinh(to=to, ngay=ngay, by=bi_thu_phuong)


def test_group_without_a_leader_has_no_decision(to, thanh_vien, bi_thu_phuong):
    with pytest.raises(RuleError, match="chưa có tổ trưởng"):
        issue_quyet_dinh(to=to, ngay=NGAY, by=bi_thu_phuong)

    assert not QuyetDinhTo.objects.exists()


def test_decision_holds_to_the_size_of_its_day(to, leader, thanh_vien, bi_thu_phuong):
    QuyDinh.objects.create(
        ma="to_tu_duong_quy_mo", don_vi=to.don_vi, tu_ngay=NGAY, gia_tri=1, can_cu="Thử"
    )
    with pytest.raises(RuleError, match="quá 1"):
        issue_quyet_dinh(to=to, ngay=NGAY, by=bi_thu_phuong)


def test_only_who_may_sign_issues(to, leader, can_bo_phuong):
    with pytest.raises(PermissionDenied):
        issue_quyet_dinh(to=to, ngay=NGAY, by=can_bo_phuong)


def test_day_to_offer_is_when_the_last_one_came_and_today_for_another(
    to, leader, bi_thu_phuong, hom_nay
):
    assert day_of_decision(to) == to.ngay_thanh_lap
    make_thanh_vien(to=to, tu_ngay=date(2026, 3, 1))
    assert day_of_decision(to) == date(2026, 3, 1)

    issue_quyet_dinh(to=to, ngay=NGAY, by=bi_thu_phuong)

    assert day_of_decision(to) == hom_nay


# ---- who helps -------------------------------------------------------------------------------


def test_helper_of_each_day_is_kept(thanh_vien, can_bo_phuong):
    assign_dang_vien_giup(
        thanh_vien=thanh_vien, ten=" Lê  Văn Tám ", tu_ngay=date(2026, 7, 1), by=can_bo_phuong
    )

    thanh_vien.refresh_from_db()
    days = (date(2025, 10, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 11, 1))
    helpers = [thanh_vien.dang_vien_giup_ngay(day) for day in days]
    assert helpers == ["Trần Công Minh", "Trần Công Minh", "Lê Văn Tám", "Lê Văn Tám"]


def test_same_day_corrects_the_name_and_an_earlier_one_is_refused(thanh_vien, can_bo_phuong):
    def assign(ten, tu_ngay):
        assign_dang_vien_giup(thanh_vien=thanh_vien, ten=ten, tu_ngay=tu_ngay, by=can_bo_phuong)
        thanh_vien.refresh_from_db()

    assign("Lê Văn Tam", date(2026, 7, 1))
    assign("Lê Văn Tám", date(2026, 7, 1))
    with pytest.raises(RuleError, match="01/07/2026"):
        assign("Ai đó", date(2026, 6, 1))

    assert thanh_vien.nguoi_giup_truoc.count() == 1
    assert thanh_vien.dang_vien_giup == "Lê Văn Tám"


def test_branch_does_not_name_the_helper(thanh_vien, bi_thu):
    with pytest.raises(PermissionDenied):
        assign_dang_vien_giup(
            thanh_vien=thanh_vien, ten="Ai đó", tu_ngay=date(2026, 7, 1), by=bi_thu
        )


# ---- the plan --------------------------------------------------------------------------------


def test_plan_says_each_quarter_one_item_a_line(ke_hoach):
    assert list(ke_hoach.cac_quy) == [
        ("Quý I", ["Giao việc cho từng đồng chí", "Họp tổ"], "Tổ trưởng")
    ]
    text = repr(giay_ke_hoach(ke_hoach))
    assert "- Giao việc cho từng đồng chí\\n- Họp tổ" in text
    assert "năm 2026" in text


def test_one_plan_a_year_and_never_an_empty_one(to, ke_hoach, can_bo_phuong):
    with pytest.raises(RuleError, match="đã có kế hoạch"):
        create_ke_hoach(to=to, nam=2026, by=can_bo_phuong, **KE_HOACH)
    with pytest.raises(RuleError) as refusal:
        create_ke_hoach(to=to, nam=2025, by=can_bo_phuong, **KE_HOACH | {"quy_1": " \n "})

    assert refusal.value.field == "quy_1"


def test_next_years_plan_begins_with_the_words_of_the_last(to, can_bo_phuong):
    assert start_of(to) == {}
    create_ke_hoach(to=to, nam=2026, by=can_bo_phuong, **KE_HOACH)

    start = start_of(to)

    assert (start["quy_1"], start["phu_trach_1"]) == (KE_HOACH["quy_1"], "Tổ trưởng")
    assert "ngay" not in start


def test_later_of_two_savers_sees_the_others_plan(ke_hoach, can_bo_phuong):
    update_ke_hoach(ke_hoach=ke_hoach, version=1, quy_2="Về nguồn", by=can_bo_phuong)
    with pytest.raises(StaleError) as refusal:
        update_ke_hoach(ke_hoach=ke_hoach, version=1, quy_2="Hành quân", by=can_bo_phuong)

    assert refusal.value.current.quy_2 == "Về nguồn"


def test_issued_plan_has_a_number_and_does_not_change(ke_hoach, bch, bi_thu_phuong, can_bo_phuong):
    with pytest.raises(PermissionDenied):
        issue_ke_hoach(ke_hoach=ke_hoach, by=can_bo_phuong)

    paper = issue_ke_hoach(ke_hoach=ke_hoach, by=bi_thu_phuong)

    assert paper.so_ky_hieu == "01-KH/ĐTN"
    with pytest.raises(RuleError, match="đã ban hành số 01-KH/ĐTN"):
        update_ke_hoach(ke_hoach=ke_hoach, version=1, quy_2="Khác", by=can_bo_phuong)
    void(van_ban=paper, ly_do="Sửa nội dung", by=bi_thu_phuong)
    assert update_ke_hoach(ke_hoach=ke_hoach, version=1, quy_2="Khác", by=can_bo_phuong)


def test_slip_of_a_past_quarter_prints_the_helper_of_that_day(to, thanh_vien, can_bo_phuong):
    review = make_ky(to=to, ngay=date(2026, 6, 20), thanh_vien=[thanh_vien]).danh_gia.get()
    assign_dang_vien_giup(
        thanh_vien=thanh_vien, ten="Lê Văn Tám", tu_ngay=date(2026, 7, 1), by=can_bo_phuong
    )

    text = repr(phieu_nhan_xet(review))

    assert "Trần Công Minh" in text
    assert "Lê Văn Tám" not in text


def test_ended_group_takes_no_decision_and_no_plan(to, bi_thu_phuong, phuong):
    make_thanh_vien(
        to=to, la_to_truong=True, doan_vien=make_doan_vien(chi_doan=make_chi_doan(phuong=phuong))
    )
    ToTuDuong.objects.update(ket_thuc=date(2026, 10, 1))
    with pytest.raises(RuleError, match="đã kết thúc"):
        issue_quyet_dinh(to=to, ngay=NGAY, by=bi_thu_phuong)
    with pytest.raises(RuleError, match="đã kết thúc"):
        create_ke_hoach(to=to, nam=2026, by=bi_thu_phuong, **KE_HOACH)
