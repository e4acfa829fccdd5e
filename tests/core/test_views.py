import logging
import re

import pytest
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.urls("tests.core.gallery")


def test_healthz_answers_without_database_or_log_in(client):
    response = client.get("/healthz/")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_answers_when_the_database_does(client):
    assert client.get("/readyz/").status_code == 200


@pytest.mark.django_db
def test_readyz_says_when_the_database_is_away(client, monkeypatch):
    def refuse():
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(logging.getLogger("core.views"), "disabled", True)

    response = client.get("/readyz/")

    assert (response.status_code, response.content) == (503, b"database\n")


@pytest.mark.parametrize("path", ["/healthz/", "/readyz/"])
def test_health_pages_only_answer_reading(client, path):
    assert client.post(path).status_code == 405


def test_fault_shows_a_code_that_the_log_has(client, caplog):
    response = client.get("/500/")
    code = re.search(r"mã <b>([A-Z]\d{5})</b>", response.content.decode())[1]

    assert response.status_code == 500
    assert f"code {code}, path /500/" in caplog.text


def test_fault_page_needs_no_database(client):
    # without the django_db mark any query would fail this test
    assert "Việc vừa làm chưa được ghi vào sổ" in client.get("/500/").content.decode()


def test_form_without_protection_is_refused_in_plain_words(caplog):
    response = Client(enforce_csrf_checks=True).post("/hoi/")

    assert response.status_code == 403
    assert "Biểu mẫu đã hết hạn" in response.content.decode()
    assert "Forbidden" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status", "sentence", "way_on"),
    [
        ("/404/", 404, "hồ sơ không thuộc đơn vị của đồng chí", 'href="/"'),
        ("/403/", 403, "Ký hồ sơ là việc của Bí thư Đoàn phường.", 'action="/dang-xuat/"'),
    ],
)
def test_refusal_says_why_and_offers_a_way_on(client, path, status, sentence, way_on):
    response = client.get(path)

    assert response.status_code == status
    assert sentence in response.content.decode()
    assert way_on in response.content.decode()


def test_an_address_that_only_takes_forms_answers_with_a_way_on(client):
    response = client.post("/healthz/")

    assert response.headers["Allow"] == "GET, HEAD"
    assert 'href="/"' in response.content.decode()


def test_a_database_that_cannot_work_is_no_fault_of_the_page(caplog):
    response = Client(raise_request_exception=False).get("/ban/")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "chưa được ghi vào sổ" in response.content.decode()
    assert "path /ban/" in caplog.text
