"""A case when its member moves, grows out of the Union or is away: kept, said, acted on."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import RuleError
from doanvien.chuyen.qua_trinh import move_official
from doanvien.models import DoanVien
from tests.factories import make_chi_doan, make_ho_so, make_nguoi_dung
from tests.tudưong.cases import case_in
from tests.tudưong.test_viec import titles
from tochuc.bieu_quyet import Phieu
from tochuc.models import NhatKy, VanBan
from tochuc.permissions import VaiTro
from tudưong.dieu_kien import dieu_kien_cua
from tudưong.giay_to.phat_hanh import issue_nghi_quyet_chi_doan
from tudưong.models import GiayTo, HoSo
from tudưong.services import (
    move_ho_so,
    open_ho_so,
    propose,
    record_outcome,
    resolve,
    review,
    send,
)
from tudưong.viec import viec_can_lam

T = HoSo.TrangThai
NGAY = date(2026, 6, 12)
DI = date(2026, 7, 1)
SAU = date(2026, 7, 5)


@pytest.fixture
def chi_doan_xa(phuong_khac):
    return make_chi_doan(phuong=phuong_khac, ten="Khu vực 9")


def move(doan_vien, chi_doan):
    person = DoanVien.objects.get(pk=doan_vien.pk)
    move_official(person=person, chi_doan=chi_doan, tu_ngay=DI)
    doan_vien.refresh_from_db()


def page(client, ho_so) -> str:
    return client.get(ho_so.get_absolute_url()).text


def pressed(ho_so) -> str:
    return reverse("tuduong:ho_so_move", args=[ho_so.pk])


# ---- before the resolution -----------------------------------------------------------------


def test_case_of_who_moved_goes_along_and_is_seen_there(
    client_of, bi_thu, bi_thu_phuong, nguoi_la, chi_doan_xa, ho_so, doan_vien
):
    propose(ho_so=ho_so, ngay=NGAY, phieu=Phieu(13, 13), by=bi_thu)
    paper = issue_nghi_quyet_chi_doan(ho_so=ho_so, by=bi_thu)
    move(doan_vien, chi_doan_xa)
    client = client_of(bi_thu_phuong)
    shown = page(client, ho_so)
    assert "nay sinh hoạt ở Chi đoàn Khu vực 9, Đoàn phường Khác" in shown
    assert pressed(ho_so) in shown
    assert "Việc này không hoàn lại được" in client.get(pressed(ho_so)).text
    ma, before = ho_so.ma, ho_so.chi_bo

    answer = client.post(pressed(ho_so), {"version": 2, "ngay": "05/07/2026"})

    assert answer.url == reverse("tuduong:ho_so_list")
    ho_so.refresh_from_db()
    assert (ho_so.trang_thai, ho_so.chi_doan) == (T.CHO_CHI_DOAN, chi_doan_xa)
    assert (ho_so.don_vi, ho_so.ma != ma) == (chi_doan_xa.cap_tren, True)
    assert (before, ho_so.chi_bo) == ("Khu vực 1", "")
    assert VanBan.objects.get(pk=paper.pk).ly_do_huy == "Hồ sơ chuyển theo đoàn viên."
    assert GiayTo.objects.get(ho_so=ho_so, loai="nq_chi_doan").tinh_trang == "chua_co"
    assert client.get(ho_so.get_absolute_url()).status_code == 404
    assert "Từ Chi đoàn Khu vực 1 đến Chi đoàn Khu vực 9." in page(client_of(nguoi_la), ho_so)
    lines = NhatKy.objects.filter(hanh_dong__startswith="ho_so.chuyen").order_by("so")
    assert [(line.hanh_dong, line.don_vi.ten) for line in lines] == [
        ("ho_so.chuyen_di", "Thử"),
        ("ho_so.chuyen", "Khác"),
    ]


def test_new_branch_votes_from_the_beginning(bi_thu, bi_thu_phuong, chi_doan_xa, ho_so, doan_vien):
    propose(ho_so=ho_so, ngay=NGAY, phieu=Phieu(13, 13), by=bi_thu)
    move(doan_vien, chi_doan_xa)
    move_ho_so(ho_so=ho_so, ngay=SAU, by=bi_thu_phuong)
    there = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan_xa)

    propose(ho_so=ho_so, ngay=SAU, phieu=Phieu(1, 1), by=there)

    ho_so.refresh_from_db()
    assert ho_so.trang_thai == T.CHO_THAM_TRA


def test_vote_of_the_old_branch_prints_and_is_issued_nowhere_in_the_new_one(
    client_of, bi_thu, bi_thu_phuong, chi_doan_khac, ho_so, doan_vien
):
    propose(ho_so=ho_so, ngay=NGAY, phieu=Phieu(13, 13), by=bi_thu)
    move(doan_vien, chi_doan_khac)
    move_ho_so(ho_so=ho_so, ngay=SAU, by=bi_thu_phuong)
    client = client_of(bi_thu_phuong)
    names = ("4_1-knd", "bien-ban-chi-doan")

    shown = [
        client.get(reverse("tuduong:ho_so_giay", args=[ho_so.pk, name])).status_code
        for name in names
    ]
    for name in names:
        client.post(reverse("tuduong:ho_so_issue", args=[ho_so.pk, name]))
    minutes = client.get(reverse("tuduong:bien_ban_chi_doan", args=[ho_so.pk])).status_code

    assert (shown, minutes) == ([404, 404], 404)
    assert not VanBan.objects.exists()


def test_inside_the_ward_the_code_stays_and_a_vote_that_was_taken_stands(
    client_of, bi_thu, bi_thu_phuong, can_bo_phuong, bch, chi_doan_khac, ho_so, doan_vien
):
    propose(ho_so=ho_so, ngay=NGAY, phieu=Phieu(13, 13), by=bi_thu)
    move(doan_vien, chi_doan_khac)
    assert "đã biểu quyết nên phường làm tiếp được" in page(client_of(can_bo_phuong), ho_so)

    review(ho_so=ho_so, ngay=SAU, by=can_bo_phuong)
    move_ho_so(ho_so=ho_so, ngay=SAU, by=bi_thu_phuong)

    before = (ho_so.ma, ho_so.chi_bo)
    ho_so.refresh_from_db()
    assert (ho_so.ma, ho_so.chi_bo) == before
    assert (ho_so.chi_doan, ho_so.trang_thai) == (chi_doan_khac, T.CHO_CHI_DOAN)


def test_road_and_conditions_of_a_moved_case_tell_of_no_vote_that_is_void(
    client_of, bi_thu, bi_thu_phuong, can_bo_phuong, chi_doan_khac, phuong, ho_so, doan_vien
):
    propose(ho_so=ho_so, ngay=NGAY, phieu=Phieu(13, 13), by=bi_thu)
    review(ho_so=ho_so, ngay=NGAY, by=can_bo_phuong)
    move(doan_vien, chi_doan_khac)
    move_ho_so(ho_so=ho_so, ngay=SAU, by=bi_thu_phuong)
    doan_vien = DoanVien.objects.get(pk=doan_vien.pk)

    stages = client_of(bi_thu_phuong).get(ho_so.get_absolute_url()).context["stages"]
    bieu_quyet = dieu_kien_cua(doan_vien, SAU, so_quy=0, don_vi=phuong)[-1]

    assert [(cell["state"], cell["note"]) for cell in stages[:2]] == [("now", ""), ("todo", "")]
    assert (bieu_quyet.dat, bieu_quyet.note) == (False, "chưa họp")


@pytest.mark.parametrize("step", ["propose", "review", "resolve"])
def test_nobody_votes_on_a_member_of_another_ward(
    bi_thu, bi_thu_phuong, chi_doan, chi_doan_xa, step
):
    state = {"propose": T.CHO_CHI_DOAN, "review": T.CHO_THAM_TRA, "resolve": T.CHO_BCH}[step]
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=state)
    move(ho_so.doan_vien, chi_doan_xa)
    actions = {
        "propose": lambda: propose(ho_so=ho_so, ngay=SAU, phieu=Phieu(1, 1), by=bi_thu),
        "review": lambda: review(ho_so=ho_so, ngay=SAU, by=bi_thu_phuong),
        "resolve": lambda: resolve(ho_so=ho_so, ngay=SAU, phieu=Phieu(1, 1), by=bi_thu_phuong),
    }

    with pytest.raises(RuleError, match="Chuyển hồ sơ theo đoàn viên"):
        actions[step]()


def test_a_case_whose_member_stayed_goes_nowhere(client_of, bi_thu_phuong, ho_so):
    with pytest.raises(RuleError, match="không sinh hoạt chính thức ở chi đoàn nào khác"):
        move_ho_so(ho_so=ho_so, ngay=SAU, by=bi_thu_phuong)

    assert pressed(ho_so) not in page(client_of(bi_thu_phuong), ho_so)


def test_it_is_a_duty_of_the_ward_and_none_of_the_branch(
    client_of, bi_thu, bi_thu_phuong, chi_doan_xa, ho_so, doan_vien, hom_nay
):
    move(doan_vien, chi_doan_xa)

    assert "1 hồ sơ của đoàn viên đã chuyển chi đoàn" in titles(
        viec_can_lam(bi_thu_phuong, hom_nay)
    )
    assert titles(viec_can_lam(bi_thu, hom_nay)) == []
    rows = client_of(bi_thu_phuong).get("/ho-so/?mo=khac_noi").context["page"].object_list
    assert [row.pk for row in rows] == [ho_so.pk]


def test_the_new_ward_cannot_open_a_second_case_and_reads_where_the_first_is(
    client_of, bi_thu_phuong, nguoi_la, chi_doan_xa, ho_so, doan_vien
):
    move(doan_vien, chi_doan_xa)
    client = client_of(nguoi_la)

    answer = client.post(reverse("tuduong:ho_so_open"), {"doan_vien": doan_vien.pk})

    assert "chưa xong ở Chi đoàn Khu vực 1, Đoàn phường Thử" in answer.text
    assert HoSo.objects.filter(doan_vien=doan_vien).count() == 1


def test_two_open_cases_of_one_person_are_impossible(ho_so, doan_vien):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_ho_so(doan_vien=doan_vien)


# ---- after the resolution ------------------------------------------------------------------


def test_case_that_was_resolved_stays_with_its_ward_to_the_end(
    client_of,
    bi_thu,
    can_bo_phuong,
    bi_thu_phuong,
    nguoi_la,
    cap_uy,
    bch,
    chi_doan_15,
    chi_doan_xa,
    doan_vien,
):
    ho_so = case_in(T.DA_GUI, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy)
    move(doan_vien, chi_doan_xa)

    with pytest.raises(RuleError, match="chưa thể ghi"):
        move_ho_so(ho_so=ho_so, ngay=SAU, by=bi_thu_phuong)
    shown = page(client_of(bi_thu_phuong), ho_so)
    assert "nên ở lại Đoàn phường Thử" in shown
    assert pressed(ho_so) not in shown
    assert client_of(nguoi_la).get(ho_so.get_absolute_url()).status_code == 404
    detail = reverse("tuduong:cap_uy_detail", args=[ho_so.pk])
    assert client_of(cap_uy).get(detail).status_code == 200

    record_outcome(ho_so=ho_so, ket_qua="ket_nap", ngay=SAU, so_van_ban="1-QĐ", by=cap_uy)
    doan_vien.refresh_from_db()
    assert (doan_vien.ngay_vao_dang, doan_vien.chi_doan) == (SAU, chi_doan_xa)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (T.DA_GUI, "đã trưởng thành Đoàn. Hồ sơ đã có nghị quyết nên ở lại Đoàn phường Thử"),
        (T.CHO_BCH, "đã trưởng thành Đoàn. Hồ sơ ở lại Chi đoàn Khu vực 1"),
    ],
)
def test_who_grows_out_of_the_union_keeps_the_case(
    client_of, bi_thu_phuong, bch, chi_doan, state, words
):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=state)
    DoanVien.objects.filter(pk=ho_so.doan_vien_id).update(trang_thai="truong_thanh")

    assert words in page(client_of(bi_thu_phuong), ho_so)
    if state == T.CHO_BCH:
        resolve(ho_so=ho_so, ngay=SAU, phieu=Phieu(15, 15), by=bi_thu_phuong)
        send(ho_so=ho_so, ngay=SAU, by=bi_thu_phuong)
    record_outcome(ho_so=ho_so, ket_qua="ket_nap", ngay=SAU, so_van_ban="1-QĐ", by=bi_thu_phuong)
    ho_so.refresh_from_db()
    assert ho_so.trang_thai == T.KET_NAP
    assert ho_so.doan_vien.ngay_vao_dang == SAU


def test_who_is_away_keeps_the_case_at_his_branch(client_of, bi_thu, ho_so, doan_vien):
    DoanVien.objects.filter(pk=doan_vien.pk).update(
        di_xa_tu=date(2026, 8, 1), di_xa_den=date(2027, 1, 20)
    )

    assert "đang đi làm xa, dự kiến về ngày 20/01/2027. Hồ sơ vẫn ở Chi đoàn Khu vực 1" in page(
        client_of(bi_thu), ho_so
    )
    propose(ho_so=ho_so, ngay=NGAY, phieu=Phieu(13, 13), by=bi_thu)


def test_who_was_removed_has_his_case_stopped_by_a_person(client_of, bi_thu_phuong, ho_so):
    DoanVien.objects.filter(pk=ho_so.doan_vien_id).update(trang_thai="xoa_ten")

    assert "Đoàn cơ sở dừng hồ sơ và báo chi bộ" in page(client_of(bi_thu_phuong), ho_so)
    ho_so.refresh_from_db()
    assert ho_so.trang_thai == T.CHO_CHI_DOAN


def test_a_new_case_opens_at_the_new_ward_once_the_old_one_ended(nguoi_la, chi_doan, chi_doan_xa):
    old = make_ho_so(chi_doan=chi_doan, trang_thai=T.BOI_DUONG)
    move(old.doan_vien, chi_doan_xa)

    new = open_ho_so(doan_vien=old.doan_vien, by=nguoi_la)

    assert new.don_vi == chi_doan_xa.cap_tren
