"""The referral case inside the Union: each step done, and each refusal."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import AlreadyRecordedError, RuleError, StaleError
from tests.factories import make_chuc_vu, make_doan_vien, make_ho_so
from tochuc.bieu_quyet import Phieu
from tochuc.models import NhatKy, QuyDinh
from tudưong.models import BuocHoSo, GiayTo, HoSo
from tudưong.services import (
    close_ho_so,
    open_ho_so,
    propose,
    resolve,
    review,
    send_back,
    supplement,
    update_nhan_xet,
)

T = HoSo.TrangThai
NGAY = date(2026, 6, 12)
DU_PHIEU = Phieu(co_mat=13, tan_thanh=12, khong_tan_thanh=1)


def last_step(ho_so) -> BuocHoSo:
    return ho_so.buoc.order_by("thu_tu").last()


def test_open_makes_a_numbered_case_with_its_checklist(bi_thu, doan_vien):
    first = open_ho_so(doan_vien=doan_vien, by=bi_thu)
    second = open_ho_so(doan_vien=make_doan_vien(chi_doan=doan_vien.chi_doan), by=bi_thu)

    assert [first.ma, second.ma] == ["HS-2026-01", "HS-2026-02"]
    assert (first.trang_thai, first.don_vi) == (T.CHO_CHI_DOAN, doan_vien.chi_doan.cap_tren)
    assert first.giay_to.count() == len(GiayTo.Loai)
    assert NhatKy.objects.filter(hanh_dong="ho_so.open", doi_tuong_id=first.pk).count() == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"trang_thai": "chuyen_di"}, "không còn sinh hoạt"),
        ({"ngay_vao_dang": date(2026, 2, 3)}, "đã là đảng viên"),
    ],
)
def test_open_refuses_who_cannot_be_referred(bi_thu, chi_doan, fields, message):
    doan_vien = make_doan_vien(chi_doan=chi_doan, **fields)

    with pytest.raises(RuleError, match=message):
        open_ho_so(doan_vien=doan_vien, by=bi_thu)

    assert not HoSo.objects.exists()


def test_open_refuses_a_second_open_case(bi_thu, ho_so):
    with pytest.raises(RuleError, match="chưa xong"):
        open_ho_so(doan_vien=ho_so.doan_vien, by=bi_thu)


def test_open_refuses_the_neighbour(nguoi_la, doan_vien):
    with pytest.raises(PermissionDenied):
        open_ho_so(doan_vien=doan_vien, by=nguoi_la)


def test_a_member_may_have_a_new_case_after_the_old_one_ended(bi_thu, doan_vien):
    make_ho_so(doan_vien=doan_vien, trang_thai=T.BOI_DUONG)

    open_ho_so(doan_vien=doan_vien, by=bi_thu)

    assert HoSo.objects.filter(doan_vien=doan_vien).count() == 2


def test_propose_counts_all_members_and_signs_the_papers(bi_thu, ho_so):
    propose(ho_so=ho_so, ngay=NGAY, phieu=DU_PHIEU, by=bi_thu)

    ho_so.refresh_from_db()
    step = last_step(ho_so)
    signed = set(ho_so.giay_to.filter(tinh_trang="da_ky").values_list("loai", flat=True))
    assert (ho_so.trang_thai, ho_so.ngay_buoc, ho_so.version) == (T.CHO_THAM_TRA, NGAY, 2)
    assert (step.co_quyen, step.tan_thanh, step.boi, step.nhap_thay) == (15, 12, bi_thu, False)
    assert signed == {"nq_chi_doan", "bb_chi_doan"}


@pytest.mark.parametrize(
    ("tan_thanh", "trang_thai"), [(10, T.CHO_THAM_TRA), (9, T.BOI_DUONG)], ids=["2/3", "under"]
)
def test_propose_needs_two_thirds_of_all_members(bi_thu, ho_so, tan_thanh, trang_thai):
    phieu = Phieu(co_mat=12, tan_thanh=tan_thanh, khong_tan_thanh=12 - tan_thanh)

    propose(ho_so=ho_so, ngay=NGAY, phieu=phieu, by=bi_thu)

    ho_so.refresh_from_db()
    assert ho_so.trang_thai == trang_thai


def test_threshold_is_a_dated_setting(bi_thu, ho_so, phuong):
    QuyDinh.objects.create(
        ma="nguong_chi_doan_de_nghi",
        don_vi=phuong,
        tu_ngay=date(2026, 1, 1),
        gia_tri="1/2",
        can_cu="Nếp của phường",
    )

    propose(ho_so=ho_so, ngay=NGAY, phieu=Phieu(co_mat=8, tan_thanh=8), by=bi_thu)

    ho_so.refresh_from_db()
    assert ho_so.trang_thai == T.CHO_THAM_TRA


@pytest.mark.parametrize(
    ("phieu", "field"),
    [
        (Phieu(co_mat=16, tan_thanh=16), "co_mat"),
        (Phieu(co_mat=12, tan_thanh=13), "tan_thanh"),
        (Phieu(co_mat=12, tan_thanh=10, khong_tan_thanh=1), "tan_thanh"),
    ],
    ids=["more than entitled", "more votes than present", "ballots missing"],
)
def test_propose_refuses_an_impossible_tally(bi_thu, ho_so, phieu, field):
    with pytest.raises(RuleError) as refusal:
        propose(ho_so=ho_so, ngay=NGAY, phieu=phieu, by=bi_thu)

    assert refusal.value.field == field
    assert not ho_so.buoc.exists()


def test_propose_refuses_a_day_to_come(bi_thu, ho_so):
    with pytest.raises(RuleError, match="22/11/2026 chưa đến"):
        propose(ho_so=ho_so, ngay=date(2026, 11, 22), phieu=DU_PHIEU, by=bi_thu)


def test_propose_refuses_without_a_shortcoming(bi_thu, ho_so):
    HoSo.objects.update(khuyet_diem="  ")

    with pytest.raises(RuleError, match="khuyết điểm"):
        propose(ho_so=ho_so, ngay=NGAY, phieu=DU_PHIEU, by=bi_thu)


def test_ward_entering_the_branch_vote_is_marked_and_does_not_review_it(
    bi_thu_phuong, can_bo_phuong, ho_so
):
    propose(ho_so=ho_so, ngay=NGAY, phieu=DU_PHIEU, by=can_bo_phuong)
    assert last_step(ho_so).nhap_thay

    with pytest.raises(RuleError, match="đồng chí khác"):
        review(ho_so=ho_so, ngay=NGAY, by=can_bo_phuong)

    review(ho_so=ho_so, ngay=NGAY, by=bi_thu_phuong)
    ho_so.refresh_from_db()
    assert ho_so.trang_thai == T.CHO_BCH


def test_returned_case_comes_back_with_what_was_added(bi_thu, can_bo_phuong, ho_so):
    propose(ho_so=ho_so, ngay=NGAY, phieu=DU_PHIEU, by=bi_thu)
    send_back(ho_so=ho_so, ngay=date(2026, 6, 15), ly_do="Thiếu biên bản", by=can_bo_phuong)
    supplement(ho_so=ho_so, ngay=date(2026, 6, 20), y_kien="Đã nộp biên bản", by=bi_thu)

    ho_so.refresh_from_db()
    assert ho_so.trang_thai == T.CHO_THAM_TRA
    assert [step.loai for step in ho_so.buoc.all()] == ["de_nghi", "tra_lai", "bo_sung"]


@pytest.mark.parametrize(
    ("action", "field", "text"),
    [(send_back, "ly_do", " "), (close_ho_so, "ly_do", "")],
)
def test_return_and_end_need_a_reason(bi_thu_phuong, chi_doan, action, field, text):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_THAM_TRA)

    with pytest.raises(RuleError) as refusal:
        action(ho_so=ho_so, ngay=NGAY, by=bi_thu_phuong, **{field: text})

    assert refusal.value.field == field


def test_days_go_forward(bi_thu, can_bo_phuong, ho_so):
    propose(ho_so=ho_so, ngay=NGAY, phieu=DU_PHIEU, by=bi_thu)

    with pytest.raises(RuleError, match="trước bước liền trước"):
        review(ho_so=ho_so, ngay=date(2026, 6, 11), by=can_bo_phuong)


def test_a_case_opened_after_the_branch_had_met_goes_on_from_that_meeting(
    bi_thu, can_bo_phuong, ho_so
):
    HoSo.objects.update(ngay_buoc=date(2026, 7, 1))
    propose(ho_so=ho_so, ngay=NGAY, phieu=DU_PHIEU, by=bi_thu)

    assert review(ho_so=ho_so, ngay=date(2026, 6, 20), by=can_bo_phuong).trang_thai == T.CHO_BCH


@pytest.mark.parametrize(("tan_thanh", "trang_thai"), [(8, T.CHO_GUI), (7, T.BOI_DUONG)])
def test_resolve_needs_more_than_half_of_all_committee_members(
    bi_thu_phuong, bch, chi_doan, tan_thanh, trang_thai
):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_BCH)
    phieu = Phieu(co_mat=9, tan_thanh=tan_thanh, khong_hop_le=9 - tan_thanh)

    resolve(ho_so=ho_so, ngay=NGAY, phieu=phieu, by=bi_thu_phuong)

    ho_so.refresh_from_db()
    assert (ho_so.trang_thai, last_step(ho_so).co_quyen) == (trang_thai, 15)
    assert ho_so.ngay_gioi_thieu == (NGAY if trang_thai == T.CHO_GUI else None)


def test_resolve_counts_the_committee_of_the_day(bi_thu_phuong, bch, chi_doan, phuong):
    make_chuc_vu(don_vi=phuong, den_ngay=date(2026, 6, 11))
    make_chuc_vu(don_vi=phuong, tu_ngay=date(2026, 6, 13))
    make_chuc_vu(don_vi=chi_doan)
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_BCH)

    resolve(ho_so=ho_so, ngay=NGAY, phieu=Phieu(15, 15), by=bi_thu_phuong)

    assert last_step(ho_so).co_quyen == 15


@pytest.mark.parametrize(
    ("phieu", "fields", "field"),
    [
        (Phieu(14, 13, 1), {}, "ly_do"),
        (Phieu(16, 16), {}, "co_mat"),
        (Phieu(14, 13), {}, "tan_thanh"),
        (Phieu(14, 14), {"ngay_van_ban": date(2026, 6, 11)}, "ngay_van_ban"),
        (Phieu(14, 14), {"ngay": date(2026, 6, 9)}, "ngay"),
    ],
    ids=["reason", "too many", "ballots", "paper before meeting", "before last step"],
)
def test_resolve_refuses(bi_thu_phuong, bch, chi_doan, phieu, fields, field):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_BCH)

    with pytest.raises(RuleError) as refusal:
        resolve(ho_so=ho_so, **{"ngay": NGAY, **fields}, phieu=phieu, by=bi_thu_phuong)

    assert refusal.value.field == field
    assert not ho_so.buoc.exists()


def test_resolve_refuses_without_a_committee(bi_thu_phuong, chi_doan):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_BCH)

    with pytest.raises(RuleError, match="Chưa ghi ủy viên"):
        resolve(ho_so=ho_so, ngay=NGAY, phieu=Phieu(0, 0), by=bi_thu_phuong)


def test_sending_the_same_form_twice_makes_one_step(bi_thu, ho_so):
    propose(ho_so=ho_so, ngay=NGAY, phieu=DU_PHIEU, by=bi_thu, version=1)

    with pytest.raises(AlreadyRecordedError):
        propose(ho_so=ho_so, ngay=NGAY, phieu=DU_PHIEU, by=bi_thu, version=1)

    assert ho_so.buoc.count() == 1


def test_a_step_on_a_case_that_changed_meanwhile_is_refused(bi_thu, bi_thu_phuong, ho_so):
    update_nhan_xet(ho_so=ho_so, version=1, changes={"nang_luc": "Khác"}, by=bi_thu_phuong)

    with pytest.raises(StaleError) as refusal:
        propose(ho_so=ho_so, ngay=NGAY, phieu=DU_PHIEU, by=bi_thu, version=1)

    assert refusal.value.current.nang_luc == "Khác"
    assert not ho_so.buoc.exists()


def test_two_people_editing_the_remarks_lose_nothing(bi_thu, bi_thu_phuong, ho_so):
    update_nhan_xet(ho_so=ho_so, version=1, changes={"nang_luc": "Một"}, by=bi_thu)

    with pytest.raises(StaleError) as refusal:
        update_nhan_xet(ho_so=ho_so, version=1, changes={"nang_luc": "Hai"}, by=bi_thu_phuong)

    assert refusal.value.current.nang_luc == "Một"


@pytest.mark.parametrize(("tiep_tuc", "trang_thai"), [(True, T.BOI_DUONG), (False, T.DONG)])
def test_close_keeps_the_reason(bi_thu_phuong, ho_so, tiep_tuc, trang_thai):
    ngay = date(2026, 6, 12)

    close_ho_so(ho_so=ho_so, ngay=ngay, ly_do="Đi làm xa", tiep_tuc=tiep_tuc, by=bi_thu_phuong)

    ho_so.refresh_from_db()
    assert (ho_so.trang_thai, last_step(ho_so).ly_do) == (trang_thai, "Đi làm xa")
