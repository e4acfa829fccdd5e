"""Minutes of the votes: begun from what is known, sums of the steps, locked when issued."""

from datetime import date, time

import pytest
from django.urls import reverse

from core.errors import RuleError, StaleError
from core.pdf import render_pdf
from tests.core.pdf_reading import page_texts, words
from tests.factories import make_buoi, make_chuc_vu, make_ho_so
from tochuc.bieu_quyet import Phieu
from tochuc.models import NhatKy, VanBan
from tochuc.van_ban import void
from tudưong.giay_to import phat_hanh
from tudưong.giay_to.bang import BANG, last_vote
from tudưong.giay_to.bien_ban import bien_ban, missing_bien_ban
from tudưong.models import BienBanHop, BuocHoSo, GiayTo, HoSo
from tudưong.services import propose, resolve, review, save_bien_ban
from tudưong.services.bien_ban import CUA_BCH, CUA_CHI_DOAN, cac_phieu, find_bien_ban

NGAY, NGAY_BCH = date(2026, 1, 24), date(2026, 2, 4)
VIET = {
    "bat_dau": time(19, 0),
    "ket_thuc": time(20, 30),
    "dia_diem": "Nhà văn hóa Khu vực 1",
    "chu_tri": "Lê Minh Duy, Bí thư",
    "thu_ky": "Ngô Thị Lan, Ủy viên Ban Chấp hành",
    "to_kiem_phieu": "Ngô Thị Lan (Tổ trưởng)\nTrần Văn Tám",
    "thao_luan": "Nhất trí với nhận xét của chi đoàn",
    "ket_luan": "Giao đồng chí Bí thư hoàn thiện hồ sơ trước ngày 30/01/2026.",
    "phieu_phat": 14,
    "thong_qua": 14,
}


@pytest.fixture
def hai_ho_so(ho_so, chi_doan_15, chi_doan, bi_thu, can_bo_phuong, bi_thu_phuong, bch):
    """Two cases of one branch, voted on by it on one day and by the committee on another."""
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", ho_ten="Lê Minh Duy", trong_bch=False)
    other = make_ho_so(doan_vien=chi_doan_15[1])
    other.doan_vien.ho_ten = "Đỗ An Bình"
    other.doan_vien.save()
    HoSo.objects.update(ngay_buoc=date(2026, 1, 20))
    for case, phieu in ((ho_so, Phieu(14, 12, 2)), (other, Phieu(14, 13, 0, 1))):
        propose(ho_so=case, ngay=NGAY, phieu=phieu, ly_do="Còn trẻ", by=bi_thu)
        HoSo.objects.filter(pk=case.pk).update(ngay_buoc=NGAY)
        review(ho_so=case, ngay=date(2026, 1, 30), by=can_bo_phuong)
        resolve(ho_so=case, ngay=NGAY_BCH, phieu=Phieu(14, 14), ly_do="", by=bi_thu_phuong)
    return [
        HoSo.objects.select_related("doan_vien", "chi_doan", "don_vi").get(pk=case.pk)
        for case in (ho_so, other)
    ]


def vote(ho_so, loai=CUA_CHI_DOAN):
    return last_vote(ho_so, *loai)


def printed(paper) -> str:
    return words(" ".join(page_texts(render_pdf(paper, title="Biên bản"))))


def test_minutes_list_every_case_of_the_day_with_the_tallies_of_their_steps(hai_ho_so, bi_thu):
    row = save_bien_ban(buoc=vote(hai_ho_so[0]), version=0, changes=VIET, by=bi_thu)

    text = printed(bien_ban(row, cac_phieu(vote(hai_ho_so[0]), row)))

    for part in (
        "ĐOÀN PHƯỜNG THỬ CHI ĐOÀN KHU VỰC 1",
        "Họp Chi đoàn xét giới thiệu đoàn viên ưu tú",
        "Bắt đầu lúc 19 giờ 00 phút, ngày 24 tháng 01 năm 2026, tại Nhà văn hóa Khu vực 1.",
        "Chủ trì: đồng chí Lê Minh Duy, Bí thư.",
        "Đoàn viên: tổng số 15 đồng chí; có mặt 14 đồng chí; vắng 01 đồng chí.",
        "Tổ kiểm phiếu gồm 02 đồng chí: Ngô Thị Lan (Tổ trưởng), Trần Văn Tám",
        "Số phiếu phát ra: 14; thu vào: 14.",
        "12/15 = 80,0%",
        "13/15 = 86,7%",
        "đối với đoàn viên Trần Gia Bảo: còn trẻ.",
        "14/14 đồng chí có mặt nhất trí thông qua./.",
        "THƯ KÝ Ngô Thị Lan CHỦ TRÌ Lê Minh Duy",
    ):
        assert part in text
    assert text.index("Trần Gia Bảo") < text.index("Đỗ An Bình")
    assert text.count("./.") == 1
    assert set(row.buoc.values_list("ho_so", flat=True)) == {case.pk for case in hai_ho_so}


def test_committee_minutes_bear_the_seal_and_count_all_its_members(hai_ho_so, can_bo_phuong):
    buoc = vote(hai_ho_so[1], CUA_BCH)
    changes = {"chu_tri": "Trịnh Hoài Phong, Bí thư", "thu_ky": "Đỗ Khánh Vy"}
    row = save_bien_ban(buoc=buoc, version=0, changes=changes, by=can_bo_phuong)

    paper = bien_ban(row, cac_phieu(buoc, row))

    text = printed(paper)
    thu_ky, chu_tri = paper.signatures.signers
    assert "Họp Ban Chấp hành Đoàn phường xét giới thiệu đoàn viên ưu tú" in text
    assert "Ủy viên Ban Chấp hành: tổng số 15 đồng chí; có mặt 14 đồng chí" in text
    assert text.count("14/15 = 93,3%") == 2
    assert (thu_ky.lines, thu_ky.name, chu_tri.name) == (
        ["THƯ KÝ"],
        "Đỗ Khánh Vy",
        "Trịnh Hoài Phong",
    )
    assert (list(chu_tri.lines), chu_tri.room_mm) == (["CHỦ TRÌ", "BÍ THƯ"], 30)


def test_what_nobody_has_written_is_dotted_and_listed(hai_ho_so):
    buoc = vote(hai_ho_so[0], CUA_BCH)
    row = find_bien_ban(buoc)

    text = printed(bien_ban(row, cac_phieu(buoc, row)))

    assert row.pk is None
    assert row.chu_tri == "Trịnh Hoài Phong, Bí thư"
    assert missing_bien_ban(row)[:3] == ["giờ bắt đầu", "giờ kết thúc", "địa điểm"]
    assert "None" not in text


def test_minutes_begin_from_the_meeting_logged_that_day(hai_ho_so, chi_doan):
    make_buoi(
        chi_doan=chi_doan, ngay=NGAY, bat_dau=time(18, 30), dia_diem="Trụ sở", dai_bieu="Chi ủy"
    )

    row = find_bien_ban(vote(hai_ho_so[0]))

    assert (row.bat_dau, row.dia_diem, row.dai_bieu) == (time(18, 30), "Trụ sở", "Chi ủy")
    assert row.chu_tri == "Lê Minh Duy, Bí thư"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phieu_phat": 13}, "phieu_phat"),
        ({"phieu_phat": 16}, "phieu_phat"),
        ({"thong_qua": 15}, "thong_qua"),
        ({"ket_thuc": time(18, 0)}, "ket_thuc"),
    ],
)
def test_numbers_that_cannot_be_are_refused(hai_ho_so, bi_thu, changes, field):
    with pytest.raises(RuleError) as refusal:
        save_bien_ban(buoc=vote(hai_ho_so[0]), version=0, changes=VIET | changes, by=bi_thu)

    assert refusal.value.field == field
    assert not BienBanHop.objects.exists()


def test_the_later_of_two_who_write_sees_both_versions(hai_ho_so, bi_thu, can_bo_phuong):
    buoc = vote(hai_ho_so[0])
    save_bien_ban(buoc=buoc, version=0, changes=VIET, by=bi_thu)

    with pytest.raises(StaleError):
        save_bien_ban(buoc=buoc, version=0, changes={"dia_diem": "Khác"}, by=can_bo_phuong)

    assert BienBanHop.objects.get().dia_diem == VIET["dia_diem"]


def test_issued_minutes_are_locked_and_both_checklists_bear_their_number(
    hai_ho_so, bi_thu, bi_thu_phuong
):
    buoc = vote(hai_ho_so[0])
    save_bien_ban(buoc=buoc, version=0, changes=VIET, by=bi_thu)

    van_ban = phat_hanh.issue_giay(ho_so=hai_ho_so[1], loai=BANG["bien-ban-chi-doan"], by=bi_thu)

    with pytest.raises(RuleError, match="đã ban hành"):
        save_bien_ban(buoc=vote(hai_ho_so[0]), version=2, changes=VIET, by=bi_thu)
    papers = GiayTo.objects.filter(loai="bb_chi_doan")
    assert van_ban.so_ky_hieu == "01-BB/CĐ"
    assert set(papers.values_list("so", "van_ban")) == {("01-BB/CĐ", van_ban.pk)}
    assert BienBanHop.objects.get().van_ban == van_ban


def test_a_vote_told_after_the_minutes_were_issued_has_minutes_of_its_own(
    hai_ho_so, chi_doan_15, bi_thu
):
    buoc = vote(hai_ho_so[0])
    save_bien_ban(buoc=buoc, version=0, changes=VIET, by=bi_thu)
    phat_hanh.issue_giay(ho_so=hai_ho_so[0], loai=BANG["bien-ban-chi-doan"], by=bi_thu)
    third = make_ho_so(doan_vien=chi_doan_15[2])
    HoSo.objects.filter(pk=third.pk).update(ngay_buoc=date(2026, 1, 20))
    propose(ho_so=third, ngay=NGAY, phieu=Phieu(14, 14), by=bi_thu)

    row = save_bien_ban(buoc=vote(third), version=0, changes=VIET, by=bi_thu)

    assert [step.ho_so_id for step in cac_phieu(vote(third), row)] == [third.pk]
    assert len(cac_phieu(vote(hai_ho_so[0]), vote(hai_ho_so[0]).bien_ban)) == 2


# ---- pages ---------------------------------------------------------------------------------


def url(ho_so, name="bien_ban_chi_doan", *args):
    return reverse(f"tuduong:{name}", args=[ho_so.pk, *args])


def sent_form(**fields):
    empty = dict.fromkeys(
        (
            "bat_dau",
            "ket_thuc",
            "dia_diem",
            "thu_ky",
            "dai_bieu",
            "trinh_bay",
            "chu_tri",
            "thao_luan",
            "to_kiem_phieu",
            "phieu_phat",
            "ket_luan",
            "thong_qua",
        ),
        "",
    )
    return empty | {"version": 0} | fields


def test_page_shows_the_votes_and_saves(client_of, bi_thu, hai_ho_so):
    client = client_of(bi_thu)

    page = client.get(url(hai_ho_so[0])).content.decode()
    answer = client.post(url(hai_ho_so[0]), sent_form(bat_dau="19:00", dia_diem="Nhà văn hóa"))

    assert "Đỗ An Bình" in page
    assert "Còn trống: giờ bắt đầu" in page
    assert answer.url == hai_ho_so[0].get_absolute_url()
    assert BienBanHop.objects.get().dia_diem == "Nhà văn hóa"
    assert NhatKy.objects.filter(hanh_dong="bien_ban_hop.update").count() == 1


def test_page_shows_both_versions_to_the_later(client_of, bi_thu, hai_ho_so):
    client = client_of(bi_thu)
    client.post(url(hai_ho_so[0]), sent_form(dia_diem="Một"))

    answer = client.post(url(hai_ho_so[0]), sent_form(dia_diem="Hai"))

    assert answer.status_code == 409
    assert [(row["mine"], row["theirs"]) for row in answer.context["versions"]] == [("Hai", "Một")]


def test_the_committees_minutes_are_the_wards_to_write(client_of, bi_thu, can_bo_phuong, hai_ho_so):
    statuses = [
        client_of(user).get(url(hai_ho_so[0], "bien_ban_bch")).status_code
        for user in (bi_thu, can_bo_phuong)
    ]

    assert statuses == [403, 200]


def test_who_sees_one_case_reads_minutes_without_the_others(
    client_of, bi_thu, bi_thu_phuong, hai_ho_so
):
    texts = [
        words(
            " ".join(
                page_texts(
                    client_of(user).get(url(hai_ho_so[0], "ho_so_giay", "bien-ban-bch")).content
                )
            )
        )
        for user in (bi_thu, bi_thu_phuong)
    ]

    assert ["Đỗ An Bình" in text for text in texts] == [False, True]
    assert ["TRÍCH BIÊN BẢN" in text for text in texts] == [True, False]
    assert all("Trần Gia Bảo" in text for text in texts)


def test_minutes_are_issued_only_when_written(client_of, bi_thu, hai_ho_so):
    client = client_of(bi_thu)
    address = url(hai_ho_so[0], "ho_so_issue", "bien-ban-chi-doan")

    client.post(address)
    nothing = VanBan.objects.count()
    client.post(url(hai_ho_so[0]), sent_form(dia_diem="Nhà văn hóa"))
    client.post(address)

    assert (nothing, VanBan.objects.get().loai) == (0, "BB")
    assert client.get(url(hai_ho_so[0])).url == hai_ho_so[0].get_absolute_url()
    assert BuocHoSo.objects.filter(so_van_ban__contains="BB").count() == 0


def test_a_vote_told_before_the_minutes_are_issued_stays_in_them(hai_ho_so, chi_doan_15, bi_thu):
    save_bien_ban(buoc=vote(hai_ho_so[0]), version=0, changes=VIET, by=bi_thu)
    third = make_ho_so(doan_vien=chi_doan_15[2])
    HoSo.objects.filter(pk=third.pk).update(ngay_buoc=date(2026, 1, 20))
    propose(ho_so=third, ngay=NGAY, phieu=Phieu(14, 14), by=bi_thu)

    first = phat_hanh.issue_giay(ho_so=third, loai=BANG["bien-ban-chi-doan"], by=bi_thu)
    again = phat_hanh.issue_giay(ho_so=hai_ho_so[0], loai=BANG["bien-ban-chi-doan"], by=bi_thu)

    assert again == first
    assert vote(third).bien_ban == BienBanHop.objects.get()


def test_a_second_vote_on_one_case_leaves_the_minutes_of_the_others(
    hai_ho_so, bi_thu, can_bo_phuong
):
    one, other = hai_ho_so
    HoSo.objects.filter(pk=one.pk).update(trang_thai=HoSo.TrangThai.TRA_LAI, ngay_gioi_thieu=None)
    save_bien_ban(buoc=vote(one), version=0, changes=VIET, by=bi_thu)
    van_ban = phat_hanh.issue_giay(ho_so=one, loai=BANG["bien-ban-chi-doan"], by=bi_thu)

    propose(ho_so=one, ngay=date(2026, 2, 10), phieu=Phieu(14, 13, 1), ly_do="Trẻ", by=bi_thu)

    van_ban.refresh_from_db()
    lines = dict(GiayTo.objects.filter(loai="bb_chi_doan").values_list("ho_so", "van_ban"))
    assert van_ban.huy_luc is None
    assert lines == {one.pk: None, other.pk: van_ban.pk}


def test_minutes_declared_void_are_written_and_issued_again(hai_ho_so, bi_thu, bi_thu_phuong):
    row = save_bien_ban(buoc=vote(hai_ho_so[0]), version=0, changes=VIET, by=bi_thu)
    van_ban = phat_hanh.issue_giay(ho_so=hai_ho_so[0], loai=BANG["bien-ban-chi-doan"], by=bi_thu)
    void(van_ban=van_ban, ly_do="Ghi sai giờ.", by=bi_thu_phuong)

    row = save_bien_ban(
        buoc=vote(hai_ho_so[0]), version=row.version, changes={"dia_diem": "Khác"}, by=bi_thu
    )
    anew = phat_hanh.issue_giay(ho_so=hai_ho_so[0], loai=BANG["bien-ban-chi-doan"], by=bi_thu)

    assert (row.dia_diem, anew.so_ky_hieu) == ("Khác", "02-BB/CĐ")
    assert len(cac_phieu(vote(hai_ho_so[0]), row)) == 2
