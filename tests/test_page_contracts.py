"""Promises that every page and every model keeps, checked over the whole project.

New addresses and new models are found by themselves. A page about a row needs a line in
`tests/page_visits.py`, a model needs a row in `tests/world.py`.
"""

import re
from functools import cache, lru_cache
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import transaction

from core.pdf import render
from core.pdf.layout import Layout, lay_out
from tests.page_visits import (
    DOMAIN_APPS,
    INNER_PAGES,
    PAGES,
    PUBLIC,
    ROW_PAGES,
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


@same_on_both
@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_a_page_names_the_right_it_needs(place):
    assert place.quyen, f"{place.name} lacks @require_quyen"


def test_names_of_pages_are_unique_and_every_public_one_exists():
    names = [page.name for page in PAGES]

    assert sorted(names) == sorted(set(names))
    assert set(names) >= PUBLIC - {"van_ban_check"}


@refusal
@same_on_both
@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_strangers_are_sent_to_log_in(world, client, place):
    url = place.url(world)

    for response in (client.get(url), client.post(url)):
        assert (response.status_code, response.url) == (302, f"/dang-nhap/?next={url}")


@refusal
@same_on_both
@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_roles_without_the_right_are_refused(world, place):
    roles = sorted(set(VaiTro) - set(place.roles))
    for role, statuses in refusals(world, world.people, place, roles):
        assert statuses <= {403, 405}, role
        assert 403 in statuses, role


@refusal
@same_on_both
@pytest.mark.parametrize("place", by_name(ROW_PAGES))
def test_the_row_of_another_unit_is_not_there(world, place):
    for role, statuses in refusals(world, world.strangers, place, sorted(place.roles)):
        assert statuses <= {404, 405}, role
        assert 404 in statuses, role


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


@pytest.mark.parametrize("place", by_name(ROW_PAGES))
def test_the_row_of_the_own_unit_is_there_for_somebody(world, visits, place):
    assert any(answer(world, visits, place, role) != 404 for role in place.roles)


def answer(world, visits, place, role) -> int:
    """The answer to a look, or to an empty form where there is nothing to look at."""
    status = visits(place, role).status
    if status != 405:
        return status
    return world.client(world.people[role]).post(place.url(world)).status_code


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
def test_looking_changes_nothing(visits, place):
    changed = {table for role in place.roles for table in visits(place, role).changed}

    assert changed == set()


@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_a_page_opens_for_somebody_and_fails_for_nobody(visits, place):
    statuses = {visits(place, role).status for role in place.roles}

    assert not {status for status in statuses if status >= 500}
    assert statuses & {200, 302, 405, 409}


@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_a_page_takes_few_statements(visits, place):
    for role in place.roles:
        visit = visits(place, role)
        if visit.is_page:
            assert len(visit.statements) <= MAX_STATEMENTS, "\n".join([role, *visit.statements])


@refusal
@same_on_both
@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_a_form_without_its_token_is_refused(world, place):
    """Asked of one role: the token is looked at before anybody knows who asks."""
    person = world.people[next(iter(place.roles))]
    response = world.client(person, enforce_csrf_checks=True).post(place.url(world))

    assert response.status_code == 403
    assert "Biểu mẫu đã hết hạn" in response.content.decode()


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


@lru_cache(maxsize=len(VaiTro))
def markup(html: str) -> Markup:
    """The answers of one page to all roles: three promises look at them one after the other."""
    return Markup(html)


@same_on_both
@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_a_page_keeps_to_the_content_policy(visits, place):
    for role in place.roles:
        visit = visits(place, role)
        if visit.is_page:
            assert markup(visit.html).faults == [], role


@same_on_both
@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_every_form_that_writes_carries_its_token(visits, place):
    for role in place.roles:
        visit = visits(place, role)
        assert not visit.is_page or markup(visit.html).forms_without_token == 0, role


@same_on_both
@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_a_page_has_one_heading_a_title_and_its_language(visits, place):
    for role in place.roles:
        visit = visits(place, role)
        if visit.is_page:
            tags = markup(visit.html).tags
            assert (tags.count("h1"), tags.count("main")) == (1, 1), role
            assert '<html lang="vi">' in visit.html
            assert re.search(r"<title>\s*[^<\s·][^<]*· Sổ Đoàn\s*</title>", visit.html)


@same_on_both
@pytest.mark.parametrize("place", by_name(INNER_PAGES))
def test_an_empty_choice_says_in_words_what_it_means(visits, place):
    for role in place.roles:
        assert ">---------<" not in visits(place, role).html, role
