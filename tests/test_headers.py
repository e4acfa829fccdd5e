"""Security headers stand on every answer, whatever its kind, and say what they should."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_buoi, make_doan_vien, make_nguoi_dung
from tests.tochuc.test_van_ban import issue_paper

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
STATUS = {
    "page of a stranger": 200,
    "redirect to log-in": 302,
    "page": 200,
    "list": 200,
    "workbook": 200,
    "paper": 200,
    "refused form": 200,
    "missing page": 404,
    "missing row": 404,
    "forbidden": 403,
    "no role": 403,
    "expired form": 403,
    "wrong method": 405,
    "fault": 500,
    "admin": 200,
    "admin, refused": 403,
    "public check": 200,
    "unknown paper": 404,
    "health": 200,
    "readiness": 200,
    "static file": 200,
    "missing static file": 404,
}


def policy_of(answer):
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


def signed_in(user, **options):
    client = Client(**options)
    client.force_login(user)
    return client


def fault(client, monkeypatch):
    """The members' list on a day when nobody knows what day it is."""

    def break_down(text):
        raise RuntimeError(text)

    with monkeypatch.context() as patch:
        patch.setattr("doanvien.views.read_day", break_down)
        return client.get(reverse("doanvien:list"))


@pytest.fixture
def answers(client, bi_thu_phuong, bi_thu, quan_tri, phuong, chi_doan, monkeypatch):
    """One answer of each class, by name."""
    make_doan_vien(chi_doan=chi_doan)
    paper = issue_paper(phuong, bi_thu_phuong)
    here, operator = signed_in(bi_thu_phuong), signed_in(quan_tri)
    return {
        "page of a stranger": client.get(reverse("login")),
        "redirect to log-in": client.get(reverse("home")),
        "page": here.get(reverse("home")),
        "list": here.get(reverse("doanvien:list")),
        "workbook": here.get(reverse("doanvien:list"), {"export": "xlsx"}),
        "paper": signed_in(bi_thu).get(
            reverse("chidoan:buoi_pdf", args=[make_buoi(chi_doan=chi_doan).pk])
        ),
        "refused form": client.post(reverse("login"), {"username": "ai", "password": "do"}),
        "missing page": here.get("/khong-co-trang-nay/"),
        "missing row": here.get(reverse("doanvien:detail", args=[999_999])),
        "forbidden": here.get(reverse("tuduong:cap_uy_list")),
        "no role": signed_in(make_nguoi_dung()).get(reverse("home")),
        "expired form": signed_in(bi_thu_phuong, enforce_csrf_checks=True).post(reverse("logout")),
        "wrong method": here.get(reverse("logout")),
        "fault": fault(signed_in(bi_thu_phuong, raise_request_exception=False), monkeypatch),
        "admin": operator.get(reverse("admin:index")),
        "admin, refused": here.get(reverse("admin:index")),
        "public check": client.get(reverse("van_ban_check", args=[paper.ma_kiem_tra])),
        "unknown paper": client.get(reverse("van_ban_check", args=["KHONGCO"])),
        "health": client.get(reverse("healthz")),
        "readiness": client.get(reverse("readyz")),
        "static file": client.head("/static/css/app.css"),
        "missing static file": client.get("/static/css/khong-co.css"),
    }


def test_every_answer_carries_the_headers_and_the_policy(answers):
    assert {name: answer.status_code for name, answer in answers.items()} == STATUS

    for name, answer in answers.items():
        assert {key: answer.headers.get(key) for key in HEADERS} == HEADERS, name
        assert policy_of(answer) == POLICY, name
        assert "Access-Control-Allow-Origin" not in answer.headers, name
        assert "Server" not in answer.headers, name


def test_nothing_of_a_signed_in_person_is_stored(answers):
    kept = {
        name
        for name, answer in answers.items()
        if "no-store" not in answer.headers.get("Cache-Control", "")
    }

    assert kept == {"static file", "missing static file"}


def test_cookies_are_kept_from_scripts_and_from_other_sites(client, bi_thu):
    answer = client.post(reverse("login"), {"username": bi_thu.username, "password": "mat-khau"})

    session = answer.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert client.get(reverse("login")).cookies.get("csrftoken", session)["samesite"] == "Lax"


def test_signing_in_changes_the_session(client, bi_thu):
    client.get(reverse("login"))
    client.session["left"] = "behind"
    before = client.session.session_key

    client.post(reverse("login"), {"username": bi_thu.username, "password": "mat-khau"})

    assert client.session.session_key not in (before, None)


@pytest.mark.parametrize("host", ["example.com", "testserver.example.com", "testserver@x"])
def test_another_host_is_answered_with_nothing(client, db, host):
    answer = client.get(reverse("login"), headers={"host": host})

    assert answer.status_code == 400


def test_pages_are_sent_compressed_to_who_takes_it(client, db):
    answer = client.get(reverse("login"), headers={"accept-encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < 3000


def test_address_that_no_database_can_hold_names_nothing(client, db):
    for address in ("/m/%00AAAAAAA/", "/lich/%00.ics"):
        assert client.get(address).status_code == 404, address

    assert client.get("/m/?ma=%00").status_code == 200
