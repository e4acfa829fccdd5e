"""Security headers stand on every answer, whatever its kind."""

import pytest
from django.urls import reverse

HEADERS = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}


@pytest.fixture
def answers(client_of, bi_thu_phuong, client):
    """One answer of each class, by name."""
    stranger = client.get(reverse("home"))
    login_page = client.get(reverse("login"))
    signed_in = client_of(bi_thu_phuong)
    return {
        "redirect": stranger,
        "page": login_page,
        "home": signed_in.get(reverse("home")),
        "missing": signed_in.get("/khong-co-trang-nay/"),
        "forbidden": signed_in.get(reverse("tuduong:cap_uy_list")),
        "wrong method": signed_in.get(reverse("logout")),
        "static": signed_in.head("/static/css/app.css"),
        "health": signed_in.get(reverse("healthz")),
    }


def test_each_class_of_answer_has_the_status_it_should(answers):
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "redirect": 302,
        "page": 200,
        "home": 200,
        "missing": 404,
        "forbidden": 403,
        "wrong method": 405,
        "static": 200,
        "health": 200,
    }


def test_every_answer_carries_the_headers(answers):
    for name, answer in answers.items():
        assert set(answer.headers) >= HEADERS, name


def test_the_policy_allows_no_inline_and_nothing_from_elsewhere(answers):
    for name, answer in answers.items():
        policy = answer.headers["Content-Security-Policy"]

        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert "http" not in policy, name


def test_pages_of_people_are_never_stored(answers):
    for name in ("home", "missing", "forbidden"):
        assert "no-store" in answers[name].headers["Cache-Control"]


def test_a_fault_carries_the_headers_too(client_of, bi_thu_phuong, monkeypatch, settings):
    client = client_of(bi_thu_phuong)
    client.raise_request_exception = False
    settings.PASSWORD_HASHERS = []  # so that checking a password breaks
    client.logout()

    answer = client.post(reverse("login"), {"username": "ai.do", "password": "gi-do"})

    assert answer.status_code == 500
    assert set(answer.headers) >= HEADERS
