"""Where a group's members come from: a branch's vote, the rating, the committee; each rule."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleError
from tests.factories import (
    make_chi_doan,
    make_de_xuat,
    make_doan_vien,
    make_nguoi_dung,
    make_thanh_vien,
    make_xep_loai,
)
from tochuc.bieu_quyet import Phieu
from tochuc.models import NhatKy
from tochuc.permissions import VaiTro
from tudưong.models import DeXuatVaoTo, ThanhVienTo
from tudưong.services import (
    add_thanh_vien,
    decline,
    mark_seen,
    propose_by_bch,
    propose_by_vote,
    withdraw,
)

NGAY = date(2026, 11, 15)


def propose(doan_vien, by, phieu=None, ngay=NGAY, ly_do="Nhận việc nào xong việc ấy."):
    phieu = phieu or Phieu(13, 12, 1)
    return propose_by_vote(doan_vien=doan_vien, ngay=ngay, phieu=phieu, ly_do=ly_do, by=by)


def take_in(to, doan_vien, by):
    return add_thanh_vien(to=to, doan_vien=doan_vien, tu_ngay=date(2026, 11, 20), by=by)


def test_branch_proposes_with_the_tally_of_its_roster(doan_vien, chi_doan_15, bi_thu):
    row = propose(doan_vien, bi_thu, Phieu(13, 11, 1, 1))

    row.refresh_from_db()
    tally = (row.co_quyen, row.co_mat, row.tan_thanh, row.khong_tan_thanh, row.khong_hop_le)
    assert tally == (15, 13, 11, 1, 1)
    assert (row.nguon, row.trang_thai, row.chi_doan) == ("chi_doan", "cho", doan_vien.chi_doan)
    assert NhatKy.objects.filter(hanh_dong="de_xuat_to.propose", nguoi=bi_thu).count() == 1


@pytest.mark.parametrize(
    ("phieu", "field"),
    [
        (Phieu(16, 16), "co_mat"),
        (Phieu(13, 12), "tan_thanh"),
        (Phieu(15, 7, 8), "tan_thanh"),
    ],
)
def test_tally_that_cannot_be_or_does_not_suffice_is_refused(
    doan_vien, chi_doan_15, bi_thu, phieu, field
):
    with pytest.raises(RuleError) as refusal:
        propose(doan_vien, bi_thu, phieu)

    assert refusal.value.field == field
    assert not DeXuatVaoTo.objects.exists()


def test_eight_of_fifteen_are_more_than_half(doan_vien, chi_doan_15, bi_thu):
    assert propose(doan_vien, bi_thu, Phieu(15, 8, 7)).is_cho


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ngay": date(2026, 11, 22)}, "ngay"),
        ({"ngay": date(2010, 1, 1)}, "ngay"),
        ({"ly_do": "  "}, "ly_do"),
    ],
)
def test_day_and_reason_are_checked(doan_vien, chi_doan_15, bi_thu, changes, field):
    with pytest.raises(RuleError) as refusal:
        propose(doan_vien, bi_thu, **changes)

    assert refusal.value.field == field


def test_who_is_no_candidate_is_refused(chi_doan, chi_doan_15, bi_thu, to):
    left = make_doan_vien(chi_doan=chi_doan, trang_thai="da_chuyen_di")
    party = make_doan_vien(chi_doan=chi_doan, ngay_vao_dang=date(2026, 1, 1))
    inside = make_doan_vien(chi_doan=chi_doan)
    make_thanh_vien(to=to, doan_vien=inside)
    waiting = make_doan_vien(chi_doan=chi_doan)
    make_de_xuat(doan_vien=waiting)

    for person in (left, party, inside, waiting):
        with pytest.raises(RuleError):
            propose(person, bi_thu)


def test_only_the_branchs_leaders_propose_and_only_their_own(
    doan_vien, chi_doan_15, bi_thu, uy_vien, bi_thu_phuong, phuong
):
    stranger = make_doan_vien(chi_doan=make_chi_doan(phuong=phuong))
    for person, by in ((doan_vien, uy_vien), (doan_vien, bi_thu_phuong), (stranger, bi_thu)):
        with pytest.raises(PermissionDenied):
            propose(person, by)


def test_ward_takes_in_who_was_proposed_and_the_source_stays(
    to, doan_vien, chi_doan_15, bi_thu, can_bo_phuong
):
    row = propose(doan_vien, bi_thu)

    place = take_in(to, doan_vien, can_bo_phuong)

    row.refresh_from_db()
    assert place.nguon == "chi_doan"
    assert (row.trang_thai, row.thanh_vien, row.xet_boi) == ("nhan", place, can_bo_phuong)
    assert row.xet_ngay == date(2026, 11, 21)


def test_who_recorded_the_vote_does_not_answer_it(to, phuong, doan_vien, chi_doan_15, chi_doan):
    both = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan)
    both.phan_cong.create(vai_tro=VaiTro.CAN_BO_PHUONG, don_vi=phuong, tu_ngay=date(2026, 1, 1))
    row = propose(doan_vien, both)

    for answer in (
        lambda: take_in(to, doan_vien, both),
        lambda: decline(de_xuat=row, ly_do="Chưa", by=both),
    ):
        with pytest.raises(RuleError, match="đồng chí khác"):
            answer()
    assert not ThanhVienTo.objects.exists()


def test_ward_declines_with_a_reason_until_the_branch_has_read_it(
    doan_vien, chi_doan_15, bi_thu, can_bo_phuong, chi_doan
):
    row = propose(doan_vien, bi_thu)
    with pytest.raises(RuleError):
        decline(de_xuat=row, ly_do=" ", by=can_bo_phuong)

    decline(de_xuat=row, ly_do="Tổ đã đủ người.", by=can_bo_phuong)

    assert list(DeXuatVaoTo.objects.chua_xem_tra_loi(chi_doan)) == [row]
    mark_seen(de_xuat=row, by=bi_thu)
    assert not DeXuatVaoTo.objects.chua_xem_tra_loi(chi_doan).exists()
    with pytest.raises(RuleError, match="chưa nhận"):
        decline(de_xuat=row, ly_do="Lần nữa", by=can_bo_phuong)
    assert propose(doan_vien, bi_thu).is_cho


def test_branch_withdraws_its_own_and_not_the_committees(
    doan_vien, chi_doan_15, bi_thu, can_bo_phuong
):
    row = propose(doan_vien, bi_thu)
    with pytest.raises(PermissionDenied):
        withdraw(de_xuat=row, ly_do="Đi học xa", by=can_bo_phuong)

    withdraw(de_xuat=row, ly_do="Đi học xa", by=bi_thu)

    row = propose_by_bch(doan_vien=doan_vien, ngay=NGAY, ly_do="Nòng cốt", by=can_bo_phuong)
    with pytest.raises(PermissionDenied):
        withdraw(de_xuat=row, ly_do="Đi học xa", by=bi_thu)


@pytest.mark.parametrize("trang_thai", ["nhan", "khong_nhan", "rut"])
def test_answered_proposal_takes_no_other_answer(doan_vien, bi_thu, can_bo_phuong, trang_thai):
    row = make_de_xuat(doan_vien=doan_vien, trang_thai=trang_thai, xet_ngay=NGAY)

    for answer, by in ((decline, can_bo_phuong), (withdraw, bi_thu)):
        with pytest.raises(RuleError):
            answer(de_xuat=row, ly_do="Lý do", by=by)
    row.refresh_from_db()
    assert (row.trang_thai, row.tra_loi) == (trang_thai, "")


def test_member_who_has_left_the_ward_is_not_taken_in_by_an_old_proposal(
    to, doan_vien, phuong_khac, can_bo_phuong
):
    row = make_de_xuat(doan_vien=doan_vien)
    doan_vien.chi_doan = make_chi_doan(phuong=phuong_khac)
    doan_vien.save()

    with pytest.raises(RuleError, match="không sinh hoạt ở"):
        take_in(to, doan_vien, can_bo_phuong)
    row.refresh_from_db()
    assert row.is_cho


def test_committee_puts_somebody_forward_with_its_reason(to, doan_vien, can_bo_phuong, bi_thu):
    with pytest.raises(PermissionDenied):
        propose_by_bch(doan_vien=doan_vien, ngay=NGAY, ly_do="Nòng cốt", by=bi_thu)
    row = propose_by_bch(doan_vien=doan_vien, ngay=NGAY, ly_do="Nòng cốt", by=can_bo_phuong)

    assert (row.nguon, row.co_quyen) == ("bch", None)
    assert take_in(to, doan_vien, can_bo_phuong).nguon == "bch"


@pytest.mark.parametrize(
    ("muc", "nam", "nguon"),
    [("htxs", 2025, "xep_loai"), ("htxs", 2024, "bch"), ("htt", 2025, "bch")],
)
def test_source_of_who_was_not_proposed(to, doan_vien, can_bo_phuong, muc, nam, nguon):
    make_xep_loai(doan_vien, muc, nam=nam)

    assert take_in(to, doan_vien, can_bo_phuong).nguon == nguon
