"""Who may write what of a case, until when; and that author and approver are two persons."""

from datetime import date

import pytest
from django.urls import reverse

from core.errors import RuleError, StaleError
from tests.factories import make_ho_so
from tests.tudưong.cases import case_in, issue_4_knd
from tochuc.bieu_quyet import Phieu
from tochuc.models import VanBan
from tudưong.giay_to.phat_hanh import issue_nghi_quyet_chi_doan
from tudưong.models import GiayTo, HoSo
from tudưong.services import propose, resolve, review, send_back, supplement, update_nhan_xet

T = HoSo.TrangThai
NGAY = date(2026, 6, 12)
PHIEU = Phieu(13, 13)


def write(ho_so, by, **changes):
    version = HoSo.objects.get(pk=ho_so.pk).version
    return update_nhan_xet(ho_so=ho_so, version=version, changes=changes, by=by)


def detail(client, ho_so) -> str:
    return client.get(ho_so.get_absolute_url()).content.decode()


# ---- what may be written -------------------------------------------------------------------


@pytest.mark.parametrize("trang_thai", [T.CHO_CHI_DOAN, T.TRA_LAI])
def test_remarks_are_written_while_the_case_lies_with_the_branch(
    bi_thu, bi_thu_phuong, chi_doan, trang_thai
):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=trang_thai)

    write(ho_so, bi_thu, nang_luc="Chi đoàn ghi")
    write(ho_so, bi_thu_phuong, nang_luc="Phường ghi thay")

    ho_so.refresh_from_db()
    assert (ho_so.nang_luc, ho_so.version) == ("Phường ghi thay", 3)


@pytest.mark.parametrize(
    ("trang_thai", "words"),
    [
        (T.CHO_THAM_TRA, "phường trả lại hồ sơ"),
        (T.CHO_BCH, "phường trả lại hồ sơ"),
        (T.CHO_GUI, "đã ra nghị quyết"),
        (T.DA_GUI, "đã ra nghị quyết"),
        (T.DONG, "đã kết thúc"),
    ],
)
def test_remarks_stand_from_the_vote_on(bi_thu, bi_thu_phuong, chi_doan, trang_thai, words):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=trang_thai)

    for by in (bi_thu, bi_thu_phuong):
        with pytest.raises(RuleError, match=words):
            write(ho_so, by, nang_luc="Khác")

    ho_so.refresh_from_db()
    assert ho_so.nang_luc != "Khác"


def test_page_says_why_the_remarks_stand(client_of, bi_thu, bi_thu_phuong, chi_doan):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_BCH)
    page = detail(client_of(bi_thu), ho_so)
    edit = reverse("tuduong:ho_so_nhan_xet", args=[ho_so.pk])
    form = client_of(bi_thu_phuong).get(edit).content.decode()

    assert "nên nhận xét giữ nguyên" in page
    assert edit not in page
    assert client_of(bi_thu).get(edit).status_code == 403
    assert "nên nhận xét giữ nguyên" in form
    assert 'name="chi_bo"' in form
    assert 'name="nang_luc"' not in form


def test_who_receives_the_case_stays_open_until_the_committee_resolves(bi_thu_phuong, chi_doan):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_BCH)
    write(ho_so, bi_thu_phuong, chi_bo="Chi bộ Khu vực 9")
    HoSo.objects.update(trang_thai=T.CHO_GUI, ngay_gioi_thieu=NGAY)

    with pytest.raises(RuleError):
        write(ho_so, bi_thu_phuong, chi_bo="Khu vực 2")

    ho_so.refresh_from_db()
    assert ho_so.chi_bo == "Khu vực 9"


def test_expected_day_may_change_as_long_as_the_case_is_open(bi_thu_phuong, chi_doan):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.DA_GUI)

    write(ho_so, bi_thu_phuong, du_kien=date(2027, 2, 3))

    ho_so.refresh_from_db()
    assert ho_so.du_kien == date(2027, 2, 3)


def test_saving_what_stands_already_changes_nothing(bi_thu, ho_so):
    write(ho_so, bi_thu, nang_luc=ho_so.nang_luc)

    ho_so.refresh_from_db()
    assert ho_so.version == 1


def test_committee_resolves_on_the_text_it_was_shown(bi_thu_phuong, bch, chi_doan):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_BCH)
    write(ho_so, bi_thu_phuong, chi_bo="Khu vực 9")

    with pytest.raises(StaleError):
        resolve(ho_so=ho_so, ngay=NGAY, phieu=Phieu(15, 15), by=bi_thu_phuong, version=1)

    assert not ho_so.buoc.exists()


# ---- issued papers -------------------------------------------------------------------------


def test_returned_case_has_its_resolution_issued_anew_and_the_old_one_marked(
    client_of, bi_thu, can_bo_phuong, ho_so
):
    propose(ho_so=ho_so, ngay=NGAY, phieu=PHIEU, by=bi_thu)
    first = issue_nghi_quyet_chi_doan(ho_so=ho_so, by=bi_thu)
    send_back(ho_so=ho_so, ngay=NGAY, ly_do="Sửa năng lực", by=can_bo_phuong)
    write(ho_so, bi_thu, nang_luc="Nói trước đám đông rõ ràng.")
    version = HoSo.objects.get(pk=ho_so.pk).version
    data = {"version": version, "ngay": "12/06/2026", "y_kien": "Đã sửa"}
    url = reverse("tuduong:ho_so_supplement", args=[ho_so.pk])
    assert f"Nghị quyết {first.so_ky_hieu}" in client_of(bi_thu).get(url).content.decode()

    client_of(bi_thu).post(url, data)

    line = GiayTo.objects.select_related("van_ban").get(ho_so=ho_so, loai="nq_chi_doan")
    assert (line.van_ban.so_ky_hieu, line.van_ban.phien_ban) == (first.so_ky_hieu, 2)
    check = client_of(bi_thu).get(reverse("van_ban_check", args=[first.ma_kiem_tra]))
    assert "đã có bản mới hơn" in check.content.decode()


def test_second_vote_voids_the_resolution_of_the_first(bi_thu, can_bo_phuong, ho_so):
    propose(ho_so=ho_so, ngay=NGAY, phieu=PHIEU, by=bi_thu)
    first = issue_nghi_quyet_chi_doan(ho_so=ho_so, by=bi_thu)
    send_back(ho_so=ho_so, ngay=NGAY, ly_do="Họp lại", by=can_bo_phuong)

    propose(ho_so=ho_so, ngay=NGAY, phieu=PHIEU, by=bi_thu)

    line = GiayTo.objects.get(ho_so=ho_so, loai="nq_chi_doan")
    assert (line.so, line.van_ban, line.tinh_trang) == ("", None, "da_ky")
    assert VanBan.objects.get(pk=first.pk).ly_do_huy == "Chi đoàn biểu quyết lại."
    assert issue_nghi_quyet_chi_doan(ho_so=ho_so, by=bi_thu).so == first.so + 1


def test_nothing_of_the_text_changes_once_4_knd_is_issued(
    doan_vien, chi_doan_15, bch, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy
):
    ho_so = case_in(T.CAN_BO_SUNG, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy)
    issued = issue_4_knd(ho_so=ho_so, by=bi_thu_phuong)

    with pytest.raises(RuleError, match="đã ra nghị quyết"):
        write(ho_so, bi_thu_phuong, nang_luc="Khác")

    assert issue_4_knd(ho_so=ho_so, by=bi_thu_phuong) == issued


# ---- two persons ---------------------------------------------------------------------------


def test_who_entered_the_branchs_vote_leaves_the_resolution_to_the_deputy(
    bi_thu_phuong, pho_bi_thu_phuong, can_bo_phuong, bch, ho_so
):
    propose(ho_so=ho_so, ngay=NGAY, phieu=PHIEU, by=bi_thu_phuong)
    review(ho_so=ho_so, ngay=NGAY, by=can_bo_phuong)
    vote = {"ho_so": ho_so, "ngay": NGAY, "phieu": Phieu(15, 15)}

    with pytest.raises(RuleError, match=f"do đồng chí {pho_bi_thu_phuong} ghi"):
        resolve(**vote, by=bi_thu_phuong)
    resolve(**vote, by=pho_bi_thu_phuong)

    ho_so.refresh_from_db()
    assert ho_so.trang_thai == T.CHO_GUI


def test_a_ward_of_two_keeps_the_review_apart(bi_thu_phuong, can_bo_phuong, bch, ho_so):
    """The only one who may sign entered the vote: the other reviews, then he resolves."""
    propose(ho_so=ho_so, ngay=NGAY, phieu=PHIEU, by=bi_thu_phuong)
    with pytest.raises(RuleError, match="đồng chí khác"):
        review(ho_so=ho_so, ngay=NGAY, by=bi_thu_phuong)
    review(ho_so=ho_so, ngay=NGAY, by=can_bo_phuong)

    resolve(ho_so=ho_so, ngay=NGAY, phieu=Phieu(15, 15), by=bi_thu_phuong)

    ho_so.refresh_from_db()
    assert ho_so.trang_thai == T.CHO_GUI


def test_a_signer_whose_account_is_closed_does_not_hold_up_the_resolution(
    bi_thu_phuong, pho_bi_thu_phuong, can_bo_phuong, bch, ho_so
):
    pho_bi_thu_phuong.is_active = False
    pho_bi_thu_phuong.save(update_fields=["is_active"])
    propose(ho_so=ho_so, ngay=NGAY, phieu=PHIEU, by=bi_thu_phuong)
    review(ho_so=ho_so, ngay=NGAY, by=can_bo_phuong)

    resolve(ho_so=ho_so, ngay=NGAY, phieu=Phieu(15, 15), by=bi_thu_phuong)

    ho_so.refresh_from_db()
    assert ho_so.trang_thai == T.CHO_GUI


def test_who_sent_what_was_added_does_not_review_it(bi_thu, bi_thu_phuong, can_bo_phuong, ho_so):
    propose(ho_so=ho_so, ngay=NGAY, phieu=PHIEU, by=bi_thu)
    send_back(ho_so=ho_so, ngay=NGAY, ly_do="Thiếu", by=can_bo_phuong)
    supplement(ho_so=ho_so, ngay=NGAY, y_kien="Đã nộp", by=can_bo_phuong)

    with pytest.raises(RuleError, match="đồng chí khác"):
        review(ho_so=ho_so, ngay=NGAY, by=can_bo_phuong)

    review(ho_so=ho_so, ngay=NGAY, by=bi_thu_phuong)


def test_panel_says_so_before_the_button_is_pressed(
    client_of, bi_thu_phuong, pho_bi_thu_phuong, can_bo_phuong, ho_so
):
    propose(ho_so=ho_so, ngay=NGAY, phieu=PHIEU, by=bi_thu_phuong)
    review_url = reverse("tuduong:ho_so_review", args=[ho_so.pk])
    page = detail(client_of(bi_thu_phuong), ho_so)
    assert "việc thẩm tra do đồng chí khác" in page
    assert review_url not in page
    assert review_url in detail(client_of(can_bo_phuong), ho_so)

    review(ho_so=ho_so, ngay=NGAY, by=can_bo_phuong)
    resolve_url = reverse("tuduong:ho_so_resolve", args=[ho_so.pk])
    page = detail(client_of(bi_thu_phuong), ho_so)
    assert f"do đồng chí {pho_bi_thu_phuong} ghi" in page
    assert resolve_url not in page
    assert resolve_url in detail(client_of(pho_bi_thu_phuong), ho_so)
