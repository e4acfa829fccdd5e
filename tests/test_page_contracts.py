"""Promises that every page and every model keeps, checked over the whole project.

New addresses and new models are found by themselves. A page about a row needs a line in
`tests/page_visits.py`, a model needs a row in `tests/world.py`.
"""

import os
import re
from functools import cache, partial
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse

from core.pdf import render
from core.pdf.layout import Layout, lay_out
from tests.page_visits import (
    DOMAIN_APPS,
    INNER_PAGES,
    PAGES,
    PUBLIC,
    Visits,
)
from tests.world import build_world
from tochuc.permissions import VaiTro

pytestmark = pytest.mark.django_db

WITHOUT_SCOPE = {"LanDangNhap", "ChuoiNhatKy"}
"""Rows about no unit: wrong tries at signing in, and the head of the audit chain."""
MODELS = [
    model
    for app in DOMAIN_APPS
    for model in apps.get_app_config(app).get_models()
    if model.__name__ not in WITHOUT_SCOPE
]
MAX_STATEMENTS = 12
SPOKEN_FOR = {
    VaiTro.PHO_BI_THU_PHUONG: VaiTro.BI_THU_PHUONG,
    VaiTro.KIEM_TRA: VaiTro.VAN_PHONG_CAP_TREN,
}
"""Roles whose pages ask the database what those of another ask: looked at on the first one."""
same_on_both = pytest.mark.same_on_both
"""Said of the page, whatever database stands below: asked once."""
refusal = pytest.mark.no_cover
"""What refuses a page is a few lines that have tests of their own: coverage, which makes such a
test take twice as long, looks away."""


def by_name(pages):
    """One worker takes all tests of a page, so that it visits the page once."""
    group = pytest.mark.xdist_group
    return [pytest.param(page, id=page.name, marks=group(page.name)) for page in pages]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visits(world):
    """A paper that says to one role what it said to another is not laid out anew."""
    pdf = Layout.pdf
    write = cache(lambda documents, *form: pdf(Layout(documents), *form))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "lay_out", cache(lay_out))
        patch.setattr(Layout, "pdf", lambda layout, *form: write(layout.documents, *form))
        yield Visits(world)


# ---- rights --------------------------------------------------------------------------------


def test_every_page_names_the_right_it_needs():
    assert [place.name for place in INNER_PAGES if not place.quyen] == [], "lack @require_quyen"


def test_names_of_pages_are_unique_and_every_public_one_exists():
    names = [page.name for page in PAGES]

    assert sorted(names) == sorted(set(names))
    assert set(names) >= PUBLIC - {"van_ban_check"}


@pytest.fixture
def bare_refusals(monkeypatch):
    """Refusals without their page, which takes longer than the refusal; `core` tests its words."""
    for status in (403, 404):
        monkeypatch.setattr(
            f"config.urls.handler{status}", partial(_bare, status=status), raising=False
        )


def _bare(request, exception, status):
    return HttpResponse(status=status)


@refusal
@same_on_both
@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_a_page_refuses_whom_it_is_not_for(world, client, place):
    _strangers_are_sent_to_log_in(client, place.url(world))
    for role, statuses in refusals(
        world, world.people, place, sorted(set(VaiTro) - {*place.roles})
    ):
        assert statuses <= {403, 405}, f"{role} lacks the right"
        assert 403 in statuses, f"{role} lacks the right"
    if place.row_name:
        for role, statuses in refusals(world, world.strangers, place, sorted(place.roles)):
            assert statuses <= {404, 405}, f"{role} of another unit"
            assert 404 in statuses, f"{role} of another unit"
    _a_form_without_its_token_is_refused(world, place)


def _strangers_are_sent_to_log_in(client, url):
    for response in (client.get(url), client.post(url)):
        assert (response.status_code, response.url) == (302, f"/dang-nhap/?next={url}")


def _a_form_without_its_token_is_refused(world, place):
    """Asked of one role: the token is looked at before anybody knows who asks."""
    person = world.people[next(iter(place.roles))]
    response = world.client(person, enforce_csrf_checks=True).post(place.url(world))

    assert response.status_code == 403
    assert "Biểu mẫu đã hết hạn" in response.content.decode()


def refusals(world, people, place, roles):
    """What each role is answered to a look, or to an empty form where there is nothing to look at;
    the first of them to both: what refuses stands before the view, whatever is asked of it."""
    url = place.url(world)
    for role in roles:
        client = world.client(people[role])
        statuses = {client.get(url).status_code}
        if role == roles[0] or 405 in statuses:
            statuses.add(client.post(url).status_code)
        yield role, statuses


# ---- models --------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_shows_strangers_nothing(world, model):
    here = model.objects.under(unit_above(world))
    assert here.exists(), f"give {model.__name__} a row in tests/world.py"

    for role in VaiTro:
        seen = model.objects.visible_to(world.strangers[role]) & here
        assert not seen.exists(), role


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_names_the_right_that_opens_it(world, model):
    holders = [
        user for user in world.people.values() if user.has_quyen(model.objects.all().quyen_xem)
    ]

    assert holders
    assert any(model.objects.visible_to(user).exists() for user in holders)


def unit_above(world):
    return world.rows["phuong"]


# ---- what a page does ----------------------------------------------------------------------


@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_a_page_answers_whom_it_is_for(world, visits, place):
    """It fails for nobody, changes nothing, takes few statements; somebody finds the own row."""
    seen = {role: visits(place, role) for role in who_look(place)}

    for role, visit in seen.items():
        assert visit.status < 500, role
        assert visit.changed == [], role
        if visit.is_page:
            assert len(visit.statements) <= MAX_STATEMENTS, "\n".join([role, *visit.statements])
    assert {visit.status for visit in seen.values()} & {200, 302, 405, 409}
    assert not place.row_name or any(answer(world, visits, place, role) != 404 for role in seen)
    for role, speaker in SPOKEN_FOR.items():
        if role in seen and speaker in seen:
            own = shapes(seen[role]) - shapes(seen[speaker])
            assert own == set(), f"{speaker} asks less than {role}: SPOKEN_FOR is wrong"


def who_look(place) -> list[VaiTro]:
    """On the second database without those who are spoken for."""
    if os.environ.get("TESTS") != "database":
        return place.roles
    return [role for role in place.roles if SPOKEN_FOR.get(role) not in place.roles]


def shapes(visit) -> set[str]:
    """The statements without the values they were asked with."""
    return {re.sub(r"'[^']*'|\d+|IN \([^()]*\)", "?", sql) for sql in visit.statements}


def answer(world, visits, place, role) -> int:
    """The answer to a look, or to an empty form where there is nothing to look at."""
    status = visits(place, role).status
    if status != 405:
        return status
    return world.client(world.people[role]).post(place.url(world)).status_code


# ---- what a page is made of ----------------------------------------------------------------


class Markup(HTMLParser):
    """Collects what the content policy and the house style forbid or ask for."""

    def __init__(self, html):
        super().__init__()
        self.faults = []
        self.tags = []
        self.forms_without_token = 0
        self.open_form = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append(tag)
        self.faults += [name for name in attributes if name == "style" or name.startswith("on")]
        is_data = attributes.get("type") == "application/json"  # read by a script, never run
        if tag == "script" and "src" not in attributes and not is_data:
            self.faults.append("inline script")
        if tag == "style":
            self.faults.append("inline style")
        if tag in ("a", "form") and "javascript:" in str(attributes):
            self.faults.append("javascript:")
        if tag == "input" and attributes.get("type") == "number":
            self.faults.append("type=number")
        if tag == "form" and attributes.get("method", "").lower() == "post":
            self.open_form = False
        if tag == "input" and attributes.get("name") == "csrfmiddlewaretoken":
            self.open_form = True

    def handle_endtag(self, tag):
        if tag == "form" and self.open_form is False:
            self.forms_without_token += 1
        if tag == "form":
            self.open_form = None


@same_on_both
@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_a_page_is_made_as_the_house_asks(visits, place):
    for role in place.roles:
        visit = visits(place, role)
        if visit.is_page:
            _keeps_to_policy_and_style(visit.html, role)


def _keeps_to_policy_and_style(html, role):
    markup = Markup(html)

    assert markup.faults == [], role
    assert markup.forms_without_token == 0, role
    assert (markup.tags.count("h1"), markup.tags.count("main")) == (1, 1), role
    assert '<html lang="vi">' in html, role
    assert re.search(r"<title>\s*[^<\s·][^<]*· Sổ Đoàn\s*</title>", html), role
    assert not re.search(r">\s*2\.0[12]\d\s*<", html), f"{role}: a year has no point"
    assert ">---------<" not in html, f"{role}: an empty choice says in words what it means"
