"""The Party committee's own pages: what was sent to it, its letters, its word."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import make_ho_so
from tests.tudưong.cases import case_in, state
from tochuc.bieu_quyet import Phieu
from tudưong.giay_to.bang import BANG
from tudưong.giay_to.phat_hanh import issue_giay
from tudưong.models import ChatVan, HoSo
from tudưong.services import resolve, review, save_nhan_xet_du_bi, send, supplement

T = HoSo.TrangThai


def url(name, ho_so, *args):
    return reverse(f"tuduong:{name}", args=[ho_so.pk, *args])


def refusals(response) -> str:
    form = response.context["form"]
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


@pytest.fixture
def da_gui(doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, bch, chi_doan_15, cap_uy):
    return case_in(T.DA_GUI, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy)


def test_party_committee_lists_what_was_sent(client_of, cap_uy, da_gui, chi_doan):
    make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_GUI)
    done = make_ho_so(chi_doan=chi_doan, trang_thai=T.KET_NAP)
    client = client_of(cap_uy)

    waiting = client.get(reverse("tuduong:cap_uy_list"))
    answered = client.get(reverse("tuduong:cap_uy_da_tra_loi"))

    assert [row[0].row for row in waiting.context["rows"]] == [da_gui]
    assert [row[0].row for row in answered.context["rows"]] == [done]


def test_party_committee_reads_the_votes_and_what_followed_not_the_unions_own_returns(
    client_of, cap_uy, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, bch, chi_doan_15
):
    ho_so = case_in(T.TRA_LAI, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy)
    day = date(2026, 6, 20)
    supplement(ho_so=ho_so, ngay=day, y_kien="Thêm biên bản", by=bi_thu)
    review(ho_so=ho_so, ngay=day, y_kien="Cần theo dõi thêm", by=can_bo_phuong)
    resolve(ho_so=ho_so, ngay=day, phieu=Phieu(15, 15), by=bi_thu_phuong)
    send(ho_so=ho_so, ngay=day, y_kien="giao tận tay", by=bi_thu_phuong)

    response = client_of(cap_uy).get(url("cap_uy_detail", ho_so))

    assert [entry["title"] for entry in response.context["lich_su"]] == [
        "Chờ cấp ủy trả lời",
        "Gửi cấp ủy",
        "Ban Chấp hành ra nghị quyết giới thiệu",
        "Phường thẩm tra, đồng ý",
        "Chi đoàn biểu quyết, đề nghị giới thiệu",
    ]
    page = response.content.decode()
    assert "giao tận tay" in page
    for inside in ("Thiếu biên bản", "Thêm biên bản", "Cần theo dõi thêm"):
        assert inside not in page


@pytest.mark.parametrize("trang_thai", [T.CHO_BCH, T.CHO_GUI])
def test_party_committee_does_not_find_what_was_not_sent(client_of, cap_uy, chi_doan, trang_thai):
    ho_so = make_ho_so(chi_doan=chi_doan, trang_thai=trang_thai)

    for name in ("cap_uy_detail", "cap_uy_outcome", "cap_uy_answer"):
        assert client_of(cap_uy).get(url(name, ho_so)).status_code == 404


def test_another_wards_case_is_not_the_committees(client_of, cap_uy, phuong_khac):
    assert (
        client_of(cap_uy).get(url("cap_uy_detail", make_ho_so(trang_thai=T.DA_GUI))).status_code
        == 404
    )


def test_only_the_party_committee_enters_its_pages(client_of, bi_thu_phuong, da_gui):
    assert client_of(bi_thu_phuong).get(url("cap_uy_detail", da_gui)).status_code == 403
    assert client_of(bi_thu_phuong).get(reverse("tuduong:cap_uy_list")).status_code == 403


def test_refused_asked_answered_and_cultivated_on(client_of, cap_uy, bi_thu_phuong, da_gui):
    refusal = {"ket_qua": "khong_ket_nap", "ly_do": "Chưa xong thẩm tra"}
    version = HoSo.objects.get().version
    client_of(cap_uy).post(
        url("cap_uy_outcome", da_gui), {"version": version, "ngay": "20/08/2026", **refusal}
    )
    assert state(da_gui) == T.KHONG_KET_NAP
    asked = {"version": version + 1, "ngay": "10/11/2026", "han_tra_loi": "30/11/2026"}
    client_of(bi_thu_phuong).post(url("chat_van_open", da_gui), asked)
    letter = ChatVan.objects.get()
    assert (state(da_gui), letter.van_ban.so_ky_hieu) == (T.CHAT_VAN, "01-CV/ĐTN")
    shown = client_of(cap_uy).get(url("cap_uy_detail", da_gui))
    assert "Trả lời công văn" in shown.content.decode()
    answer = {"tra_loi_loai": "chua_du", "tra_loi_noi_dung": "Rèn luyện thêm 6 tháng"}
    client_of(cap_uy).post(
        url("cap_uy_answer", da_gui), {"version": version + 2, "ngay": "18/11/2026", **answer}
    )
    assert state(da_gui) == T.DA_TRA_LOI
    client_of(bi_thu_phuong).post(
        url("chat_van_next", da_gui),
        {"version": version + 3, "ngay": "19/11/2026", "buoc_tiep": "boi_duong"},
    )

    letter.refresh_from_db()
    assert (state(da_gui), letter.buoc_tiep) == (T.BOI_DUONG, "boi_duong")
    assert da_gui.buoc.get(loai="cong_van").so_van_ban == "01-CV/ĐTN"


def test_a_letter_that_is_refused_takes_no_number(client_of, bi_thu_phuong, da_gui):
    version = HoSo.objects.get().version

    response = client_of(bi_thu_phuong).post(
        url("chat_van_open", da_gui),
        {"version": version, "ngay": "10/11/2026", "han_tra_loi": "10/11/2026"},
    )

    assert "phải sau ngày công văn" in refusals(response)
    assert not ChatVan.objects.exists()


def test_letters_to_the_party_committee_are_listed_with_their_state(
    client_of, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, bch, chi_doan_15, cap_uy,
    phuong_khac, django_assert_max_num_queries,
):  # fmt: skip
    ho_so = case_in(T.CHAT_VAN, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy)
    client, address = client_of(cap_uy), reverse("tuduong:cap_uy_cong_van")
    ChatVan.objects.create(
        ho_so=make_ho_so(trang_thai=T.CHAT_VAN),
        lan_thu=1,
        ngay=date(2026, 11, 1),
        so_ngay_cho=90,
        han_tra_loi=date(2026, 11, 20),
    )

    with django_assert_max_num_queries(12):
        waiting = client.get(address)
    ChatVan.objects.filter(ho_so=ho_so).update(
        tra_loi_ngay=date(2026, 11, 15), tra_loi_loai="cho_lop", tra_loi_boi=cap_uy
    )
    answered = client.get(address).content.decode()

    assert [row[0].row.ho_so for row in waiting.context["rows"]] == [ho_so]
    assert "Chờ trả lời" in waiting.content.decode()
    assert "Đã trả lời 15/11/2026" in answered
    assert reverse("tuduong:cap_uy_detail", args=[ho_so.pk]) in answered
    assert client_of(bi_thu_phuong).get(address).status_code == 403


@pytest.mark.parametrize("ma", sorted(BANG))
def test_no_paper_of_a_case_that_was_not_sent_opens(client_of, cap_uy, chi_doan, ma):
    kept = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_GUI)

    answer = client_of(cap_uy).get(reverse("tuduong:cap_uy_giay", args=[kept.pk, ma]))

    assert answer.status_code == 404


def test_every_address_of_the_committee_is_closed_for_a_case_that_was_not_sent(
    client_of, cap_uy, chi_doan
):
    kept = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_GUI)
    names = ("detail", "answer", "outcome", "official")
    client = client_of(cap_uy)

    for name in names:
        address = reverse(f"tuduong:cap_uy_{name}", args=[kept.pk])
        assert client.get(address).status_code == 404
        assert client.post(address, {"version": 1}).status_code == 404


def test_remark_that_the_ward_still_writes_is_not_shown(
    client_of, cap_uy, chi_doan, bi_thu_phuong, can_bo_phuong
):
    ngay = date(2026, 6, 10)
    ho_so = make_ho_so(
        chi_doan=chi_doan,
        trang_thai="ket_nap",
        ngay_gioi_thieu=ngay,
        ngay_gui=ngay,
        ngay_ket_nap=ngay,
        ngay_buoc=ngay,
    )
    changes = {"ngay": date(2026, 11, 1), "khuyet_diem": "Còn nóng nảy"}
    save_nhan_xet_du_bi(ho_so=ho_so, version=0, changes=changes, by=can_bo_phuong)
    address = reverse("tuduong:cap_uy_giay", args=[ho_so.pk, "nhan-xet-du-bi"])

    before = client_of(cap_uy).get(address).status_code
    issue_giay(ho_so=ho_so, loai=BANG["nhan-xet-du-bi"], by=bi_thu_phuong)

    assert (before, client_of(cap_uy).get(address).status_code) == (404, 200)
