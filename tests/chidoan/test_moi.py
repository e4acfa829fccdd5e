"""Calling a meeting, answering without an account, checking in, and what a stranger may learn."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.core import signing
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from chidoan.models import BuoiHuy, BuoiSinhHoat, DiemDanh, TraLoiMoi, TuDiemDanh
from chidoan.moi import services
from chidoan.moi.lien_ket import LienKet, sign
from chidoan.moi.queries import cau_tra_loi, dong_dau_buoi
from chidoan.moi.services import Hen
from chidoan.noi_dung import Dong, read_noi_dung
from chidoan.services import delete_draft, update_buoi
from core.errors import RuleError, StaleError
from core.periods import today
from doanvien.models import QuaTrinh
from tests.factories import make_buoi, make_doan_vien
from tochuc.models import LanDangNhap, NhatKy

SINH = date(2004, 2, 5)
VANG = DiemDanh.TrangThai.VANG_CO_LY_DO
LOI_THE = "chưa khớp"


def in_days(days):
    return today() + timedelta(days=days)


def said(**fields):
    return Hen(
        **{
            "loai": "dinh_ky",
            "ngay": in_days(3),
            "bat_dau": time(19, 30),
            "dia_diem": "Nhà văn hóa",
            "chu_diem": "Tôn sư trọng đạo",
            **fields,
        }
    )


def call(chi_doan, by=None, **fields):
    return services.create_hen(chi_doan=chi_doan, client_id=uuid.uuid4(), hen=said(**fields), by=by)


@pytest.fixture
def linh(chi_doan):
    return make_doan_vien(
        chi_doan=chi_doan, ho_ten="Nguyễn Thị Thùy Linh", so_the="HG-012345", ngay_sinh=SINH
    )


@pytest.fixture
def hen(chi_doan, linh):
    return call(chi_doan, ngay=today())


def link(buoi, doan_vien=None):
    ma = sign(LienKet(buoi.pk, doan_vien.pk if doan_vien else 0))
    return reverse("chidoan:moi_mo", args=[ma])


def opened(buoi):
    return services.open_diem_danh(buoi=buoi, by=None)


def code_url(buoi):
    return reverse("chidoan:moi_mo", args=[buoi.ma_diem_danh])


def lines(word):
    rows = NhatKy.objects.filter(hanh_dong__endswith=word).order_by("so")
    return list(rows.values_list("hanh_dong", flat=True))


CARD = {"so_the": "hg 012345", "ngay_sinh": "05/02/2004"}


# ---- calling -------------------------------------------------------------------------------


def test_a_meeting_is_called_once_however_often_the_form_is_sent(bi_thu, chi_doan, linh):
    client_id = uuid.uuid4()

    found = {
        services.create_hen(chi_doan=chi_doan, client_id=client_id, hen=said(), by=bi_thu).pk
        for _ in range(3)
    }

    buoi = BuoiSinhHoat.objects.get()
    assert found == {buoi.pk}
    assert (buoi.is_hen, buoi.nhap_thay, buoi.diem_danh.count()) == (True, False, 0)
    assert NhatKy.objects.filter(hanh_dong="buoi.hen").count() == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"ngay": date(2020, 1, 1)}, "đã qua"),
        ({"ngay": date(2099, 1, 1)}, "hơn một năm"),
    ],
)
def test_a_day_that_cannot_be_is_refused(chi_doan, linh, fields, message):
    with pytest.raises(RuleError, match=message):
        call(chi_doan, **fields)


def test_nobody_to_ask_and_the_same_twice_are_refused(chi_doan, chi_doan_khac, linh):
    call(chi_doan)

    with pytest.raises(RuleError, match="đã có một buổi sinh hoạt định kỳ"):
        call(chi_doan)
    with pytest.raises(RuleError, match="chưa có đoàn viên"):
        call(chi_doan_khac)


def test_another_hour_keeps_the_answers_another_day_drops_them(chi_doan, linh):
    buoi = call(chi_doan)
    services.answer(buoi=buoi, doan_vien=linh, du_hop=True)

    services.update_hen(buoi=buoi, version=1, hen=said(bat_dau=time(20)), by=None)
    assert TraLoiMoi.objects.count() == 1

    services.update_hen(buoi=buoi, version=2, hen=said(ngay=in_days(4)), by=None)
    assert TraLoiMoi.objects.count() == 0
    with pytest.raises(StaleError):
        services.update_hen(buoi=buoi, version=2, hen=said(ngay=in_days(5)), by=None)


def test_a_meeting_that_is_logged_is_not_called_any_more(hen):
    BuoiSinhHoat.objects.update(trang_thai=BuoiSinhHoat.TrangThai.HOAN_THANH)

    for act in (
        lambda: services.update_hen(buoi=hen, version=1, hen=said(), by=None),
        lambda: services.cancel_hen(buoi=hen, by=None),
        lambda: services.open_diem_danh(buoi=hen, by=None),
    ):
        with pytest.raises(RuleError, match="đã ghi"):
            act()


def test_pages_call_change_and_cancel(client_of, bi_thu, chi_doan, linh, phuong):
    make_buoi(chi_doan=chi_doan, ngay=today() - timedelta(days=20), dia_diem="Trụ sở khu vực")
    client = client_of(bi_thu)
    page = client.get(reverse("chidoan:hen_create"))
    start = page.context["form"].initial
    values = {
        **{name: str(start[name]) for name in ("loai", "dia_diem", "client_id")},
        "ngay": f"{start['ngay']:%d/%m/%Y}",
        "bat_dau": "19:30",
    }

    answer = client.post(reverse("chidoan:hen_create"), values)
    buoi = BuoiSinhHoat.objects.get(hen_luc__isnull=False)
    shown = client.get(answer.url)
    changed = client.post(
        reverse("chidoan:hen_update", args=[buoi.pk]), {**values, "bat_dau": "20:00", "version": 1}
    )
    client.post(reverse("chidoan:hen_cancel", args=[buoi.pk]))

    assert (start["dia_diem"], start["ngay"].day >= 1) == ("Trụ sở khu vực", True)
    assert shown.context["loi_moi"] in shown.content.decode().replace("&nbsp;", "\xa0")
    assert changed.url == answer.url
    assert not BuoiSinhHoat.objects.filter(pk=buoi.pk).exists()
    assert lines("hen") == ["buoi.hen", "buoi.doi_hen", "buoi.huy_hen"]


def test_the_ward_that_calls_for_a_branch_is_marked(client_of, can_bo_phuong, chi_doan, linh):
    buoi = call(chi_doan, by=can_bo_phuong)

    assert buoi.nhap_thay
    assert NhatKy.objects.get(hanh_dong="buoi.hen").noi_dung["nhap_thay"] is True


def test_what_the_ward_called_and_the_branch_logs_is_the_branch_s_own(
    bi_thu, can_bo_phuong, chi_doan, linh
):
    buoi = call(chi_doan, by=can_bo_phuong, ngay=today())
    roll = {linh.pk: Dong()}
    marks = []
    for number, by in enumerate((bi_thu, can_bo_phuong, bi_thu)):
        words = replace(read_noi_dung(buoi), diem_danh=roll, y_kien=f"Ý kiến {number}")
        buoi = update_buoi(buoi=buoi, version=buoi.version, noi_dung=words, hoan_thanh=False, by=by)
        marks.append(buoi.nhap_thay)

    assert marks == [False, True, True]


def test_the_page_and_the_texts_take_the_same_queries_for_any_number_of_members(
    client_of, bi_thu, chi_doan, hen, linh, django_assert_num_queries
):
    client = client_of(bi_thu)
    pages = [reverse(f"chidoan:{name}", args=[hen.pk]) for name in ("moi", "moi_tung_nguoi")]
    for _ in range(2):
        for url in pages:
            # session, account, roles, scope, meeting, roster, answers and arrivals
            with django_assert_num_queries(6):
                client.get(url)
        make_doan_vien(chi_doan=chi_doan)
        make_doan_vien(chi_doan=chi_doan)


# ---- answering -----------------------------------------------------------------------------


def test_a_member_answers_with_one_tap_and_changes_his_mind(client, hen, linh):
    url = link(hen, linh)
    page = client.get(url)
    first = client.post(url, {"tra_loi": "di"})
    client.post(url, {"tra_loi": "vang", "ly_do": "om"})
    refused = client.post(url, {"tra_loi": "vang", "ly_do": "mệt"})

    assert "Chào đồng chí Linh" in page.content.decode()
    assert first.url == url
    assert "Chọn lý do vắng." in refused.content.decode()
    assert list(TraLoiMoi.objects.values_list("doan_vien", "du_hop", "ly_do")) == [
        (linh.pk, False, "om")
    ]


def test_looking_and_previews_change_nothing_and_set_no_mark(client, hen, linh):
    for url in (link(hen, linh), link(hen), code_url(opened(hen))):
        for look in (client.get, client.head):
            answer = look(url)
            assert answer.status_code == 200
            assert set(answer.cookies) <= {"csrftoken"}

    assert (TraLoiMoi.objects.count(), TuDiemDanh.objects.count()) == (0, 0)


def test_pages_without_an_account_are_not_kept_found_or_told_of(client, hen, linh):
    key = services.make_khoa_lich(chi_doan=hen.chi_doan, by=None)
    pages = [link(hen, linh), link(hen), code_url(opened(hen)), reverse("chidoan:moi_vao")]
    for answer in map(client.get, pages):
        assert answer.headers["X-Robots-Tag"].startswith("noindex")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert 'name="robots" content="noindex' in answer.content.decode()
    feed = client.get(reverse("chidoan:lich_ics", args=[key.ma]))
    assert feed.headers["X-Robots-Tag"].startswith("noindex")


def test_what_opens_nothing_is_answered_alike(client, chi_doan, hen, linh):
    """Forged, foreign, of one who has left, over, closed, never given out."""
    away = make_doan_vien(chi_doan=chi_doan, den_ngay=today() - timedelta(days=1))
    stranger = make_doan_vien()
    over = make_buoi(chi_doan=chi_doan, ngay=in_days(-2), trang_thai="nhap", hen_luc=timezone.now())
    own_draft = make_buoi(chi_doan=chi_doan, ngay=in_days(-1), trang_thai="nhap")
    urls = [
        link(hen, away),
        link(hen, stranger),
        link(over, linh),
        link(own_draft, linh),
        link(hen, linh)[:-2] + "/",
        code_url(BuoiSinhHoat(ma_diem_danh="ACDEFGHJ")),
        reverse("chidoan:lich_ics", args=["khong-co"]),
    ]

    answers = [client.get(url) for url in urls]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "Linh" not in answers[0].content.decode()
    assert {client.post(url).status_code for url in urls[:-1]} == {404}


def test_who_holds_a_good_link_is_told_that_the_meeting_was_called_off(client, hen, linh):
    urls = [link(hen, linh), link(hen)]
    services.cancel_hen(buoi=hen, by=None)

    answers = [client.get(url) for url in urls]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert all("không họp buổi" in answer.content.decode() for answer in answers)
    assert "Linh" not in answers[0].content.decode()
    assert client.get(link(hen)[:-2] + "/").status_code == 404
    BuoiHuy.objects.update(ngay=in_days(-2))
    assert client.get(urls[0]).status_code == 404


def test_what_a_chat_shows_of_a_link_names_nobody(client, hen, linh):
    html = client.get(link(hen, linh)).content.decode()

    head = html.partition("</head>")[0]
    assert '<meta property="og:title" content="Mời sinh hoạt">' in head
    assert f'property="og:description" content="{hen.chi_doan}, 19' in head
    assert "Linh" not in head


def test_nobody_sees_the_name_of_another_member(client, chi_doan, hen, linh):
    other = make_doan_vien(chi_doan=chi_doan, ho_ten="Trần Gia Bảo", so_the="HG-9")
    pages = [link(hen), link(hen, linh), code_url(opened(hen))]

    html = "".join(client.get(url).content.decode() for url in pages)

    assert other.ho_ten not in html
    assert linh.ho_ten not in html
    assert linh.so_the not in html


def test_the_link_lives_a_day_longer_than_the_meeting_and_only_shows(client, hen, linh):
    services.answer(buoi=hen, doan_vien=linh, du_hop=True)
    BuoiSinhHoat.objects.update(ngay=in_days(-1), trang_thai=BuoiSinhHoat.TrangThai.HOAN_THANH)

    page = client.get(link(hen, linh)).content.decode()

    assert "đã họp xong" in page
    assert "<button" not in page
    group = client.get(link(hen)).content.decode()
    assert ("đã họp xong" in group, "<button" in group) == (True, False)
    assert "báo lại với bí thư" in client.post(link(hen, linh), {"tra_loi": "di"}).content.decode()


def test_the_group_link_leads_who_knows_card_and_birthday_to_his_own_page(client, hen, linh):
    assert client.post(link(hen), CARD).url == link(hen, linh)

    wrong = [{**CARD, "ngay_sinh": "06/02/2004"}, {**CARD, "so_the": "HG-999"}]
    pages = [client.post(link(hen), data).content.decode() for data in wrong]
    assert [LOI_THE in page for page in pages] == [True, True]


def test_wrong_tries_are_limited_and_right_ones_are_not_counted(client, hen, linh):
    for _ in range(7):
        assert client.post(link(hen), CARD).status_code == 302
    wrong = {**CARD, "ngay_sinh": "06/02/2004"}
    pages = [client.post(link(hen), wrong).content.decode() for _ in range(6)]

    assert [LOI_THE in page for page in pages] == [True] * 5 + [False]
    assert "Đã thử quá nhiều lần" in pages[5]
    assert client.post(link(hen), CARD).status_code == 200  # this card waits, be it right


def test_fifty_wrong_tries_are_stopped_and_lock_nobody_honest_out(client, chi_doan, hen, linh):
    """From one address, at card after card: own links and other addresses go on."""
    wrong = [{**CARD, "so_the": f"HG-{number}"} for number in range(50)]
    pages = [client.post(link(hen), data).content.decode() for data in wrong]
    url = link(hen, linh)

    assert [LOI_THE in page for page in pages] == [True] * 20 + [False] * 30
    assert "Đã thử quá nhiều lần. Đồng chí chờ 15 phút" in pages[-1]
    assert client.post(link(hen), CARD).status_code == 200
    assert client.post(url, {"tra_loi": "di"}).status_code == 302  # the own link needs no card
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post(link(hen), CARD).url == url
    LanDangNhap.objects.update(luc=timezone.now() - timedelta(minutes=16))
    assert client.post(link(hen), CARD).url == url


def test_who_changes_his_mind_all_the_time_is_stopped(hen, linh):
    for turn in range(services.MOI_NGUOI):
        services.answer(buoi=hen, doan_vien=linh, du_hop=turn % 2 == 0, ly_do="om")

    with pytest.raises(RuleError, match="quá nhiều lần"):
        services.answer(buoi=hen, doan_vien=linh, du_hop=True)


def test_a_form_from_elsewhere_is_refused(hen, linh):
    client = Client(enforce_csrf_checks=True)

    assert client.post(link(hen, linh), {"tra_loi": "di"}).status_code == 403


# ---- checking in ---------------------------------------------------------------------------


def test_a_phone_that_has_answered_checks_in_with_one_tap(client, hen, linh):
    client.post(link(hen, linh), {"tra_loi": "di"})
    url = code_url(opened(hen))

    assert "Tôi có mặt" in client.get(url).content.decode()
    client.post(url)
    client.post(url)

    row = TuDiemDanh.objects.get()
    assert (row.doan_vien, row.cach, row.cung_may) == (linh, "lien_ket", False)
    assert "Đã điểm danh" in client.get(url).content.decode()


def test_the_own_link_checks_in_with_the_code_on_the_screen(client, hen, linh):
    url = link(hen, linh)
    assert "Mã trên màn hình" not in client.get(url).content.decode()
    code = opened(hen).ma_diem_danh

    def say(ma):
        return client.post(url, {"tra_loi": "den", "ma": ma}, follow=True).content.decode()

    assert "Mã trên màn hình" in client.get(url).content.decode()
    assert "Mã chưa đúng" in say("ACDEFGHJ")
    assert "Đã điểm danh" in say(f"{code[:4].lower()} {code[4:]}")
    row = TuDiemDanh.objects.get()
    assert (row.doan_vien, row.cach, row.cung_may) == (linh, "lien_ket", False)


def test_a_code_is_not_found_by_trying(client, hen, linh):
    code = opened(hen).ma_diem_danh
    url = link(hen, linh)
    wrong = [{"tra_loi": "den", "ma": "ACDEFGHJ"}] * 50
    pages = [client.post(url, data).content.decode() for data in wrong]

    assert ["Mã chưa đúng" in page for page in pages] == [True] * 10 + [False] * 40
    assert "Đã thử quá nhiều lần" in pages[-1]
    client.post(code_url(hen_of(hen)), CARD)
    assert TuDiemDanh.objects.get().doan_vien == linh
    services.close_diem_danh(buoi=hen, by=None)
    with pytest.raises(RuleError, match="hết giờ"):
        services.arrive(buoi=hen_of(hen), doan_vien=make_doan_vien(), ma=code)


def hen_of(hen):
    return BuoiSinhHoat.objects.get(pk=hen.pk)


def test_a_strange_phone_asks_for_card_and_birthday(client, hen, linh):
    url = code_url(opened(hen)).lower()

    assert LOI_THE in client.post(url, {**CARD, "so_the": "1"}).content.decode()
    client.post(url, CARD)

    row = TuDiemDanh.objects.get()
    assert (row.doan_vien, row.cach) == (linh, "so_the")


def test_a_second_person_on_one_phone_is_marked(client, client_of, bi_thu, chi_doan, hen, linh):
    other = make_doan_vien(chi_doan=chi_doan, so_the="HG-77", ngay_sinh=SINH)
    url = code_url(opened(hen))
    client.post(url, CARD)

    page = client.post(f"{url}?khac=1", {**CARD, "so_the": "HG77"})

    assert "bí thư sẽ xem lại" in page.content.decode()
    assert dict(TuDiemDanh.objects.values_list("doan_vien", "cung_may")) == {
        linh.pk: False,
        other.pk: True,
    }
    shown = client_of(bi_thu).get(reverse("chidoan:moi", args=[hen.pk]))
    assert shown.context["so_cung_may"] == 1


def test_one_code_checks_in_all_who_meet_together(
    client, client_of, bi_thu, chi_doan_khac, hen, linh
):
    """Each on the roll of the own branch; who is of neither is not known."""
    BuoiSinhHoat.objects.update(loai="lien_chi_doan")
    theirs = make_buoi(
        chi_doan=chi_doan_khac, ngay=today(), trang_thai="nhap", chu_nha=hen, loai="lien_chi_doan",
        hen_luc=timezone.now(),
    )  # fmt: skip
    guest = make_doan_vien(chi_doan=chi_doan_khac, so_the="HG-88", ngay_sinh=SINH)
    make_doan_vien(so_the="HG-99", ngay_sinh=SINH)
    url = code_url(opened(hen))

    assert LOI_THE in client.post(url, {**CARD, "so_the": "HG-99"}).content.decode()
    client.post(url, {**CARD, "so_the": "HG-88"})
    assert "Chào đồng chí" in client.get(url).content.decode()  # his phone, known from now on
    Client().post(url, CARD)

    rows = TuDiemDanh.objects.order_by("pk").values_list("buoi", "doan_vien", "cung_may")
    assert list(rows) == [(theirs.pk, guest.pk, False), (hen.pk, linh.pk, False)]
    other = make_doan_vien(chi_doan=chi_doan_khac)
    typed = {"tra_loi": "den", "ma": hen_of(hen).ma_diem_danh}
    assert "Đã điểm danh" in Client().post(link(theirs, other), typed, follow=True).content.decode()
    screen = reverse("chidoan:ma_qr", args=[hen.pk])
    assert "3/3 đã điểm danh" in client_of(bi_thu).get(screen).content.decode()
    BuoiSinhHoat.objects.filter(pk=theirs.pk).update(trang_thai="hoan_thanh")
    assert LOI_THE in Client().post(url, {**CARD, "so_the": "HG-88"}).content.decode()


def test_a_mark_made_by_oneself_is_no_mark(client, hen, linh):
    client.cookies["moi_ai"] = signing.Signer().sign(f"{hen.chi_doan_id}:{linh.pk}")

    assert "Số thẻ đoàn viên" in client.get(code_url(opened(hen))).content.decode()


def test_the_code_works_only_while_it_is_open_on_the_day_and_for_the_roster(
    client, chi_doan, hen, linh
):
    first = opened(hen)
    url = code_url(first)
    again = opened(hen)
    assert again.ma_diem_danh == first.ma_diem_danh  # prolonged

    BuoiSinhHoat.objects.update(diem_danh_den=timezone.now())
    assert client.post(url, CARD).status_code == 404
    new = opened(hen)
    assert new.ma_diem_danh != first.ma_diem_danh

    QuaTrinh.objects.filter(doan_vien=linh).update(den_ngay=in_days(-1), ly_do_ket_thuc="chuyen_di")
    assert LOI_THE in client.post(code_url(new), CARD).content.decode()
    services.close_diem_danh(buoi=hen, by=None)
    assert client.get(code_url(new)).status_code == 404
    with pytest.raises(RuleError, match="trong ngày họp"):
        opened(call(chi_doan_with(linh, chi_doan), ngay=in_days(2)))


def chi_doan_with(linh, chi_doan):
    make_doan_vien(chi_doan=chi_doan)
    return chi_doan


def test_the_secretary_opens_shows_strikes_and_closes(client_of, bi_thu, hen, linh):
    client = client_of(bi_thu)
    screen = reverse("chidoan:ma_qr", args=[hen.pk])
    assert client.post(reverse("chidoan:ma_qr_open", args=[hen.pk])).url == screen
    hen.refresh_from_db()
    row = services.check_in(buoi=hen, doan_vien=linh, cach="so_the")
    assert hen.ma_diem_danh[:4] in client.get(screen).content.decode()
    count = client.get(screen, headers={"HX-Request": "true"}).content.decode()

    client.post(reverse("chidoan:tu_diem_danh_strike", args=[row.pk]))
    client.post(reverse("chidoan:ma_qr_close", args=[hen.pk]))

    assert "1/1 đã điểm danh" in count
    late = client.get(screen, headers={"HX-Request": "true"})
    assert late.headers["HX-Refresh"] == "true"  # the code is gone from the screen
    assert TuDiemDanh.objects.count() == 0
    assert lines("diem_danh") == [
        "buoi.mo_diem_danh",
        "buoi.bo_diem_danh",
        "buoi.dong_diem_danh",
    ]


def test_the_code_can_be_typed(client, hen):
    url = reverse("chidoan:moi_vao")

    assert client.get(url).status_code == 200
    assert client.get(url, {"ma": "acde fghj"}).url == "/m/ACDEFGHJ/"
    assert client.get(url, {"ma": "ấcdefghj"}).status_code == 200


# ---- on the roll ---------------------------------------------------------------------------


def test_what_members_said_starts_the_roll_until_somebody_marked_it_later(chi_doan, hen, linh):
    ill, there, marked, silent = [make_doan_vien(chi_doan=chi_doan) for _ in range(4)]
    services.answer(buoi=hen, doan_vien=ill, du_hop=False, ly_do="om")
    services.answer(buoi=hen, doan_vien=there, du_hop=False, ly_do="om")
    services.answer(buoi=hen, doan_vien=marked, du_hop=False, ly_do="om")
    services.check_in(buoi=opened(hen), doan_vien=there, cach="so_the")
    stored = {marked.pk: Dong(), silent.pk: Dong(trang_thai="muon")}
    hen.ghi_luc = timezone.now()

    found = cau_tra_loi(hen)
    roll = dong_dau_buoi(hen, found, stored)

    assert roll == {**stored, ill.pk: Dong(trang_thai=VANG, ly_do="om"), there.pk: Dong()}
    assert found[ill.pk].ghi_chu == "đã báo vắng"
    assert found[there.pk].ghi_chu.startswith("tự điểm danh ")
    hen.ghi_luc = timezone.now() - timedelta(hours=1)
    assert dong_dau_buoi(hen, found, stored)[marked.pk].ly_do == "om"


def test_the_form_of_a_called_meeting_opens_filled_with_what_members_said(
    client_of, bi_thu, chi_doan, linh, django_assert_max_num_queries
):
    ill, there = (make_doan_vien(chi_doan=chi_doan) for _ in range(2))
    make_buoi(chi_doan=chi_doan, ngay=in_days(-30), chu_tri=linh, thu_ky=there)
    buoi = call(chi_doan, ngay=today(), dia_diem="Sân đình")
    services.answer(buoi=buoi, doan_vien=ill, du_hop=False, ly_do="om")
    services.check_in(buoi=opened(buoi), doan_vien=there, cach="so_the")

    client = client_of(bi_thu)
    with django_assert_max_num_queries(12):
        answer = client.get(reverse("chidoan:buoi_update", args=[buoi.pk]))

    page = answer.context["page"]
    start = page.form.initial
    assert (start["dia_diem"], start["chu_tri"], start["thu_ky"]) == ("Sân đình", linh.pk, there.pk)
    assert {row.doan_vien.pk: (row.trang_thai, row.ly_do, row.da_den) for row in page.roll} == {
        ill.pk: (VANG, "om", False),
        there.pk: ("co_mat", "", True),
        linh.pk: ("co_mat", "", False),
    }
    html = answer.content.decode()
    assert "đã báo vắng" in html
    assert "Ai chưa điểm danh thì vắng" in html


# ---- home page and calendar ----------------------------------------------------------------


def test_the_called_meeting_is_the_card_of_the_home_page(client_of, bi_thu, chi_doan, linh):
    buoi = call(chi_doan)
    client = client_of(bi_thu)

    card = client.get(reverse("home")).context["the"]
    assert card["lines"] == [
        f"19\xa0giờ\xa030 {card['lines'][0].split(' ', 1)[1]}",
        "Nhà văn hóa",
        "Chủ điểm: Tôn sư trọng đạo",
    ]
    assert card["lines"][0].endswith("còn 3\xa0ngày")
    assert (card["action"], card["second_label"]) == ("Ghi buổi sinh hoạt", "Mời họp")
    assert link(buoi) in card["second_share"]

    for day, word, button in (
        (0, "hôm nay", "Ghi buổi sinh hoạt"),
        (-1, "chưa có", "Ghi biên bản"),
    ):
        BuoiSinhHoat.objects.update(ngay=in_days(day))
        card = client.get(reverse("home")).context["the"]
        assert (word in card["lines"][0], card["action"]) == (True, button)
    assert client.get(reverse("chidoan:buoi_list")).status_code == 200


def test_the_feed_is_a_calendar_without_names(client, chi_doan, linh):
    buoi = call(chi_doan, by=None)
    held = make_buoi(chi_doan=chi_doan, ngay=in_days(-30), ket_thuc=time(20, 45), chu_tri=linh)
    make_buoi(chi_doan=chi_doan, ngay=in_days(-3), trang_thai="nhap")
    make_buoi(chi_doan=chi_doan, ngay=in_days(-400))
    key = services.make_khoa_lich(chi_doan=chi_doan, by=None)
    url = reverse("chidoan:lich_ics", args=[key.ma])

    answer = client.get(url)

    calendar = Calendar.from_ical(answer.content)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {f"buoi-{row.pk}@so-doan" for row in (buoi, held)}
    event = events[f"buoi-{buoi.pk}@so-doan"]
    start = event.decoded("dtstart")
    assert start.replace(tzinfo=None) == datetime.combine(buoi.ngay, time(19, 30))
    assert (str(event["dtstart"].params["TZID"]), start.utcoffset()) == (
        "Asia/Ho_Chi_Minh",
        timedelta(hours=7),
    )
    assert (str(event["location"]), int(event["sequence"])) == ("Nhà văn hóa", 0)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    assert "Linh" not in answer.content.decode()
    same = client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_a_change_a_cancelled_meeting_and_a_new_key_are_seen_in_the_feed(
    client, client_of, bi_thu, chi_doan, linh
):
    buoi = call(chi_doan)
    page = reverse("chidoan:lich", args=[chi_doan.pk])
    secretary = client_of(bi_thu)
    assert secretary.get(reverse("chidoan:lich_choose")).url == page
    secretary.post(page)
    key = chi_doan.khoa_lich.ma
    url = reverse("chidoan:lich_ics", args=[key])
    services.update_hen(buoi=buoi, version=1, hen=said(bat_dau=time(20)), by=None)
    assert b"SEQUENCE:1" in client.get(url).content

    services.cancel_hen(buoi=buoi, by=None)
    (event,) = Calendar.from_ical(client.get(url).content).walk("VEVENT")
    assert (str(event["uid"]), str(event["status"])) == (f"buoi-{buoi.pk}@so-doan", "CANCELLED")
    assert (int(event["sequence"]), str(event["summary"])[:7]) == (2, "Đã hủy:")
    assert event.decoded("dtstart").hour == 20

    assert url in secretary.get(page).content.decode()
    assert f"webcal://testserver{url}" in secretary.get(page).content.decode()
    secretary.post(reverse("chidoan:lich_renew", args=[chi_doan.pk]))
    assert client.get(url).status_code == 404


# ---- two at once ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_answers_and_two_arrivals_at_once_are_one_each(chi_doan, hen, linh):
    buoi = opened(hen)

    def run(act):
        try:
            return act()
        finally:
            connections.close_all()

    def say(yes):
        return services.answer(buoi=buoi, doan_vien=linh, du_hop=yes, ly_do="om")

    def arrive():
        return services.check_in(buoi=buoi, doan_vien=linh, cach="so_the").pk

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(run, [lambda: say(True), lambda: say(False), arrive, arrive]))

    assert TraLoiMoi.objects.count() == 1
    assert {*found[2:]} == {TuDiemDanh.objects.get().pk}


def test_meeting_that_somebody_threw_away_meanwhile_ends_in_a_sentence(chi_doan, linh, hen, bi_thu):
    services.open_diem_danh(buoi=hen, by=bi_thu)
    services.cancel_hen(buoi=hen, by=bi_thu)

    services.cancel_hen(buoi=hen, by=bi_thu)  # the second click of a double one
    delete_draft(buoi=hen, by=bi_thu)
    services.close_diem_danh(buoi=hen, by=bi_thu)
    for late in (
        lambda: services.answer(buoi=hen, doan_vien=linh, du_hop=True),
        lambda: services.check_in(buoi=hen, doan_vien=linh, cach="lien_ket"),
        lambda: services.open_diem_danh(buoi=hen, by=bi_thu),
        lambda: services.update_hen(buoi=hen, version=1, hen=said(chu_diem="Khác"), by=bi_thu),
        lambda: update_buoi(
            buoi=hen, version=1, noi_dung=read_noi_dung(hen), hoan_thanh=True, by=bi_thu
        ),
    ):
        with pytest.raises(RuleError, match="vừa bị xóa hoặc hủy"):
            late()
    assert BuoiHuy.objects.count() == len(lines("huy_hen")) == 1
