"""A final round into a decision and the books, and what it takes to undo it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from baocao.dot_cham import services
from baocao.ket_qua.ban_chap_hanh import muc_bch
from baocao.ket_qua.quyet_dinh import MucKhac, cancel_ket_qua, decide_ket_qua
from baocao.models import DongCham, QuyetDinhKetQua, XepLoaiDonVi
from core.errors import RuleError
from doanvien.models import KyLuat
from tests.factories import make_bo_diem, make_chuc_vu, make_doan_vien, make_dot_cham
from tochuc.bieu_quyet import Phieu
from tochuc.models import NhatKy, VanBan

from .conftest import chot, dang_cong_bo, tinh_thu

NGAY = date(2026, 11, 18)
VOTE = Phieu(co_mat=3, tan_thanh=3)


def decide(dot, by=None, **values):
    fields = {"ngay": NGAY, "ngay_hop": NGAY, "phieu": VOTE, "kem_bch": False} | values
    return decide_ket_qua(dot=dot, by=by, **fields)


def line_of(dot, don_vi) -> DongCham:
    return dot.dong.get(don_vi=don_vi)


def book(nam=2026):
    rows = XepLoaiDonVi.objects.filter(nam=nam).order_by("don_vi__path", "-doi_tuong")
    return [(row.don_vi.ten, row.doi_tuong, row.muc) for row in rows.select_related("don_vi")]


def test_a_decision_takes_its_number_and_writes_the_levels_into_the_book(
    chung_cuoc, bch, bi_thu_phuong, chi_doan, chi_doan_khac
):
    decision = decide(chung_cuoc, by=bi_thu_phuong)

    row = XepLoaiDonVi.objects.get(don_vi=chi_doan)
    assert decision.so_ky_hieu == "01-QĐ/ĐTN"
    assert (row.thang, row.muc, row.ten_thang) == ("bo", "htt", "Bảng điểm thử")
    assert (row.ten, row.diem) == ("Hoàn thành tốt nhiệm vụ", 75)
    assert (row.so_quyet_dinh, row.ngay) == ("01-QĐ/ĐTN", NGAY)
    assert book() == [(chi_doan.ten, "chi_doan", "htt"), (chi_doan_khac.ten, "chi_doan", "ht")]
    assert (decision.tan_thanh, decision.tong_uy_vien) == (3, 3)
    assert NhatKy.objects.filter(hanh_dong="ket_qua.decide", doi_tuong_id=decision.pk).exists()


def test_a_level_differs_from_the_round_only_with_a_sentence(chung_cuoc, bch, chi_doan):
    line = line_of(chung_cuoc, chi_doan)

    with pytest.raises(RuleError, match="ghi lý do"):
        decide(chung_cuoc, khac={line.pk: MucKhac("ht", " ")})

    decision = decide(chung_cuoc, khac={line.pk: MucKhac("ht", "Vi phạm Điều lệ tháng 10.")})
    row = decision.dong.get(don_vi=chi_doan)
    assert (row.muc_dot, row.muc, row.ly_do) == ("htt", "ht", "Vi phạm Điều lệ tháng 10.")
    assert XepLoaiDonVi.objects.get(don_vi=chi_doan).muc == "ht"


def test_a_level_of_another_scale_is_refused(chung_cuoc, bch, chi_doan):
    with pytest.raises(RuleError, match="thang"):
        decide(chung_cuoc, khac={line_of(chung_cuoc, chi_doan).pk: MucKhac("manh", "Vì thế")})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"ngay": date(2026, 11, 19)}, "chưa đến"),
        ({"ngay": date(2026, 11, 1)}, "từ ngày họp"),
        ({"phieu": Phieu(co_mat=3, tan_thanh=1, khong_tan_thanh=2)}, "chưa quá nửa"),
        ({"phieu": Phieu(co_mat=4, tan_thanh=4)}, "nhiều hơn tổng số"),
        ({"phieu": Phieu(co_mat=3, tan_thanh=2)}, "khác số có mặt"),
    ],
)
def test_days_and_votes_that_cannot_be_are_refused(chung_cuoc, bch, values, words):
    with pytest.raises(RuleError, match=words):
        decide(chung_cuoc, **values)

    assert not QuyetDinhKetQua.objects.exists()
    assert not XepLoaiDonVi.objects.exists()


def test_before_the_round_is_final_nothing_is_decided(cong_bo, bch):
    with pytest.raises(RuleError, match="Chốt chung cuộc"):
        decide(cong_bo)


def test_a_quarter_gives_no_rating_of_the_year(nguoi, phuong, bch, chi_doan):
    dot = chot(dang_cong_bo(make_dot_cham(phuong, ky="2026Q3")))

    with pytest.raises(RuleError, match="theo quý"):
        decide(dot)


def test_a_unit_that_has_a_level_by_another_decision_is_named(chung_cuoc, bch, chi_doan):
    XepLoaiDonVi.objects.create(
        don_vi=chi_doan, nam=2026, thang="hd33", muc="ht", ngay=NGAY, so_quyet_dinh="28-QĐ/ĐTN"
    )

    with pytest.raises(RuleError, match=r"Khu vực 1 đã có .* 28-QĐ/ĐTN"):
        decide(chung_cuoc)


def test_who_does_not_hold_the_round_decides_nothing(chung_cuoc, bch, can_bo_phuong, van_phong):
    for user in (can_bo_phuong, van_phong):
        with pytest.raises(PermissionDenied):
            decide(chung_cuoc, by=user)


def test_cancelling_takes_the_levels_back_and_keeps_lines_and_paper(chung_cuoc, bch):
    decision = decide(chung_cuoc)

    with pytest.raises(RuleError, match="Ghi lý do"):
        cancel_ket_qua(quyet_dinh=decision, ly_do=" ", by=None)
    cancel_ket_qua(quyet_dinh=decision, ly_do="Tính nhầm số buổi.", by=None)

    decision.refresh_from_db()
    assert (decision.huy_ngay, decision.huy_ly_do) == (NGAY, "Tính nhầm số buổi.")
    assert not XepLoaiDonVi.objects.exists()
    assert decision.dong.count() == 2
    assert VanBan.objects.of(decision).get().ly_do_huy == "Tính nhầm số buổi."
    with pytest.raises(RuleError, match="đã hủy"):
        cancel_ket_qua(quyet_dinh=decision, ly_do="Lần nữa", by=None)
    assert decide(chung_cuoc).so_ky_hieu == "02-QĐ/ĐTN"


def test_one_decision_of_a_round_is_enough(chung_cuoc, bch):
    decide(chung_cuoc)

    with pytest.raises(RuleError, match="đã có quyết định"):
        decide(chung_cuoc)


def test_the_decision_on_a_correction_replaces_the_earlier_one(chung_cuoc, bch, chi_doan):
    first = decide(chung_cuoc)
    dot = services.correct_dot(dot=chung_cuoc, loi="Sót điểm thưởng", by=None)
    tinh_thu(dot)
    services.publish_dot(dot=dot, by=None)

    second = decide(chot(dot))

    first.refresh_from_db()
    assert (second.thay_cho, first.is_huy) == (first, True)
    assert {row.so_quyet_dinh for row in XepLoaiDonVi.objects.all()} == {second.so_ky_hieu}


def test_a_round_that_was_corrected_is_decided_no_more(chung_cuoc, bch):
    new = services.correct_dot(dot=chung_cuoc, loi="Sót điểm thưởng", by=None)
    tinh_thu(new)
    services.publish_dot(dot=new, by=None)
    chot(new)

    with pytest.raises(RuleError, match="Ra quyết định từ đợt ấy"):
        decide(chung_cuoc)


def test_an_office_without_a_committee_here_writes_no_tally(chung_cuoc):
    assert decide(chung_cuoc, phieu=Phieu(co_mat=0, tan_thanh=0)).tong_uy_vien == 0


# ---- committees ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("muc", "punished", "level"),
    [("htxs", False, "htxs"), ("htxs", True, "htt"), ("htt", True, "htt"), ("kht", True, "kht")],
)
def test_a_committee_stands_as_its_organisation_the_best_level_apart(muc, punished, level):
    assert muc_bch(muc, ("htxs", "htt", "ht", "kht"), co_ky_luat=punished) == level


def test_committees_get_their_line_where_there_is_one(chung_cuoc, bch, chi_doan):
    make_chuc_vu(don_vi=chi_doan, trong_bch=True)

    decide(chung_cuoc, kem_bch=True)

    assert (chi_doan.ten, "bch", "htt") in book()
    assert len([row for row in book() if row[1] == "bch"]) == 1


def test_a_disciplined_member_keeps_the_committee_below_the_best_without_a_word_why(
    nguoi, phuong, chi_doan, bch
):
    bo = make_bo_diem(phuong)
    bo.quy_tac["muc"] = [{"muc": "htxs", "tu_diem": "70"}, {"muc": "kht", "tu_diem": "0"}]
    bo.save()
    dot = chot(dang_cong_bo(make_dot_cham(phuong, bo=bo), **{chi_doan.ma: {"a1": 40, "a2": 30}}))
    member = make_doan_vien(chi_doan=chi_doan)
    make_chuc_vu(don_vi=chi_doan, doan_vien=member, trong_bch=True)
    KyLuat.objects.create(
        doan_vien=member,
        chi_doan=chi_doan,
        hinh_thuc="khien_trach",
        cap="chi_doan",
        ngay_quyet_dinh=date(2026, 5, 1),
        ngay_cong_bo=date(2026, 5, 1),
    )

    decision = decide(dot, kem_bch=True)

    row = decision.dong.get(doi_tuong="bch", don_vi=chi_doan)
    assert (row.muc_dot, row.muc) == ("htxs", "htt")
    assert "kỷ luật" not in row.ly_do
