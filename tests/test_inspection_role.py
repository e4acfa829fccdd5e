"""The inspection account reads everything below it and changes nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.page_visits import INNER_PAGES, LOGS, _written, read
from tests.world import build_world
from tochuc.nav import MENU
from tochuc.permissions import VaiTro

pytestmark = pytest.mark.django_db
OWN = {
    "tochuc:doi_mat_khau": "the own password",
    "tochuc:vai_tro_choose": "with which of the own roles one looks",
    "doanvien:bo_loc_": "the own saved filters",
    "doanvien:du_lieu_reveal": "a look at masked fields, written down with its reason",
}
"""Pages on which anybody changes what is the account's own, by how their names begin."""
FORM = {
    "ngay": "05/02/2026",
    "ly_do": "Thử",
    "noi_dung": "Thử",
    "trang_thai": "da",
    "luu": "1",
    "version": "1",
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def blank_pages(monkeypatch):
    """Answers without their pages, which take longer than the forms and write nothing."""
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_, **__: "")


OTHERS = [place for place in INNER_PAGES if not place.name.startswith(tuple(OWN))]
OPEN = [place for place in OTHERS if VaiTro.KIEM_TRA in place.roles]


def written_by(client, url, data) -> tuple[int, set[str]]:
    """The answer to a form, and the tables that it wrote to."""
    with CaptureQueriesContext(connection) as queries:
        response = read(client.post(url, data))
    tables = {table for query in queries for table in _written(query["sql"])}
    return response.status_code, tables - LOGS


@pytest.mark.same_on_both
@pytest.mark.usefixtures("blank_pages")
@pytest.mark.parametrize("place", OPEN, ids=lambda place: place.name)
def test_a_page_that_it_may_read_takes_no_form_from_it(world, place):
    client = world.client(world.people[VaiTro.KIEM_TRA], raise_request_exception=False)

    for data in ({}, FORM, FORM | {"tep": SimpleUploadedFile("a.xlsx", b"PK")}):
        status, tables = written_by(client, place.url(world), data)

        assert tables == set()
        assert status < 500


@pytest.mark.same_on_both
@pytest.mark.usefixtures("blank_pages")
def test_every_other_address_refuses_its_forms(world):
    client = world.client(world.people[VaiTro.KIEM_TRA])
    closed = [place for place in OTHERS if place not in OPEN]

    answers = {place.name: written_by(client, place.url(world), FORM) for place in closed}

    refused = ((403, set()), (405, set()))
    assert {name: answer for name, answer in answers.items() if answer not in refused} == {}


def test_it_finds_inspection_and_the_audit_log_in_its_menu():
    names = {muc.name for group in MENU[VaiTro.KIEM_TRA] for muc in group}

    assert {"chidoan:kiem_tra_list", "tochuc:nhat_ky_list", "doanvien:list"} <= names
