"""Signing in: who gets in, how often one may try, where one lands, and who is told whom to ask."""

import unicodedata
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.periods import today
from tests.factories import make_nguoi_dung
from tochuc.models import LanDangNhap, NhatKy, PhanCong
from tochuc.permissions import VaiTro

URL = "/dang-nhap/"
PASSWORD = "mat-khau"


def sign_in(client, username, password=PASSWORD, **extra):
    return client.post(URL, {"username": username, "password": password, **extra})


def message(response):
    return " ".join(response.context["form"].non_field_errors())


@pytest.fixture
def account(phuong):
    return make_nguoi_dung(
        VaiTro.BI_THU_PHUONG, phuong, username="bithu.thu", dien_thoai="0912345678"
    )


@pytest.mark.parametrize(
    "typed",
    ["bithu.thu", "BiThu.Thu", "  bithu.thu ", "bithu .thu", "\uff42ithu.thu", "0912345678"],
)
def test_the_ways_of_typing_a_name_open_the_account(client, account, typed):
    assert sign_in(client, typed).status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("stored", ["NFC", "NFD"])
def test_a_password_with_accents_opens_in_either_form(client, account, stored, form):
    phrase = "Mùa xuân ấy chúng mình trồng cây"
    account.set_password(unicodedata.normalize(stored, phrase))
    account.save()

    assert sign_in(client, "bithu.thu", unicodedata.normalize(form, phrase)).status_code == 302


def test_signing_in_leaves_an_audit_line_of_the_unit(client, account, phuong):
    sign_in(client, "bithu.thu")

    line = NhatKy.objects.get(hanh_dong="tai_khoan.login")
    assert (line.nguoi, line.don_vi, line.dia_chi) == (account, phuong, "127.0.0.1")


def test_wrong_tries_say_how_many_are_left_but_not_what_was_wrong(client, account):
    known = message(sign_in(client, "bithu.thu", "sai"))
    unknown = message(sign_in(client, "khong.co", "sai"))

    assert known == unknown
    assert "còn 9 lần thử" in known


def test_the_eleventh_try_is_refused_however_the_name_is_typed(client, account):
    spellings = ["bithu.thu", "BITHU.THU", " bithu.thu", "\uff42ithu.thu", "0912345678"] * 2
    for typed in spellings:
        sign_in(client, typed, "sai")

    response = sign_in(client, "bithu.thu")

    assert "chờ 15 phút" in message(response)
    assert "_auth_user_id" not in client.session


def test_refused_tries_do_not_prolong_the_wait(client, account):
    for _ in range(15):
        sign_in(client, "bithu.thu", "sai")

    assert LanDangNhap.objects.count() == 10


def test_the_wait_ends_after_a_quarter_of_an_hour(client, account):
    for _ in range(10):
        sign_in(client, "bithu.thu", "sai")
    LanDangNhap.objects.update(luc=timezone.now() - timedelta(minutes=15, seconds=1))

    assert sign_in(client, "bithu.thu").status_code == 302


def test_success_forgets_the_wrong_tries(client, account):
    for _ in range(9):
        sign_in(client, "bithu.thu", "sai")
    sign_in(client, "bithu.thu")
    client.logout()

    assert "còn 9 lần thử" in message(sign_in(client, "bithu.thu", "sai"))


def test_tries_at_one_account_leave_the_others_alone(client, account, bi_thu):
    for _ in range(11):
        sign_in(client, "bithu.thu", "sai")

    assert sign_in(client, bi_thu.username).status_code == 302


def test_a_device_where_the_account_was_opened_is_counted_apart(client, account):
    elsewhere = Client()
    sign_in(client, "bithu.thu")
    client.post("/dang-xuat/")
    for _ in range(11):
        sign_in(elsewhere, "bithu.thu", "sai")

    assert "chờ 15 phút" in message(sign_in(elsewhere, "bithu.thu"))
    assert "còn 9 lần thử" in message(sign_in(client, "bithu.thu", "sai"))
    assert sign_in(client, "bithu.thu").status_code == 302


def test_a_device_is_known_for_its_own_account_alone_and_cannot_be_made_up(client, account, bi_thu):
    sign_in(client, bi_thu.username)
    client.post("/dang-xuat/")
    for _ in range(10):
        sign_in(Client(), "bithu.thu", "sai")

    assert "chờ 15 phút" in message(sign_in(client, "bithu.thu"))
    client.cookies["thiet_bi"] = f"{account.pk}:tu-dat"
    assert "chờ 15 phút" in message(sign_in(client, "bithu.thu"))


def test_wrong_passwords_of_a_known_account_leave_a_line_of_nobody(client, account, phuong):
    sign_in(client, "bithu.thu", "sai")
    sign_in(client, "khong.co", "sai")

    line = NhatKy.objects.get(hanh_dong="tai_khoan.login_failed")
    assert (line.nguoi, line.don_vi, line.doi_tuong_id) == (None, phuong, account.pk)


@pytest.mark.parametrize(("ticked", "days"), [({}, 0.5), ({"remember": "on"}, 30)])
def test_a_session_lasts_half_a_day_or_as_long_as_asked(client, account, ticked, days):
    sign_in(client, "bithu.thu", **ticked)

    assert client.session.get_expiry_age() == timedelta(days=days).total_seconds()


def test_a_form_sent_after_the_session_ended_says_so_and_leads_back_to_its_page(client, account):
    form = "http://testserver/doan-vien/them/?don_vi=1"

    asked = client.post("/doan-vien/them/", headers={"referer": form})
    page = client.get(asked.url)

    assert asked.url == "/dang-nhap/?next=/doan-vien/them/%3Fdon_vi%3D1"
    assert "Việc vừa gửi chưa được ghi" in page.content.decode()


def test_a_page_elsewhere_is_not_the_way_back(client, db):
    asked = client.post("/doan-vien/them/", headers={"referer": "https://example.com/dang-nhap/"})

    assert asked.url == "/dang-nhap/?next=/doan-vien/them/"


def test_signing_out_after_the_session_ended_is_no_loss(client, db):
    page = client.get(client.post("/dang-xuat/").url)

    assert "chưa được ghi" not in page.content.decode()


def test_signing_out_is_confirmed_where_one_lands(client_of, bi_thu):
    page = client_of(bi_thu).post("/dang-xuat/", follow=True)

    assert "Đã đăng xuất." in page.content.decode()


@pytest.mark.parametrize(
    ("passed_on", "address"),
    [
        ("", "127.0.0.1"),
        ("203.113.131.1", "203.113.131.1"),
        ("1.2.3.4, 203.113.131.1", "203.113.131.1"),
        ("203.113.131.1, 10.0.0.2", "203.113.131.1"),
        ("unknown", "127.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_servers_in_front_tell_where_one_comes_from(
    client, account, settings, passed_on, address
):
    settings.TRUSTED_PROXIES = ["127.0.0.1", "10.0.0.2"]
    client.post(
        URL,
        {"username": "bithu.thu", "password": PASSWORD},
        headers={"x-forwarded-for": passed_on},
    )

    assert NhatKy.objects.get(hanh_dong="tai_khoan.login").dia_chi == address


def test_nobody_else_is_believed_about_it(client, account):
    client.post(
        URL,
        {"username": "bithu.thu", "password": PASSWORD},
        headers={"x-forwarded-for": "203.113.131.1"},
    )

    assert NhatKy.objects.get(hanh_dong="tai_khoan.login").dia_chi == "127.0.0.1"


def test_a_closed_account_is_told_so_only_with_its_password(client, account):
    account.is_active = False
    account.save()

    assert "đã khóa" in message(sign_in(client, "bithu.thu"))
    assert "đã khóa" not in message(sign_in(client, "bithu.thu", "sai"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("next_url", "lands"),
    [
        ("/doan-vien/?q=an", "/doan-vien/?q=an"),
        ("", "/"),
        ("https://example.com/", "/"),
        ("//example.com/", "/"),
        ("///example.com/", "/"),
        ("/\\example.com/", "/"),
        ("http:example.com", "/"),
        ("javascript:alert(1)", "/"),
        ("https://testserver.example.com/", "/"),
        (" //example.com", "/"),
    ],
)
def test_one_lands_inside_the_house(client, account, next_url, lands):
    assert sign_in(client, "bithu.thu", next=next_url).url == lands


def test_the_way_on_is_kept_after_a_wrong_try(client, account):
    page = client.get(f"{URL}?next=/doan-vien/")
    again = sign_in(client, "bithu.thu", "sai", next="/doan-vien/")

    field = '<input type="hidden" name="next" value="/doan-vien/">'
    assert field in page.content.decode()
    assert field in again.content.decode()


def test_who_is_signed_in_is_sent_on(client_of, bi_thu):
    assert client_of(bi_thu).get(f"{URL}?next=/don-vi/").url == "/don-vi/"


def test_who_has_no_role_today_is_told_whom_to_ask_and_can_leave(client, db):
    account = make_nguoi_dung()
    sign_in(client, account.username)

    for url in ["/", "/doan-vien/", reverse("tochuc:them")]:
        response = client.get(url)
        assert response.status_code == 403
        assert "Nhờ Bí thư Đoàn phường" in response.content.decode()
        assert 'action="/dang-xuat/"' in response.content.decode()
    assert client.post("/dang-xuat/").url == URL
    assert client.get("/").url == f"{URL}?next=/"


def test_rights_end_with_the_role_in_an_open_session(client_of, bi_thu):
    client = client_of(bi_thu)
    assert client.get("/don-vi/").status_code == 200

    PhanCong.objects.filter(nguoi_dung=bi_thu).update(den_ngay=today() - timedelta(days=1))

    assert client.get("/don-vi/").status_code == 403


def test_closing_the_account_ends_the_open_session(client_of, bi_thu):
    client = client_of(bi_thu)
    bi_thu.is_active = False
    bi_thu.save()

    assert client.get("/don-vi/").url == f"{URL}?next=/don-vi/"


def test_signing_out_takes_a_post_and_clears_the_browser(client_of, bi_thu):
    client = client_of(bi_thu)

    assert client.get("/dang-xuat/").status_code == 405
    response = client.post("/dang-xuat/")

    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/don-vi/").url == f"{URL}?next=/don-vi/"


NEW = "mot cau that dai de nho"
WEAK = "Đoàn Thanh niên 26/03/1931"


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"current": "sai"}, "current", "Chưa đúng mật khẩu đang dùng. Đồng chí còn 9 lần thử."),
        ({"again": "khac han"}, "again", "Hai lần ghi mật khẩu mới chưa giống nhau."),
        ({"password": "ngan", "again": "ngan"}, "password", "quá ngắn"),
        ({"password": WEAK, "again": WEAK}, "password", "Mật khẩu dễ đoán"),
    ],
)
def test_changing_the_own_password_is_refused(client_of, bi_thu, fields, field, words):
    data = {"current": PASSWORD, "password": NEW, "again": NEW, **fields}

    response = client_of(bi_thu).post("/doi-mat-khau/", data)

    assert words in " ".join(response.context["form"].errors[field])
    bi_thu.refresh_from_db()
    assert bi_thu.check_password(PASSWORD)


def test_changing_the_own_password_ends_the_other_sessions_only(client_of, client, bi_thu):
    here = client_of(bi_thu)
    there = type(client)()
    there.force_login(bi_thu)

    here.post("/doi-mat-khau/", {"current": PASSWORD, "password": NEW, "again": NEW})

    assert here.get("/don-vi/").status_code == 200
    assert there.get("/don-vi/").status_code == 302
    assert NhatKy.objects.filter(hanh_dong="tai_khoan.password", nguoi=bi_thu).exists()
