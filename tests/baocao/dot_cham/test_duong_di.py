"""The way of a round, step by step, and what each step refuses."""

from datetime import date
from decimal import Decimal

import pytest

from baocao.dot_cham import queries, services
from baocao.dot_cham.services.cong_bo import TraLoi
from baocao.models import BoTieuChi, DiemTieuChi, DongCham, DotCham, KiemPhieuCham
from baocao.sap_xep import con_do
from chidoan.sap_xep.di_theo import PhamVi
from core.errors import RuleError, StaleError
from tests.factories import (
    TIEU_CHI_THU,
    make_bo_diem,
    make_chi_doan,
    make_doan_vien,
    make_don_vi,
    make_dot_cham,
    make_nguoi_dung,
)
from tochuc.models import DonVi, NguoiDung, NhatKy, PhanCong
from tochuc.permissions import VaiTro

from .conftest import (
    cham,
    den_chung_cuoc,
    den_cong_bo,
    den_tham_dinh,
    den_thu,
    dong_cua,
    gui,
    het_han_y_kien,
    lai,
)

pytestmark = pytest.mark.django_db


def diem(dong, ma):
    return dong.tieu_chi.select_related("dong").get(ma=ma)


# ---- opening -------------------------------------------------------------------------------


def test_a_round_takes_in_the_branches_of_the_day_as_they_are_called(dot, chi_doan, chi_doan_khac):
    line = dong_cua(dot, chi_doan)

    assert dot.dong.count() == 2
    assert (line.ten, line.cum, line.khoi) == ("Chi đoàn Khu vực 1", "Cụm 1", "dan_cu")
    assert (line.so_doan_vien, line.cap_tren) == (5, "Đoàn phường Thử")
    assert [row.ma for row in line.tieu_chi.all()] == ["a1", "a2", "b1", "c1"]
    assert dot.quy_tac == dot.bo.quy_tac


def test_the_computed_part_is_there_from_the_start(dot, dong):
    assert (diem(dong, "b1").tu, diem(dong, "b1").diem_may) == (0, 0)
    assert dot.may_luc is not None


def test_one_round_of_a_period_is_enough(dot, phuong):
    with pytest.raises(RuleError, match="Đã có"):
        make_dot_cham(phuong)


def test_a_cancelled_round_makes_room_for_another(dot, phuong):
    services.cancel_dot(dot=dot, loi="Mở nhầm kỳ", by=None)

    assert make_dot_cham(phuong).pk != dot.pk


def test_a_set_that_does_not_hold_in_the_period_opens_nothing(nguoi, phuong):
    bo = make_bo_diem(phuong)
    BoTieuChi.objects.filter(pk=bo.pk).update(den_ngay=date(2025, 12, 31))

    with pytest.raises(RuleError, match="không áp dụng"):
        make_dot_cham(phuong, bo=bo)


def test_a_branch_with_few_members_is_scored_but_not_ranked(phuong, chi_doan):
    for _ in range(4):
        make_doan_vien(chi_doan=chi_doan)

    line = dong_cua(make_dot_cham(phuong), chi_doan)

    assert (line.co_xep_hang, line.ghi_chu) == (False, "Dưới 5 đoàn viên")


# ---- self-score ----------------------------------------------------------------------------


def test_a_self_score_is_sent_when_all_that_is_asked_is_filled(dong):
    cham(dong, a1=40, a2=0)

    services.send_dong(dong=dong, by=None)

    dong.refresh_from_db()
    assert dong.trang_thai == DongCham.TrangThai.DA_GUI
    assert dong.diem_tu_cham == 40
    assert not dong.nop_muon


def test_what_is_missing_is_named(dong):
    cham(dong, a1=40)

    with pytest.raises(RuleError, match="Còn 1 mục chưa chấm: Tuyên truyền"):
        services.send_dong(dong=dong, by=None)


@pytest.mark.parametrize(("ma", "points"), [("a1", 41), ("a1", -1), ("c1", 6), ("c1", -6)])
def test_points_stay_within_what_the_criterion_gives(dong, ma, points):
    with pytest.raises(RuleError, match="điểm từ"):
        cham(dong, **{ma: points})


def test_what_the_books_decide_is_not_scored(dong):
    with pytest.raises(RuleError, match="tính từ sổ"):
        cham(dong, b1=30)


def test_nothing_is_written_once_it_is_sent(dot, dong):
    gui(dot)

    with pytest.raises(RuleError, match="chưa thể tự chấm"):
        cham(dong, a1=1)


def test_after_the_due_day_it_is_taken_and_marked_late(dot, dong):
    services.change_han(
        dot=dot, han_tu_cham=date(2026, 11, 1), han_tham_dinh=date(2026, 12, 1), by=None
    )
    cham(dong, a1=40, a2=30)

    services.send_dong(dong=dong, by=None)

    dong.refresh_from_db()
    assert dong.nop_muon


def test_a_self_score_that_is_returned_is_sent_again_even_while_others_are_verified(dot, dong):
    den_tham_dinh(dot)
    services.return_dong(dong=dong, loi="Thiếu minh chứng mục 1", by=None)

    cham(dong, a1=10)
    services.send_dong(dong=dong, by=None)

    dong.refresh_from_db()
    assert dong.trang_thai == DongCham.TrangThai.DA_GUI
    assert dong.buoc.filter(loai="tra_lai").get().loi == "Thiếu minh chứng mục 1"


def test_who_looks_at_an_old_page_is_told(dong):
    row = diem(dong, "a1")
    services.save_tu_cham(diem_tieu_chi=row, diem=Decimal(5), by=None, version=0)

    with pytest.raises(StaleError):
        services.save_tu_cham(diem_tieu_chi=row, diem=Decimal(6), by=None, version=0)


# ---- verification --------------------------------------------------------------------------


def test_verification_waits_for_the_due_day_or_for_all(dot, dong):
    cham(dong, a1=40, a2=30)
    services.send_dong(dong=dong, by=None)

    with pytest.raises(RuleError, match="Còn 1 đơn vị chưa gửi"):
        services.start_tham_dinh(dot=dot, by=None)


def test_verification_needs_the_computed_part(nguoi, phuong):
    dot = make_dot_cham(phuong, tinh=False)
    DotCham.objects.filter(pk=dot.pk).update(han_tu_cham=date(2026, 11, 1))

    with pytest.raises(RuleError, match="Phần tự tính"):
        services.start_tham_dinh(dot=dot, by=None)


def test_another_value_than_the_unit_gave_needs_a_comment(dot, dong):
    den_tham_dinh(dot)

    with pytest.raises(RuleError, match="ghi lý do"):
        services.save_tham_dinh(diem_tieu_chi=diem(dong, "a1"), diem=Decimal(30), by=None)
    services.save_tham_dinh(
        diem_tieu_chi=diem(dong, "a1"), diem=Decimal(30), ly_do="Thiếu 1 buổi", by=None
    )

    assert diem(dong, "a1").diem_tham_dinh == 30


def test_another_value_than_the_books_tell_needs_a_comment(dot, dong):
    den_tham_dinh(dot)

    with pytest.raises(RuleError, match="ghi lý do"):
        services.save_tham_dinh(diem_tieu_chi=diem(dong, "b1"), diem=Decimal(10), by=None)


def test_one_press_takes_over_what_nobody_differs_about(dot, dong):
    den_tham_dinh(dot)

    assert services.agree_rest(dong=dong, by=None) == 3
    assert services.agree_rest(dong=dong, by=None) == 0
    assert diem(dong, "a1").diem_tham_dinh == 35
    assert diem(dong, "b1").diem_tham_dinh == 0
    assert diem(dong, "c1").diem_tham_dinh is None


def test_verification_ends_when_every_criterion_has_a_value(dot, dong):
    den_tham_dinh(dot)

    with pytest.raises(RuleError, match="Còn 3 mục chưa thẩm định"):
        services.finish_tham_dinh(dong=dong, by=None)


def test_what_the_unit_sends_anew_is_not_overridden_without_a_comment(dot, dong):
    den_tham_dinh(dot)
    services.agree_rest(dong=dong, by=None)
    services.return_dong(dong=dong, loi="Xem lại mục 1", by=None)
    cham(dong, a1=10)
    services.send_dong(dong=dong, by=None)

    with pytest.raises(RuleError, match="Còn 1 mục khác điểm tự chấm"):
        services.finish_tham_dinh(dong=dong, by=None)


def test_a_line_verified_upon_other_figures_is_verified_again(dot, dong):
    den_tham_dinh(dot)
    for line in dot.dong.all():
        services.agree_rest(dong=line, by=None)
        services.finish_tham_dinh(dong=line, by=None)
    dong.tieu_chi.filter(ma="b1").update(diem_may=5)

    services.compute_dot(dot=dot, by=None)

    states = dict(dot.dong.values_list("pk", "trang_thai"))
    assert states.pop(dong.pk) == "da_gui"
    assert set(states.values()) == {"da_tham_dinh"}


def test_a_branch_that_has_ended_keeps_the_figures_it_had(dot, dong, chi_doan):
    DonVi.objects.filter(pk=chi_doan.pk).update(ket_thuc=date(2026, 11, 1))

    services.compute_dot(dot=dot, by=None)

    assert diem(dong, "b1").diem_may == 0


def test_a_computed_bonus_without_data_is_said_by_the_verifier(nguoi, phuong, chi_doan):
    bonus = {
        "ma": "c2", "ten": "Báo cáo sớm", "cach_cham": "cong_tru", "diem_toi_da": "5",
        "nguon": "bao_cao_dung_han", "chia_cho": "rieng", "cong_thuc": "ty_le", "moc_duoi": "0",
        "moc_tren": "1",
    }  # fmt: skip
    dot = make_dot_cham(phuong, bo=make_bo_diem(phuong, tieu_chi=[*TIEU_CHI_THU, bonus]))
    dong = dong_cua(dot, chi_doan)
    den_tham_dinh(dot)
    services.agree_rest(dong=dong, by=None)

    with pytest.raises(RuleError, match="Còn 1 mục chưa thẩm định: Báo cáo sớm"):
        services.finish_tham_dinh(dong=dong, by=None)


def test_nobody_verifies_the_self_score_that_he_sent_himself(dot, dong, bi_thu, phuong):
    PhanCong.objects.create(
        nguoi_dung=bi_thu, don_vi=phuong, vai_tro=VaiTro.BI_THU_PHUONG, tu_ngay=date(2024, 1, 1)
    )
    bi_thu = NguoiDung.objects.get(pk=bi_thu.pk)
    cham(dong, by=bi_thu, a1=35, a2=20)
    services.send_dong(dong=dong, by=bi_thu)
    DotCham.objects.filter(pk=dot.pk).update(trang_thai="tham_dinh")

    for action in (services.agree_rest, services.finish_tham_dinh):
        with pytest.raises(RuleError, match="Nhờ đồng chí khác thẩm định"):
            action(dong=dong, by=bi_thu)


def test_a_unit_that_never_sent_is_verified_all_the_same(dot, dong):
    services.change_han(
        dot=dot, han_tu_cham=date(2026, 11, 1), han_tham_dinh=date(2026, 12, 1), by=None
    )
    services.start_tham_dinh(dot=dot, by=None)

    for ma in ("a1", "a2"):
        services.save_tham_dinh(diem_tieu_chi=diem(dong, ma), diem=Decimal(0), by=None)
    services.agree_rest(dong=dong, by=None)
    services.finish_tham_dinh(dong=dong, by=None)

    dong.refresh_from_db()
    assert dong.diem_tham_dinh == 0


def test_the_office_above_gives_other_points_with_a_reason(nguoi, huyen, chi_doan, van_phong):
    dot = make_dot_cham(huyen)
    dong = dong_cua(dot, chi_doan)
    den_tham_dinh(dot)
    services.agree_rest(dong=dong, by=None)
    services.finish_tham_dinh(dong=dong, by=None)

    row = diem(dong, "a1")
    with pytest.raises(RuleError, match="Ghi lý do"):
        services.save_duyet(diem_tieu_chi=row, diem=Decimal(20), by=van_phong)
    services.save_duyet(diem_tieu_chi=row, diem=Decimal(20), ly_do="Trùng nội dung", by=van_phong)
    services.finish_duyet(dong=dong, by=van_phong)

    assert diem(dong, "a1").diem_duyet == 20
    with pytest.raises(RuleError, match="Ghi lý do"):
        services.return_tham_dinh(dong=dong, loi=" ", by=van_phong)
    services.return_tham_dinh(dong=dong, loi="Xem lại mục hai", by=van_phong)
    dong = dong_cua(dot, chi_doan)
    assert (dong.trang_thai, queries.loi_xet_lai(dong)) == ("da_gui", "Xem lại mục hai")
    services.finish_tham_dinh(dong=dong, by=None)
    assert queries.loi_xet_lai(dong_cua(dot, chi_doan)) == ""
    assert diem(dong, "a1").diem_duyet == 20


# ---- trial, ranks --------------------------------------------------------------------------


def test_the_trial_adds_up_and_ranks(dot, chi_doan, chi_doan_khac):
    den_tham_dinh(dot)
    better = dong_cua(dot, chi_doan_khac)
    services.save_tham_dinh(
        diem_tieu_chi=diem(better, "a1"), diem=Decimal(40), ly_do="Đủ minh chứng", by=None
    )
    for line in dot.dong.all():
        services.agree_rest(dong=line, by=None)
        services.finish_tham_dinh(dong=line, by=None)

    services.trial_dot(dot=dot, by=None)

    rows = [dong_cua(dot, unit) for unit in (chi_doan, chi_doan_khac)]
    assert [(row.diem, row.muc, row.hang, row.hang_cum, row.hang_khoi) for row in rows] == [
        (55, "ht", 2, 2, 2),
        (60, "ht", 1, 1, 1),
    ]


def test_units_with_the_same_result_share_a_rank(dot):
    den_thu(dot)

    assert list(dot.dong.values_list("hang", flat=True)) == [1, 1]


def test_a_cluster_is_one_of_its_ward(nguoi, huyen, phuong, chi_doan):
    other = make_chi_doan(phuong=make_don_vi(cap_tren=huyen, ten="Khác"), cum_thi_dua="Cụm 1")
    for _ in range(5):
        make_doan_vien(chi_doan=other, tu_ngay=date(2024, 3, 1))
    dot = make_dot_cham(huyen)
    cham(dong_cua(dot, other), a1=10, a2=10)
    cham(dong_cua(dot, chi_doan), a1=40, a2=30)
    for line in dot.dong.exclude(don_vi__in=[other, chi_doan]):
        cham(line, a1=20, a2=20)
    for line in dot.dong.all():
        services.send_dong(dong=line, by=None)
    services.start_tham_dinh(dot=dot, by=None)
    for line in dot.dong.all():
        services.agree_rest(dong=line, by=None)
        services.finish_tham_dinh(dong=line, by=None)
    services.trial_dot(dot=dot, by=None)

    line = dong_cua(dot, other)
    assert (line.hang, line.cum, line.hang_cum) == (3, "Cụm 1", 1)


def test_the_trial_waits_for_every_unit(dot):
    den_tham_dinh(dot)

    with pytest.raises(RuleError, match="Còn 2 đơn vị chưa thẩm định xong"):
        services.trial_dot(dot=dot, by=None)


def test_from_the_trial_one_may_go_back_with_a_reason(dot, dong):
    den_thu(dot)

    services.back_dot(dot=dot, loi="Xem lại mục 1", by=None)
    services.save_tham_dinh(diem_tieu_chi=diem(dong, "a1"), diem=Decimal(1), ly_do="Thiếu", by=None)
    services.trial_dot(dot=dot, by=None)

    assert dong_cua(dot, dong.don_vi).diem == 21


# ---- objections, final ---------------------------------------------------------------------


def test_publishing_opens_the_window_of_the_dated_setting(dot):
    den_cong_bo(dot)

    assert lai(dot).han_y_kien == date(2026, 11, 23)


def test_an_upheld_objection_changes_points_and_ranks_at_once(dot, dong, chi_doan_khac, bi_thu):
    den_cong_bo(dot)
    row = services.send_y_kien(dong=dong, ma="a1", noi_dung="Chúng tôi có 2 buổi nữa", by=bi_thu)

    services.answer_y_kien(
        y_kien=row,
        tra_loi=TraLoi("chap_nhan", "Đã đối chiếu biên bản", diem=Decimal(40)),
        by=None,
    )

    row.refresh_from_db()
    assert (row.ket_qua, row.ma_moi, row.diem_moi) == ("chap_nhan", "a1", 40)
    assert dong_cua(dot, dong.don_vi).diem == 60
    assert dong_cua(dot, chi_doan_khac).hang == 2


def test_a_rejected_objection_changes_nothing(dot, dong):
    den_cong_bo(dot)
    row = services.send_y_kien(dong=dong, noi_dung="Xin xem lại", by=None)

    services.answer_y_kien(y_kien=row, tra_loi=TraLoi("khong", "Chưa có minh chứng"), by=None)

    assert dong_cua(dot, dong.don_vi).diem == 55


def test_a_long_answer_reaches_the_unit_as_a_whole(dot, dong):
    den_cong_bo(dot)
    word = services.send_y_kien(dong=dong, noi_dung="Xem lại", by=None)

    answer = services.answer_y_kien(y_kien=word, tra_loi=TraLoi("khong", "a" * 900), by=None)

    assert len(answer.tra_loi) == 900


def test_upholding_needs_another_value(dot, dong):
    den_cong_bo(dot)
    row = services.send_y_kien(dong=dong, ma="a1", noi_dung="Xin xem lại", by=None)

    with pytest.raises(RuleError, match="điểm mới khác"):
        services.answer_y_kien(
            y_kien=row, tra_loi=TraLoi("chap_nhan", "Đồng ý", diem=Decimal(35)), by=None
        )


def test_an_objection_to_the_whole_says_in_its_answer_which_criterion_changes(dot, dong):
    den_cong_bo(dot)
    row = services.send_y_kien(dong=dong, noi_dung="Xin xem lại", by=None)

    with pytest.raises(RuleError, match="Chọn tiêu chí"):
        services.answer_y_kien(
            y_kien=row, tra_loi=TraLoi("chap_nhan", "Đồng ý", diem=Decimal(30)), by=None
        )
    services.answer_y_kien(
        y_kien=row, tra_loi=TraLoi("chap_nhan", "Đồng ý", "a2", Decimal(30)), by=None
    )

    assert dong_cua(dot, dong.don_vi).diem == 65


def test_after_the_window_nothing_is_objected_to(dot, dong):
    den_cong_bo(dot)
    het_han_y_kien(dot)

    with pytest.raises(RuleError, match="trong thời gian nhận ý kiến"):
        services.send_y_kien(dong=dong, noi_dung="Xin xem lại", by=None)


def test_a_round_closes_after_the_window(dot):
    den_cong_bo(dot)

    with pytest.raises(RuleError, match="Còn nhận ý kiến đến hết ngày 23/11/2026"):
        services.final_dot(dot=dot, by=None)


def test_a_round_closes_when_no_objection_waits(dot, dong):
    den_cong_bo(dot)
    services.send_y_kien(dong=dong, noi_dung="Xin xem lại", by=None)
    het_han_y_kien(dot)

    with pytest.raises(RuleError, match="Còn 1 ý kiến chưa trả lời"):
        services.final_dot(dot=dot, by=None)


def test_a_published_round_is_not_cancelled(dot):
    den_cong_bo(dot)

    with pytest.raises(RuleError):
        services.cancel_dot(dot=dot, loi="Nhầm", by=None)


def test_the_hash_of_a_final_round_stands_in_the_audit_too(dot):
    den_chung_cuoc(dot)

    mark = lai(dot).ban_bam
    line = NhatKy.objects.filter(hanh_dong="dot_cham.chung_cuoc").get()
    assert len(mark) == 64
    assert line.noi_dung["ban_bam"] == mark


def test_every_step_of_a_round_is_kept(dot):
    den_chung_cuoc(dot)

    kinds = list(dot.buoc.filter(dong__isnull=True).values_list("loai", flat=True))
    assert kinds == ["mo", "tinh", "tham_dinh", "thu", "cong_bo", "chung_cuoc"]


# ---- correction ----------------------------------------------------------------------------


def test_a_correction_begins_with_the_points_that_stood(dot, dong):
    den_chung_cuoc(dot)

    new = services.correct_dot(dot=lai(dot), loi="Cộng nhầm mục 1", by=None)

    line = dong_cua(new, dong.don_vi)
    assert (new.truoc, new.trang_thai) == (dot, "tham_dinh")
    assert diem(line, "a1").diem_tham_dinh == 35
    assert lai(dot).is_chung_cuoc


def test_a_correction_keeps_tallies_and_says_why_points_differ(dot, dong):
    den_cong_bo(dot)
    KiemPhieuCham.objects.create(
        dong=dong, ben="chi_doan", ngay=date(2026, 11, 1), tong_so=5, co_mat=5, muc="ht"
    )
    answer = TraLoi("chap_nhan", "Đúng", diem=Decimal(40))
    word = services.send_y_kien(dong=dong, ma="a1", noi_dung="Thiếu một lớp", by=None)
    services.answer_y_kien(y_kien=word, tra_loi=answer, by=None)
    het_han_y_kien(dot)
    services.final_dot(dot=dot, by=None)

    line = dong_cua(services.correct_dot(dot=lai(dot), loi="Cộng nhầm", by=None), dong.don_vi)

    assert diem(line, "a1").diem_tham_dinh == 40
    assert diem(line, "a1").ly_do.startswith("Theo kết quả sau khi trả lời ý kiến")
    assert line.kiem_phieu.get().muc == "ht"
    assert (line.trang_thai, line.diem_tham_dinh) == ("da_tham_dinh", 60)
    row = diem(line, "a1")
    services.save_tham_dinh(diem_tieu_chi=row, diem=Decimal(31), ly_do="Cộng lại", by=None)
    line.refresh_from_db()
    assert line.diem_tham_dinh == 51


def test_a_correction_asks_no_more_for_many_units_than_for_few(
    dot, phuong, django_assert_max_num_queries
):
    for _ in range(20):
        line = DongCham.objects.create(dot=dot, don_vi=make_chi_doan(phuong=phuong), ten="x")
        DiemTieuChi.objects.create(dong=line, ma="a1")
    DotCham.objects.filter(pk=dot.pk).update(trang_thai="chung_cuoc", ban_bam="b" * 64)

    with django_assert_max_num_queries(25):
        services.correct_dot(dot=lai(dot), loi="Cộng nhầm", by=None)


def test_a_corrected_round_is_replaced_once_the_new_one_is_final(dot):
    den_chung_cuoc(dot)
    new = services.correct_dot(dot=lai(dot), loi="Cộng nhầm", by=None)
    assert dot in DotCham.objects.con_gia_tri()
    old = DotCham.objects.with_da_thay().get(pk=dot.pk)
    assert queries.dot_dinh_chinh(old) == new
    services.trial_dot(dot=new, by=None)
    services.publish_dot(dot=new, by=None)
    het_han_y_kien(new)
    services.final_dot(dot=new, by=None)

    assert list(DotCham.objects.con_gia_tri()) == [new]
    assert queries.dot_dinh_chinh(DotCham.objects.with_da_thay().get(pk=dot.pk)) is None


def test_one_correction_at_a_time(dot):
    den_chung_cuoc(dot)
    services.correct_dot(dot=lai(dot), loi="Cộng nhầm", by=None)

    with pytest.raises(RuleError, match="đã có đợt đính chính"):
        services.correct_dot(dot=lai(dot), loi="Lại nhầm", by=None)


# ---- when units are reorganised ------------------------------------------------------------


def test_a_plan_that_ends_a_branch_tells_of_the_round_that_scores_it(dot, chi_doan):
    plan = PhamVi(date(2026, 12, 1), ket_thuc={chi_doan.pk})

    (told,) = con_do(plan)
    assert told.startswith("«Chấm điểm chi đoàn năm 2026» đang chấm Chi đoàn Khu vực 1;")


def test_who_takes_a_branch_over_goes_on_with_its_line(dot, dong, chi_doan, chi_doan_khac):
    """The line stays with the unit that was scored; below its successor it is that one's work."""
    DonVi.objects.filter(pk=chi_doan.pk).update(
        path=f"{chi_doan_khac.path}0001", depth=chi_doan_khac.depth + 1, ket_thuc=date(2026, 11, 1)
    )
    successor = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan_khac)

    cham(dong, by=successor, a1=10, a2=10)
    services.send_dong(dong=dong, by=successor)

    assert dong in DongCham.objects.visible_to(successor)
    dong.refresh_from_db()
    assert (dong.ten, dong.trang_thai) == ("Chi đoàn Khu vực 1", "da_gui")
